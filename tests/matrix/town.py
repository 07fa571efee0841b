"""A banner with somebody in every role on both sides of every wall, and a case at every stage of the straight way."""

import io
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from models.attachment import Attachment
from models.base import db
from models.case import Case, CaseItem
from models.complaint import Enquiry
from models.decision import Document
from models.organisation import OrgKind
from models.outbox import CorrectionMessage, Notice
from models.people import Capacity, Membership
from models.rules import RulePack
from models.subject import Subject
from services import clock, complaints, delivery, importing, jobs, letters, packlife, repairfiling, uploads
from services.complaints import Contact, Told
from services.people import person
from services.transactions import read_only, writing
from tests.builders_people import Somebody
from tests.matrix.ordered import ordered
from tests.office import WAY, Office
from tests.services.samples import PDF
from workflow.words import Role

WORKERS = (delivery, letters)  # importing them makes their jobs known
NOTHING = 999_999_999
NO_FILES: dict[str, tuple[str, str]] = {}
SAMPLE = Path(__file__).parent.parent / "data" / "penalties.csv"
STAFFED = {
    "INT": "clerk", "DR": "reviewer", "DR_OTHER": "stranger_reviewer", "DH": "department_head", "LEG": "lawyer",
    "CO": "officer", "COH": "head", "LD": "leader", "PUB": "publisher", "AUD": "auditor", "ADM": "administrator",
    "REC": "receiver", "APP": "applicant", "RIVAL": "rival",
}  # fmt: skip
AGAINST = {"result": "O9_not_established", "value": "", "note": "原始文书一致"}


@dataclass
class Place:
    """People by actor, cases by stage, and the ids of whatever an address may name."""

    office: Office
    people: dict[str, Somebody] = field(default_factory=dict)
    cases: dict[str, str] = field(default_factory=dict)
    complaint: str = ""  # key of a complaint that is being written
    repair: str = ""  # and of a repair, with the id of its record
    repaired: int = 0
    ids: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)  # kind: {object: {argument: value}}
    plain: dict[str, Any] = field(default_factory=dict)  # arguments of addresses that name no object of a wall


def built(app: Flask) -> Place:
    """The whole place."""
    place = Place(Office.opened(app))
    _hire(place)
    _file(place)
    with app.app_context():
        while jobs.run_one(clock.now()):
            pass
        _name_objects(place)
    return place


def _hire(place: Place) -> None:
    office, people = place.office, place.office.people
    place.people = {actor: office.staff[name] for actor, name in STAFFED.items()}
    with people.writing():
        elsewhere = people.org(OrgKind.CREDIT_OFFICE, "邻旗信用办", organ_word="邻信")
        bank, user = people.org(OrgKind.BANK, "邻旗支行"), people.org(OrgKind.BANK, "用信银行")
        hired = {"CO_ELSE": (elsewhere, Role.CO), "DH_OTHER": (office.town.other_department, Role.DH),
                 "REC_OTHER": (bank, Role.REC), "USR": (user, Role.USR)}  # fmt: skip
        place.people |= {actor: people.staff(*told) for actor, told in hired.items()}
        code = str(db.session.get_one(Subject, office.staff["applicant"].subject_id).uscc)
        for actor, proven in (("AGT", True), ("CLAIMED", False)):
            place.people[actor] = people.enterprise(code=code, proven=proven, capacity=Capacity.AGENT)


def _file(place: Place) -> None:
    """A case at each stage; the one under legality review is adverse."""
    office = place.office
    place.cases["submitted"] = walked(office, "submitted", {"draft": ("proof", "applicant")})
    place.cases["dept_verifying"] = walked(office, "dept_verifying", {"dept_verifying": ("department", "reviewer")})
    for stage in ("dept_review", "awaiting_signoff", "executed", "served"):
        place.cases[stage] = walked(office, stage)
    number = walked(office, "office_review")
    facts = office.facts(number, "propose")
    facts["results"] = {one: AGAINST for one in facts["results"]}
    office.act("officer", number, "propose", **facts)
    office.act("head", number, "send_to_legal")
    place.cases["legal_review"] = number
    place.cases["draft"] = walked(office, "draft", {"draft": ("proof", "applicant")})
    _complain(place)
    _repair(place)


