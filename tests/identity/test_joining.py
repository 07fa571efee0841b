"""Sign-up of enterprises by code and of natural persons by paper: file first, prove by acceptance."""

import pytest
from sqlalchemy import select

from models.base import db
from models.people import Capacity, User
from services import clock, enrolment
from services import people as who_is
from tests.builders_people import PASSWORD, id_number, uscc
from tests.identity.signing_in import sign_in, signed_in
from tests.identity.test_recovery import letters

COMMON = {
    "name": "张三", "username": "zhang.san", "phone": "13800001234", "email": "zs@example.cn",
    "password": PASSWORD, "again": PASSWORD, "promise": "y",
}  # fmt: skip
ENTERPRISE = COMMON | {
    "uscc": uscc(777),
    "subject_name": "鄂前旗好牧场有限公司",
    "legal_rep": "李四",
    "capacity": "agent",
}
PERSON = COMMON | {"id_type": "身份证", "id_no": id_number(77)}


def person_named(app, username):
    with app.app_context():
        user_id = db.session.scalars(select(User.id).where(User.username == username)).one()
        return who_is.person(user_id)


def test_an_enterprise_joins_and_its_agency_is_only_claimed(app, client):
    assert client.get("/sign-up/").status_code == 200
    assert client.get("/sign-up/enterprise").status_code == 200
    assert client.post("/sign-up/enterprise", data=ENTERPRISE).status_code == 303
    person = person_named(app, "zhang.san")
    assert [(one.capacity, one.state.value) for one in person.agencies] == [(Capacity.AGENT, "claimed")]
    assert person.roles == {"AGT"} and not person.staff
    client.post("/sign-in", data={"login": "13800001234", "password": PASSWORD})
    assert "鄂前旗好牧场有限公司" in client.get("/account").text


def test_a_natural_person_joins(app, client):
    assert client.get("/sign-up/person").status_code == 200
    assert client.post("/sign-up/person", data=PERSON).status_code == 303
    person = person_named(app, "zhang.san")
    assert person.agencies[0].capacity is Capacity.SELF and person.roles == {"APP"}


def test_a_code_already_claimed_may_be_claimed_again_and_the_proven_one_is_told(app, client, people, tmp_path):
    first = people.enterprise(code=ENTERPRISE["uscc"], name="鄂前旗好牧场有限公司")
    assert client.post("/sign-up/enterprise", data=ENTERPRISE | {"subject_name": "别的名字"}).status_code == 303
    second = person_named(app, "zhang.san")
    assert second.agencies[0].subject_id == first.subject_id
    assert [letter["To"] for letter in letters(tmp_path)] == [f"{first.username}@example.cn"]
    client.post("/sign-in", data={"login": "zhang.san", "password": PASSWORD})
    page = client.get("/account").text
    assert "别的名字" in page and "鄂前旗好牧场有限公司" not in page  # the stated name until proven


def test_an_unproven_claim_alarms_nobody(client, people, tmp_path):
    people.enterprise(code=ENTERPRISE["uscc"], proven=False)
    assert client.post("/sign-up/enterprise", data=ENTERPRISE).status_code == 303
    assert letters(tmp_path) == []


def test_acceptance_proves_and_refusal_ends(app, people):
    who, other = people.enterprise(proven=False), people.enterprise(proven=False)
    with people.writing():
        enrolment.prove(enrolment.agency_of(who.agency_id), clock.now(), by=None, case_number="YB1")
        enrolment.refuse(enrolment.agency_of(other.agency_id), clock.now())
    with app.app_context():
        assert who_is.person(who.id).agencies[0].state == "proven"
        assert who_is.person(other.id).agencies == ()


def test_a_taken_user_name_or_telephone_is_said(client, people):
    people.enterprise()
    assert client.post("/sign-up/enterprise", data=ENTERPRISE).status_code == 303
    again = ENTERPRISE | {"uscc": uscc(778)}
    for same in (
        {"phone": "13900009999"},
        {"username": "another.name"},
        {"username": "another", "phone": "13800001234"},
    ):
        answer = client.post("/sign-up/enterprise", data=again | same)
        assert answer.status_code == 422 and "已被使用" in answer.text


def test_nobody_takes_anothers_telephone_as_user_name(client):
    assert client.post("/sign-up/enterprise", data=ENTERPRISE).status_code == 303
    sneaky = ENTERPRISE | {"uscc": uscc(779), "username": "13800001234", "phone": "13700000000"}
    assert client.post("/sign-up/enterprise", data=sneaky).status_code == 422


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"uscc": "91150623MA0P12342O"}, "不使用字符"),
        ({"uscc": uscc(5)[:-1] + "A"}, "校验码不正确"),
        ({"username": "张三"}, "小写字母"),
        ({"phone": "not a number"}, "电话号码"),
        ({"email": "nowhere"}, "正确的邮箱"),
        ({"promise": ""}, "请确认"),
        ({"capacity": "owner"}, "请选择"),
        ({"again": "x"}, "不一致"),
        ({"password": "zhang.san-2026", "again": "zhang.san-2026"}, "不要包含"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(change, said, client):
    answer = client.post("/sign-up/enterprise", data=ENTERPRISE | change)
    assert answer.status_code == 422 and said in answer.text
    assert "鄂前旗好牧场有限公司" in answer.text  # nothing typed is lost


def test_full_width_codes_are_understood(client):
    wide = ENTERPRISE["uscc"].translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789ABCDEFGHJKLMNPQRTUWXY"})
    assert client.post("/sign-up/enterprise", data=ENTERPRISE | {"uscc": wide}).status_code == 303


def test_whoever_joined_can_sign_in(client, people):
    assert signed_in(sign_in(client, people.person()))


def test_one_account_may_act_for_several_bodies(app, people, client_for):
    who = people.enterprise()
    browser = client_for(who)
    more = {name: ENTERPRISE[name] for name in ("uscc", "subject_name", "legal_rep", "capacity")}
    assert browser.get("/sign-up/another").status_code == 200
    assert browser.post("/sign-up/another", data=more).status_code == 303
    assert browser.post("/sign-up/another", data=more).status_code == 303  # said twice, standing once
    with app.app_context():
        assert [one.state.value for one in who_is.person(who.id).agencies] == ["proven", "claimed"]
    assert browser.post("/sign-up/another", data=more | {"uscc": "x"}).status_code == 422
