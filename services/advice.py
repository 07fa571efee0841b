"""What somebody is told about one record: which door is open, from which day, under which article."""

import datetime as dt
from dataclasses import dataclass

from models.base import db, shanghai_day
from models.record import CreditRecord
from services import eligibility, filing
from services.classification import SEVERITIES
from services.eligibility import Route
from services.finding import spellings
from services.records import Shown, fetch, public_only, query
from standards.lawnames import cited
from standards.masking import Audience
from standards.text import BadText, clean
from standards.words import T, Text
from workflow.eligibility import Verdict

CLASSES = {**SEVERITIES, "special": T("特定领域", "Special matter")}
SAID: dict[str, Text] = {
    "now": T("现在可以申请信用修复。", "The record can be repaired now."),
    "later": T("最短公示期到{corresponding}届满，自{eligible_from}起可以申请信用修复。",
               "The minimum period ends on {corresponding}; repair can be asked for from {eligible_from}."),
    "ended": T("该记录已经停止公示，不需要修复。",
               "The record is not published any more; nothing needs to be repaired."),
    "over": T("最长公示期已于{max_until}届满而仍在公示，请以“超期公示”（G04）提出异议，不必修复。",
              "Its longest period ended on {max_until} and it is still shown: object on ground G04 (overdue)."),
    "routed": T("该记录由其他系统办理修复，请按下列途径申请。", "Another system repairs this record; apply there."),
    "never": T("依照规定，该类信息公示期满前不予修复，公示到{max_until}自动停止。",
               "By rule this kind is not repaired; publication ends by itself on {max_until}."),
    "barred": T("因此前的修复被撤销，{eligible_from}以前不再受理修复申请。",
                "A former repair was revoked: no application is taken before {eligible_from}."),
    "disputed": T("该记录正在异议办理中，异议处理完毕后再申请修复。",
                  "The record is under objection; repair can follow its result."),
    "open": T("该记录已有在办的修复申请。", "A repair of this record is open already."),
    "unclassed": T("该记录的失信程度尚未认定，暂不能确定可申请日期。",
                   "The record is not classed yet, so no day can be told."),
    "none": T("该记录不是可以修复的失信信息。", "This is no record that could be repaired."),
}  # fmt: skip
MEANT = {"now": "repair", "later": "wait", "ended": "nothing", "over": "objection", "routed": "route", "never": "wait",
         "barred": "wait", "disputed": "wait", "open": "wait", "unclassed": "wait", "none": "nothing"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Advice:
    """One record's answer: `door` is repair, wait, objection, route or nothing; `dates` are shown beside it."""

    code: str
    door: str
    text: Text
    basis: str
    klass: Text | None
    verdict: Verdict
    route: Route | None

    @property
    def law(self) -> Text:
        """Its basis as the reader understands it."""
        return cited(self.basis)


def about(record: CreditRecord, day: dt.date, office_id: int, case_id: int = 0) -> Advice:
    """The answer for a record on a day, under the pack of that day."""
    verdict = eligibility.verdict_of(record, eligibility.pack_of(day, office_id, record), day, case_id=case_id)
    dates = {name: getattr(verdict, name).isoformat() if getattr(verdict, name) else ""
             for name in ("corresponding", "eligible_from", "max_until")}  # fmt: skip
    route = eligibility.route_of(record, day) if verdict.code == "routed" else None
    return Advice(verdict.code, MEANT[verdict.code], SAID[verdict.code].format(**dates), verdict.basis,
                  CLASSES.get(verdict.klass) if verdict.klass else None, verdict, route)  # fmt: skip


def of_record(record_id: int, day: dt.date, office_id: int, case_id: int = 0) -> Advice:
    """The same by the record's id."""
    return about(db.session.get_one(CreditRecord, record_id), day, office_id, case_id)


def precheck(doc_no: str, now: dt.datetime) -> list[tuple[Shown, Advice]]:
    """Before login: what is to be done about the penalties of this document number, as the public may know.

    Only what is published: of a record that was removed nobody is told here. At most five.
    """
    try:
        said = clean(doc_no)
    except BadText:
        return []
    narrowed = query().where(CreditRecord.doc_no.in_(spellings(said)), public_only())
    found = fetch(narrowed.order_by(CreditRecord.id).limit(5), Audience.PUBLIC) if said else []
    office, day = filing.office(now).id, shanghai_day(now)
    return [(one, about(one.record, day, office)) for one in found]
