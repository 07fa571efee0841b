"""A small banner at work: its desks, an enterprise, a published penalty; and a case walked there step by step."""

import datetime as dt
import secrets
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import insert

from models.base import db
from models.organisation import OrgKind
from models.outbox import Subscription
from models.record import CreditRecord, RecordVersion
from models.rules import Setting
from services import casefile, clock, decisions, defaults, filing, publication, rules, steps
from services.people import person
from services.transactions import read_only, writing
from tests.builders_people import People, Somebody, Town
from workflow.actor import SYSTEM
from workflow.words import Ground, Role

DECIDED_ON = dt.date(2026, 5, 6)
PAYLOAD = {
    "counterparty_name": "鄂前旗晨光商贸有限公司", "counterparty_type": "法人及非法人组织", "legal_rep_name": "甲某",
    "penalty_doc_no": "鄂前市监罚〔2026〕7号", "violation_type": "标签不符合规定",
    "violation_facts": "经查,标签不符合规定。",
    "penalty_basis": "食品安全法", "penalty_kinds": ["罚款"], "penalty_content": "罚款2万元", "fine_wan": "2",
    "decision_date": "2026-05-06", "penalty_valid_to": "2099-12-31", "authority_name": "旗市场监督管理局",
    "source_dept_name": "旗市场监督管理局",
}  # fmt: skip
DESKS = {
    "clerk": Role.INT, "second_clerk": Role.INT, "officer": Role.CO, "second_officer": Role.CO, "head": Role.COH,
    "lawyer": Role.LEG, "leader": Role.LD, "publisher": Role.PUB,
}  # fmt: skip


