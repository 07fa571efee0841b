"""The decision on a repair as it would be signed: approved, denied or revoked, with conditions, law and effect."""

import datetime as dt
from typing import Any

from sqlalchemy import select

from documents.composing import chinese_day
from models.base import db, shanghai_day
from models.case import CaseEvent
from models.decision import Decision
from models.organisation import Org
from services import conditions
from services.decisiondata import NOT_DRAFTED
from services.dossier import Dossier, title_of
from services.lettercommon import common, remedies
from services.letters_repair import authorities, law_of, put_up
from services.receivers import receivers_of
from services.surroundings import PointRow
from workflow.engine import Refused
from workflow.words import Paper, Result

PUT_UP = ("propose", "propose_denial")
YES, NO = "具备", "不具备"
CLASSES = {"minor": "轻微失信", "general": "一般失信", "serious": "严重失信", "special": "特定领域"}
WARNING = (
    "提供虚假材料、作出虚假承诺或者违反信用承诺的，依法撤销本决定，恢复公示，记入信用记录，"
    "并在规定期限内不再受理修复申请。"
)
SYSTEMS = ["本平台公示网站", "查询和共享接口", "公共信用信息报告"]
UNHEARD = "已告知申请人有权陈述申辩；申请人在规定期限内未提出意见。"


def decision(case_id: int) -> tuple[Paper, dict[str, Any]]:
    """D13, D14 or D15 without number, date, signature and code; raises Refused."""
    drafted = put_up(case_id, *PUT_UP, "put_up_revocation")
    if drafted is None:
        raise Refused([NOT_DRAFTED])
    case = Dossier(case_id, drafted.at)
    data = {**common(case), "signatory": None, "legal_basis": law_of(case), "items": _items(case)}
    if drafted.step == "put_up_revocation":
        return Paper.D15, case.discreet(data | _revocation(case, drafted) | remedies())
    results = {point.result for point in case.points}
    data |= {"facts": drafted.facts["facts_found"], "conditions": _conditions(case), "decided_by": _decided_by(case)}
    if Result.R1 not in results:
        return Paper.D14, case.discreet(data | _denial(case, drafted) | remedies())
    adverse = Result.R2 in results
    return Paper.D13, case.discreet(data | _approval(case, drafted, adverse) | (remedies() if adverse else {}))


def _title(point: PointRow) -> str:
    return title_of(point.record["category"], point.record["doc_no"])


def _items(case: Dossier) -> list[dict[str, str]]:
    return [{"record": _title(point), "result": point.result.label.zh if point.result else "",
             "reason": point.result_note or _reason(point)} for point in case.points]  # fmt: skip


def _reason(point: PointRow) -> str:
    return "修复条件均已具备。" if point.result is Result.R1 else point.found_note or "理由见本决定。"


def _conditions(case: Dossier) -> list[dict[str, str]]:
    objects = conditions.latest(case.case_id)
    rows = [row for point in case.points if point.id in objects for row in _rows(_title(point), objects[point.id])]
    return rows or [_external(case, point) for point in case.points]


def _external(case: Dossier, point: PointRow) -> dict[str, str]:
    """What another system decided stands for the conditions it examined."""
    told = put_up(case.case_id, "external_result")
    found = f"{told.facts['competent_organ']}：{told.facts['evidence']}" if told else "见本案材料"
    return {"record": _title(point), "condition": "有关系统的处理结果", "found": found,
            "met": YES if point.result is Result.R1 else NO}  # fmt: skip


def _rows(record: str, one: dict[str, Any]) -> list[dict[str, str]]:
    """The condition object as a table: minimum period, performance, commitment, others, blockers."""
    least, done, promised = one["min_period"], one["performed"], one["commitment"]["ok"]
    until, since = (chinese_day(least[name]) for name in ("required_until", "eligible_from"))
    period = f"{CLASSES.get(least['class'], '')}，最短公示至{until}，可自{since}起申请（{least['basis']}）"
    duty = "；".join(
        f"{item['duty'] or '全部义务'}，凭{item['proof'] or '所附材料'}，{item['verified_by']}核实"
        for item in done["items"]
    )
    rows = [("最短公示期届满", period, least["ok"]), ("义务履行完毕、失信行为纠正", duty, done["ok"]),
            ("公开作出信用承诺", "已签署并同意公示" if promised else "未签署", promised)]
    rows += [("其他条件", other["rule"], other["ok"]) for other in one["other"]]
    rows += [("阻却事由", blocker, False) for blocker in one["blockers"]]
    return [{"record": record, "condition": name, "found": found, "met": YES if ok else NO} for name, found, ok in rows]


