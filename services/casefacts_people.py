"""Facts about the people of a case that guards may ask for: interest, recusal, and who must sign."""

from functools import cached_property

from sqlalchemy import RowMapping

from services.interest import Standing, standing_in
from services.rules import Pack
from services.signatures import named


class PeopleFacts:
    """Read when a guard first asks; at home in casefile.LiveView."""

    row: RowMapping
    pack: Pack

    @cached_property
    def _standing(self) -> Standing:
        return standing_in(self.row["id"])

    @cached_property
    def declared(self) -> frozenset[int]:
        return self._standing.declared

    @cached_property
    def recused(self) -> frozenset[int]:
        return self._standing.recused

    @cached_property
    def challenged(self) -> frozenset[int]:
        return self._standing.challenged

    @cached_property
    def signing(self) -> str:
        """Who must sign, by the rule pack: single, countersign, either or in_order."""
        return str(self.pack.switches.get("signing", "single"))

    @cached_property
    def signers(self) -> tuple[int, ...]:
        """The accounts named in the pack, in their order."""
        return named(self.pack.switches.get("signers", ()))
