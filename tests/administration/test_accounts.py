"""Accounts made, given roles by four eyes, shut and opened; what may not be is said in words."""

import datetime as dt
import re

import pytest
from sqlalchemy import select

from models.administration import MembershipRequest
from models.people import AccessEntry, Membership, User
from services import accounts, clock
from tests.builders_people import PASSWORD
from tests.identity.test_recovery import letters
from workflow.words import Role

NEW = {"name": "新来的", "username": "xin.lai", "phone": "13800007777", "email": "xin@example.cn"}


def made(admin, **changes):
    """The number of an account made through the page."""
    page = admin.post("/admin/accounts/new", data=NEW | changes)
    assert page.status_code == 200, page.text
    return int(re.search(r'/admin/accounts/(\d+)"', page.text)[1])


def ask(admin, number, role, org, **more):
    """Ask for a role through the page."""
    said = {"role": role.value, "org": str(org), "until": "", "reason": "任职通知"} | more
    return admin.post(f"/admin/accounts/{number}/roles", data=said)


def roles_of(stored, number):
    return {role for (role,) in stored(select(Membership.role).where(Membership.user_id == number))}


def the_request(stored):
    return stored(select(MembershipRequest.id).order_by(MembershipRequest.id.desc()))[0][0]


def test_an_account_is_made_with_a_link_that_works_once(app, at, tmp_path):
    admin = at("administrator")
    page = admin.post("/admin/accounts/new", data=NEW)
    assert page.status_code == 200 and "首次登录单" in page.text
    link = page.text.split("/recover/")[1].split("<")[0]
    assert link in letters(tmp_path)[0].get_content()
    own = app.test_client()
    assert own.post(f"/recover/{link}", data={"password": PASSWORD, "again": PASSWORD}).status_code == 303
    assert own.post("/sign-in", data={"login": "xin.lai", "password": PASSWORD}).status_code == 303
    assert own.post(f"/recover/{link}", data={"password": PASSWORD, "again": PASSWORD}).status_code == 404


@pytest.mark.parametrize(
    ("change", "why"),
    [({"username": "x"}, "小写字母"), ({"name": ""}, "请填写姓名"), ({"email": "x"}, "正确的邮箱"),
     ({"name": "名" * 10_000}, "不能超过"), ({"phone": "<script>"}, "电话号码")],
)  # fmt: skip
def test_what_is_wrong_with_a_new_account_is_said(change, why, at):
    refused = at("administrator").post("/admin/accounts/new", data=NEW | change)
    assert refused.status_code == 422 and why in refused.text


def test_a_taken_name_is_said(at, office):
    refused = at("administrator").post("/admin/accounts/new", data=NEW | {"username": office.staff["head"].username})
    assert refused.status_code == 422 and "已被使用" in refused.text


def test_accounts_are_found(at, office):
    admin = at("administrator")
    assert office.staff["head"].name in admin.get("/admin/accounts").text
    found = admin.get(f"/admin/accounts?q={office.staff['head'].username}&kind=staff").text
    assert office.staff["head"].name in found and office.staff["leader"].name not in found
    assert "没有符合条件的账号" in admin.get("/admin/accounts?q=%25").text
    assert admin.get("/admin/accounts?after=x&kind=nonsense&lang=en").status_code == 200


def test_the_list_goes_on_by_cursor(at, people):
    people_made = [people.person() for _ in range(31)]
    admin = at("administrator")
    first = admin.get("/admin/accounts").text
    following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = admin.get(following).text
    oldest = people_made[0].name
    assert (oldest in first) != (oldest in second)


def test_a_role_waits_for_the_office_head(at, office, stored):
    admin, head = at("administrator"), at("head")
    number = made(admin)
    assert admin.get(f"/admin/accounts/{number}/roles").status_code == 200
    assert ask(admin, number, Role.INT, office.town.office).status_code == 303
    assert roles_of(stored, number) == set()
    assert "待确认" in admin.get(f"/admin/accounts/{number}").text
    assert "确认授予" in head.get("/admin/requests").text
    assert head.post(f"/admin/requests/{the_request(stored)}/grant").status_code == 303
    assert roles_of(stored, number) == {"INT"}
    assert "已授予" in admin.get("/admin/requests?lang=zh").text


