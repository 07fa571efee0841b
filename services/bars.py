"""The time after a revoked repair in which no new one is taken: what the subject and the office read of it (§1.6.3)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import or_, select

from models.base import db
from models.case import Case
from models.decision import Decision
from models.repair import RepairBar
from models.subject import Subject
from services import rules
from standards.lawnames import cited
from standards.words import T, Text

ONE_DAY = dt.timedelta(days=1)
RULE = "R-BAR"
SAID = T("因此前的信用修复被撤销（{decision}），自{since}至{until}不再受理信用修复申请，{free}起可以申请。"
         "依据：{basis}。",
         "A former repair was revoked ({decision}): no repair is taken from {since} to {until}; from {free} on one may "
         "apply. Basis: {basis}.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar that runs: whom it binds, by which decision, under which rule, and its last day."""

    subject: str
    decision: str
    since: dt.date
    until: dt.date
    basis: str

    @property
    def text(self) -> Text:
        return SAID.format(decision=self.decision, since=self.since, until=self.until, free=self.until + ONE_DAY,
                           basis=cited(self.basis))  # fmt: skip


def running(subject_ids: Iterable[int], today: dt.date) -> list[Bar]:
    """The bars of these subjects, and of those merged into them, that have not ended; the last to end first."""
    wanted = sorted(set(subject_ids))
    query = (
        select(RepairBar, Subject.name, Decision.number, Case.pack_id)
        .join(Subject, Subject.id == RepairBar.subject_id)
        .join(Decision, Decision.id == RepairBar.decision_id).join(Case, Case.id == RepairBar.case_id)
        .where(or_(Subject.id.in_(wanted), Subject.merged_into_id.in_(wanted)), RepairBar.until >= today)
        .order_by(RepairBar.until.desc())
    )  # fmt: skip
    return [Bar(name, number, one.since, one.until, _basis(pack_id))
            for one, name, number, pack_id in db.session.execute(query)]  # fmt: skip


def _basis(pack_id: int) -> str:
    rule = rules.pack(pack_id).rules[RULE]
    return f"《{rule.source}》{rule.article}"
