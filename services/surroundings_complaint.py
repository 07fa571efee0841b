"""The lists from which the step forms of a complaint choose."""

import datetime as dt

from sqlalchemy import RowMapping, or_, select

from models.base import db
from models.complaint import Enquiry, Rectification
from models.organisation import Org
from models.record import CreditRecord
from services import complaintorgs
from services.casefacts_complaint import own_of
from services.people import holders
from workflow.words import Role

Options = list[tuple[str, str]]


def lists(row: RowMapping, step: str, today: dt.date) -> dict[str, Options]:
    """What the form of this step offers, by name; nothing where it offers nothing."""
    if step in ("assign", "reassign"):
        return {"handlers": _handlers(row, today)}
    if step in ("require_answer", "order_rectification"):
        return {"units": _units(row, today)}
    if step == "answer":
        return {"asked": _asked(row["id"])}
    if step == "classify_as_objection":
        return {"records": _records(row["subject_id"])}
    if step in ("rectify", "accept_rectification", "return_rectification"):
        return {name: _orders(row["id"], name) for name in ("ordered", "reported")}
    return {}


def _handlers(row: RowMapping, today: dt.date) -> Options:
    out = complaintorgs.members(complaintorgs.accused(own_of(row["id"])["respondent_id"], today), today)
    return [(str(one), name) for one, name in holders(Role.CO, row["office_id"], today) if one not in out]


def _units(row: RowMapping, today: dt.date) -> Options:
    """The organisation complained of first, then every other that exists today."""
    alive = (or_(Org.valid_to.is_(None), Org.valid_to > today), Org.id != row["office_id"])
    first = own_of(row["id"])["respondent_id"]
    query = select(Org.id, Org.name).where(*alive).order_by(Org.id != first, Org.name)
    return [(str(one), name) for one, name in db.session.execute(query)]


def _asked(case_id: int) -> Options:
    query = select(Org.id, Org.name).join(Enquiry, Enquiry.org_id == Org.id)
    query = query.where(Enquiry.case_id == case_id, Enquiry.answered_at.is_(None)).order_by(Enquiry.id)
    return [(str(one), name) for one, name in db.session.execute(query)]


def _records(subject_id: int | None) -> Options:
    query = select(CreditRecord.public_id, CreditRecord.doc_no).where(CreditRecord.subject_id == subject_id,
                                                                      CreditRecord.publication_state == "published")
    return [(one, doc_no) for one, doc_no in db.session.execute(query.order_by(CreditRecord.id.desc()))]


def _orders(case_id: int, state: str) -> Options:
    query = select(Rectification.id, Org.name, Rectification.demand).join(Org, Org.id == Rectification.org_id)
    query = query.where(Rectification.case_id == case_id, Rectification.state == state).order_by(Rectification.id)
    return [(str(one), f"{name}：{demand[:60]}") for one, name, demand in db.session.execute(query)]