def test_who_asked_cannot_allow(at, office, stored):
    admin = at("administrator")
    number = made(admin)
    ask(admin, number, Role.INT, office.town.office)
    refused = admin.post(f"/admin/requests/{the_request(stored)}/grant")
    assert refused.status_code == 422 and "申请人和本人以外" in refused.text
    assert roles_of(stored, number) == set()


def test_while_there_is_an_office_head_nobody_else_allows(at, office, stored):
    admin = at("administrator")
    ask(admin, made(admin), Role.INT, office.town.office)
    refused = at("leader").post(f"/admin/requests/{the_request(stored)}/grant")
    assert refused.status_code == 422 and "信用办负责人" in refused.text
    assert at("officer").post(f"/admin/requests/{the_request(stored)}/grant").status_code == 403


def test_the_leader_allows_when_there_is_no_office_head(at, office, stored, within):
    admin = at("administrator")
    number = made(admin)
    ask(admin, number, Role.COH, office.town.office)
    within(lambda: accounts.disable(accounts.user_of(office.staff["head"].id), clock.now()))
    assert at("leader").post(f"/admin/requests/{the_request(stored)}/grant").status_code == 303
    assert roles_of(stored, number) == {"COH"}


def test_a_request_is_settled_once(at, office, stored):
    admin, head = at("administrator"), at("head")
    number = made(admin)
    ask(admin, number, Role.INT, office.town.office)
    one = the_request(stored)
    assert head.post(f"/admin/requests/{one}/refuse", data={"note": "不需要"}).status_code == 303
    again = head.post(f"/admin/requests/{one}/grant")
    assert again.status_code == 422 and "已经处理" in again.text
    assert roles_of(stored, number) == set() and "不需要" in admin.get("/admin/requests").text
    assert head.post("/admin/requests/999/grant").status_code == 404


def test_who_asked_may_take_it_back(at, office, stored, people, client_for):
    admin, other = at("administrator"), client_for(people.staff(office.town.banner, Role.ADM))
    ask(admin, made(admin), Role.INT, office.town.office)
    assert other.post(f"/admin/requests/{the_request(stored)}/withdraw").status_code == 404
    assert admin.post(f"/admin/requests/{the_request(stored)}/withdraw").status_code == 303


@pytest.mark.parametrize(
    ("who", "role", "where", "why"),
    [
        ("head", Role.ADM, "office", "规则P5"),
        ("administrator", Role.INT, "office", "规则P5"),
        ("auditor", Role.INT, "office", "规则P6"),
        ("officer", Role.AUD, "supervisor", "规则P6"),
        ("officer", Role.DR, "office", "不能设在"),
        ("officer", Role.INT, "department", "不能设在"),
        ("officer", Role.CO, "office", "已担任此岗位"),
        ("applicant", Role.INT, "office", "申请人账号"),
    ],
)
def test_a_role_that_cannot_be_is_refused_in_words(who, role, where, why, at, office, people, client_for, stored):
    admin = client_for(people.staff(office.town.banner, Role.ADM))
    refused = ask(admin, office.staff[who].id, role, getattr(office.town, where))
    assert refused.status_code == 422 and why in refused.text
    assert stored(select(MembershipRequest.id)) == []


def test_p5_holds_also_when_the_second_role_came_meanwhile(at, office, stored, within):
    admin, head = at("administrator"), at("head")
    number = made(admin)
    ask(admin, number, Role.INT, office.town.office)
    one = the_request(stored)
    within(lambda: accounts.grant_role(accounts.user_of(number), office.town.banner, Role.ADM, clock.now()))
    refused = head.post(f"/admin/requests/{one}/grant")
    assert refused.status_code == 422 and "规则P5" in refused.text


