"""The publication life-cycle, row by row of domain.md §9.4, typed by hand; and its orders over HTTP, role by role."""

import datetime as dt
import io

import pytest
from sqlalchemy import select, text

from models.base import db
from models.record import CreditRecord, RecordEvent, RecordVersion
from models.recordlife import RecordOrder
from services import clock, expiry, jobs, publication
from services.transactions import read_only, writing
from tests.office import Office
from tests.services.samples import PDF
from tests.stories.conftest import MONDAY, Day, faults
from workflow.actor import SYSTEM
from workflow.engine import RECORD_ENGINE, Refused
from workflow.publication import PUBLICATION
from workflow.view import CaseView

# from, trigger, to: the rows of §9.4 (marks are derived, product.md §9.2; publish splits by scope)
ROWS = """
imported       validate_ok       staged
imported       validate_fail     rejected
staged         publish           published
staged         keep_internal     internal_only
published      suspend_by_order  suspended
suspended      resume            published
published      correct           published
published      stop              archived
published      withdraw          withdrawn
internal_only  withdraw          withdrawn
archived       reinstate         published
published      delete_soft       deleted
internal_only  delete_soft       deleted
suspended      delete_soft       deleted
archived       delete_soft       deleted
"""
# what §9.4 does not list, each with the ruling behind it
MORE = """
staged         archive_overage   archived
internal_only  correct           internal_only
suspended      correct           suspended
archived       correct           archived
published      restrict          internal_only
suspended      restrict          internal_only
internal_only  stop              archived
suspended      stop              archived
suspended      withdraw          withdrawn
archived       withdraw          withdrawn
internal_only  restore           published
archived       restore           published
withdrawn      restore           published
deleted        restore           published
archived       restore_internal  internal_only
withdrawn      restore_internal  internal_only
deleted        restore_internal  internal_only
"""


def rows(table):
    return {tuple(line.split()) for line in table.strip().splitlines()}


ALLOWED = rows(ROWS) | rows(MORE)


def view(state):
    return CaseView("record", state, None, 0, dt.date(2026, 11, 23))


@pytest.mark.parametrize("state", [state.name for state in PUBLICATION.states])
def test_every_pair_of_state_and_step_is_allowed_or_refused_as_typed(state):
    for step in PUBLICATION.steps:
        wanted = [to for source, name, to in ALLOWED if (source, name) == (state, step.name)]
        if wanted:
            assert wanted == [RECORD_ENGINE.move(view(state), step.name, SYSTEM, {})[1]]
        else:
            with pytest.raises(Refused):
                RECORD_ENGINE.move(view(state), step.name, SYSTEM, {})


# --- orders: who may propose, approve, carry out (§9.5: DR creates, DH approves, PUB executes; office: CO, COH, PUB)

EVERYBODY = ("reviewer", "department_head", "stranger_reviewer", "clerk", "officer", "second_officer", "head", "lawyer",
             "leader", "publisher", "administrator", "applicant")  # fmt: skip
MAY = {  # step: (who proposes, who approves, from, to, shown in public afterwards)
    "suspend_by_order": ("officer", "head", "published", "suspended", 404),
    "withdraw": ("reviewer", "department_head", "published", "withdrawn", 404),
    "restrict": ("reviewer", "department_head", "published", "internal_only", 404),
    "correct": ("reviewer", "department_head", "published", "published", 200),
}
FORMS = {"organ": "鄂前旗人民法院", "doc_no": "（2026）内0623行审1号", "doc_date": "2026-11-20", "reason": "依文书办理"}


@pytest.fixture
def day(app, client_for):
    with clock.standing_at(MONDAY):
        told = Day(Office.opened(app), client_for)
        yield told
        assert [] == faults(told.office)


def one(day, query):
    with day.office.app.app_context(), read_only():
        return db.session.execute(query).scalars().one()


def state(day):
    return one(day, select(CreditRecord.publication_state).where(CreditRecord.id == day.office.record_id))


def propose(day, who, step, status=303, scan=True, **changes):
    """Send the form as `who`; the address of the order."""
    page = "source" if step == "correct" else "new"
    address = f"/desk/record-orders/{page}/{day.office.public_id}"
    said = {**FORMS, "step": step, **changes}
    if step == "correct":
        said |= {"field": "fine_wan", "value": "1.5", "since": "2026-05-06", **changes}
    if scan:
        said["scan"] = (io.BytesIO(PDF), "裁定书.pdf")
    answer = day.browser(who).post(address, data=said, content_type="multipart/form-data")
    assert status == answer.status_code, answer.get_data(as_text=True)[-2000:]
    return answer.location or ""


def act(day, who, order, step, **said):
    return day.browser(who).post(f"{order}/{step}", data=said).status_code


def refused_to_all_but(day, order, step, allowed):
    """Everybody else tries; not a row moves."""
    for who in EVERYBODY:
        if who not in allowed:
            assert act(day, who, order, step) in (403, 404, 422), (who, step)


@pytest.mark.parametrize("step", MAY)
def test_an_order_takes_three_people_and_nobody_else(day, step):
    proposer, approver, source, target, status = MAY[step]
    assert source == state(day)
    for who in EVERYBODY:
        if who not in (proposer, "officer", "second_officer", "reviewer"):
            propose(day, who, step, {True: 403, False: 404}[who not in ("stranger_reviewer",)])
    order = propose(day, proposer, step)
    refused_to_all_but(day, order, "approve", (approver,))
    refused_to_all_but(day, order, "carry_out", ())
    assert 303 == act(day, approver, order, "approve")
    refused_to_all_but(day, order, "carry_out", ("publisher",))
    assert source == state(day)
    assert 303 == act(day, "publisher", order, "carry_out")
    assert target == state(day)
    assert status == day.browser("rival").get(f"/records/{day.office.public_id}").status_code
    page = day.opens("publisher", order)
    assert "已执行" in page.text and "依文书办理" in page.text