def _repair(place: Place) -> None:
    """A repair that is being written."""
    office, now = place.office, clock.now()
    with office.app.app_context(), writing():
        somebody = person(office.staff["applicant"].id)
        place.repair = repairfiling.begin(somebody, office.staff["applicant"].subject_id or 0, now)
        repairing = repairfiling.draft(somebody, place.repair)
        repairfiling.add(repairing, office.public_id, now)
        place.repaired = repairfiling.lines(repairing, now)[0].item.id


def _complain(place: Place) -> None:
    """A complaint about the department that is asked a question, and a draft of another."""
    office, now = place.office, clock.now()
    told = Told("C06", office.town.department, "", "窗口收费500元。", None, "")
    for _ in range(2):
        with office.app.app_context(), writing():
            somebody = person(office.staff["applicant"].id)
            place.complaint = complaints.begin(somebody, office.staff["applicant"].subject_id, told, now)
            draft = complaints.draft(somebody, place.complaint, ())
            complaints.reach(draft, Contact("某人", "13900000000", "", False, False))
        if _ == 0:
            number = office.act("applicant", place.complaint, "submit")
    office.act("clerk", number, "accept")
    office.act("head", number, "assign", handler_id=str(office.staff["officer"].id))
    office.act("officer", number, "require_answer", unit_id=str(office.town.department), questions="是否收费？")


def walked(office: Office, until: str, files: dict[str, tuple[str, str]] = NO_FILES) -> str:
    """A case about a record of its own, walked to a stage of the straight way; `files` are handed in on it."""
    _, public_id = office.a_record(penalty_doc_no=f"鄂前罚〔2026〕{until}{secrets.token_hex(2)}号")
    number = office.drafted(record=public_id)
    for who, step, (state,) in WAY:
        if state in files:
            _hand_in(office, number, *files[state])
        if state == until:
            return number
        number = office.act(who, number, step, **office.facts(number, step))
    return number


def _hand_in(office: Office, number: str, slot: str, who: str) -> None:
    with office.app.app_context(), writing():
        case = db.session.scalars(select(Case).where(Case.number == number)).one()
        somebody = person(office.staff[who].id)
        uploads.store(uploads.judge("材料.pdf", io.BytesIO(PDF)), case.id, slot, somebody, clock.now())


# --- what addresses name


def _name_objects(place: Place) -> None:
    office, ids = place.office, place.ids
    staged = office.a_record(("validate_ok",), "", penalty_doc_no="待认定1号")[1]
    archived = _archived(office)
    order, stated = ordered(office, place.people)
    batch = importing.stage("penalties", "处罚.csv", SAMPLE.read_bytes(), office.town.department,
                            person(place.people["DR"].id), clock.today(), clock.now())  # fmt: skip
    with writing():
        general = db.session.scalars(select(RulePack.id).where(RulePack.code == "obj.default")).one()
        drafted = packlife.begin(general, None, "", person(place.people["COH"].id), clock.now())
    with read_only():
        ids["general draft"] = {"general": {"number": drafted}}
        for kind in ("case", "recusable", "officials", "accepting", "held", "drafted", "reported", "adding",
                     "inner case", "published case"):  # fmt: skip
            ids[kind] = {state: {"number": number, "step": "accept"} for state, number in place.cases.items()}
        ids["file"] = _files(place)
        ids["draft"] = _drafts(place)
        ids["letter"] = _letters(place)
        ids["repair draft"] = {"own": {"key": place.repair, "item": place.repaired, "file": NOTHING},
                               "foreign": {"key": "draft-of-somebody-else", "item": NOTHING,
                                           "file": NOTHING}}  # fmt: skip
        ids["measure"] = {"none": {"measure": NOTHING}}
        ids["complaint draft"] = {"own": {"key": place.complaint, "file": NOTHING},
                                  "foreign": {"key": "draft-of-somebody-else", "file": NOTHING}}  # fmt: skip
        asked = db.session.scalars(select(Enquiry.id)).one()
        ids["unit question"] = {"asked": {"matter": asked}, "none": {"matter": NOTHING}}
        ids["unit order"] = {"none": {"matter": NOTHING}}
        records = {"published": office.public_id, "archived": archived, "staged": staged}
        ids["order"] = {"unit": {"order": order, "step": "approve"}}
        ids["statement"] = {"waiting": {"statement": stated}}
        kinds = ("to order", "proven record", "public record", "own record", "office record", "to reveal", "to class")
        for kind in kinds:
            ids[kind] = {name: {"public_id": public_id} for name, public_id in records.items()}
        ids["batch"] = {"own": {"batch": batch}}
        ids["notice"] = _notices(place)
        message = db.session.scalars(select(CorrectionMessage.id)).first()
        ids["message"] = ids["board message"] = {"own": {"message": message}}
        ids["nothing"] = ids["own session"] = ids[""] = {"": {}}
        _name_plain(place)


