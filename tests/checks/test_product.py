"""What the product itself writes is clean: cases taken through the door on many ways, and imported records."""

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import select

from checks.book import opened
from checks.everything import look
from models.base import db
from models.organisation import Org, OrgKind
from models.record import ImportRow
from services import clock, deadlines, delivery, importing, jobs, letters, sealer
from services.transactions import read_only
from tests.checks.test_planted import faults
from tests.office import Office
from workflow.words import Ground

UNTRIED = {"what was removed is seen on no public surface",
           "what is suspended, resumed, withdrawn or restricted rests on a decision or an order"}  # nothing such here
WORKERS = (delivery, letters)  # importing them makes their jobs known
DATA = Path(__file__).parents[1] / "data"
MONDAY = dt.datetime(2026, 11, 23, 2, tzinfo=dt.UTC)


@pytest.fixture
def office(app):
    """A small banner on a Monday morning."""
    with clock.standing_at(MONDAY):
        yield Office.opened(app)


def checked(office):
    """What the check finds once the background work is done and everything sealed."""
    settings = office.app.config["SETTINGS"]
    with office.app.app_context():
        assert jobs.run_all(clock.now()) >= 0
        sealer.seal(clock.now())
        sealer.anchor(clock.now())
    with opened(settings) as book:
        book.now = clock.now()
        return look(book)


LIKE = {"self_check_done": "report"}  # its form asks for the same


def walk(office, number, *steps):
    """Steps of a case as (who, step, facts); its number."""
    for who, step, facts in steps:
        said = {**office.facts(number, LIKE.get(step, step)), **facts}
        if "result" in said:
            points = office.facts(number, "propose")["results"]
            said["results"] = {item: {"result": said["result"], "value": "", "note": "已核"} for item in points}
            del said["result"]
        number = office.act(who, number, step, **said)
    return number


def _load(office, kind, path):
    with office.app.app_context():
        batch = importing.stage(kind, path.name, path, None, None, MONDAY.date(), clock.now())
        with read_only():
            rows = db.session.execute(select(ImportRow.payload).where(ImportRow.batch_id == batch)).scalars()
            named = {row.get(f"{role}_name", "") for row in rows for role in ("authority", "source_dept")}
            known = set(db.session.execute(select(Org.name)).scalars())
        for name in sorted(named - known - {""}):
            office.people.org(OrgKind.DEPARTMENT, name)
        importing.load(batch, clock.now(), lambda _: None)


def later(days, hours=1):
    """Some days and hours after that Monday."""
    return clock.standing_at(MONDAY + dt.timedelta(days=days, hours=hours))


def test_a_case_carried_through_leaves_clean_data(office):
    """Signed, carried out, sealed, and served on a day before that is registered."""
    number = office.a_case(at="executed")
    with later(2):
        walk(office, number, ("clerk", "seal", {}), ("clerk", "serve", {"served_on": "2026-11-24"}))
        outcomes = checked(office)
    assert [] == faults(outcomes)
    idle = {one.title.en for one in outcomes if not one.tried and one.code in ("I1", "I2", "I9", "I14")}
    assert idle == UNTRIED


EXTENDED = (
    ("clerk", "request_completion", {"missing": [{"name": "营业执照", "requirement": "加盖公章"}]}),
    ("clerk", "extend_completion", {"reason": "申请人在外地"}),
    ("applicant", "supply", {"answers": ["已补齐"]}),
    ("clerk", "accept", {}),
    ("officer", "dispatch", {}),
    ("department_head", "extend", {"reason": "须现场核查"}),
)
SUSPENDED = (*EXTENDED[3:5], ("head", "suspend", {"hold_ground": "litigation", "evidence": "受理案件通知书",
                                                "until": "2099-12-31"}))  # fmt: skip
REFUSED = (
    ("clerk", "propose_refusal", {"refusal_ground": "court", "reason": "属人民法院信息"}),
    ("head", "approve_refusal", {}),
)
SENT_BACK = (
    *EXTENDED[3:5],
    ("reviewer", "return_misrouted", {"reason": "非本单位"}),
    ("officer", "dispatch", {}),
    ("reviewer", "report", {}),
    ("department_head", "return_report", {"reason": "缺依据"}),
    ("reviewer", "report", {}),
    ("department_head", "approve_report", {}),
    ("head", "send_back", {"reason": "再核"}),
)
WITHDRAWN = (*SENT_BACK, ("applicant", "withdraw", {"reason": "已与部门沟通"}))
SIGNED = (("leader", "sign", {}), ("clerk", "seal", {}), ("clerk", "serve", {}))
UNCONFIRMED = (
    *EXTENDED[3:5],
    ("reviewer", "report", {}),
    ("department_head", "approve_report", {}),
    ("officer", "propose", {"result": "O10_unverifiable"}),
    ("head", "return_draft", {"reason": "说理不足"}),
    ("officer", "propose", {"result": "O10_unverifiable"}),
    ("head", "send_to_legal", {}),
    ("lawyer", "legal_object", {"reason": "依据不明"}),
    ("officer", "propose", {"result": "O10_unverifiable"}),
    ("head", "send_to_legal", {}),
    ("lawyer", "legal_pass", {}),
    *SIGNED,
)
DELETED = (
    *EXTENDED[3:4],
    ("officer", "self_check_done", {}),
    ("second_officer", "propose", {"result": "O2_delete"}),
    ("head", "endorse", {}),
    ("leader", "reject_draft", {"reason": "请复核"}),
    ("officer", "propose", {"result": "O2_delete"}),
    ("head", "endorse", {}),
    *SIGNED,
)
REVOKED = (
    *EXTENDED[3:5],
    (
        "reviewer",
        "source_revoked",
        {"result": "O8_source_revoked", "evidence": "撤销决定", "facts_found": "原处罚已撤销。"},
    ),
    *SIGNED,
)
RESUMED = (*SUSPENDED, ("head", "resume", {}), ("reviewer", "report", {}))
OTHER_WAYS = {"unconfirmed": UNCONFIRMED, "deleted": DELETED, "revoked": REVOKED, "resumed": RESUMED,
              "extended": EXTENDED, "suspended": SUSPENDED, "refused": REFUSED,
              "sent back": SENT_BACK, "withdrawn": WITHDRAWN}  # fmt: skip


@pytest.mark.parametrize("way", OTHER_WAYS.values(), ids=OTHER_WAYS)
def test_other_ways_leave_clean_data(office, way):
    number = office.act("applicant", office.drafted(), "submit")
    for hours, one in enumerate(way, 2):
        with later(hours // 3, hours):
            walk(office, number, one)
    with later(3, 12):
        assert [] == faults(checked(office))


def test_what_the_clock_does_leaves_clean_data(office):
    """Acceptance deemed after two working days, and a filing that nobody completed."""
    office.act("applicant", office.drafted(), "submit")
    number = office.act("applicant", office.drafted(ground=Ground.G02), "submit")
    walk(office, number, EXTENDED[0])
    for days in (4, 20):
        with later(days), office.app.app_context():
            assert 1 == deadlines.tick(clock.now())
    with later(20):
        assert [] == faults(checked(office))


def test_imported_records_are_clean(office):
    """The sample files, loaded twice."""
    for kind, name in (("penalties", "penalties.csv"), ("permits", "permits.csv")):
        for _ in range(2):
            _load(office, kind, DATA / name)
    outcomes = checked(office)
    assert [] == faults(outcomes)
    assert max(one.tried for one in outcomes if one.code == "I14") > 20
