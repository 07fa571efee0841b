"""A repair in the small banner: penalties of a department that decides here, both modes, a case walked there."""

import dataclasses
import datetime as dt
import secrets
from typing import Any

from sqlalchemy import insert, select

from models.attachment import Attachment
from models.base import db
from models.case import CaseItem
from models.record import CreditRecord, RecordVersion
from models.rules import Rule, RulePack
from services import casefile, clock, commitments, files, filing, publication, repairfiling, rules
from services.people import person
from services.transactions import read_only, writing
from tests.office import PAYLOAD, Office
from tests.services.samples import PDF
from workflow.actor import SYSTEM
from workflow.words import Role

DECIDED_ON = dt.date(2026, 5, 6)
MATTER = {"authority_name": "旗自然资源局", "source_dept_name": "旗自然资源局", "penalty_basis": "土地管理法",
          "violation_type": "未按规定报送土地信息", "violation_facts": "经查,未按规定报送。"}  # fmt: skip


@dataclasses.dataclass
class RepairOffice:
    """The office with two reviewers and a head at the authority of these records; `mode` is the pack's."""

    office: Office
    mode: str = "authority"
    made: int = 0

    def __post_init__(self) -> None:
        other, people = self.office.town.other_department, self.office.people
        with people.writing():
            for name, role in {"judge": Role.DR, "second_judge": Role.DR, "judge_head": Role.DH}.items():
                self.office.staff[name] = people.staff(other, role)
            if self.mode == "credit_office":
                office_decides(other)
        rules.forget()

    def penalty(
        self, severity: str = "general", decided: dt.date = DECIDED_ON, of: int = 0, **changes: Any
    ) -> tuple[int, str]:
        """A published penalty of the applicant by that authority (or another); (id, public id)."""
        self.made += 1
        doc_no = f"鄂前自然资罚〔2026〕{self.made}号"
        payload = {**PAYLOAD, **MATTER, "penalty_doc_no": doc_no, "decision_date": decided.isoformat(), **changes}
        months = {"minor": 3, "general": 12, "serious": 36, "": 36}[severity]
        until = dt.date(decided.year + months // 12, decided.month, decided.day)
        authority = of or self.office.town.other_department
        with self.office.people.writing():
            row = {"public_id": secrets.token_urlsafe(9), "category": "penalty", "source_dept_id": authority,
                   "subject_id": self.office.staff["applicant"].subject_id, "determining_authority_id": authority,
                   "doc_no": doc_no, "decision_date": decided, "severity": severity, "publication_state": "imported",
                   "publish_from": decided, "publish_max_until": until, "fingerprint": secrets.token_hex(32),
                   "content_hash": publication.payload_hash(payload)}  # fmt: skip
            made = db.session.execute(insert(CreditRecord).values(row).returning(CreditRecord.id)).scalar_one()
            version = {"record_id": made, "version": 1, "payload": payload, "publication_state": "published",
                       "valid_from": decided, "recorded_at": clock.now(), "kind": "import",
                       "hash": publication.payload_hash(payload)}  # fmt: skip
            db.session.execute(insert(RecordVersion).values(version))
            for step in ("validate_ok", "publish"):
                publication.move(publication.record_row(made), step, SYSTEM, clock.now())
        return made, row["public_id"]

    def drafted(self, *public_ids: str, who: str = "applicant") -> str:
        """A repair draft with both papers of each record; its key."""
        with self.office.app.app_context(), writing():
            now, somebody = clock.now(), person(self.office.staff[who].id)
            key = repairfiling.begin(somebody, self.office.staff["applicant"].subject_id or 0, now)
            case = repairfiling.draft(somebody, key)
            for public_id in public_ids:
                repairfiling.add(case, public_id, now)
            for line in repairfiling.lines(case, now):
                _hand_in(case.id, now)
                repairfiling.keep_proofs(case, line.item.id)
                repairfiling.say(case, line.item.id, "罚款已缴清,已按要求整改。")
                commitments.sign(line.item, somebody, "甲某", True, True, now)
            filing.reach(case, filing.Contact("经办人甲", "13800000000"))
            return key

    def a_case(self, at: str, *public_ids: str) -> str:
        """A case at a state on the straight way to an approved repair, walked there through the door."""
        number = self.drafted(*(public_ids or (self.penalty()[1],)))
        for who, step, state in self.way():
            if at == state:
                return number
            number = self.office.act(who, number, step, **self.facts(number, step))
        return number

    def way(self) -> tuple[tuple[str, str, str], ...]:
        decided = "approve" if self.mode == "authority" else "give_opinion"
        return (("applicant", "submit", "draft"), ("clerk", "forward", "submitted"), ("judge", "accept",
                                                                                      "at_authority"),
                ("judge", "opinion", "accepted"), ("judge_head", decided, "authority_decision"),
                ("officer", "propose", "office_confirm"), ("head", "endorse", "head_review"),
                ("leader", "sign", "awaiting_signoff"), ("officer", "chase", "syncing"))  # fmt: skip

    def items(self, number: str) -> list[str]:
        with self.office.app.app_context(), read_only():
            query = select(CaseItem.id).where(CaseItem.case_id == casefile.row_of(number)["id"]).order_by(CaseItem.id)
            return [str(one) for one in db.session.execute(query).scalars()]

    def facts(self, number: str, step: str) -> dict[str, Any]:
        """What the form of a step on the straight way brings."""
        found = {item: {"performed": "yes", "duty": "缴清罚款", "proof": "缴款凭证", "other": "none", "finding": "MET",
                        "note": "条件具备"} for item in self.items(number)}  # fmt: skip
        results = {item: {"result": "R1_repair", "note": "条件具备"} for item in self.items(number)}
        return {
            "opinion": {"findings": found, "facts_found": "罚款已缴清,已整改。"},
            "propose": {"results": results, "facts_found": "罚款已缴清,已整改。",
                        "checked": ["competent", "conditions", "people", "papers"]},
        }.get(step, {})  # fmt: skip


def _hand_in(case_id: int, now: dt.datetime) -> None:
    row = {"case_id": case_id, "slot": "proof", "filename": "缴款凭证.pdf", "sha256": files.keep(PDF), "size": len(PDF),
           "mime": "application/pdf", "pages": 1, "state": "clean", "problem": "", "uploaded_at": now,
           "internal": False}  # fmt: skip
    db.session.execute(insert(Attachment.__table__).values(row))


def office_decides(org_id: int) -> None:
    """A pack of this organisation under which the credit office decides."""
    query = select(RulePack).where(RulePack.code == "RP-2026", RulePack.org_id.is_(None))
    general = db.session.execute(query).scalars().one()
    switches = {**general.switches, "decision_mode": "credit_office", "authority_decides": False}
    row = {"code": f"RP-2026.{org_id}", "edition": 1, "kind": "repair", "valid_from": general.valid_from,
           "org_id": org_id, "switches": switches}  # fmt: skip
    made = db.session.execute(insert(RulePack).values(row).returning(RulePack.id)).scalar_one()
    names = ("limit", "n", "unit", "extend_n", "extend_max", "on_breach", "source", "article", "tag")
    for rule in db.session.execute(select(Rule).where(Rule.pack_id == general.id)).scalars().all():
        db.session.add(Rule(pack_id=made, **{name: getattr(rule, name) for name in names}))