def _archived(office: Office) -> str:
    with office.people.writing():
        return office.a_record(("validate_ok", "archive_overage"), penalty_doc_no="存档1号")[1]


def _files(place: Place) -> dict[str, dict[str, Any]]:
    query = select(Case.number, Attachment.id).join(Attachment, Attachment.case_id == Case.id)
    found = {number: file for number, file in db.session.execute(query)}
    first, second = place.cases["submitted"], place.cases["dept_verifying"]
    return {"submitted": {"number": first, "file": found[first], "page": 1},
            "inner": {"number": second, "file": found[second], "page": 1},
            "foreign": {"number": first, "file": found[second], "page": 1}}  # fmt: skip


def _drafts(place: Place) -> dict[str, dict[str, Any]]:
    key = place.cases["draft"]
    case = db.session.scalars(select(Case).where(Case.number == key)).one()
    file = db.session.scalars(select(Attachment.id).where(Attachment.case_id == case.id)).one()
    item = db.session.scalars(select(CaseItem.id).where(CaseItem.case_id == case.id)).one()
    told = {"item": item, "file": file, "record": place.office.public_id}
    return {"draft": {"key": key, **told}, "foreign": {"key": place.cases["submitted"], **told}}


def _letters(place: Place) -> dict[str, dict[str, Any]]:
    query = select(Document.id).join(Case, Case.id == Document.case_id)
    asked = {"D02": "dept_verifying", "D05": "dept_verifying", "D07": "served", "D27": "served"}
    found = {paper: db.session.scalars(query.where(Case.number == place.cases[state], Document.paper == paper)).first()
             for paper, state in asked.items()}  # fmt: skip
    assert all(found.values()), found
    return {paper: {"document": one} for paper, one in {**found, "none": NOTHING}.items()}


def _notices(place: Place) -> dict[str, dict[str, Any]]:
    case = select(Case.id).where(Case.number == place.cases["awaiting_signoff"]).scalar_subquery()
    wanted = {"subject": Notice.subject_id.is_not(None), "desk": Notice.role == "CO"}
    return {name: {"notice": db.session.scalars(select(Notice.id).where(Notice.case_id == case, one)).first()}
            for name, one in wanted.items()}  # fmt: skip


def _name_plain(place: Place) -> None:
    """Arguments that every caller may know; the door of the page alone decides."""
    pack = db.session.scalars(select(RulePack).where(RulePack.valid_to.is_(None), RulePack.stage == "approved")).first()
    assert pack is not None
    code = db.session.scalars(select(Document.verify_code).where(Document.paper == "D07")).first()
    role = db.session.scalars(select(Membership.id).where(Membership.user_id == place.people["USR"].id)).one()
    place.plain = {
        "code": code, "token": "no-such-token", "to": "en", "filename": "xinfu.css", "kind": "objection",
        "suffix": "csv", "name": "O-T2", "word": "approve", "number": place.people["USR"].id, "act": "sign_out",
        "part": "office", "step": "accept", "membership": role, "pack": pack.id, "office": place.office.town.department,
        "year": clock.today().year, "nothing": NOTHING, "asked": NOTHING,
        "public_id": "no-such-record", "role": "LD", "org": NOTHING,
        "order": "no-such-check", "row": 1, "batch": NOTHING, "subject": NOTHING, "change": NOTHING, "task": NOTHING,
        "entry": NOTHING, "month": "2026-10", "category": "penalty",
    }  # fmt: skip

