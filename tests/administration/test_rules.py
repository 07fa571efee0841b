"""The rules as everybody reads them, confirmed by the office head; new editions drafted by one, approved by another."""

import datetime as dt

import pytest
from sqlalchemy import select

from models.base import db
from models.case import Case
from models.outbox import Notice
from models.people import User
from models.rules import Rule, RulePack
from services import accounts, clock, rules
from tests.administration.rulemaking import LIMIT, from_day, in_force, lent
from workflow.words import Role


def test_everybody_reads_limits_law_and_procedure(client, office, general):
    page = client.get("/rules").text
    assert "系统默认值，未见本地规定" in page and "7个工作日" in page and "确认这些期限" not in page
    assert "不计入：检验检测鉴定" in page and "自“转办核查、退回补充核查”起" in page and "草案与审批" not in page
    assert "7 working days" in client.get("/rules?lang=en").text
    law = client.get("/rules/law?lang=zh").text
    assert "内蒙古自治区社会信用条例" in law and "第三十九条" in law
    procedure = client.get("/rules/procedure/objection").text
    assert "提交申请" in procedure and "部门核查人" in procedure and "异议处理决定书" in procedure
    assert client.get(f"/rules/packs/{general()}").status_code == 200
    for missing in ("/rules/packs/999", "/rules/procedure/record", "/rules/procedure/x"):
        assert client.get(missing).status_code == 404


def test_the_office_head_confirms_and_the_banner_goes(app, at, client, office, stored):
    head = at("head")
    assert "确认这些期限" in head.get("/rules").text
    with app.app_context():
        open_packs = [one.id for one in stored_packs(stored, clock.today())]
    assert len(open_packs) >= 3
    unsure = head.post(f"/rules/packs/{open_packs[0]}/confirm")
    assert unsure.status_code == 422 and "请勾选确认" in unsure.text
    for number in open_packs:
        assert head.post(f"/rules/packs/{number}/confirm", data={"sure": "y"}).status_code == 303
    assert "系统默认值，未见本地规定" not in client.get("/rules").text
    with app.app_context():
        assert rules.unconfirmed(clock.today()) == 0 and rules.pack(open_packs[0]).confirmed
    by = stored(select(Rule.confirmed_by).where(Rule.tag == "rec", Rule.pack_id == open_packs[0]).distinct())
    assert by == [(office.staff["head"].id,)]
    assert head.post("/rules/packs/999/confirm", data={"sure": "y"}).status_code == 404


def test_the_office_head_confirms_one_by_one(app, at, office, general, stored):
    head, number = at("head"), general()
    assert head.get(f"/rules/packs/{number}/checklist").status_code == 200
    nothing = head.post(f"/rules/packs/{number}/checklist")
    assert nothing.status_code == 422 and "至少勾选一项" in nothing.text
    assert head.post(f"/rules/packs/{number}/checklist", data={"limits": ["O-T2", "O-T5"]}).status_code == 303
    said = stored(select(Rule.limit).where(Rule.confirmed_by == office.staff["head"].id).order_by(Rule.limit))
    assert [limit for (limit,) in said] == ["O-T2", "O-T5"]
    assert head.post(f"/rules/packs/{number}/checklist", data={"limits": "O-T2"}).status_code == 422
    assert head.get("/rules/packs/999/checklist").status_code == 404
    with app.app_context():
        assert not rules.pack(number).confirmed


def stored_packs(stored, day):
    return [row for row in stored(select(RulePack.id, RulePack.valid_from, RulePack.valid_to))
            if row.valid_from <= day and (row.valid_to is None or row.valid_to > day)]  # fmt: skip


