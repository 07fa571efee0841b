"""A complaint that is about the content of a record becomes an objection, which keeps the day of its filing."""

import secrets
from typing import Any

from sqlalchemy import insert, select

from models.attachment import Attachment
from models.base import db, shanghai_day
from models.case import CaseItem
from models.people import User
from models.record import CreditRecord
from services import complaintorgs
from services.act import Act, Following
from services.casefacts_complaint import keep
from standards.words import Text
from workflow.actor import Actor
from workflow.engine import Refused
from workflow.words import Ground, Role

NO_RECORD = Text("请选择该主体已公示的记录和异议事由，或者留空由投诉人自己选择。",
                 "Choose a published record and a ground, or leave both to the complainant.")  # fmt: skip


def check(act: Act) -> None:
    """A record is named together with its ground, or neither; who filed must still be known."""
    named = bool(act.facts.get("record")), bool(act.facts.get("ground"))
    if named == (True, True) and act.facts["ground"] in set(Ground) and _record(act) is not None:
        return
    if any(named):
        raise Refused([NO_RECORD])


def _record(act: Act) -> Any:
    query = select(CreditRecord.id, CreditRecord.version).where(
        CreditRecord.public_id == str(act.facts["record"]), CreditRecord.subject_id == act.row["subject_id"],
        CreditRecord.publication_state == "published")  # fmt: skip
    return db.session.execute(query).first()


def convert(act: Act) -> None:
    """The objection that the complaint is: in the complainant's name, with his words, received on the same day."""
    names = ("subject_id", "filer_id", "capacity", "agency_id", "statement", "contact_name", "contact_phone",
             "contact_email", "electronic_service", "filed_at")  # fmt: skip
    key, columns = "draft-" + secrets.token_urlsafe(12), {name: act.row[name] for name in names}
    record = _record(act) if act.facts.get("record") else None
    item = {"record_id": record.id, "version_seen": record.version, "ground": act.facts["ground"],
            "field": "", "claim": ""} if record else None  # fmt: skip

    def made(case_id: int) -> None:
        keep(act.case_id, objection_id=case_id)
        _hand_over_files(act.case_id, case_id)
        if item:
            db.session.execute(insert(CaseItem.__table__).values({**item, "case_id": case_id}))

    day, actor = shanghai_day(act.row["filed_at"]), _complainant(act) if item else None
    act.follow.append(Following("objection", key, complaintorgs.credit_office(act.now).id, columns, made, actor, day))


def _hand_over_files(former_id: int, case_id: int) -> None:
    """What was handed in with the complaint belongs to the objection too."""
    table = Attachment.__table__
    rows = db.session.execute(select(table).where(table.c.case_id == former_id, table.c.internal.is_(False))).mappings()
    copies = [{**row, "case_id": case_id} for row in rows]
    for one in copies:
        one.pop("id")
    if copies:
        db.session.execute(insert(table), copies)


def _complainant(act: Act) -> Actor:
    """Whoever submitted the complaint, in the same capacity."""
    filed = act.view.last("submit")
    if filed is None or filed.person_id is None:
        raise Refused([NO_RECORD])
    name = db.session.execute(select(User.name).where(User.id == filed.person_id)).scalar_one()
    place = {"org_id": filed.org_id} if filed.role is Role.INT else {"subject_id": act.row["subject_id"]}
    return Actor(filed.person_id, name, filed.role, **place)