def _decided_by(case: Dossier) -> str:
    """Whose decision it is follows the mode of the pack."""
    if put_up(case.case_id, "external_result") is not None:
        return f"有关系统已作出处理，{case.office.name}据此处理本平台的信息。"
    if "authority_decides" in case.view.switches:
        return f"本案依照“谁认定、谁修复”由{authorities(case)}作出决定，{case.office.name}审核合法性和完整性后办理。"
    return f"本案由{authorities(case)}提出意见，{case.office.name}审查决定。"


def _approval(case: Dossier, drafted: CaseEvent, adverse: bool) -> dict[str, Any]:
    repaired = {point.record["id"] for point in case.points if point.result is Result.R1}
    ids = dict.fromkeys(org_id for org_id, _ in receivers_of(repaired, case.now))
    names = [name for (name,) in db.session.execute(select(Org.name).where(Org.id.in_(ids)).order_by(Org.id))]
    measures = [{"measure": one["measure"], "unit": one["name"], "basis": one["basis"]}
                for one in drafted.facts.get("measures", ())]  # fmt: skip
    effect = "准予修复的信息，自本决定签发之日起停止公示和共享，移出相应名单，转为档案保存，不再对外提供。"
    effect += "不予修复的信息继续公示。" if adverse else ""
    return {"effect": effect, "systems": SYSTEMS, "told": list(dict.fromkeys([authorities(case), *names])),
            "warning": WARNING, "adverse": adverse, **({"measures": measures} if measures else {}),
            **(_refused_part(case) if adverse else {})}  # fmt: skip


def _refused_part(case: Dossier) -> dict[str, Any]:
    """Of the records denied in a decision that approves others: the hearing, and when to apply again."""
    denied = [_again(case, point) for point in case.points if point.result is Result.R2]
    return {"hearing": hearing(case, "deny", "intend_denial"), "eligible_from": denied}


def hearing(case: Dossier, *since: str) -> str:
    """What the party said in its defence since it was offered."""
    offered = put_up(case.case_id, *since)
    first = offered.seq if offered else 0
    query = select(CaseEvent.facts).where(CaseEvent.case_id == case.case_id, CaseEvent.step == "state_defence")
    said = [facts["statement"] for (facts,) in db.session.execute(
        query.where(CaseEvent.seq > first, CaseEvent.at <= case.now).order_by(CaseEvent.seq))]  # fmt: skip
    return f"已听取申请人陈述申辩：{'；'.join(said)}" if said else UNHEARD


def _denial(case: Dossier, drafted: CaseEvent) -> dict[str, Any]:
    return {"reasoning": drafted.facts["reason"], "hearing": hearing(case, "deny", "intend_denial"),
            "eligible_from": [_again(case, point) for point in case.points]}  # fmt: skip


def _again(case: Dossier, point: PointRow) -> str:
    """From which day one may apply again."""
    least = conditions.latest(case.case_id).get(point.id, {}).get("min_period", {})
    since = least.get("eligible_from") or ""
    if since and dt.date.fromisoformat(since) > case.today:
        return f"{_title(point)}：可自{chinese_day(since)}起申请修复。"
    return f"{_title(point)}：所缺条件具备后，即可重新申请修复。"


def _revocation(case: Dossier, drafted: CaseEvent) -> dict[str, Any]:
    former = db.session.get_one(Decision, case.row["decision_id"])
    proposed = put_up(case.case_id, "propose_revocation")
    rule = case.view.pack.rules["R-BAR"]
    return {
        "former_number": former.number, "former_day": shanghai_day(former.signed_at),
        "facts": drafted.facts["facts_found"], "evidence": proposed.facts["evidence"] if proposed else "",
        "hearing": hearing(case, "propose_revocation"), "reasoning": drafted.facts["reason"],
        "effect": "撤销修复的信息自本决定签发之日起恢复公示，公示期为停止公示时剩余的期限；本撤销记入信用记录。",
        "bar": f"自本决定签发之日起{rule.n}年内，不再受理申请人的信用修复申请。",
    }  # fmt: skip
