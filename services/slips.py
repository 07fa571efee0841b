"""Papers that say what the record says at a moment: numbered, kept with what they state, drawn by a job, verifiable."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlalchemy import insert, select

from documents.canonical import digest
from documents.papers import PAPERS, MissingField, check
from documents.render import MissingGlyph, render
from models.base import db, shanghai_day
from models.checking import Slip, SlipFile, SlipRecord
from models.organisation import Org
from models.record import CreditRecord
from services import access, complaintorgs, files, jobs, letters, lookup, numbers, ownrecords
from services.access import NotFound
from services.dossier import setting
from services.lettercommon import ASK_OFFICE
from services.people import Person, hats_for
from services.records import Shown, fetch, query
from services.verification import VALID, Live, grouped
from standards.masking import Audience
from standards.words import T, Text
from workflow.engine import Refused
from workflow.publication import PUBLICATION
from workflow.words import Paper, Role

SECONDS = 60  # a long list takes longer than a letter
LACKS = Text("“{paper}”缺少必需内容（{names}），不能出具。", "“{paper}” lacks needed facts: {names}.")
UNCHANGED = T("所载信息自出具以来没有变化", "Nothing it states has changed since")
CHANGED = T("所载信息自出具以来已有变化，请重新查询", "Something it states has changed since; ask again")
NOW = T("现行状态：{standing}", "As of now: {standing}")
DISPUTED, REPAIRING = T("异议处理中", "In dispute"), T("信用修复办理中", "Repair pending")
CORRECTED = T("出具后已更正", "Corrected since")


@dataclass(frozen=True, slots=True)
class For:
    """Whom a slip is made for and what it belongs to."""

    person_id: int
    org_id: int | None = None
    order_id: int | None = None
    subject_id: int | None = None


def issue(paper: Paper, data: Mapping[str, Any], whom: For, records: Iterable[Shown], now: dt.datetime) -> Slip:
    """Number a slip of these facts, keep it with how each record stands, have it drawn. Raises Refused."""
    office, code = complaintorgs.credit_office(now), letters.new_code()
    said = {**_common(office), "stated_at": now, **data, "issued_on": shanghai_day(now), "verification_code": code,
            "verification_url": letters.address_of(code)}  # fmt: skip
    try:
        check(paper, {**said, "number": "1"})
    except MissingField as lacking:
        raise Refused([LACKS.format(paper=paper.label, names="、".join(lacking.names))]) from None
    number = numbers.take(office.id, letters.word_of(office), paper, now)
    plain = letters.plainly({**said, "number": number})
    slip = Slip(paper=paper.value, number=number, org_id=office.id, for_org_id=whom.org_id, person_id=whom.person_id,
                order_id=whom.order_id, subject_id=whom.subject_id, data=plain, data_hash=digest(plain),
                template_version=PAPERS[paper].version, verify_code=code, issued_at=now)  # fmt: skip
    db.session.add(slip)
    db.session.flush()
    _keep_standings(slip.id, records)
    jobs.add("draw_slip", {"slip": slip.id}, now, key=f"slip:{slip.id}")
    return slip


def _common(office: Org) -> dict[str, Any]:
    return {"organ": office.name, "contact_person": setting("office", "contact_person", office.name),
            "contact_phone": setting("office", "contact_phone", ASK_OFFICE),
            "test": bool(office.trial or current_app.config["SETTINGS"].demo)}  # fmt: skip


def _keep_standings(slip_id: int, records: Iterable[Shown]) -> None:
    rows = {one.record.id: {"slip_id": slip_id, "record_id": one.record.id, "version": one.record.version,
                            "state": one.record.publication_state, "marked": one.marked, "repairing": one.repairing}
            for one in records}  # fmt: skip
    if rows:
        db.session.execute(insert(SlipRecord), list(rows.values()))


@jobs.handles("draw_slip")
def draw(payload: dict[str, Any], now: dt.datetime) -> jobs.Writing | None:
    """Draw a slip's PDF from its frozen data, once."""
    slip = db.session.get_one(Slip, payload["slip"])
    if db.session.get(SlipFile, slip.id) is not None:
        return None
    try:
        drawn = render(Paper(slip.paper), slip.data, timeout=SECONDS)
    except MissingGlyph as missing:
        raise jobs.Hopeless(str(missing)) from missing
    row = {"slip_id": slip.id, "sha256": files.keep(drawn.pdf), "size": len(drawn.pdf), "pages": drawn.pages, "at": now}
    return lambda: _kept(row)


