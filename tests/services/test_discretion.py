"""Whoever only claims to act for a person learns from letters no more than the public; offices and the proven do."""

import datetime as dt

import pytest
from sqlalchemy import text

from models.base import db
from models.case import Case
from models.decision import Document
from models.subject import Subject
from services import casefile, clock, desk
from services.transactions import read_only, writing
from tests.office import WAY
from tests.services.conftest import NOW

NAME = "额尔敦图雅"
SECRET = "身份证15062319900101123X"  # in words an officer typed


@pytest.fixture
def claimant(office, here):
    """Somebody who says he is the person of the record; nobody has looked at his papers."""
    one = office.people.person(proven=False)
    with writing():
        db.session.execute(text("UPDATE credit_record SET subject_id = :s"), {"s": one.subject_id})
        subject = db.session.get_one(Subject, one.subject_id)
        subject.name, number = NAME, subject.id_no
    office.staff["applicant"] = one
    return number


def letters_of(number):
    with read_only():
        query = db.select(Document.paper, Document.data).join(Case, Case.id == Document.case_id)
        return {paper: data for paper, data in db.session.execute(query.where(Case.number == number))}


def walked(office, number, since):
    """On to the signed decision."""
    steps = [step for _, step, _ in WAY]
    for who, step, _ in WAY[steps.index(since):steps.index("seal")]:
        facts = office.facts(number, step)
        if step == "propose":
            facts["facts_found"] = f"{NAME}{SECRET}的罚款为2000元。"
        office.act(who, number, step, **facts)


def test_a_deemed_acceptance_proves_nothing_and_tells_nothing(office, claimant):
    number = office.a_case("submitted")
    with clock.standing_at(NOW + dt.timedelta(days=4)):
        with writing():
            assert desk.settle(casefile.row_of(number), clock.now()) == ["deem_accept"]
        walked(office, number, "dispatch")
    told = letters_of(number)
    assert {"D01", "D02", "D05", "D06", "D07"} <= set(told)
    for paper in ("D01", "D02", "D07"):
        assert NAME not in str(told[paper]) and claimant[:6] not in str(told[paper]), paper
        assert told[paper]["subject_code"] == f"{claimant[0]}{'*' * 16}{claimant[-1]}"
    assert "额**身份证1****************X的罚款" in told["D07"]["facts"]
    assert told["D07"]["contact_phone"] == "0477-0000000"
    for paper in ("D05", "D06"):
        assert told[paper]["subject_name"] == NAME, "the department has to find the record"


def test_a_clerks_acceptance_proves_and_tells(office, claimant):
    number = office.a_case("submitted")
    assert NAME not in str(letters_of(number)["D01"])
    office.act("clerk", number, "accept")
    told = letters_of(number)["D02"]
    assert told["subject_name"] == NAME and told["subject_code"] == f"{claimant[:6]}********{claimant[-4:]}"
