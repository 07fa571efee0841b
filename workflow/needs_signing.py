"""Who must put a name to a decision: one leader, several together, any of several, or several in their order.

The rule pack says which (`signing`) and who (`signers`); countersignatures count for the draft that is on the table.
"""

from collections.abc import Iterator

from workflow.actor import Actor
from workflow.needs import need
from workflow.view import CaseView, Past

SINGLE, TOGETHER, EITHER, IN_ORDER = "single", "countersign", "either", "in_order"
SEVERAL = (TOGETHER, IN_ORDER)
PACK = "规则包：签发方式"


def countersigned(case: CaseView) -> list[Past]:
    """The countersignatures on the draft that lies before the leaders now, oldest first."""
    return [*_since_put_up(case)][::-1]


def _since_put_up(case: CaseView) -> Iterator[Past]:
    for past in reversed(case.history):
        if past.step != "countersign":
            return
        yield past


def _waiting(case: CaseView) -> list[int]:
    """Signers who have not put their names to it yet, in their order."""
    done = {one for past in countersigned(case) for one in past.people}
    return [one for one in case.signers if one not in done]


def turn(signing: str, left: list[int], first: bool) -> list[int]:
    """Whose turn has just come: in order the next one; together all of them at first, and at last who signs."""
    if signing == IN_ORDER:
        return left[:1]
    return left if first or len(left) == 1 else []


def _fresh(case: CaseView, actor: Actor) -> bool:
    """Nobody signs twice, not even for two."""
    return all(past.person_id != actor.person_id for past in countersigned(case))


@need("本案由一人签发，无须会签", "One leader signs this case; nobody countersigns", PACK)
def signed_by_several(case: CaseView, actor: Actor) -> bool:
    return case.signing in SEVERAL


@need("会签须由规定的签发人按规定的次序进行，末位签发人请直接签发",
      "Those named countersign, in their order if there is one; the last one signs", PACK)  # fmt: skip
def may_countersign(case: CaseView, actor: Actor) -> bool:
    waiting = _waiting(case)
    if len(waiting) < 2 or not _fresh(case, actor):
        return False
    able = waiting[:1] if case.signing == IN_ORDER else waiting
    return bool(actor.people.intersection(able))


@need("须由规定的签发人签发，其他签发人须先会签", "Only those named sign, and the others countersign first", PACK)
def signatures_complete(case: CaseView, actor: Actor) -> bool:
    if case.signing == SINGLE:
        return True
    if case.signing == EITHER:
        return bool(actor.people.intersection(case.signers))
    waiting = _waiting(case)
    return len(waiting) == 1 and waiting[0] in actor.people and _fresh(case, actor)
