"""The tree of organisations: added, ended with a successor, and told of corrections at an address."""

import datetime as dt

import pytest
from sqlalchemy import select

from models.organisation import Org, OrgExternalId
from models.outbox import Subscription
from services import clock, organisations, people
from services.people import person
from tests.builders_people import uscc

NEW = {"name": "旗水利局", "kind": "department", "parent": "", "code": "", "organ_word": "鄂前水", "name_en": "",
       "since": ""}  # fmt: skip


def test_an_organisation_is_added(at, office, stored):
    admin = at("administrator")
    assert admin.get("/admin/organisations/new").status_code == 200
    said = NEW | {"parent": str(office.town.banner), "code": uscc(55)}
    assert admin.post("/admin/organisations/new", data=said).status_code == 303
    assert stored(select(Org.parent_id, Org.code).where(Org.name == "旗水利局")) == [(office.town.banner, uscc(55))]
    assert "旗水利局" in admin.get("/admin/organisations").text
    assert "旗水利局" in admin.get("/admin/organisations?q=鄂前水").text
    assert "没有符合条件的机构" in admin.get("/admin/organisations?q=无此单位").text


@pytest.mark.parametrize(
    ("change", "why"),
    [({"name": "旗自然资源局"}, "已在机构名录中"), ({"code": "123"}, "应为18位"),
     ({"kind": "ministry"}, "请选择列出的一项"),
     ({"kind": "credit_office", "organ_word": ""}, "须有机关代字"), ({"since": "2026-02-30"}, "真实的日期")],
)  # fmt: skip
def test_what_cannot_be_added_is_said(change, why, at):
    refused = at("administrator").post("/admin/organisations/new", data=NEW | change)
    assert refused.status_code == 422 and why in refused.text


def test_one_code_belongs_to_one_organisation(at):
    admin = at("administrator")
    assert admin.post("/admin/organisations/new", data=NEW | {"code": uscc(56)}).status_code == 303
    refused = admin.post("/admin/organisations/new", data=NEW | {"name": "另一个局", "code": uscc(56)})
    assert refused.status_code == 422 and "已属于“旗水利局”" in refused.text


def test_an_ended_organisation_is_followed_by_its_successor(app, at, office):
    admin, town, today = at("administrator"), office.town, clock.today()
    page = f"/admin/organisations/{town.other_department}/end"
    assert admin.get(page).status_code == 200
    said = {"day": today.isoformat(), "heir": str(town.department)}
    assert admin.post(page, data=said).status_code == 303
    with app.app_context():
        assert people.successor_of(town.other_department, today).id == town.department
    shown = admin.get(f"/admin/organisations/{town.other_department}").text
    assert "该机构已撤销" in shown and "旗市场监督管理局" in shown
    assert "→ 旗市场监督管理局" in admin.get("/admin/organisations").text
    assert "已经撤销" in admin.post(page, data=said).text


def test_no_circle_of_successors(at, office, within):
    town, today = office.town, clock.today()
    admin, by = at("administrator"), office.staff["administrator"].id
    within(lambda: organisations.end(town.other_department, today, town.department, person(by)))
    tomorrow = (today + dt.timedelta(days=1)).isoformat()
    said = {"day": tomorrow, "heir": str(town.other_department)}
    refused = admin.post(f"/admin/organisations/{town.department}/end", data=said)
    assert refused.status_code == 422


def test_the_credit_office_does_not_end_with_open_cases(at, office):
    office.a_case("submitted")
    page = f"/admin/organisations/{office.town.office}/end"
    refused = at("administrator").post(page, data={"day": clock.today().isoformat(), "heir": ""})
    assert refused.status_code == 422 and "未办结的案件" in refused.text


def test_what_a_receiver_is_told_of(at, office, stored):
    admin, page = at("administrator"), f"/admin/organisations/{office.bank}/notices"
    assert admin.get(page).status_code == 200
    assert admin.post(page, data={"categories": ["penalty"], "email": "bank@example.cn"}).status_code == 303
    assert stored(select(Subscription.category).where(Subscription.org_id == office.bank)) == [("penalty",)]
    assert stored(select(OrgExternalId.value).where(OrgExternalId.org_id == office.bank)) == [("bank@example.cn",)]
    other = f"/admin/organisations/{office.town.supervisor}/notices"
    assert "已登记给另一单位" in admin.post(other, data={"email": "bank@example.cn"}).text
    assert admin.post(page, data={"categories": ["nonsense"], "email": ""}).status_code == 422
    assert admin.post(page, data={"email": ""}).status_code == 303
    assert stored(select(Subscription.id).where(Subscription.org_id == office.bank)) == []


def test_an_unknown_organisation_is_not_there(at):
    admin = at("administrator")
    for path in ("", "/end", "/notices"):
        assert admin.get(f"/admin/organisations/999{path}").status_code == 404
