"""A complaint nobody looks at: the lights go red, the office is urged, and no letter tells who complained."""

import datetime as dt

from sqlalchemy import text

from checks.book import content
from models.base import db
from services import clock, escalation, urging
from services.people import person
from services.transactions import read_only, writing
from tests.office_complaint import SAID, facts, files, staffed, walks
from tests.stories.conftest import MONDAY


def test_the_office_is_urged(day, app):
    staffed(day.office)
    day._browsers["guest"] = app.test_client()
    number = files(day, "guest")
    late = MONDAY + dt.timedelta(days=12)
    with clock.standing_at(late), app.app_context():
        escalation.tick(late)
        with read_only():
            letters = urging.letters_for(person(day.office.staff["head"].id))
        assert letters and {one.case_number for one in letters} == {number}
        with writing():
            urging.issue(letters[0].row.id, person(day.office.staff["head"].id), late)
        with read_only():
            kept = db.session.execute(text("SELECT data FROM document WHERE paper LIKE 'D20%'")).scalar_one()
        said = str(content(kept))
    assert "投诉" in said and SAID not in said and "投诉人某" not in said
    assert "registered" == day.state(number)


def lit(day, app, days: int) -> dt.datetime:
    """The worker's round so many days after Monday."""
    moment = MONDAY + dt.timedelta(days=days)
    with clock.standing_at(moment), app.app_context():
        escalation.tick(moment)
    day._browsers.clear()  # nobody stays signed in over a week
    return moment


def drafted(day, app, moment: dt.datetime) -> list:
    """Letters that wait for the office head: (who is urged, which limit)."""
    with clock.standing_at(moment), app.app_context(), read_only():
        found = urging.letters_for(person(day.office.staff["head"].id))
        return [(one.org, one.limit.zh, one.row.id) for one in found if one.waiting]


def sent(day, app, moment: dt.datetime, letter: int) -> str:
    """The letter looked at, sent through its page, and what it says."""
    with clock.standing_at(moment):
        shown = day.browser("head").get(f"/lights/{letter}/draft.pdf")
        assert shown.status_code == 200 and shown.mimetype == "application/pdf"
        day.sends("head", "/lights", f"/lights/{letter}/issue")
    with app.app_context(), read_only():
        kept = db.session.execute(text(
            "SELECT data FROM document WHERE paper LIKE 'D20%' AND paper <> 'D20C' ORDER BY id DESC")).scalars().first()
        return str(content(kept))


def test_an_answer_that_is_late_urges_the_unit_and_not_the_office(day, app):
    staffed(day.office)
    number = walks(day, files(day), "investigating")
    day.takes("officer", number, "require_answer", **facts(day, "require_answer"))
    late = lit(day, app, 8)  # asked on Monday, five working days
    letters = drafted(day, app, late)

    unit = "旗市场监督管理局"
    assert [(unit, "单位说明期限")] == [(org, limit) for org, limit, _ in letters if limit == "单位说明期限"], letters
    with clock.standing_at(late):
        assert "“单位说明期限”已于" in day.opens("department_head", "/notices").text
        assert "“单位说明期限”已于" in day.opens("head", "/notices").text
        assert "预览函件" in day.opens("head", "/lights").text
    said = sent(day, app, late, letters[0][2])
    assert unit in said and "情况说明事项" in said
    assert SAID not in said and "晨光商贸" not in said and "投诉" not in said
    with clock.standing_at(late):
        page = day.opens("department_head", "/lights").text
        assert "催办单" in page and "查看函件" in page
        day.opens("department_head", f"/cases/{number}", status=404)
        times = day.opens("head", f"/cases/{number}/time").text
    assert "部门核查人" in times and "单位说明期限" in times


def test_a_remedy_that_is_late_is_urged_even_when_the_case_is_over_for_the_office(day, app):
    staffed(day.office)
    number = walks(day, files(day), "served")
    day.takes("head", number, "order_rectification", **facts(day, "order_rectification"))
    late = lit(day, app, 28)  # until 18 December
    letters = [one for one in drafted(day, app, late) if one[1] == "整改期限"]

    assert ["旗市场监督管理局"] == [org for org, _, _ in letters]
    said = sent(day, app, late, letters[0][2])
    assert "整改事项" in said and SAID not in said and "晨光商贸" not in said
    again = lit(day, app, 29)
    assert not [one for one in drafted(day, app, again) if one[1] == "整改期限"], "each level is told once"


def test_only_the_office_head_looks_at_a_letter_before_it_goes_out(day, app):
    staffed(day.office)
    number = walks(day, files(day), "investigating")
    day.takes("officer", number, "require_answer", **facts(day, "require_answer"))
    late = lit(day, app, 8)
    letter = drafted(day, app, late)[0][2]

    with clock.standing_at(late):
        for who, status in (("officer", 403), ("department_head", 403), ("other_head", 404)):
            day.opens(who, f"/lights/{letter}/draft.pdf", status=status)