def test_an_order_needs_its_act_and_its_scan(day):
    propose(day, "officer", "suspend_by_order", 422, scan=False)
    propose(day, "officer", "suspend_by_order", 422, doc_no="")
    propose(day, "officer", "suspend_by_order", 422, doc_date="2026-12-24")
    propose(day, "officer", "suspend_by_order", 422, reason=" ")
    propose(day, "officer", "resume", 422)
    propose(day, "officer", "stop", 422)
    propose(day, "reviewer", "correct", 422, value="不是数字")
    propose(day, "reviewer", "correct", 422, value="2")
    propose(day, "officer", "suspend_by_order")
    propose(day, "officer", "suspend_by_order", 422)


def test_suspended_and_resumed_and_what_goes_back(day):
    for step, after in (("suspend_by_order", "suspended"), ("resume", "published")):
        order = propose(day, "officer", step)
        assert 422 == act(day, "head", order, "send_back", remark="")
        assert 303 == act(day, "head", order, "send_back", remark="缺裁定书第二页")
        assert "缺裁定书第二页" in day.opens("officer", order).text
        order = propose(day, "officer", step)
        assert 303 == act(day, "officer", order, "drop")
        order = propose(day, "officer", step)
        assert [303, 303] == [act(day, who, order, how) for who, how in (("head", "approve"),
                                                                        ("publisher", "carry_out"))]  # fmt: skip
        assert after == state(day)


def test_a_withdrawal_is_due_in_three_working_days_and_never_comes_back(day):
    order = propose(day, "reviewer", "withdraw")
    due = one(day, select(RecordOrder.due_on))
    assert dt.date(2026, 11, 25) == due  # Friday 20 November, and three working days
    for who, step in (("department_head", "approve"), ("publisher", "carry_out")):
        assert 303 == act(day, who, order, step)
    with day.office.app.app_context(), read_only():
        blocks = db.session.execute(text("SELECT order_id, decision_id FROM fingerprint_block")).all()
    assert [(1, None)] == [tuple(row) for row in blocks]


def test_a_correction_by_the_source_reaches_back_and_says_why(day):
    order = propose(day, "reviewer", "correct")
    for who, step in (("department_head", "approve"), ("publisher", "carry_out")):
        assert 303 == act(day, who, order, step)
    second = RecordVersion.version == 2
    said = [one(day, select(column).where(second)) for column in (RecordVersion.payload, RecordVersion.kind,
                                                                  RecordVersion.valid_from)]  # fmt: skip
    assert ["1.5", "source_correction", dt.date(2026, 5, 6)] == [said[0]["fine_wan"], *said[1:]]
    page = day.opens("officer", f"/desk/records/{day.office.public_id}/times?valid=2026-06-01&known=2026-11-23").text
    assert "来源更正 · 鄂前旗人民法院（2026）内0623行审1号，依文书办理" in page
    before = day.opens("officer", f"/desk/records/{day.office.public_id}/times?valid=2026-06-01&known=2026-11-22")
    assert "当时没有这条记录" in before.text  # the record itself came on Monday


def test_while_a_case_is_open_the_case_is_the_place(day):
    day.office.act("applicant", day.office.drafted(), "submit")
    for step in ("withdraw", "restrict", "correct"):
        propose(day, "reviewer", step, 422)
    propose(day, "officer", "suspend_by_order")


def test_an_order_on_a_changed_record_goes_back(day):
    order = propose(day, "reviewer", "restrict")
    assert 303 == act(day, "department_head", order, "approve")
    day.office.source_sends(fine_wan="3")
    assert 422 == act(day, "publisher", order, "carry_out")
    assert 303 == act(day, "publisher", order, "send_back", remark="记录已更新")


def test_the_walls_stand_in_the_database_itself(day):
    order = propose(day, "officer", "suspend_by_order").rpartition("/")[2]
    wrong = ("UPDATE record_order SET state = 'carried_out', last_step = 'carry_out', carried_by = 1",
             "UPDATE record_order SET reason = '改写' WHERE id = {n}",
             "DELETE FROM record_order WHERE id = {n}",
             "UPDATE record_order SET state = 'approved', last_step = 'approve',"
             " approved_by = proposed_by")  # fmt: skip
    for statement in wrong:
        with day.office.app.app_context(), pytest.raises(Exception, match="wall|CHECK|check"), writing():
            db.session.execute(text(statement.format(n=order)))
    with day.office.app.app_context(), pytest.raises(Exception, match="wall"), writing():
        publication.move(publication.record_row(day.office.record_id), "suspend_by_order", SYSTEM, clock.now())


def test_the_end_comes_by_the_clock_for_a_suspended_record_too(day):
    order = propose(day, "officer", "suspend_by_order")
    for who, step in (("head", "approve"), ("publisher", "carry_out")):
        assert 303 == act(day, who, order, step)
    later = MONDAY + dt.timedelta(days=200)
    with day.office.app.app_context(), clock.standing_at(later):
        assert 1 == expiry.tick(later)
        jobs.run_all(later + dt.timedelta(minutes=1))
    steps = ("validate_ok", "publish", "suspend_by_order", "stop")
    with day.office.app.app_context(), read_only():
        assert list(steps) == list(db.session.execute(select(RecordEvent.step).order_by(RecordEvent.id)).scalars())
