"""What is filmed: a complaint to its review, repairs granted, denied and revoked, an objection after its decision."""

from collections.abc import Callable

from scripts import story, story_complaint, story_repair
from scripts.filming import Filmed

APPLICANT = "chengmao"
WRONG = "原记录与生效决定书不一致，系录入错误。"
UNMET = {"performed": "no", "finding": "UNMET", "note": "罚款尚未缴清"}


def complaint(told: Filmed) -> None:
    """Filed without an account, answered, put right, reviewed; every side looks at it on the way."""
    code = story_complaint.file_complaint(told, told.guest())
    told.running.work_off()
    follow = {"number": told.number, "code": code}
    told.look("", "/progress", "/progress, found", **follow)
    told.case("intake2", "registered", "propose_refusal", "transfer", "classify_as_objection")
    story_complaint.handle(told)
    told.case("officer1", "signed")
    told.case("auditor1", "signed")
    story_complaint.put_right(told)
    told.step("intake1", "serve", method="direct", served_on=told.today(), proof="送达回证（演示）")
    told.look("", "/progress", "/progress, served", **follow)


def complaint_of_an_enterprise(told: Filmed) -> None:
    """Filed by somebody signed in, up to the final re-check; side ways are looked at and not taken."""
    story_complaint.file_complaint(told, told.visitor(APPLICANT))
    told.case(APPLICANT, "registered", "withdraw")
    told.step("intake1", "accept")
    told.step("head1", "assign", handler_id=story_complaint.option(told, "head1", "assign", "handler_id"))
    told.case("officer1", "investigating", "mediate", "require_answer")
    told.case("head1", "investigating", "reassign", "extend", "suspend")
    told.case("leader1", "investigating", "extend_legal")
    told.step("officer1", "draft_reply", facts_found="窗口聘用人员收取500元，未入账。", verdict="established",
              measures="责令退款，清退人员。", reason="信用修复不收取任何费用。")  # fmt: skip
    told.step("head1", "endorse")
    told.step("leader1", "sign")
    told.step("intake1", "seal", seal_no="演示用印-102")
    told.step("intake1", "serve", method="direct", served_on=told.today(), proof="送达回证（演示）")
    told.step(APPLICANT, "request_review", reason="没有写明款项如何退还。")
    story_complaint.review(told)
    told.step(APPLICANT, "request_final", reason="款项仍未退还。")
    told.case(APPLICANT, "final re-check asked for")


def repair(told: Filmed) -> None:
    """Granted in the credit office's mode; every side looks at it on the way."""
    who, key = story_repair.choose(told, "credit_office")
    story_repair.hand_in(told, who, key)
    told.running.work_off()
    told.case(who, "submitted", "withdraw")
    told.case("intake2", "submitted", "request_completion", "route_out", "propose_refusal")
    told.case("officer1", "submitted", "propose_shield")
    told.step("intake1", "forward")
    told.case(f"{told.department}.dr2", "at the authority", "propose_decline")
    told.step(f"{told.department}.dr1", "accept")
    told.look("", f"/records/{told.record}", "/records/#, repair pending")
    judge = story_repair.reviewer(told)
    told.case(judge, "accepted", "onsite_check", "fetch_proof")
    told.case(f"{told.department}.dh1", "accepted", "ask_extension")
    _judged(told, judge, {"performed": "yes", "duty": "缴清罚款并整改", "proof": "缴款凭证", "finding": "MET"})
    told.step(f"{told.department}.dh1", "give_opinion")
    told.case("officer1", "opinion given", "intend_denial", "send_back")
    story_repair.decide(told)
    for other in (who, "publisher1", "intake1", "officer1", "auditor1"):
        told.case(other, "signed")


