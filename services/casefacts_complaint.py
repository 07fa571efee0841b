"""What guards ask of a complaint: who is complained of, who handles it, who still owes an answer or a remedy."""

import datetime as dt
from functools import cached_property
from typing import Any

from sqlalchemy import RowMapping, select, update

from models.base import db
from models.complaint import Complaint, Enquiry, Rectification
from services import complaintorgs
from workflow.complaint import AFTER_REPLY, WITH_HANDLER
from workflow.words_complaint import Verdict

COMPLAINT = Complaint.__table__


def complaint_of(case_id: int) -> RowMapping | None:
    """What a complaint has beside its case; None for a case of another kind."""
    return db.session.execute(select(COMPLAINT).where(COMPLAINT.c.case_id == case_id)).mappings().first()


def own_of(case_id: int) -> RowMapping:
    """What a complaint has beside its case. LookupError for a case of another kind."""
    found = complaint_of(case_id)
    if found is None:
        raise LookupError(f"case {case_id} is no complaint")
    return found


def keep(case_id: int, **values: Any) -> None:
    """Change what a complaint has beside its case."""
    db.session.execute(update(COMPLAINT).where(COMPLAINT.c.case_id == case_id).values(values))


class ComplaintFacts:
    """The facts of one complaint, each read when a guard first asks."""

    def __init__(self, row: RowMapping, today: dt.date) -> None:
        self.row, self.today, self.own = row, today, complaint_of(row["id"])

    @cached_property
    def accused(self) -> frozenset[int]:
        return complaintorgs.accused(self.own["respondent_id"] if self.own else None, self.today)

    @cached_property
    def barred(self) -> frozenset[int]:
        return complaintorgs.members(self.accused, self.today)

    @property
    def handler_id(self) -> int | None:
        return self.own["handler_id"] if self.own else None

    @cached_property
    def asked_units(self) -> frozenset[int]:
        """Organisations whose answer is awaited while the case is with its handler."""
        if self.row["state"] not in WITH_HANDLER.split():
            return frozenset()
        query = select(Enquiry.org_id).where(Enquiry.case_id == self.row["id"], Enquiry.answered_at.is_(None))
        return frozenset(db.session.execute(query).scalars())

    @cached_property
    def _orders(self) -> list[tuple[int, str]]:
        query = select(Rectification.org_id, Rectification.state).where(Rectification.case_id == self.row["id"])
        return [(org_id, state) for org_id, state in db.session.execute(query)]

    @cached_property
    def ordered_units(self) -> frozenset[int]:
        here = self.row["state"] in AFTER_REPLY.split()
        return frozenset(org_id for org_id, state in self._orders if here and state == "ordered")

    def shown(self) -> frozenset[str]:
        """What the file shows beyond what every kind of case shows."""
        own, row = self.own, self.row
        if own is None:
            return frozenset()
        found = {
            "scope": bool(own["scope"]), "respondent": bool(own["respondent_id"] or own["respondent_name"].strip()),
            "contact": bool(row["contact_name"].strip() and row["contact_phone"].strip()),
            "anonymous": bool(own["anonymous"]), "guest": row["capacity"] == "guest",
            "upheld": bool(own["verdict"]) and Verdict(own["verdict"]).upheld,
            "rectification_open": any(state != "accepted" for _, state in self._orders),
            "remedy_reported": any(state == "reported" for _, state in self._orders),
        }  # fmt: skip
        return frozenset(name for name, there in found.items() if there)
