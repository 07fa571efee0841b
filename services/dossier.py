"""One case as its letters tell it: who, which records, what was said, by which day; Chinese, and masked."""

import datetime as dt
from functools import cached_property
from typing import Any

from flask import current_app
from sqlalchemy import RowMapping, select

from documents.composing import chinese_day
from models.attachment import Attachment
from models.base import db, shanghai_day
from models.case import CaseEvent
from models.organisation import Org
from models.people import AgencyState
from models.record import CreditRecord, RecordVersion
from models.subject import IdType, Subject
from services import casefile, enrolment, rules, surroundings
from services.casefile import CASE, LiveView
from services.people import successor_of
from services.surroundings import PointRow
from services.texts import text_of
from standards import display
from standards.categories import CATEGORIES
from standards.masking import Audience, mask_free_text, mask_id_office, mask_id_public, mask_name
from standards.schema import Kind
from standards.words import speaking
from workflow import clock

SLOTS = {
    "licence": "营业执照", "authority": "授权委托书", "id": "身份证明", "proof": "证明材料", "completion": "补正材料",
    "department": "部门核查材料", "seal": "用印文书扫描件",
}  # fmt: skip
WHOLE = "整条记录"
NAMELESS, NO_CODE = "匿名投诉人", "未提供"
WITHHELD = "（身份核验后提供）"
OWN = ("contact_person", "contact_phone", "case_number", "number", "subject_name", "subject_code")  # never starred
USABLE = ("clean", "unscanned", "quarantine")


class Dossier:
    """Reads a case piece by piece, each piece when a letter first needs it; `inner` for a letter between offices."""

    def __init__(self, case_id: int, now: dt.datetime, *, inner: bool = False) -> None:
        self.case_id, self.now, self.today, self.inner = case_id, now, shanghai_day(now), inner

    @cached_property
    def row(self) -> RowMapping:
        """The case as it stands now, also within a step that is being taken."""
        return db.session.execute(select(CASE).where(CASE.c.id == self.case_id)).mappings().one()

    @cached_property
    def view(self) -> LiveView:
        return casefile.view_of(self.row, self.today)

    @cached_property
    def office(self) -> Org:
        return db.session.get_one(Org, self.row["office_id"])

    @cached_property
    def subject(self) -> Subject:
        return db.session.get_one(Subject, self.row["subject_id"])

    @cached_property
    def points(self) -> list[PointRow]:
        return surroundings.points(self.case_id)

    @property
    def test(self) -> bool:
        """Whether the letter counts for nothing: an office on trial, or a demo data folder."""
        return bool(self.office.trial or current_app.config["SETTINGS"].demo)

    @property
    def applied_on(self) -> dt.date:
        """收到申请之日."""
        return shanghai_day(self.row["filed_at"] or self.now)

    @cached_property
    def audience(self) -> Audience:
        """As whom the addressee reads; an applicant whose authority nobody has proven yet reads as everybody does."""
        proven = self.row["capacity"] == "counter" or (
            self.row["agency_id"] is not None
            and enrolment.agency_of(self.row["agency_id"]).state == AgencyState.PROVEN.value
        )
        return Audience.DEPARTMENT if self.inner or proven else Audience.PUBLIC

    @cached_property
    def party(self) -> dict[str, str]:
        """Name and code of the subject; a person's number is masked, the name as stated until the claim is proven."""
        if self.row["subject_id"] is None:  # a complaint of somebody who is no subject here
            return {"subject_name": self.row["contact_name"] or NAMELESS, "subject_code": NO_CODE,
                    "subject_code_title": "证件号码"}  # fmt: skip
        one = self.subject
        if one.id_no is None:
            return {"subject_name": one.name, "subject_code": one.uscc or "（未登记）"}
        title = f"{IdType(one.id_type).label.zh.removesuffix('号')}号码"
        if self.audience is Audience.PUBLIC:
            name, code = enrolment.name_for(one, self.row["filer_id"]), mask_id_public(one.id_no)
        else:
            name, code = one.name, mask_id_office(one.id_no)
        return {"subject_name": name, "subject_code": code, "subject_code_title": title}

    def discreet(self, said: Any) -> Any:
        """What a letter says, any shape, with numbers of persons and a person's name starred for a mere claimant."""
        if self.audience is not Audience.PUBLIC:
            return said
        if isinstance(said, dict):
            return {key: value if key in OWN else self.discreet(value) for key, value in said.items()}
        if isinstance(said, list):
            return [self.discreet(value) for value in said]
        return self._starred(said) if isinstance(said, str) else said

    def _starred(self, text: str) -> str:
        if self.row["subject_id"] is None:
            return mask_free_text(text, Audience.PUBLIC)
        name = self.subject.name
        if self.subject.natural and len(name) > 1 and self.party["subject_name"] != name:
            text = text.replace(name, mask_name(name))
        return mask_free_text(text, Audience.PUBLIC)

    def event(self, *steps: str) -> CaseEvent | None:
        """The latest step of these names, with who took it."""
        query = select(CaseEvent).where(CaseEvent.case_id == self.case_id, CaseEvent.step.in_(steps))
        return db.session.execute(query.order_by(CaseEvent.seq.desc()).limit(1)).scalars().first()

    def run(self, limit: str) -> clock.Run:
        """The latest run of a limit. LookupError when it never ran."""
        return latest_run(self.view, limit)

    @cached_property
    def records(self) -> dict[int, CreditRecord]:
        """The disputed records by id, in the order of the points."""
        ids = [point.record["id"] for point in self.points]
        rows = db.session.execute(select(CreditRecord).where(CreditRecord.id.in_(ids))).scalars()
        found = {row.id: row for row in rows}
        return {one: found[one] for one in dict.fromkeys(ids)}

    @cached_property
    def payloads(self) -> dict[int, dict[str, Any]]:
        """What each disputed record says now."""
        query = select(RecordVersion.record_id, RecordVersion.payload).join(
            CreditRecord, (CreditRecord.id == RecordVersion.record_id) & (CreditRecord.version == RecordVersion.version)
        )
        found = db.session.execute(query.where(CreditRecord.id.in_(list(self.records))))
        return {record_id: payload for record_id, payload in found}

    def value(self, point: PointRow, text: str) -> str:
        """A value of the point's field as a letter prints it: days in Chinese, identity numbers masked."""
        payload = self.payloads[point.record["id"]]
        return printed(point.record["category"], point.field, text, payload, self.audience)

    def sources(self) -> list[str]:
        """The departments that answer for the records today, each once."""
        orgs = [successor_of(record.source_dept_id, self.today) for record in self.records.values()]
        return list(dict.fromkeys(org.name for org in orgs))

    def evidence(self, *slots: str, until: dt.datetime | None = None) -> list[str]:
        """The files handed in, counted by their slot: 证明材料2份，共5页."""
        query = select(Attachment.slot, Attachment.pages).where(
            Attachment.case_id == self.case_id, Attachment.state.in_(USABLE), Attachment.slot.in_(slots or SLOTS)
        )
        query = query if until is None else query.where(Attachment.uploaded_at <= until)
        pages: dict[str, list[int]] = {}
        for slot, count in db.session.execute(query.order_by(Attachment.id)):
            pages.setdefault(slot, []).append(count)
        return [f"{SLOTS[slot]}{len(each)}份，共{sum(each)}页" for slot, each in pages.items()]