def denied(told: Filmed) -> None:
    """Denied in the authority's mode: the party is heard, then legality, signature, service."""
    who, key = story_repair.choose(told, "authority")
    story_repair.hand_in(told, who, key)
    told.step("intake1", "forward")
    told.step(f"{told.department}.dr1", "accept")
    _judged(told, story_repair.reviewer(told), UNMET)
    told.step(f"{told.department}.dh1", "deny", reason="罚款尚未缴清。")
    told.case("officer1", "before the hearing", "propose_denial")
    told.step(who, "state_defence", statement="余款已与执行机关约定分期缴纳。")
    told.step("officer1", "propose_denial", facts_found="罚款尚欠二千元。", reason="义务未全部履行。", result="R2_deny",
              note="罚款尚未缴清")  # fmt: skip
    told.step("head1", "send_to_legal")
    told.step("legal1", "legal_pass")
    told.step("leader1", "sign_denial")
    told.step("intake1", "seal", seal_no="演示用印-104")
    told.step("intake1", "serve_denial", method="direct", served_on=told.today(), proof="送达回证（演示）")
    told.case(who, "denied")


def objection(told: Filmed) -> None:
    """After its decision: a slip put right, a re-check by other hands, a decision taken back, others asked."""
    story.file_objection(told)
    story.handle(told)
    told.case("publisher1", "served")
    told.step("officer1", "note_slip", wrong="第二部分“经营场地”", right="“经营场所”")
    told.step("leader1", "issue_slip")
    told.step(APPLICANT, "request_recheck", reason="更正后的内容仍与决定书不一致。")
    told.case("leader1", "re-check asked for", "hand_up_recheck")
    told.case("officer1", "re-check asked for", "propose_recheck")
    told.step("officer2", "propose_recheck", facts_found="经复核，原记录与决定书一致。", reason="更正有误，应予恢复。",
              result="O13_restore", note="原记录正确")  # fmt: skip
    told.step("head1", "endorse_recheck")
    told.step("leader1", "sign_recheck")
    told.step("head1", "propose_revocation", fault="facts", reason="原始文书所载内容另有其文。")
    told.case("leader1", "revocation proposed", "refuse_recall")
    told.step("leader1", "sign_revocation")
    told.case(APPLICANT, "decision taken back")
    told.case("head1", "decision taken back", "escalate_to_meeting")
    asked = "transport" if told.department != "transport" else "market"
    name = {"transport": "鄂托克前旗交通运输局", "market": story_complaint.UNIT}[asked]
    unit = story_complaint.option(told, "officer1", "consult", "department_id", name)
    told.step("officer1", "consult", department_id=unit, questions="贵局是否掌握该案的原始文书？")
    told.step(f"{asked}.dr2", "answer_consultation", finding="VERIFIED", note="已核对", facts_found="本局无该案文书。")
    told.case(f"{asked}.dh1", "answered", "confirm_answer")


def _judged(told: Filmed, judge: str, said: dict[str, str]) -> None:
    facts = {name: value for name, value in said.items() if value}
    told.step(judge, "opinion", facts_found="经核查，情况如下。", **facts)


def revoked(told: Filmed) -> None:
    """The repair granted before, served and closed when its days have passed, and revoked because a paper was false."""
    told.days_pass(5)
    told.step("intake1", "seal", seal_no="演示用印-103")
    told.step("intake1", "serve", method="direct", served_on=told.today(), proof="送达回证（演示）")
    told.chase()
    told.days_pass(12)
    told.case("officer1", "closed")
    told.step("officer1", "propose_revocation", fault="false_material", facts_found="缴款凭证系伪造。",
              evidence="财政部门函")  # fmt: skip
    told.step(APPLICANT, "state_defence", statement="凭证由代办人提供。")
    told.step("officer1", "put_up_revocation", facts_found="缴款凭证系伪造。", reason="材料虚假，应予撤销。",
              result="R3_revoke", note="凭证伪造")  # fmt: skip
    told.step("head1", "revocation_to_legal")
    told.step("legal1", "revocation_legal_pass")
    told.step("leader1", "sign_revocation")
    told.step("intake2", "seal", seal_no="演示用印-105")
    told.step("intake2", "serve_revocation", method="direct", served_on=told.today(), proof="送达回证（演示）")
    told.case(APPLICANT, "revoked")


WALKS = (
    ("complaint", complaint), ("complaint-review", complaint_of_an_enterprise), ("objection-after", objection),
    ("repair-denied", denied), ("repair", repair),
)  # fmt: skip


def film(story_of: Callable[[str], Filmed]) -> None:
    """All walks, each on a sheet of its own; the last repair goes on when its days have passed."""
    for group, walk in WALKS:
        told = story_of(group)
        walk(told)
    told.group = "repair-revoked"
    revoked(told)
