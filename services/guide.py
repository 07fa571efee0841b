"""What the guide tells from the rules themselves: limits with their sources, and what each state means."""

import datetime as dt
from typing import Any

from models.base import shanghai_day
from services import filing, lawwords, rules
from standards.words import Text
from workflow.clock import UNITS
from workflow.engine import FLOWS

MEANINGS: dict[str, Text] = {
    "draft": Text("您还没有提交，只有您能看到。", "Not submitted yet; only you can see it."),
    "submitted": Text("已收到，正在核对身份和材料。逾期未答复的，视为受理。",
                      "Received and being checked. Without an answer in time it counts as accepted."),
    "awaiting_materials": Text("缺材料，等您补齐；等待的时间不计入办理时限。",
                               "Papers are missing and we wait for you; this time does not count."),
    "refusal_review": Text("经办人认为不应受理，正由负责人审查。", "Refusal was proposed; the head is looking at it."),
    "accepted": Text("已受理，记录标注“异议处理中”，准备转给认定单位核查。",
                     "Accepted; the record is marked as disputed and goes to the authority."),
    "dept_verifying": Text("作出处罚或许可的单位正在核查。", "The authority behind the record is checking it."),
    "dept_review": Text("核查意见正由该单位负责人审核。", "The authority's head is looking at the findings."),
    "suspended": Text("因复议、诉讼、鉴定等原因暂停，时限停止计算。",
                      "Paused for review, lawsuit or testing; the time stands still."),
    "office_review": Text("信用办正在起草处理决定。", "The credit office is drafting the decision."),
    "head_review": Text("决定草案正由信用办负责人审核。", "The head of the office is looking at the draft."),
    "legal_review": Text("决定对您不利的，先过法制审核。", "An adverse decision is checked for legality first."),
    "awaiting_signoff": Text("等分管领导签发。", "Waits for the leader's signature."),
    "decided": Text("已签发，正在更正记录。", "Signed; the record is being corrected."),
    "executed": Text("记录已按决定处理，正在送达决定书。", "The record follows the decision; service is under way."),
    "served": Text("决定书已送达，复议和诉讼期限开始计算。", "Served; the time to seek review runs."),
    "joint_meeting": Text("部门意见不一致，正在联席会议上会商。", "Departments disagree; they meet."),
    "rechecking": Text("您申请了复核，由未办理过本案的人员重新查。", "Other people than before look at it again."),
    "recheck_above": Text("复核已移交上级或者指定的机关，由其人员重新查。",
                          "Another organ makes the re-check, with people of its own."),
    "recheck_review": Text("复核意见正在审核。", "The re-check is being reviewed."),
    "recheck_signoff": Text("复核决定等候领导签发。", "The re-check waits for the leader's signature."),
    "revocation_signoff": Text("原决定有误，正在报请撤销。", "The decision is to be revoked."),
    "revoked": Text("原决定已撤销，记录正在恢复，本案重新办理。", "Revoked; the case starts anew."),
    "closed": Text("全部办完，材料归档。", "Everything is done and archived."),
    "discarded": Text("草稿已放弃。", "The draft was given up."),
    "abandoned": Text("逾期没有补正，本件终止；可以重新申请。", "Nothing was supplied in time; you may file again."),
    "refused": Text("不予受理，理由和救济途径见通知书。", "Not accepted; the notice gives reasons and remedies."),
    "transferred": Text("依法应由其他机关处理，已移送。", "Belongs to another organ and was passed on."),
    "withdrawn": Text("您已撤回，标注随即撤销。", "You withdrew; the mark is gone."),
}  # fmt: skip


def objection(now: dt.datetime) -> dict[str, Any]:
    """Limits of the pack in force today, states with their meanings, and how to reach the office."""
    flow, office = FLOWS["objection"], _office(now)
    states = [(state.label, MEANINGS[state.name]) for state in flow.states]
    told: dict[str, Any] = {"office": rules.setting("office"), "limits": [], "states": states}
    if office is not None:
        pack = rules.pack_for("objection", shanghai_day(now), office)
        told["limits"] = [_limit(limit, pack.rules[limit.name]) for limit in flow.limits if limit.name in pack.rules]
        told["confirmed"] = pack.confirmed
    return told


def _office(now: dt.datetime) -> int | None:
    try:
        return int(filing.office(now).id)
    except LookupError:
        return None


def _limit(limit: Any, rule: Any) -> dict[str, Any]:
    """One limit in words: how long, whose, on what it rests."""
    more = EXTENDED.format(n=rule.extend_n) if rule.extend_n else Text("", "")
    return {"label": limit.label, "owner": limit.owner.label, "days": LENGTH.format(n=rule.n, unit=UNITS[rule.unit]),
            "more": more, "basis": str(lawwords.cited(f"{rule.source} {rule.article}".strip()))}  # fmt: skip


LENGTH = Text("{n}{unit}", "{n} {unit}")
EXTENDED = Text("，可延长一次{n}日", ", extendable once by {n}")