def latest_run(view: LiveView, limit: str) -> clock.Run:
    """The latest run of a limit in a view. LookupError when it never ran."""
    found = [run for run in view.runs if run.limit.name == limit]
    if not found:
        raise LookupError(f"limit {limit} does not run in this case")
    return found[-1]


def days_of(run: clock.Run) -> str:
    """The length of a limit, as 7个工作日."""
    return f"{run.rule.n + run.extended}{clock.UNITS[run.rule.unit].zh}"


def title_of(category: str, doc_no: str) -> str:
    """A record as letters name it: 行政处罚（鄂前市监罚字〔2025〕36号）."""
    return f"{CATEGORIES[category].label.zh}（{doc_no}）"


def printed(
    category_code: str, field_id: str, text: str, payload: dict[str, Any], audience: Audience = Audience.DEPARTMENT
) -> str:
    """One value of a record as a letter prints it for its addressee; empty for a whole record."""
    if not field_id:
        return ""
    category = CATEGORIES[category_code]
    field = category.field(field_id)
    with speaking("zh"):
        shown = display.masked(category, field, {**payload, field_id: text}, audience)
    if field.kind is Kind.DATE and shown == text and text:
        return chinese_day(text)
    return WITHHELD if text and not shown else shown


def snapshot(record: CreditRecord, payload: dict[str, Any]) -> dict[str, Any]:
    """The whole record as the platform shows it to a department."""
    category = CATEGORIES[record.category]
    filled = [field for field in category.every if payload.get(field.id)]
    rows = [{"title": field.zh, "value": printed(record.category, field.id, text_of(payload[field.id]), payload)}
            for field in filled]  # fmt: skip
    return {"record": title_of(record.category, record.doc_no), "version": record.version, "rows": rows}


def setting(name: str, key: str, otherwise: str) -> str:
    """One word of the set-up, or what stands in for it."""
    return str(rules.setting(name).get(key) or otherwise)