def test_rules_live_from_draft_to_the_day_they_begin(app, at, client, office, drafted, general, stored):
    """The head drafts, the leader approves; a case keeps the rules it was accepted under."""
    accepted, old = office.a_case("accepted"), general()
    number = drafted()
    head, leader = at("head"), at("leader")
    assert head.get(f"/rules/drafts/{number}").status_code == 200
    assert client.get(f"/rules/packs/{number}").status_code == 404  # nobody outside reads a draft
    assert head.get(f"/rules/drafts/{number}/limits/O-T5").status_code == 200
    again = head.post("/rules/drafts", data={"pack": str(old), "place": "", "category": ""})
    assert again.status_code == 422 and "已有一份草案" in again.text
    early = leader.post(f"/rules/drafts/{number}/approve")
    assert early.status_code == 422 and "草案" in early.text
    in_force(app, at, number)
    page = client.get("/rules").text
    assert "4个工作日" in page and LIMIT["source"] in page
    with app.app_context():
        today, place = clock.today(), office.town.office
        assert rules.pack_for("objection", today, place).rules["O-T5"].n == 4
        assert rules.pack(old).rules["O-T5"].n == 3
    assert stored(select(RulePack.valid_to).where(RulePack.id == old)) == [(today,)]
    row = stored(select(RulePack.drafted_by, RulePack.approved_by).where(RulePack.id == number))[0]
    assert tuple(row) == (office.staff["head"].id, office.staff["leader"].id)
    assert office.act("officer", accepted, "dispatch", department_id=str(office.town.department)) == accepted
    assert stored(select(Case.pack_id).where(Case.number == accepted)) == [(old,)]
    assert stored(select(Notice.id).where(Notice.zh.contains("待您批准"), Notice.role == "LD"))
    assert "期限规则第1版" in client.get(f"/rules/packs/{old}").text


def test_a_draft_goes_back_with_a_reason_and_may_be_dropped(at, office, drafted, stored):
    number, head, leader = drafted(), at("head"), at("leader")
    head.post(f"/rules/drafts/{number}/submit")
    assert leader.post(f"/rules/drafts/{number}/return").status_code == 422
    assert leader.post(f"/rules/drafts/{number}/return", data={"reason": "请补充依据。"}).status_code == 303
    assert "请补充依据" in head.get(f"/rules/drafts/{number}").text
    assert head.post(f"/rules/drafts/{number}/drop").status_code == 303
    assert stored(select(RulePack.stage).where(RulePack.id == number)) == [("dropped",)]
    assert head.post(f"/rules/drafts/{number}/submit").status_code == 422


def test_nobody_approves_what_he_drafted(app, at, office, drafted, people):
    """Also when he holds both roles; and an officer's draft is not the department's business."""
    number = drafted()
    assert at("head").post(f"/rules/drafts/{number}/submit").status_code == 303
    assert at("reviewer").get(f"/rules/drafts/{number}").status_code == 404
    assert at("head").post(f"/rules/drafts/{number}/approve").status_code == 403
    with people.writing():
        accounts.grant_role(db.session.get_one(User, office.staff["head"].id), office.town.office, Role.LD, clock.now())
    refused = at("head").post(f"/rules/drafts/{number}/approve")
    assert refused.status_code == 422 and "起草人不能批准自己的草案" in refused.text
    assert at("leader").post(f"/rules/drafts/{number}/approve").status_code == 303


@pytest.mark.parametrize(
    ("limit", "change", "why"),
    [
        ("O-T8", {"n": "9"}, "法定上限"), ("O-T5", {"n": "0"}, "应为正整数"), ("O-T5", {"n": "-3"}, "0至3660"),
        ("O-T5", {"source": ""}, "请写明所依据的规定"), ("O-T6", {}, "没有延期环节"),
        ("O-TOTAL", {"n": "16", "extend_max": "0", "most_n": "20", "most_unit": "CD"}, "法定上限20日"),
        ("O-T8", {"n": "2", "extend_max": "0", "most_n": "3", "most_unit": "WD", "n ": "4"}, None),
        ("O-T5", {"n": "3", "extend_n": "4", "most_n": "5", "most_unit": "WD"}, "含延期"),
        ("O-T5", {"n": "400"}, "超出可设范围"), ("O-T5", {"exclusions": ["holiday"]}, "请选择列出的项目"),
        ("O-T5", {"unit": "HOUR"}, "请选择列出的一项"),
    ],
)  # fmt: skip
def test_a_limit_that_cannot_be_is_said(limit, change, why, at, office, drafted, stored):
    number = drafted()
    before = stored(select(Rule.n, Rule.source).where(Rule.pack_id == number, Rule.limit == limit))
    answer = at("head").post(f"/rules/drafts/{number}/limits/{limit}", data=LIMIT | {"most_n": "3"} | change
                             if limit == "O-T8" and why else LIMIT | change)  # fmt: skip
    if why is None:
        assert answer.status_code == 303
        return
    assert answer.status_code == 422 and why in answer.text
    assert stored(select(Rule.n, Rule.source).where(Rule.pack_id == number, Rule.limit == limit)) == before


