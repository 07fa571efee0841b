"""A department is merged into another while it has a case: the successor's people go on with it."""

import datetime as dt

import pytest

from models.base import db
from models.organisation import Org, OrgKind
from services import clock, organisations, succession
from services.people import person
from services.transactions import read_only
from tests.stories.conftest import MONDAY
from workflow.words import Role

TUESDAY = dt.date(2026, 11, 24)


@pytest.fixture
def heir(day):
    """The case's department and, with people of its own, the one that will take over."""
    people, town = day.office.people, day.office.town
    with people.writing():
        new = people.org(OrgKind.DEPARTMENT, "旗市场监管综合局", town.banner, organ_word="鄂前市综")
        day.office.staff["new_reviewer"] = people.staff(new, Role.DR)
        day.office.staff["new_colleague"] = people.staff(new, Role.DR)
        day.office.staff["new_head"] = people.staff(new, Role.DH)
    return new


def merged(day, heir):
    with day.office.people.writing():
        administrator = person(day.office.staff["administrator"].id)
        organisations.end(day.office.town.department, TUESDAY, heir, administrator)


def test_the_successors_people_go_on(day, heir):
    number = day.office.a_case("dept_verifying")
    day.opens("new_colleague", f"/cases/{number}", status=404)
    merged(day, heir)

    with clock.standing_at(MONDAY + dt.timedelta(days=1)):
        assert number in day.opens("new_reviewer", "/inbox?tab=team").text
        day.takes("new_reviewer", number, "report", **day.facts(number, "report"))
        day.takes("new_head", number, "approve_report")
    assert "office_review" == day.state(number)


def test_old_cases_are_the_successors_to_read(day, heir):
    number = day.office.a_case("executed")
    merged(day, heir)

    with clock.standing_at(MONDAY + dt.timedelta(days=1)):
        assert number in day.opens("new_head", f"/cases/{number}").text
        assert number in day.opens("new_reviewer", "/notices").text


def test_the_old_desk_is_closed(day, heir):
    number = day.office.a_case("dept_verifying")
    merged(day, heir)

    with clock.standing_at(MONDAY + dt.timedelta(days=1)):
        assert "本案不由您所在单位" in day.opens("reviewer", f"/cases/{number}/report").text


def test_doctor_names_who_is_left_behind(day):
    day.office.a_case("dept_verifying")
    with day.office.people.writing():
        db.session.get_one(Org, day.office.town.department).valid_to = TUESDAY

    with day.office.app.app_context(), read_only():
        assert [] == succession.without_heir(TUESDAY - dt.timedelta(days=1))
        assert ["旗市场监督管理局"] == succession.without_heir(TUESDAY)
        names = {day.office.staff[one].name for one in ("reviewer", "second_reviewer", "department_head")}
        assert names == set(succession.stranded(TUESDAY))
