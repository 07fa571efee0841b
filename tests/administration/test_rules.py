"""The rules as everybody reads them; confirmed by the office head, changed by head and leader together."""

import re

import pytest
from sqlalchemy import select

from models.rules import Rule, RulePack
from services import clock, defaults, lawwords, rules

CHANGE = {"n": "4", "source": "鄂前旗信用信息异议办理细则", "article": "第三条"}


def pack_id(stored):
    return stored(select(RulePack.id).order_by(RulePack.id.desc()))[0][0]


def test_everybody_reads_limits_law_and_procedure(client, office, stored):
    page = client.get("/rules").text
    assert "系统默认值，未见本地规定" in page and "7个工作日" in page and "确认这些期限" not in page
    assert "7 working days" in client.get("/rules?lang=en").text
    law = client.get("/rules/law?lang=zh").text
    assert "内蒙古自治区社会信用条例" in law and "第三十九条" in law
    procedure = client.get("/rules/procedure/objection").text
    assert "提交申请" in procedure and "部门核查人" in procedure and "异议处理决定书" in procedure
    assert client.get(f"/rules/packs/{pack_id(stored)}").status_code == 200
    for missing in ("/rules/packs/999", "/rules/procedure/record", "/rules/procedure/x"):
        assert client.get(missing).status_code == 404


def test_the_office_head_confirms_and_the_banner_goes(app, at, client, office, stored):
    head, number = at("head"), pack_id(stored)
    assert "确认这些期限" in head.get("/rules").text
    unsure = head.post(f"/rules/packs/{number}/confirm")
    assert unsure.status_code == 422 and "请勾选确认" in unsure.text
    assert head.post(f"/rules/packs/{number}/confirm", data={"sure": "y"}).status_code == 303
    assert "系统默认值，未见本地规定" not in client.get("/rules").text
    with app.app_context():
        assert rules.unconfirmed() == 0 and rules.pack(number).confirmed
    by = stored(select(Rule.confirmed_by).where(Rule.tag == "rec").distinct())
    assert by == [(office.staff["head"].id,)]
    assert head.post("/rules/packs/999/confirm", data={"sure": "y"}).status_code == 404


def test_a_change_counts_when_the_leader_agrees(app, at, office, stored):
    number, old = office.a_case("accepted"), pack_id(stored)
    head, leader = at("head"), at("leader")
    assert head.get(f"/rules/packs/{old}/limits/O-T5").status_code == 200
    assert head.post(f"/rules/packs/{old}/limits/O-T5", data=CHANGE).status_code == 303
    assert stored(select(RulePack.id)) == [(old,)]
    assert "批准，今日生效" in leader.get("/rules").text and "批准，今日生效" not in head.get("/rules").text
    again = head.post(f"/rules/packs/{old}/limits/O-T6", data=CHANGE)
    assert again.status_code == 422 and "等待分管领导批准" in again.text
    assert leader.post("/rules/change/approve").status_code == 303
    new = pack_id(stored)
    assert new != old
    with app.app_context():
        rules.forget()
        today, place = clock.today(), office.town.office
        assert rules.pack_for("objection", today, place).rules["O-T5"].n == 4
        assert rules.pack(old).rules["O-T5"].n == 3
    assert office.act("officer", number, "dispatch", department_id=str(office.town.department)) == number
    assert leader.post("/rules/change/approve").status_code == 422


def test_the_leader_may_decline(at, office, stored):
    old = pack_id(stored)
    at("head").post(f"/rules/packs/{old}/limits/O-T5", data=CHANGE)
    leader = at("leader")
    assert leader.post("/rules/change/decline").status_code == 303
    assert pack_id(stored) == old and "等待分管领导批准" not in leader.get("/rules").text


@pytest.mark.parametrize(
    ("limit", "change", "why"),
    [("O-T8", {"n": "9"}, "法定上限"), ("O-T5", {"n": "0"}, "1至365"), ("O-T5", {"source": ""}, "请写明所依据的规定")],
)
def test_a_change_that_cannot_be_is_said(limit, change, why, at, office, stored):
    refused = at("head").post(f"/rules/packs/{pack_id(stored)}/limits/{limit}", data=CHANGE | change)
    assert refused.status_code == 422 and why in refused.text
    assert at("head").get(f"/rules/packs/{pack_id(stored)}/limits/O-NONE").status_code == 404


def test_an_english_reader_understands_each_basis(client, office):
    law, limits = client.get("/rules/law?lang=en").text, client.get("/rules?lang=en").text
    assert "courtesy translation" in law and "courtesy translation" not in client.get("/rules/law?lang=zh").text
    gists = re.findall(r'summary-row"><dt>([^<]+)</dt><dd>([^<]+)</dd>', client.get("/rules/law?lang=en").text)
    assert len(gists) > 15 and [] == [one for one in gists if re.search("[一-龥]", "".join(one))]
    assert ("Article 48", "When a published penalty decision") in [(name, gist[:33]) for name, gist in gists]
    assert "Law on Administrative Penalties" in limits and "Article 48, Article 85" in limits
    assert "Social Credit Regulations of Shanghai Article 37" in limits


def test_chinese_stays_chinese(client, office):
    assert "第四十八条、第八十五条" in client.get("/rules?lang=zh").text
    assert "参照上海市社会信用条例第三十七条" in client.get("/rules?lang=zh").text


@pytest.mark.parametrize("chinese, number", [("九", 9), ("十", 10), ("十二", 12), ("二十", 20), ("五十一", 51),
                                             ("一百零二", 102), ("二百一十三", 213)])  # fmt: skip
def test_numbers_of_articles(chinese, number):
    assert lawwords.number(chinese) == number
    said = lawwords.cited(f"中华人民共和国行政处罚法第{chinese}条")
    assert said.en == f"Law on Administrative Penalties Article {number}"


def test_every_basis_that_is_shipped_has_its_english():
    shipped = [rule for pack in defaults.read("rules.json")["packs"] for rule in pack["rules"]]
    said = {lawwords.cited(rule.get(part, "")).en for rule in shipped for part in ("source", "article")}
    law = defaults.read("law.json")
    said |= {lawwords.gloss(one["governs"]).en for one in law}
    said |= {lawwords.gloss(one["gist"]).en for basis in law for one in basis["articles"]}
    assert len(said) > 40 and [] == [one for one in said if re.search("[一-龥]", one)]
