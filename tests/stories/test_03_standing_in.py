"""Somebody else in the leader's chair: delegated in writing, for some matters and some days, and printed as such."""

import datetime as dt

import pytest

from models.base import db
from models.decision import Decision, Document
from models.standing import Delegation
from services import clock
from services.transactions import read_only
from tests.stories.conftest import MONDAY

TODAY, FRIDAY = "2026-11-23", "2026-11-27"


def delegates(day, giver, role, to, *matters, last=FRIDAY, **more):
    org = day.office.town.department if role == "DH" else day.office.town.office
    said = {"to": str(day.office.staff[to].id), "first": TODAY, "last": last,
            "ground": "授权委托书（2026年11月20日）", "matters": [f"objection:{one}" for one in matters]}  # fmt: skip
    return day.sends(giver, f"/delegations/new/{role}/{org}", "", **(said | more))


def stored(day, table):
    with day.office.app.app_context(), read_only():
        return list(db.session.execute(db.select(table.__table__)).mappings())


def test_a_delegate_signs_and_the_letter_says_so(day):
    delegates(day, "leader", "LD", "second_officer", "sign", "reject_draft")
    number = day.office.a_case("awaiting_signoff")
    assert number in day.opens("second_officer", "/inbox?tab=team").text

    day.takes("second_officer", number, "sign")

    decision = stored(day, Decision)[0]
    giver, standin = day.office.staff["leader"].name, day.office.staff["second_officer"].name
    assert "executed" == day.state(number)
    assert (standin, "鄂前信委〔2026〕1号") == (decision["signer_name"], decision["delegation"])
    assert f"{standin}（代，委托书鄂前信委〔2026〕1号）" in day.opens("head", f"/cases/{number}").text
    assert f"{giver}，委托书鄂前信委〔2026〕1号" == decision["data"]["delegated_for"]


def test_the_letters_of_an_acting_head_say_so_too(day):
    delegates(day, "head", "COH", "second_officer", "approve_refusal")
    number = day.office.a_case("submitted")
    day.takes("clerk", number, "propose_refusal", refusal_ground="court", reason="属法院执行信息")

    day.takes("second_officer", number, "approve_refusal")

    refusal = next(one for one in stored(day, Document) if one["paper"] == "D04")
    assert "鄂前信委〔2026〕1号" in refusal["data"]["delegated_for"]


def test_who_drafted_does_not_sign_for_the_leader(day):
    delegates(day, "leader", "LD", "officer", "sign")
    number = day.office.a_case("awaiting_signoff")  # the officer drafted it

    assert "职责分离 P1" in day.opens("officer", f"/cases/{number}/sign").text


def test_a_delegation_covers_only_what_it_names(day):
    delegates(day, "leader", "LD", "second_officer", "reject_draft")
    number = day.office.a_case("awaiting_signoff")

    assert "委托书鄂前信委〔2026〕1号不含" in day.opens("second_officer", f"/cases/{number}/sign").text
    day.takes("second_officer", number, "reject_draft", reason="请补充依据")
    assert "office_review" == day.state(number)


def test_it_ends_by_itself_and_at_once_when_revoked(day):
    delegates(day, "leader", "LD", "second_officer", "sign", last=TODAY)
    number = day.office.a_case("awaiting_signoff")
    with clock.standing_at(MONDAY + dt.timedelta(days=1)):
        assert "现不在有效期内" in day.opens("second_officer", f"/cases/{number}/sign").text

    delegates(day, "leader", "LD", "second_clerk", "sign")
    day.sends("leader", "/delegations", "/2/revoke")
    assert "现不在有效期内" in day.opens("second_clerk", f"/cases/{number}/sign").text


def test_nobody_delegates_on(day):
    """Neither through the page nor by a forged address: the role is not his own."""
    delegates(day, "leader", "LD", "head", "sign")
    office = day.office.town.office

    day.opens("head", f"/delegations/new/LD/{office}", status=404)
    assert "委托“信用办负责人”" in day.opens("head", "/delegations").text
    assert "委托“分管领导”" not in day.opens("head", "/delegations").text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"last": "2026-11-22"}, "截止日期不得早于开始日期"),
        ({"first": "2026-11-01"}, "委托自今日或以后开始"),
        ({"last": "2029-11-23"}, "期限不超过366日"),
        ({"matters": []}, "请至少选择一个委托事项"),
        ({"ground": ""}, "请写明书面依据"),
    ],
)
def test_a_delegation_that_cannot_be(day, wrong, said):
    shown = delegates(day, "leader", "LD", "second_officer", "sign", **wrong, status=422)

    assert said in shown.text
    assert [] == stored(day, Delegation)


def test_who_reads_the_delegations(day):
    delegates(day, "leader", "LD", "second_officer", "sign")

    for who in ("leader", "head", "second_officer", "auditor", "administrator"):
        assert "鄂前信委〔2026〕1号" in day.opens(who, "/delegations").text, who
    for who in ("clerk", "department_head"):
        assert "鄂前信委〔2026〕1号" not in day.opens(who, "/delegations").text, who
    day.opens("applicant", "/delegations", status=403)
