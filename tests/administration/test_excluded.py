"""Testing, review and enquiry stand outside a running limit: the sum on both sides, and who held it how long."""

import datetime as dt

import pytest
from sqlalchemy import select

from checks.book import opened
from checks.limits import assignments_are_due_in_time, due_days_follow, ledger_tells_what_steps_did
from checks.outcome import Outcome
from models.base import db
from models.case import Assignment, Case, CaseEvent, ClockEvent
from services import casefile, clock, deadlines, rules
from services.transactions import read_only, writing
from standards.words import T
from tests.office import Office

NINE = dt.time(1, tzinfo=dt.UTC)
MONDAY = dt.date(2026, 11, 23)
REVIEW = {"exclusion_ground": "expert_review", "evidence": "专家评审通知〔2026〕3号", "until": "2026-12-10"}


def morning(day):
    return clock.standing_at(dt.datetime.combine(day, NINE))


@pytest.fixture
def office(app):
    """The office, opened a week before."""
    with morning(MONDAY - dt.timedelta(days=7)):
        return Office.opened(app)


@pytest.fixture
def asked(office):
    """A case accepted and sent to the department on Monday 23 November."""
    with morning(MONDAY):
        rules.forget()
        return office.a_case("dept_verifying")


def form(browser, number, step):
    page = browser.get(f"/cases/{number}/{step}").text
    hidden = {name: page.split(f'name="{name}"')[1].split('value="')[1].split('"')[0] for name in ("version", "key")}
    return hidden | ({"no_interest": "y"} if 'name="no_interest"' in page else {})


def take(at, who, number, step, **facts):
    browser = at(who)
    return browser.post(f"/cases/{number}/{step}", data=form(browser, number, step) | facts)


def test_two_days_of_expert_review_are_not_counted(app, at, office, asked, stored):
    """The sum of the issue, on the pages of both sides."""
    with morning(MONDAY + dt.timedelta(days=1)):
        assert take(at, "department_head", asked, "exclude", **REVIEW).status_code == 302
        assert stored(select(Case.due_on)) == [(dt.date(2026, 12, 10),)]  # what runs now is the interval itself
        assert "现不计入期限：专家评审，自2026-11-24起" in at("reviewer").get(f"/cases/{asked}").text
        again = at("head").get(f"/cases/{asked}/exclude")
        assert "不计入期限的期间，请先恢复计时" in again.text
    with morning(MONDAY + dt.timedelta(days=3)):
        assert take(at, "reviewer", asked, "include_again").status_code == 302
        said = "自11月23日受理次日起7个工作日，专家评审2日不计入，至12月4日"
        assert said in at("officer").get(f"/cases/{asked}").text
        assert said in at("applicant").get(f"/cases/{asked}").text
        english = "7 working days from acceptance on 23 November, 2 days of expert review not counted = 4 December"
        assert english in at("applicant").get(f"/cases/{asked}?lang=en").text
    assert stored(select(Assignment.due_on)) == [(dt.date(2026, 11, 30),)]
    lines = stored(select(ClockEvent.limit, ClockEvent.act, ClockEvent.ground, ClockEvent.document)
                   .where(ClockEvent.act.in_(("exclude", "include"))).order_by(ClockEvent.id))  # fmt: skip
    paper = REVIEW["evidence"]
    assert {tuple(line) for line in lines} == {
        ("O-T5", "exclude", "expert_review", paper), ("O-TOTAL", "exclude", "expert_review", paper),
        ("O-T5", "include", "", ""), ("O-TOTAL", "include", "", ""),
    }  # fmt: skip


def test_the_stored_clocks_follow_and_a_day_changed_by_hand_is_seen(app, at, office, asked):
    """`./xinfu check` counts the intervals by its own arithmetic."""
    for day, who, step, facts in ((1, "head", "exclude", REVIEW), (3, "department_head", "include_again", {})):
        with morning(MONDAY + dt.timedelta(days=day)):
            assert take(at, who, asked, step, **facts).status_code == 302
    assert faults(app) == []
    with app.app_context(), writing():
        db.session.execute(Case.__table__.update().values(due_on=dt.date(2026, 11, 26)))
    assert len(faults(app)) == 1


