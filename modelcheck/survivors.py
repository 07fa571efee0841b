"""Why a wrong table may go unnoticed: for each, by hand, the reason that the rule is a convenience and not a duty."""

from fnmatch import fnmatchcase

from standards.words import T, Text

HELD_TWICE = T(
    "另一道守卫先行阻止，本条只使提示更早更清楚。",
    "Another guard refuses first; this one only says so earlier and better.",
)
FORM = T(
    "办理表单本身要求逐项填写，后果检查再核一遍，本条是第三道。",
    "The form asks each point and the effect checks it again; this is a third wall.",
)
NOT_THERE = T(
    "案件在该状态时不在部门，或该身份没有机关席位，受案范围检查（acts_for）先行拒绝。",
    "No department has the case in that state; the test whose case it is (acts_for) refuses first.",
)
NO_ORG = T(
    "时钟没有单位，也不是指定的人，其他守卫先行拒绝。",
    "The clock has no organisation and is nobody named; other guards refuse it.",
)
TRANSIENT = T(
    "签发与执行在同一事务内完成，案件从不停在此状态；系统步骤的前提由到达路径保证。",
    "Signature and execution are one transaction: no case rests there, and only a signature leads there.",
)
CHEAP = T("只影响便利：可经另一步骤达到同样结果。", "Only a convenience: the same is reached by another step.")
TWICE_HARMLESS = T(
    "多办一次不改变任何人的权利，只增加工作量。", "Doing it once more changes nobody's right, only the work."
)
NO_DAYS = T(
    "规则包未设延长天数的，延长步骤不增加一天。", "Where the rules set no days for an extension, the step adds none."
)
DEEPER = T(
    "同一守卫在相邻步骤上的删除已被查出；本步骤此前必经那一步，人员相同。",
    "The same guard is missed at the neighbouring step through which each such path goes.",
)
SLIP = T(
    "更正笔误不改变决定内容，无待更正时签发不产生文书以外的后果。",
    "A slip changes nothing that was decided; without one waiting nothing follows.",
)
SAME_ACT = T(
    "两个期限催的是同一次签发，旧期限未停只会更早催办。",
    "Both limits press for the same signature; the older one, left running, only presses sooner.",
)
RUNS_ON = T(
    "会商前的拟稿期限继续计算，不重新起算只会更早催办。",
    "The drafting limit begun before the meeting runs on; without a new start it only presses sooner.",
)
SUB_LIMIT = T(
    "这是案内的分期限，只用于提前催办；办结的法定期限照常计算。",
    "A limit inside the case that presses earlier; the legal limit of the whole complaint runs on.",
)
ROUND = T("多送一次法制审核只会更慎重，不损害任何人。", "One legality review more than needed harms nobody but time.")
HANDLER = T(
    "承办人须由指定（is_handler），而指定时已排除被投诉单位的人和当事人。",
    "Only the handler may; and nobody of the accused unit or of a party is ever named handler.",
)
ONCE_ANYWAY = T(
    "本类各步骤或离开原状态，或有“只一次”的守卫；重复到达只会多一条相同的记录。",
    "Each step leaves its state or is guarded against a second time; a repetition adds nothing but a line.",
)

# pattern of the mutant's name: why it may live
SURVIVORS: dict[str, Text] = {
    "objection: approve_report without all_found": FORM,
    "objection: answer_consultation without is_consulted": HELD_TWICE,
    "objection: end_consultation without something_asked": TWICE_HARMLESS,
    "objection: escalate_to_meeting without worth_a_meeting": TWICE_HARMLESS,
    "objection: send_to_legal without legality_due": ROUND,
    "objection: source_revoked does not stop O-T7": SAME_ACT,
    "objection: resolve does not start O-T6": RUNS_ON,
    "objection: * O-T8": TRANSIENT,
    "repair: * R-EXECUTE": TRANSIENT,
    "objection: issue_slip without slip_waiting": SLIP,
    "objection: no consult from dept_*": CHEAP,
    "*: execute without signed": TRANSIENT,
    "*: take_back without signed": TRANSIENT,
    "*: revoke without signed": TRANSIENT,
    "*: execute by CLOCK": TRANSIENT,
    "*: take_back by CLOCK": TRANSIENT,
    "*: revoke by CLOCK": TRANSIENT,
    "*: push by CLOCK": TRANSIENT,
    "*: sign* by DR": NOT_THERE,
    "*: sign* by DH": NOT_THERE,
    "*: sign by APP": HELD_TWICE,
    "*: answer_consultation by CLOCK": NO_ORG,
    "*: confirm_answer by CLOCK": NO_ORG,
    "*: countersign by CLOCK": NO_ORG,
    "*: extend* without *_extends": NO_DAYS,
    "repair: ask_extension without not_extended": TWICE_HARMLESS,
    "repair: send_to_legal without legality_due": ROUND,
    "repair: revocation_to_legal without legality_due": ROUND,
    "repair: no seal from executed": CHEAP,
    "repair: no seal from syncing": CHEAP,
    "complaint: close without outsider": CHEAP,
    "complaint: require_answer does not start C-T3": SUB_LIMIT,
    "complaint: suspend does not start C-HOLD": SUB_LIMIT,
    **{
        f"complaint: {step} without {need}": HANDLER
        for step in ("require_answer", "mediate", "settle", "fail", "draft_reply")
        for need in ("outsider", "not_party")
    },
    "complaint: request_review without named": HELD_TWICE,
    "objection: no answer_consultation from rechecking": CHEAP,
    "objection: no confirm_answer from rechecking": CHEAP,
    "*: the door keeps neither keys nor versions": ONCE_ANYWAY,
}


def reason_for(mutant: str) -> Text | None:
    """The reason typed for a mutant; None when nobody gave one."""
    return next((reason for pattern, reason in SURVIVORS.items() if fnmatchcase(mutant, pattern)), None)
