"""Matters of a desk that are no step of a case and can be delegated like one: recusal and rules. domain.md §6.2 P8."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.people import Hat, Person
from standards.words import T, Text
from workflow.actor import Mandate
from workflow.words import Role

RECUSAL, RULES, MOVES = "recusal:decide", "rules:approve", "rules:move"
BESIDE_CASES: dict[str, tuple[Text, tuple[Role, ...]]] = {
    RECUSAL: (T("回避 · 决定回避申请", "Recusal · Decide a request"), (Role.COH, Role.LD, Role.DH)),
    RULES: (T("期限规则 · 批准、退回", "Time limits · Approve or return"), (Role.LD, Role.DH)),
    MOVES: (T("期限规则 · 批准、撤销案件迁移", "Time limits · Settle moved cases"), (Role.LD,)),
}


@dataclass(frozen=True, slots=True)
class Capacity:
    """A role in which somebody may settle a matter: his own, or one delegated to him for it."""

    hat: Hat
    mandate: Mandate | None = None

    @property
    def delegation(self) -> str | None:
        return self.mandate.number if self.mandate else None

    @property
    def instead_of(self) -> frozenset[int]:
        """Whose work counts as this person's own: whom he stands in for."""
        return frozenset((self.mandate.for_person_id,) if self.mandate else ())


def matters_of(role: Role) -> list[tuple[str, Text]]:
    """(name, words) of what a role settles beside the steps of cases."""
    return [(name, words) for name, (words, roles) in BESIDE_CASES.items() if role in roles]


def capacities(person: Person, matter: str, roles: Iterable[Role] = ()) -> list[Capacity]:
    """In which roles this person may settle a matter today, his own before those delegated to him."""
    wanted = frozenset(roles) or frozenset(BESIDE_CASES[matter][1])
    own = [Capacity(hat) for hat in person.hats if hat.role in wanted]
    instead = [Capacity(one.hat, one.mandate) for one in person.standins
               if one.now and one.hat.role in wanted and matter in one.mandate.matters]  # fmt: skip
    return [*own, *instead]
