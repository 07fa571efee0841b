"""A year's notice: read in any office encoding, looked at first, refused when impossible, and then counted with."""

import datetime as dt
import io

import pytest
from sqlalchemy import select, update

from models.base import db
from models.case import Assignment, Case, ClockEvent
from models.outbox import Notice
from models.rules import CalendarYear
from services import calendars, clock, jobs, recount, rules
from services.transactions import writing

YEAR = 2027
NOTICE = "日期,安排\n2027-01-01,放假\n2027-02-05,放假\n2027-02-08,放假\n2027-02-20,上班\n"
WORKER = recount  # importing it makes its jobs known
SOURCE = {"source": "国办发明电〔2026〕9号"}


@pytest.fixture
def admin(at):
    return at("administrator")


def test_years_say_whether_they_are_official(admin):
    page = admin.get("/admin/calendar").text
    assert "2026" in page and "正式" in page and "暂定" in page
    assert admin.get("/admin/calendar/2026").status_code == 200
    assert admin.get(f"/admin/calendar/{YEAR}?lang=en").status_code == 200
    for wrong in (1999, 2999, 10**17):
        assert admin.get(f"/admin/calendar/{wrong}").status_code == 404


def test_a_notice_is_looked_at_before_it_counts(app, admin, stored):
    preview = admin.post(f"/admin/calendar/{YEAR}/preview", data=SOURCE | {"table": NOTICE})
    assert preview.status_code == 200 and "放假 3 天" in preview.text and "2027-02-20 周六" in preview.text
    assert stored(select(CalendarYear.year)) == []
    kept = preview.text.split('name="table"')[1].split('value="')[1].split('"')[0]
    assert admin.post(f"/admin/calendar/{YEAR}", data=SOURCE | {"table": kept}).status_code == 303
    with app.app_context():
        calendar = rules.calendar()
        assert not calendar.is_working(dt.date(2027, 2, 5)) and calendar.is_working(dt.date(2027, 2, 20))
        assert not calendar.provisional(dt.date(2027, 2, 5))
    assert "国办发明电〔2026〕9号" in admin.get(f"/admin/calendar/{YEAR}").text


def test_the_head_of_the_office_loads_and_the_auditor_reads(at, stored):
    head, auditor = at("head"), at("auditor")
    assert "载入或更正" in head.get(f"/admin/calendar/{YEAR}").text
    assert "载入或更正" not in auditor.get(f"/admin/calendar/{YEAR}").text
    assert auditor.get("/admin/calendar").status_code == 200
    assert head.post(f"/admin/calendar/{YEAR}", data=SOURCE | {"table": NOTICE}).status_code == 303
    assert stored(select(CalendarYear.year)) == [(YEAR,)]


def test_a_file_in_the_encoding_of_the_office_is_read(admin):
    sent = {**SOURCE, "table": "", "file": (io.BytesIO(NOTICE.encode("gb18030")), "2027.csv")}
    page = admin.post(f"/admin/calendar/{YEAR}/preview", data=sent, content_type="multipart/form-data")
    assert page.status_code == 200 and "调休上班 1 天" in page.text


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ("2027-01-01,放假\n2027-01-01,上班", "重复出现"),
        ("2027-02-30,放假", "不是日期"),
        ("2027-02-05,也许", "应为“放假”或“上班”"),
        ("2027-02-05", "每行两列"),
        ("2027-02-05,放假\n2027-02-04,上班", "不是周末"),
        ("2026-05-01,放假", "不在2027年的通知范围内"),
        ("2027-02-20,上班", "没有放假日"),
        ("", "没有可读取的内容"),
    ],
)
def test_impossible_notices_are_refused(table, why, admin, stored):
    refused = admin.post(f"/admin/calendar/{YEAR}/preview", data=SOURCE | {"table": table})
    assert refused.status_code == 422 and why in refused.text
    assert admin.post(f"/admin/calendar/{YEAR}", data=SOURCE | {"table": table}).status_code == 422
    assert stored(select(CalendarYear.year)) == []