def _kept(row: dict[str, Any]) -> None:
    db.session.execute(insert(SlipFile), [row])


def slip_for(person: Person, code: str) -> Slip:
    """A slip for the unit or subject it was made for, or the auditor. NotFound otherwise."""
    slip = db.session.execute(select(Slip).where(Slip.verify_code == grouped(code))).scalars().first()
    if slip is None or not _theirs(person, slip):
        raise NotFound("slip")
    return slip


def _theirs(person: Person, slip: Slip) -> bool:
    if hats_for(person, (Role.AUD,)):
        return True
    if slip.for_org_id is not None:
        return slip.for_org_id in {hat.org_id for hat in hats_for(person, (*lookup.ROLES, Role.LD))}
    return ownrecords.standings(person).get(slip.subject_id or 0, False)


def pdf_of(person: Person, code: str) -> tuple[str, bytes | None]:
    """(file name, PDF or None while it is being drawn); noted in the ledger. NotFound, Damaged."""
    slip = slip_for(person, code)
    access.note("slip", slip.number, "slip", user_id=person.id)
    kept = db.session.get(SlipFile, slip.id)
    return f"{slip.number}.pdf", files.read(kept.sha256) if kept else None


def drawn(slip: Slip) -> bool:
    """Whether the PDF is there already."""
    return db.session.get(SlipFile, slip.id) is not None


def of_order(order_id: int) -> list[Slip]:
    """The slips of a check, newest first."""
    found = select(Slip).where(Slip.order_id == order_id).order_by(Slip.id.desc())
    return list(db.session.execute(found).scalars())


# --- what anybody may know of it


def live(text: str) -> Live | None:
    """A slip by the code printed on it: whose it is stays unsaid, whether it still holds does not."""
    query_ = select(Slip, Org.name).join(Org, Org.id == Slip.org_id).where(Slip.verify_code == grouped(text))
    found = db.session.execute(query_).first()
    if found is None:
        return None
    slip, organ = found
    kept = db.session.get(SlipFile, slip.id)
    states = _states(slip)
    return Live(slip.verify_code, organ, Paper(slip.paper).label, slip.number, shanghai_day(slip.issued_at).isoformat(),
                CHANGED not in states, states[0], states[1:], slip.data_hash,
                {"pdf": kept.sha256} if kept else {})  # fmt: skip


def _states(slip: Slip) -> tuple[Text, ...]:
    """Whether what it states still holds; for a certificate, how its one record stands now."""
    stated = list(db.session.execute(select(SlipRecord).where(SlipRecord.slip_id == slip.id)).scalars())
    ids = [one.record_id for one in stated]
    now = {one.record.id: one for one in fetch(query().where(CreditRecord.id.in_(ids)), Audience.PUBLIC)} if ids else {}
    same = all(_same(one, now[one.record_id]) for one in stated)
    told = (VALID if slip.paper == Paper.D28 else UNCHANGED if same else CHANGED,)
    if slip.paper != Paper.D25S or not stated:
        return told
    corrected = stated[0].version != now[stated[0].record_id].record.version
    return *told, NOW.format(standing=standing(now[stated[0].record_id], corrected))


def _same(stated: SlipRecord, now: Shown) -> bool:
    record = now.record
    return (stated.version, stated.state, stated.marked, stated.repairing) == (
        record.version, record.publication_state, now.marked, now.repairing)  # fmt: skip


def standing(one: Shown, corrected: bool = False) -> Text:
    """How a record stands, in one phrase: its publication and its marks."""
    state = PUBLICATION.state_named[one.record.publication_state].label
    marks = ((DISPUTED, one.marked), (REPAIRING, one.repairing), (CORRECTED, corrected))
    said = [state, *(text for text, holds in marks if holds)]
    return Text("，".join(text.zh for text in said), ", ".join(text.en for text in said))
