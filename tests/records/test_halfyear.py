"""The half-yearly report: tasks, reminders, zero report, frozen figures, four hands, and the compiled D28."""

import datetime as dt

import pytest
from sqlalchemy import func, select, update

from models.base import SHANGHAI, db
from models.checking import Slip
from models.decision import DecisionItem
from models.organisation import Org
from models.outbox import Notice
from models.record import Receipt
from models.reporting import ReportRound, ReportTask
from services import clock, halfyear, halfyearfigures, halfyearsummary, jobs
from services.clock import standing_at
from services.transactions import read_only, writing
from tests.banner import NOW, Banner
from tests.office import Office
from tests.office_repair import RepairOffice

AFTER = dt.datetime(2027, 1, 4, 2, tzinfo=dt.UTC)
WORDS = {"work": "开展信用核查。", "problems": "无", "plans": "继续推进。"}
MARKET = "11150623116000109L"


@pytest.fixture
def banner(make_app):
    with standing_at(NOW):
        made = Banner(make_app(demo=True))
        tick(made)
        yield made


def tick(banner):
    with banner.app.app_context():
        return halfyear.tick(clock.now())


def task_of(banner, code=MARKET):
    return banner.all(select(ReportTask.id).join(Org, Org.id == ReportTask.org_id).where(Org.code == code))[0][0]


def state(banner, task):
    return banner.all(select(ReportTask.state).where(ReportTask.id == task))[0][0]


def checked(banner):
    org = banner.all(select(Org.id).where(Org.code == MARKET))[0][0]
    told = {"codes": "91150623L3NT5GD65N", "org": str(org), "purpose": "S27-3", "asking_unit": "窗口", "matter": "许可",
            "promise": "y"}  # fmt: skip
    return banner.browser("market.dr1").post("/lookup", data=told, content_type="multipart/form-data")


def test_periods_and_due_days():
    told = [(one.code, one.first, one.last, one.due) for one in map(halfyear.period_of, (
        dt.date(2026, 5, 31), dt.date(2026, 6, 1), dt.date(2026, 12, 31)))]  # fmt: skip
    assert told[0] == ("2026H1", dt.date(2026, 1, 1), dt.date(2026, 5, 31), dt.date(2026, 6, 5))
    assert told[1] == told[2] == ("2026H2", dt.date(2026, 6, 1), dt.date(2026, 12, 31), dt.date(2027, 1, 5))


def test_each_unit_has_one_task_and_is_reminded_until_it_reports(banner):
    units = banner.all(select(func.count()).select_from(Org).where(
        Org.kind.in_(halfyear.UNITS), Org.valid_to.is_(None)))[0][0]  # fmt: skip
    assert units == banner.all(select(func.count()).select_from(ReportTask))[0][0] > 5
    assert 0 == tick(banner) and [("2026H2",)] == banner.all(select(ReportRound.code))
    told = []
    for month, day in ((12, 20), (12, 21), (12, 22), (12, 31), (1, 1), (1, 5), (1, 6), (1, 7)):
        with standing_at(dt.datetime(2027 if month == 1 else 2026, month, day, 2, tzinfo=dt.UTC)):
            told.append(tick(banner))
    assert told == [0, units, 0, units, 0, units, units, units]
    late = select(func.count()).select_from(Notice).where(Notice.zh.contains("现已逾期"))
    assert banner.all(late)[0][0] == 2 * 2 * units
    assert banner.all(select(ReportRound.code).order_by(ReportRound.id)) == [("2026H2",), ("2027H1",)]


def test_written_by_one_signed_by_another_and_frozen_at_the_cut_off(banner):
    checked(banner)
    task = task_of(banner)
    writer = banner.browser("market.dr1")
    assert 422 == writer.post(f"/half-year/tasks/{task}", data={**WORDS, "zero": "y"}).status_code
    assert 422 == writer.post(f"/half-year/tasks/{task}", data={**WORDS, "work": ""}).status_code
    assert 303 == writer.post(f"/half-year/tasks/{task}", data=WORDS).status_code
    assert 403 == writer.post(f"/half-year/tasks/{task}/submit").status_code
    assert 404 == banner.browser("land.dr1").get(f"/half-year/tasks/{task}").status_code
    with standing_at(AFTER):
        checked(banner)  # recorded after the cut-off: it belongs to the next half
        assert 303 == banner.browser("market.dh1").post(f"/half-year/tasks/{task}/submit").status_code
    figures = banner.all(select(ReportTask.figures).where(ReportTask.id == task))[0][0]
    assert (1, 1, 0) == (figures["checks"], figures["administration"], figures["matters"]) and figures["imported"] > 0
    assert 2 == banner.all(select(func.count()).select_from(Receipt))[0][0]
    assert 422 == writer.post(f"/half-year/tasks/{task}", data=WORDS).status_code