def test_a_limit_that_is_not_there_is_not_found(at, office, drafted):
    number = drafted()
    for path in ("O-NONE", "O-T5/nothing"):
        assert at("head").get(f"/rules/drafts/{number}/limits/{path}").status_code == 404
        assert at("head").post(f"/rules/drafts/{number}/limits/{path}", data=LIMIT).status_code == 404


def test_no_day_that_has_passed_and_no_two_editions_on_one_day(app, at, office, drafted):
    number = drafted()
    with app.app_context():
        today = clock.today()
    past = from_day(at, number, today - dt.timedelta(days=1))
    assert past.status_code == 422 and "规则不溯及既往" in past.text
    in_force(app, at, number)
    second = drafted()
    clash = from_day(at, second, today)
    assert clash.status_code == 422 and "日期重叠" in clash.text
    assert from_day(at, second, today + dt.timedelta(days=9)).status_code == 303
    assert at("head").post(f"/rules/drafts/{second}/submit").status_code == 303
    assert at("leader").post(f"/rules/drafts/{second}/approve").status_code == 303
    third = drafted()
    between = from_day(at, third, today + dt.timedelta(days=5))
    assert between.status_code == 422 and "日期重叠" in between.text


def test_the_office_settles_its_lights(app, at, client, office):
    head = at("head")
    assert head.get("/lights/settings").status_code == 200
    said = {"near_days": "2", "near_percent": "30", "supervise_days": "4", "supervise_times": "3"}
    assert head.post("/lights/settings", data=said | {"near_days": "x"}).status_code == 422
    assert head.post("/lights/settings", data=said).status_code == 303
    assert "剩余不超过2个工作日或30%" in client.get("/rules").text
    with app.app_context():
        assert rules.levels().supervise_times == 3


def handed_up(at, number, day):
    """A draft of these rules before the leader."""
    assert at("head").post(f"/rules/drafts/{number}/limits/O-T5", data=LIMIT).status_code == 303
    assert from_day(at, number, day).status_code == 303
    assert at("head").post(f"/rules/drafts/{number}/submit").status_code == 303


def test_the_leader_may_delegate_the_approval_of_rules_and_the_page_says_so(app, at, office, drafted, stored):
    number = drafted()
    with app.app_context():
        today = clock.today()
    handed_up(at, number, today)
    lent(at, "leader", office.staff["lawyer"], "LD", office.town.office, today, "rules:approve")
    lawyer = at("lawyer")
    assert "批准，自" in lawyer.get(f"/rules/drafts/{number}").text

    assert lawyer.post(f"/rules/drafts/{number}/approve").status_code == 303

    row = stored(select(RulePack.stage, RulePack.approved_by, RulePack.approved_under).where(RulePack.id == number))[0]
    assert tuple(row)[:2] == ("approved", office.staff["lawyer"].id) and "委〔" in row.approved_under
    assert f"（代，委托书{row.approved_under}）" in at("leader").get(f"/rules/packs/{number}").text


def test_no_delegate_without_the_matter_nor_the_drafter_himself(app, at, office, drafted):
    number = drafted()
    with app.app_context():
        today = clock.today()
    handed_up(at, number, today)
    lent(at, "leader", office.staff["lawyer"], "LD", office.town.office, today, "objection:sign")
    lent(at, "leader", office.staff["head"], "LD", office.town.office, today, "rules:approve")
    assert at("lawyer").get(f"/rules/drafts/{number}").status_code == 403
    assert at("lawyer").post(f"/rules/drafts/{number}/approve").status_code == 403

    drafter = at("head")
    assert "批准，自" not in drafter.get(f"/rules/drafts/{number}").text
    refused = drafter.post(f"/rules/drafts/{number}/approve")
    assert refused.status_code == 422 and "起草人不能批准自己的草案" in refused.text