def faults(app):
    with opened(app.config["SETTINGS"]) as book:
        found = []
        for check in (due_days_follow, assignments_are_due_in_time, ledger_tells_what_steps_did):
            outcome = Outcome("I11", T("期限", "clocks"))
            check(book, outcome)
            found += outcome.faults
        return found


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"exclusion_ground": ""}, "请选择不计入期限的情形"), ({"exclusion_ground": "holiday"}, "请选择列出的一项"),
        ({"evidence": ""}, "请写明依据的文书"), ({"until": "2026-11-24"}, "应在今天之后"),
        ({"until": "2026-02-30"}, "真实的日期"), ({"until": ""}, "请填写预计的最后一日"),
    ],
)  # fmt: skip
def test_what_cannot_be_excluded_is_said_and_nothing_changes(change, why, at, office, asked, stored):
    with morning(MONDAY + dt.timedelta(days=1)):
        before = stored(select(Case.version, Case.due_on))
        refused = take(at, "department_head", asked, "exclude", **(REVIEW | change))
        assert refused.status_code == 422 and why in refused.text
        assert stored(select(Case.version, Case.due_on)) == before


def test_nobody_stops_a_clock_that_has_run_out(at, office, asked):
    with morning(MONDAY + dt.timedelta(days=4)):
        page = at("department_head").get(f"/cases/{asked}/exclude")
        assert "已逾期" in page.text


def test_time_counts_again_by_itself_after_the_last_day(app, at, office, asked, stored):
    with morning(MONDAY + dt.timedelta(days=1)):
        take(at, "department_head", asked, "exclude", **(REVIEW | {"until": "2026-11-25"}))
    with app.app_context():
        assert deadlines.tick(dt.datetime.combine(dt.date(2026, 11, 26), NINE)) == 1
    event = stored(select(CaseEvent.step, CaseEvent.role, CaseEvent.effective_on).order_by(CaseEvent.id.desc()))[0]
    assert tuple(event) == ("include_again", "CLOCK", dt.date(2026, 11, 26))
    assert stored(select(Case.due_on)) == [(dt.date(2026, 11, 30),)]


def test_who_held_the_case_how_long_and_who_was_late(app, at, office, asked):
    """N27: the department held it 6 of 8 working days, 2 did not count, and was 2 days late."""
    for day, who, step, facts in ((1, "head", "exclude", REVIEW), (3, "reviewer", "include_again", {})):
        with morning(MONDAY + dt.timedelta(days=day)):
            take(at, who, asked, step, **facts)
    with morning(dt.date(2026, 12, 2)):
        number = office.act("reviewer", asked, "report", **office.facts(asked, "report"))
        office.act("department_head", number, "approve_report")
    with morning(dt.date(2026, 12, 3)):
        page = at("officer").get(f"/cases/{asked}/time").text
        table = at("officer").get(f"/cases/{asked}/time.csv")
        assert "部门核查期限超2个工作日" in page and "不计入" in page and "专家评审通知〔2026〕3号" in page
        rows = [line.split(",") for line in table.get_data().decode("utf-8-sig").splitlines()]
        held = {row[0].split(" · ")[-1]: row[1:] for row in rows[1:]}
        assert held["部门核查人"] == ["5", "部门核查期限超2日", "2"] and held["不计入期限：专家评审"][0] == "2"
        assert held["信用办经办"][0] == "1" and rows[-1][1] == "8" and rows[-1][3] == "6"
        for who, status in (("applicant", 404), ("reviewer", 200), ("auditor", 200)):
            assert at(who).get(f"/cases/{asked}/time").status_code == status
        assert at("leader").get(f"/cases/{asked}/time?lang=en").status_code == 200


def test_the_view_knows_the_runs(app, office, asked):
    with app.app_context(), read_only():
        view = casefile.view_of(casefile.row_of(asked), MONDAY)
        assert {run.limit.name for run in view.runs if run.running} == {"O-T5", "O-TOTAL"}