def test_a_notice_without_its_source_is_refused(admin):
    assert admin.post(f"/admin/calendar/{YEAR}/preview", data={"source": "", "table": NOTICE}).status_code == 422
    assert admin.post(f"/admin/calendar/{YEAR}", data={"source": "", "table": NOTICE}).status_code == 422


def due(stored, number):
    return stored(select(Case.due_on).where(Case.number == number))[0][0]


def ledger(stored, number, act="recompute"):
    found = select(ClockEvent.limit, ClockEvent.due_on, ClockEvent.provisional, ClockEvent.event_id)
    return stored(found.join(Case).where(Case.number == number, ClockEvent.act == act).order_by(ClockEvent.limit))


def told(stored, number, words):
    return stored(select(Notice.id).join(Case).where(Case.number == number, Notice.zh.contains(words)))


def test_exactly_the_cases_that_counted_provisional_days_change(app, office, at, stored):
    """F5: golden. One case ends within 2026, one counts 2027 and keeps its day, one counts 2027 and moves."""
    with clock.standing_at(dt.datetime(2026, 12, 22, 2, tzinfo=dt.UTC)):
        rules.forget()
        within = office.a_case("submitted")  # 2 working days: 24 December
    with clock.standing_at(dt.datetime(2027, 1, 26, 2, tzinfo=dt.UTC)):
        rules.forget()
        _, public_id = office.a_record(penalty_doc_no="鄂前市监罚〔2026〕8号")
        keeps = office.act("applicant", office.drafted(record=public_id), "submit")  # 28 January in both
    with clock.standing_at(dt.datetime(2027, 2, 4, 2, tzinfo=dt.UTC)):
        rules.forget()
        _, public_id = office.a_record(penalty_doc_no="鄂前市监罚〔2026〕9号")
        moves = office.act("applicant", office.drafted(record=public_id), "submit")
        for who, step in (("clerk", "accept"), ("officer", "dispatch")):
            moves = office.act(who, moves, step, **office.facts(moves, step))
        before = {number: due(stored, number) for number in (within, keeps, moves)}
        assert before == {within: dt.date(2026, 12, 24), keeps: dt.date(2027, 1, 28), moves: dt.date(2027, 2, 9)}
        assert at("administrator").post(f"/admin/calendar/{YEAR}", data=SOURCE | {"table": NOTICE}).status_code == 303
        with app.app_context():
            jobs.run_all(clock.now())
        assert due(stored, within) == before[within] and not ledger(stored, within)
        assert due(stored, keeps) == before[keeps]
        assert ledger(stored, keeps) == [("O-T2", dt.date(2027, 1, 28), False, None)]
        assert not told(stored, keeps, "放假安排公布")
        assert due(stored, moves) == dt.date(2027, 2, 11)
        assert ledger(stored, moves) == [("O-T5", dt.date(2027, 2, 11), False, None),
                                         ("O-TOTAL", dt.date(2027, 2, 17), False, None)]  # fmt: skip
        assert len(told(stored, moves, "“部门核查期限”由2027-02-09调整为2027-02-11")) == 2  # applicant and reviewer
        assert stored(select(Assignment.due_on))[0][0] == dt.date(2027, 2, 11)


def test_a_later_quiet_round_puts_right_what_was_counted_by_the_former_year(app, office, at, stored):
    with clock.standing_at(dt.datetime(2027, 2, 4, 2, tzinfo=dt.UTC)):
        rules.forget()
        number = office.a_case("dept_verifying")
        at("administrator").post(f"/admin/calendar/{YEAR}", data=SOURCE | {"table": NOTICE})
        with app.app_context():
            jobs.run_all(clock.now())
            with writing():
                db.session.execute(update(Case).where(Case.number == number).values(due_on=dt.date(2027, 2, 9)))
            jobs.run_all(clock.now() + dt.timedelta(seconds=calendars.SETTLED + 1))
        assert due(stored, number) == dt.date(2027, 2, 11)
        assert len(told(stored, number, "放假安排公布")) == 4  # two limits, two readers: told once
