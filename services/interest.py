"""Who declared no interest in a case, who must stay out of it, and whose recusal is asked for."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, case, exists, insert, literal, or_, select, union_all, update

from models.base import db
from models.case import Assignment, Case
from models.standing import InterestDeclaration, RecusalDecision, RecusalRequest

SAID, ASKED, DECIDED = InterestDeclaration, RecusalRequest, RecusalDecision
_DECLARED = select(SAID.person_id, case((SAID.conflict, "recused"), else_="declared")).where(
    SAID.case_id == bindparam("case_id")
)
_ASKED = (
    select(ASKED.against_id, case((DECIDED.id.is_(None), "challenged"), (DECIDED.granted, "recused"),
                                  else_=literal("cleared")))
    .outerjoin(DECIDED, DECIDED.request_id == ASKED.id)
    .where(ASKED.case_id == bindparam("case_id"))
)  # fmt: skip
STANDING = union_all(_DECLARED, _ASKED)


@dataclass(frozen=True, slots=True)
class Standing:
    """People of one case by what is known of their interest in it."""

    declared: frozenset[int]
    recused: frozenset[int]
    challenged: frozenset[int]


def standing_in(case_id: int) -> Standing:
    """Everything declared and decided about the interest of officials in a case."""
    found: dict[str, set[int]] = {"declared": set(), "recused": set(), "challenged": set(), "cleared": set()}
    for person_id, how in db.session.execute(STANDING, {"case_id": case_id}):
        found[how].add(person_id)
    return Standing(*(frozenset(found[how]) for how in ("declared", "recused", "challenged")))


def declare(case_id: int, person_id: int, now: dt.datetime) -> None:
    """An official declares that he has no interest in a case."""
    _say(case_id, person_id, "", now)


def declare_conflict(case_id: int, person_id: int, relation: str, now: dt.datetime) -> None:
    """An official declares what ties him to a case; from now on he is out of it."""
    _say(case_id, person_id, relation, now)


def _say(case_id: int, person_id: int, relation: str, now: dt.datetime) -> None:
    row = {"case_id": case_id, "person_id": person_id, "conflict": bool(relation), "relation": relation, "at": now}
    db.session.execute(insert(SAID.__table__).values(row))


def release(case_id: int, person_id: int) -> None:
    """Take a case out of somebody's hands, back to its desk."""
    mine = (Case.id == case_id, Case.assignee_id == person_id)
    db.session.execute(update(Case.__table__).where(*mine).values(assignee_id=None))
    asked = (Assignment.case_id == case_id, Assignment.person_id == person_id, Assignment.ended_at.is_(None))
    db.session.execute(update(Assignment.__table__).where(*asked).values(person_id=None))


def kept_out(*person_ids: int, of: Any = Case.id) -> Any:
    """Condition on the case whose id is `of`: one of these people is barred from it."""
    said = exists().where(SAID.case_id == of, SAID.person_id.in_(person_ids), SAID.conflict)
    granted = exists().where(DECIDED.request_id == ASKED.id, DECIDED.granted)
    asked = exists().where(ASKED.case_id == of, ASKED.against_id.in_(person_ids), granted.correlate(ASKED))
    return or_(said, asked)
