"""What a proof tried and where it went wrong."""

from dataclasses import dataclass, field


@dataclass
class Tally:
    """How often something was tried, and each failure in words."""

    tried: int = 0
    failed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Proof:
    """A proof and its negative control, which does the same to a weaker program and must be seen to fail."""

    ours: Tally
    control: Tally

    @property
    def holds(self) -> bool:
        """Something was tried, nothing failed, and the control did."""
        return bool(self.ours.tried and not self.ours.failed and self.control.tried and self.control.failed)
