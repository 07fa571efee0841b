"""While cases are open: an expert review that does not count, new rules, a case moved to them, a letter to who is late.

Every story ends with the independent check of everything the day left behind.
"""

import datetime as dt

from sqlalchemy import select

from models.base import db
from models.rules import RulePack
from services import escalation
from services.transactions import read_only
from tests.stories.conftest import MONDAY

REVIEW = {"exclusion_ground": "expert_review", "evidence": "专家评审通知〔2026〕3号", "until": "2026-12-10"}
LIMIT = {"n": "2", "source": "鄂前旗信用信息异议办理细则", "article": "第三条"}


def morning(day, days: int):
    """Another day: everybody signs in anew."""
    day._browsers.clear()
    return day.at(days)


def latest_pack(day) -> int:
    with day.office.app.app_context(), read_only():
        return int(db.session.scalars(select(RulePack.id).order_by(RulePack.id.desc())).first() or 0)


def general_pack(day) -> str:
    with day.office.app.app_context(), read_only():
        return str(db.session.scalars(select(RulePack.id).where(RulePack.code == "obj.default")).first())


def new_rules(day) -> int:
    """The head drafts, the leader approves; in force today."""
    day.sends("head", "/rules/drafts", "", pack=general_pack(day), place="", category="")
    number = latest_pack(day)
    day.sends("head", f"/rules/drafts/{number}/limits/O-T5", "", **LIMIT)
    day.sends("head", f"/rules/drafts/{number}", "/day", valid_from="2026-11-23")
    day.sends("head", f"/rules/drafts/{number}", "/submit")
    assert "批准，自2026-11-23起施行" in day.opens("leader", f"/rules/drafts/{number}").text
    day.sends("leader", f"/rules/drafts/{number}", "/approve")
    return number


def test_a_review_of_two_days_is_not_counted_and_both_sides_read_why(day):
    number = day.office.a_case("dept_verifying")
    with morning(day, 1):
        day.takes("department_head", number, "exclude", **REVIEW)
        assert "现不计入期限：专家评审" in day.opens("applicant", f"/cases/{number}").text
    with morning(day, 3):
        day.takes("department_head", number, "include_again")
        for who in ("applicant", "officer"):
            assert "专家评审2日不计入，至12月4日" in day.opens(who, f"/cases/{number}").text
        assert "专家评审通知〔2026〕3号" in day.opens("head", f"/cases/{number}/time").text


def test_a_case_keeps_its_rules_until_the_leader_moves_it_and_may_go_back(day):
    number = day.office.a_case("dept_verifying")
    pack = new_rules(day)
    tried = day.opens("head", f"/rules/drafts/{pack}/trial").text
    assert number in tried and "至11月25日" in tried
    assert "2026-11-26" in day.opens("officer", f"/cases/{number}").text
    day.sends("head", f"/rules/drafts/{pack}/trial", "/to/", cases=number, reason="本地细则施行，一并适用。")
    day.sends("leader", "/rules/moves/1", "/approve")
    assert "2026-11-25" in day.opens("officer", f"/cases/{number}").text
    assert "改按新规则" in day.opens("reviewer", "/notices").text
    day.sends("leader", "/rules/moves/1", "/undo", reason="迁移有误。")
    assert "2026-11-26" in day.opens("officer", f"/cases/{number}").text


def test_who_is_late_is_told_urged_and_supervised(day):
    number = day.office.a_case("dept_verifying")
    for days, levels in ((4, 1), (8, 2)):
        with morning(day, days), day.office.app.app_context():
            assert escalation.tick(day_now(days)) >= 1
        with morning(day, days):
            assert len(day.opens("head", "/lights").forms) >= levels
    with morning(day, 8):
        day.sends("head", "/lights", "/issue")
        day.works_off()
        assert "督〔2026〕1号" in day.opens("head", "/lights").text
        assert "列入督办" in day.opens("leader", "/notices").text
        assert "督办函" in day.opens("department_head", "/notices").text
        assert "dept_verifying" == day.state(number)


def day_now(days: int):
    return MONDAY + dt.timedelta(days=days)