@dataclass
class Office:
    """Everybody of a small banner, and the record that is disputed."""

    app: Flask
    people: People
    town: Town
    staff: dict[str, Somebody] = field(default_factory=dict)
    bank: int = 0
    record_id: int = 0
    public_id: str = ""

    @classmethod
    def opened(cls, app: Flask) -> "Office":
        """An office with two people at most desks, an enterprise with one penalty, and a bank that was told of it."""
        people = People(app)
        office = cls(app, people, people.town())
        with people.writing():
            defaults.load(clock.now())
            office._settle()
            for name, role in DESKS.items():
                office.staff[name] = people.staff(office.town.office, role)
            for name, role in {"reviewer": Role.DR, "second_reviewer": Role.DR, "department_head": Role.DH}.items():
                office.staff[name] = people.staff(office.town.department, role)
            office.staff["stranger_reviewer"] = people.staff(office.town.other_department, Role.DR)
            office.staff["stranger_head"] = people.staff(office.town.other_department, Role.DH)
            office.staff["auditor"] = people.staff(office.town.supervisor, Role.AUD)
            office.staff["administrator"] = people.staff(office.town.banner, Role.ADM)
            office.staff["applicant"] = people.enterprise(name=PAYLOAD["counterparty_name"])
            office.staff["rival"] = people.enterprise()
            office.bank = people.org(OrgKind.BANK, "某银行前旗支行")
            office.staff["receiver"] = people.staff(office.bank, Role.REC)
            db.session.add(Subscription(org_id=office.bank, category=""))
            office.record_id, office.public_id = office.a_record()
        rules.forget()
        return office

    def _settle(self) -> None:
        now = clock.now()
        told = {
            "remedies": {"review_organ": "鄂前旗人民政府", "court": "鄂前旗人民法院"},
            "office": {"name": "旗信用办", "contact_person": "值班员", "contact_phone": "0477-0000000",
                       "address": "某街1号", "query_channel": "本平台"},
        }  # fmt: skip
        for name, value in told.items():
            db.session.add(Setting(name=name, value=value, changed_at=now))

    def a_record(self, steps: tuple[str, ...] = ("validate_ok", "publish"), severity: str = "general",
                 **changes: Any) -> tuple[int, str]:  # fmt: skip
        """A penalty of the applicant, published unless other steps are named; (id, public id)."""
        with self.people.writing():
            now, payload = clock.now(), {**PAYLOAD, **changes}
            public_id = secrets.token_urlsafe(9)
            row = {
                "public_id": public_id, "category": "penalty", "subject_id": self.staff["applicant"].subject_id,
                "source_dept_id": self.town.department, "determining_authority_id": self.town.department,
                "doc_no": payload["penalty_doc_no"], "decision_date": DECIDED_ON, "severity": severity,
                "publication_state": "imported", "publish_from": DECIDED_ON,
                "publish_min_until": dt.date(2026, 8, 6), "publish_max_until": dt.date(2027, 5, 6),
                "fingerprint": secrets.token_hex(32), "content_hash": publication.payload_hash(payload),
            }  # fmt: skip
            record_id = db.session.execute(insert(CreditRecord).values(row).returning(CreditRecord.id)).scalar_one()
            version = {"record_id": record_id, "version": 1, "payload": payload, "publication_state": "published",
                       "valid_from": DECIDED_ON, "recorded_at": now, "kind": "import",
                       "hash": publication.payload_hash(payload)}  # fmt: skip
            db.session.execute(insert(RecordVersion).values(version))
            for step in steps:
                publication.move(publication.record_row(record_id), step, SYSTEM, now)
            return record_id, public_id

    def source_sends(self, **changes: str) -> None:
        """The department sends the record anew with some values changed."""
        with self.people.writing():
            record, now = publication.record_row(self.record_id), clock.now()
            state = publication.move(record, "correct", SYSTEM, now, reason="数据提供单位更新")
            publication.write_version(record, {**PAYLOAD, **changes}, "source_correction", state, now, DECIDED_ON)

    def act(self, who: str, number: str, step: str, **facts: Any) -> str:
        """Somebody takes a step as a form would; the case's number afterwards."""
        with self.app.app_context():
            with read_only():
                version = casefile.row_of(number)["version"]
                somebody = person(self.staff[who].id)
                if step.startswith("sign") or step == "countersign":
                    facts["draft_hash"] = _draft_hash(number)
            form = {"version": str(version), "key": secrets.token_urlsafe(16), "no_interest": True}
            return steps.carry(somebody, number, step, form, facts, clock.now()).number

    def drafted(self, who: str = "applicant", ground: Ground = Ground.G01, item: str = "fine_wan",
                record: str = "") -> str:  # fmt: skip
        """A draft ready to be submitted, about the office's record or another of the applicant's; its key."""
        with self.app.app_context(), writing():
            somebody = person(self.staff[who].id)
            key = filing.begin(somebody, self.staff["applicant"].subject_id or 0, clock.now())
            case = filing.draft(somebody, key)
            filing.add_item(case, record or self.public_id, item, ground, "0.2")
            filing.say(case, "罚款金额应为0.2万元,系单位录入错误。")
            filing.reach(case, filing.Contact("经办人甲", "13800000000"))
            return key

    def a_case(self, at: str) -> str:
        """A case at a state on the straight way to an upheld decision, walked there through the door."""
        number = self.drafted()
        for who, step, state in WAY:
            if at == state[0]:
                return number
            number = self.act(who, number, step, **self.facts(number, step))
        return number

    def facts(self, number: str, step: str) -> dict[str, Any]:
        """What the form of a step on the straight way brings."""
        with self.app.app_context(), read_only():
            view = casefile.view_of(casefile.row_of(number), clock.today())
            items = [str(item.id) for item in view.items]
        found = {one: {"finding": "MODIFY", "value": "0.2", "note": "原始文书为2000元"} for one in items}
        decided = {one: {"result": "O1_correct", "value": "0.2", "note": "与原始文书不符"} for one in items}
        return {
            "dispatch": {"department_id": str(self.town.department)},
            "report": {"findings": found, "facts_found": "经核对原始文书,罚款为2000元。"},
            "propose": {"results": decided, "facts_found": "罚款为2000元。", "reason": "录入错误,应予更正。"},
            "seal": {"seal_no": "2026-001"},
            "serve": {"method": "direct", "served_on": clock.today().isoformat(), "proof": "送达回证"},
        }.get(step, {})

    def draft_of(self, number: str) -> dict[str, Any]:
        """The draft decision of a case as its signer would see it."""
        with self.app.app_context(), read_only():
            return decisions.draft(casefile.row_of(number)["id"])[1]


WAY = (
    # who                step              from
    ("applicant", "submit", ("draft",)),
    ("clerk", "accept", ("submitted",)),
    ("officer", "dispatch", ("accepted",)),
    ("reviewer", "report", ("dept_verifying",)),
    ("department_head", "approve_report", ("dept_review",)),
    ("officer", "propose", ("office_review",)),
    ("head", "endorse", ("head_review",)),
    ("leader", "sign", ("awaiting_signoff",)),
    ("clerk", "seal", ("executed",)),
    ("clerk", "serve", ("sealed",)),
)


def _draft_hash(number: str) -> str:
    return decisions.draft_hash(decisions.draft(casefile.row_of(number)["id"])[1])


def state_of(app: Flask, number: str) -> str:
    """Where a case stands."""
    with app.app_context(), read_only():
        return str(casefile.row_of(number)["state"])

