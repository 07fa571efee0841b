"""Everybody a complaint needs beside the office, and a complaint walked through pages step by step."""

from typing import Any

from services import accounts, clock
from tests.builders_people import PASSWORD, SECRET, Somebody
from tests.office import Office
from workflow.words import Role

SAID = "市监局窗口的人10月12日收了我500元修复代办费,不给就不办。"
WHERE = {
    "reviewer_above": ("banner", Role.DR), "head_above": ("banner", Role.DH),
    "final_reviewer": ("supervisor", Role.DR), "final_head": ("supervisor", Role.DH),
    "other_clerk": ("supervisor", Role.INT), "other_officer": ("supervisor", Role.CO),
    "other_head": ("supervisor", Role.COH), "other_leader": ("supervisor", Role.LD),
    "accused_auditor": ("department", Role.AUD), "accused_clerk": ("department", Role.INT),
}  # fmt: skip


def staffed(office: Office) -> Office:
    """The same office with the organs that review, the supervisor's own desks, and more of the accused department."""
    with office.people.writing():
        for name, (org, role) in WHERE.items():
            office.staff[name] = office.people.staff(getattr(office.town, org), role)
        hats = [(office.town.office, Role.CO), (office.town.department, Role.DR)]
        two = accounts.create_staff("twohats", "兼任者", hats, PASSWORD, now=clock.now(), totp_secret=SECRET)
        office.staff["two_hats"] = Somebody(two.id, two.username, two.name)
    return office


def files(day: Any, who: str = "applicant", **changes: str) -> str:
    """Somebody with an account (or "guest") files a complaint about the department; its number."""
    anonymous = changes.pop("anonymous", "")
    said = {"scope": "C06", "respondent": str(day.office.town.department), "statement": SAID,
            "happened_on": "2026-10-12", "wishes": "退钱。"} | changes  # fmt: skip
    if who == "applicant":
        said.setdefault("subject", str(day.office.staff["applicant"].subject_id))
    papers = day.sends(who, "/file/complaint", "", **said)
    key = papers.url.rstrip("/").split("/")[-2]
    reached = {"anonymous": "y"} if anonymous else {"contact_name": "投诉人某", "contact_phone": "13912345678"}
    if who != "applicant":
        reached |= {} if not anonymous else {"contact_name": "", "contact_phone": ""}
    day.sends(who, f"/file/complaint/{key}/contact", "", **reached)
    after = day.sends(who, f"/file/complaint/{key}/check", "", version="1")
    if "/cases/" in after.url:
        return after.url.rstrip("/").rpartition("/")[2]
    return next(word for word in after.text.split() if word.startswith("TS"))


def facts(day: Any, step: str) -> dict[str, str]:
    """What a step of the straight way is answered with."""
    staff, town = day.office.staff, day.office.town
    found = {"facts_found": "窗口聘用人员收取500元,未入账。", "reason": "修复不得收费。"}
    served = {"method": "direct", "served_on": clock.today().isoformat(), "proof": "送达回证"}
    return {
        "assign": {"handler_id": str(staff["officer"].id)},
        "require_answer": {"unit_id": str(town.department), "questions": "10月窗口是否收费？\n聘用人员如何管理？"},
        "draft_reply": {**found, "verdict": "established", "measures": "责令退款并清退人员。"},
        "seal": {"seal_no": "2026-101"}, "serve": served, "serve_review": served,
        "order_rectification": {"unit_id": str(town.department), "demand": "退款；清退人员。", "until": "2026-12-18"},
        "request_review": {"reason": "没有说钱怎么退。"}, "request_final": {"reason": "处理太轻。"},
        "draft_review": {**found, "review_result": "maintain"}, "draft_final": {**found, "review_result": "maintain"},
        "review_done": {"seal_no": "府-7"}, "final_done": {"seal_no": "监-3"},
    }.get(step, {})  # fmt: skip


WAY = (
    # who               step              leads to
    ("clerk", "accept", "accepted"),
    ("head", "assign", "investigating"),
    ("officer", "draft_reply", "head_review"),
    ("head", "endorse", "awaiting_signoff"),
    ("leader", "sign", "replied"),
    ("clerk", "seal", "sealed"),
    ("clerk", "serve", "served"),
    ("applicant", "request_review", "under_review"),
    ("reviewer_above", "draft_review", "review_signoff"),
    ("head_above", "review_done", "reviewed"),
    ("clerk", "serve_review", "served2"),
    ("applicant", "request_final", "under_final"),
    ("final_reviewer", "draft_final", "final_signoff"),
    ("final_head", "final_done", "closed"),
)


def walks(day: Any, number: str, until: str) -> str:
    """A complaint is taken along the straight way from where it stands to a state."""
    reached = [state for _, _, state in WAY]
    here = day.state(number)
    begun = reached.index(here) + 1 if here in reached else 0
    for who, step, leads_to in WAY[begun:] if here != until else ():
        day.takes(who, number, step, **facts(day, step))
        if leads_to == until:
            break
    return number