def test_a_signature_that_is_refused_leaves_nothing_behind(banner):
    task = task_of(banner)
    drafted = {"state": "drafted", "zero": True, "drafted_by": banner.ids["market.dr1"]}
    with banner.app.app_context(), writing():
        db.session.execute(update(ReportTask).where(ReportTask.id == task).values(drafted))
    answer = banner.browser("market.dh1").post(f"/half-year/tasks/{task}/submit")
    assert 303 == answer.status_code
    kept = select(ReportTask.state, ReportTask.figures, ReportTask.figures_at).where(ReportTask.id == task)
    assert [("drafted", {}, None)] == banner.all(kept)


def test_a_head_who_wrote_it_does_not_sign_it(banner):
    task = task_of(banner)
    head = banner.browser("market.dh1")
    head.post(f"/half-year/tasks/{task}", data=WORDS)
    head.post(f"/half-year/tasks/{task}/submit")
    assert "drafted" == state(banner, task)


def test_a_unit_without_figures_says_so_expressly(banner):
    start = dt.datetime(2026, 6, 1, tzinfo=SHANGHAI)
    with banner.app.app_context(), read_only():
        empty = [one for one in db.session.execute(select(ReportTask)).scalars()
                 if not any(halfyearfigures.of([one.org_id], start, AFTER).values())]  # fmt: skip
        task, org = empty[0].id, empty[0].org_id
        people = [name for name, number in banner.ids.items()
                  if org in {hat.org_id for hat in banner.person(name).hats}
                  and name.endswith(("dr1", "dh1"))]  # fmt: skip
    if people:
        writer = banner.browser(people[0])
        assert 422 == writer.post(f"/half-year/tasks/{task}", data=WORDS).status_code
        assert 303 == writer.post(f"/half-year/tasks/{task}", data={**WORDS, "zero": "y"}).status_code
    assert empty


def test_compiled_approved_and_signed_by_three_and_issued(banner):
    checked(banner)
    task, there = task_of(banner), "/half-year/2026H2"
    banner.browser("market.dr1").post(f"/half-year/tasks/{task}", data=WORDS)
    banner.browser("market.dh1").post(f"/half-year/tasks/{task}/submit")
    banner.browser("officer1").post(f"{there}/compiled", data=WORDS)
    assert [("open",)] == banner.all(select(ReportRound.state))  # the period is not over
    with standing_at(AFTER):
        officer, head, leader = (banner.browser(one) for one in ("officer1", "head1", "leader1"))
        assert 422 == officer.post(f"{there}/compiled", data={**WORDS, "plans": ""}).status_code
        officer.post(f"{there}/compiled", data=WORDS)
        leader.post(f"{there}/sign")
        assert [("compiled",)] == banner.all(select(ReportRound.state))
        head.post(f"{there}/back", data={"why": "数据需核实"})
        assert [("open", "数据需核实")] == banner.all(select(ReportRound.state, ReportRound.remark))
        officer.post(f"{there}/compiled", data=WORDS)
        head.post(f"{there}/approve")
        assert 303 == leader.post(f"{there}/sign").status_code
        with banner.app.app_context():
            while jobs.run_one(clock.now()):
                pass
        (data, code), = banner.all(select(Slip.data, Slip.verify_code).where(Slip.paper == "D28"))
        assert leader.get(f"/slips/{code}.pdf").data.startswith(b"%PDF")
        assert "半年进展报告" in banner.browser().get(f"/verify/{code}").get_data(as_text=True)
        assert data["units"] and "未按期报送的单位" in data["missing"]
        assert data["cutoff_at"].startswith("2026-12-31T16:00")
        assert halfyearsummary.STATES["signed"].zh in officer.get(there).get_data(as_text=True)


def test_a_repair_is_counted_as_no_objection(make_app):
    with standing_at(NOW):
        repair = RepairOffice(Office.opened(make_app()))
        repair.a_case("syncing")
        with repair.office.app.app_context(), read_only():
            decided = db.session.execute(select(func.count()).where(DecisionItem.upheld)).scalar_one()
            told = halfyearfigures.of([repair.office.town.other_department], NOW - dt.timedelta(days=9), AFTER)
    assert (1, 0, 0, 1) == (decided, told["objections"], told["upheld"], told["corrections"])