def test_the_same_request_twice_and_an_end_in_the_past_are_refused(at, office):
    admin = at("administrator")
    number = made(admin)
    yesterday = (clock.today() - dt.timedelta(days=1)).isoformat()
    assert "今天之后" in ask(admin, number, Role.INT, office.town.office, until=yesterday).text
    assert ask(admin, number, Role.INT, office.town.office).status_code == 303
    assert "已在等待确认" in ask(admin, number, Role.INT, office.town.office).text
    assert ask(admin, number, Role.CO, 999_999).status_code == 422
    assert ask(admin, 999_999, Role.CO, office.town.office).status_code == 404


def test_ending_a_role_signs_out_and_takes_effect_at_once(at, office, stored):
    officer, admin = at("officer"), at("administrator")
    assert officer.get("/inbox").status_code == 200
    held = stored(select(Membership.id).where(Membership.user_id == office.staff["officer"].id))[0][0]
    assert admin.post(f"/admin/memberships/{held}/end").status_code == 303
    assert officer.get("/inbox").status_code == 401
    assert "曾任岗位" in admin.get(f"/admin/accounts/{office.staff['officer'].id}").text


def test_nobody_ends_the_own_role_or_the_last_administrator(at, office, stored, people, client_for):
    admin = at("administrator")
    own = stored(select(Membership.id).where(Membership.user_id == office.staff["administrator"].id))[0][0]
    assert "不能结束自己的岗位" in admin.post(f"/admin/memberships/{own}/end").text
    assert admin.post(f"/admin/accounts/{office.staff['administrator'].id}/acts/disable").status_code == 422
    assert admin.post("/admin/memberships/999/end").status_code == 404


def test_a_shut_account_is_out_at_once_and_comes_back(at, office):
    admin, officer = at("administrator"), at("officer")
    page = f"/admin/accounts/{office.staff['officer'].id}"
    assert admin.post(f"{page}/acts/disable").status_code == 303
    assert officer.get("/inbox").status_code == 401 and "已停用" in admin.get(page).text
    assert admin.post(f"{page}/link").status_code == 422
    assert admin.post(f"{page}/acts/enable").status_code == 303
    assert admin.post(f"{page}/link").status_code == 200
    assert admin.post(f"{page}/acts/explode").status_code == 404


def test_unlocking_and_forgetting_the_second_factor(at, office, stored, within):
    who = office.staff["officer"].id

    def lock():
        accounts.user_of(who).locked_until = clock.now() + dt.timedelta(minutes=10)

    within(lock)
    admin = at("administrator")
    page = admin.get(f"/admin/accounts/{who}").text
    assert "已锁定" in page and "解除锁定" in page and "重置第二重验证" in page
    assert admin.post(f"/admin/accounts/{who}/acts/unlock").status_code == 303
    assert admin.post(f"/admin/accounts/{who}/acts/reset_factor").status_code == 303
    locked, confirmed = stored(select(User.locked_until, User.totp_confirmed_at).where(User.id == who))[0]
    assert locked is None and confirmed is None


def test_every_act_stands_in_the_ledger(at, office, stored):
    admin = at("administrator")
    number = made(admin)
    admin.post(f"/admin/accounts/{number}/acts/disable")
    ask(admin, office.staff["second_clerk"].id, Role.CO, office.town.office)
    entries = stored(select(AccessEntry.kind, AccessEntry.target, AccessEntry.purpose, AccessEntry.user_id))
    by = office.staff["administrator"].id
    assert ("account_change", "xin.lai", "created", by) in entries
    assert ("account_change", "xin.lai", "disable", by) in entries
    assert ("role_change", office.staff["second_clerk"].username, "asked CO", by) in entries
    admin.get(f"/admin/accounts/{number}")
    assert stored(select(AccessEntry.target).where(AccessEntry.kind == "account")) == [("xin.lai",)]
