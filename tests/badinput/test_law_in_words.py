"""What the law refuses, over HTTP: the sentence and its article, nothing typed lost, nothing done by halves."""

import contextlib
import datetime as dt
import re
import secrets
from collections.abc import Iterator
from typing import Any

import pytest

from services import casefile, clock
from services.transactions import read_only
from tests.matrix.browsers import everything
from tests.office_repair import RepairOffice
from tests.stories.conftest import MONDAY, Day, day, on_monday
from tests.stories.repairing import fresh_draft

__all__ = ["day", "on_monday"]
MIDNIGHT = dt.datetime(2026, 12, 7, 16, 0, tzinfo=dt.UTC)  # the ten working days from Monday 23 November end here


@contextlib.contextmanager
def nothing_done(day: Day) -> Iterator[None]:
    """No row more or less anywhere, and no case moved."""
    before = everything(day.office.app)
    yield
    after = everything(day.office.app)
    assert [] == [name for name in before if before[name] != after[name]]


def posts(day: Day, who: str, address: str, status: int = 422, **said: Any) -> str:
    """Post a form; what the answering page says. Its own hidden fields are those of the page there."""
    kept = hidden(day, address)
    page = day.browser(who).get(address)
    if page.status_code == 200:
        shown = day.opens(who, address)
        kept = next((form.values for form in shown.forms if said and set(said) <= {*form.values, *form.options}), kept)
    answer = day.browser(who).post(address, data={**kept, **said})
    assert status == answer.status_code, re.sub(r"<[^>]+>|\s+", " ", answer.get_data(as_text=True))[-1500:]
    return str(answer.get_data(as_text=True))


def hidden(day: Day, address: str) -> dict[str, Any]:
    """What a step's form would carry, for somebody to whom the page gives none."""
    number = address.split("/")[2]
    if not address.startswith("/cases/"):
        return {}
    with day.office.app.app_context(), read_only():
        version = str(casefile.row_of(number)["version"])
    return {"version": version, "key": secrets.token_urlsafe(16), "no_interest": "y"}


def chooses(day: Day, who: str, public_id: str, status: int = 422) -> str:
    """Put a record into a fresh repair draft by a forged form; what the page says."""
    tasks = fresh_draft(day, who)
    token = next(form.values["csrf_token"] for form in day.opens(who, f"{tasks}/contact").forms
                 if "csrf_token" in form.values)  # fmt: skip
    with nothing_done(day):
        answer = day.browser(who).post(f"{tasks}/records", data={"csrf_token": token, "record": public_id})
    assert status == answer.status_code
    return str(answer.get_data(as_text=True))


@pytest.fixture
def repair(day: Day) -> RepairOffice:
    return RepairOffice(day.office)


def test_a_filing_before_the_earliest_date(day: Day, repair: RepairOffice) -> None:
    said = chooses(day, "applicant", repair.penalty(decided=dt.date(2026, 10, 1))[1])
    assert "自2027-01-02起可以申请" in said and "信用修复管理办法" in said and "第36号" in said


def test_a_filing_for_anothers_record(day: Day, repair: RepairOffice) -> None:
    """The answer is the same as for a record that does not exist, so nothing is learnt of it."""
    said = chooses(day, "rival", repair.penalty()[1], 404)
    assert "找不到这个页面" in said and "晨光" not in said


def test_a_repair_of_a_record_under_objection(day: Day, repair: RepairOffice) -> None:
    _, public_id = repair.penalty()
    number = day.office.act("applicant", day.office.drafted(record=public_id), "submit")
    day.office.act("clerk", number, "accept")
    assert "正在异议办理中" in chooses(day, "applicant", public_id)


def test_an_objection_filed_twice(day: Day) -> None:
    day.office.act("applicant", day.office.drafted(), "submit")
    again = day.office.drafted()
    with nothing_done(day):
        said = posts(day, "applicant", f"/cases/{again}/submit")
    assert "同一记录同一事由已有在办异议" in said and "不重复受理" in said


def test_a_repair_filed_twice(day: Day, repair: RepairOffice) -> None:
    _, public_id = repair.penalty()
    repair.a_case("submitted", public_id)
    assert "已有在办的修复申请" in chooses(day, "applicant", public_id)


def asked_for_two(day: Day) -> str:
    number = day.office.a_case("submitted")
    day.takes("clerk", number, "request_completion", name_1="营业执照", requirement_1="清晰的照片",
              name_2="授权书", requirement_2="盖章原件")  # fmt: skip
    return number


def test_a_completion_with_half_the_items(day: Day) -> None:
    number = asked_for_two(day)
    with nothing_done(day):
        said = posts(day, "applicant", f"/cases/{number}/supply", answer_1="执照照片见附件。", answer_2="")
    assert "请逐项说明" in said and "执照照片见附件。" in said and "授权书" in said
    assert "awaiting_materials" == day.state(number)


def test_a_step_a_second_after_its_limit(day: Day) -> None:
    """The last second of the last day counts; the first of the next is too late, and says by which limit."""
    late, just = asked_for_two(day), asked_for_two_more(day)
    said = {"answer_1": "执照照片见附件。", "answer_2": "授权书原件已寄出。"}
    day._browsers.clear()
    with clock.standing_at(MIDNIGHT - dt.timedelta(seconds=1)):
        posts(day, "applicant", f"/cases/{just}/supply", 302, **said)
    assert "submitted" == day.state(just)
    day._browsers.clear()
    with clock.standing_at(MIDNIGHT), nothing_done(day):
        shown = posts(day, "applicant", f"/cases/{late}/supply", **said)
    assert "“补正期限”已于2026-12-07届满" in shown and "逾期未补正" in shown
    assert all(words in shown for words in said.values())
    assert "awaiting_materials" == day.state(late)


def asked_for_two_more(day: Day) -> str:
    """A second case, about another record."""
    _, public_id = day.office.a_record(penalty_doc_no="鄂前市监罚〔2026〕8号")
    number = day.office.act("applicant", day.office.drafted(record=public_id), "submit")
    day.takes("clerk", number, "request_completion", name_1="营业执照", name_2="授权书")
    return number


def test_an_extension_asked_a_second_too_late(day: Day) -> None:
    number = day.office.a_case("dept_verifying")  # three working days: until Thursday 26 November
    day._browsers.clear()
    with clock.standing_at(MONDAY.replace(day=26, hour=16)), nothing_done(day):
        said = posts(day, "department_head", f"/cases/{number}/extend", reason="需调取原始档案")
    assert "已逾期，不可再申请延期" in said and "异议办理时限 O-T5" in said and "需调取原始档案" in said


def lends(day: Day, *matters: str, last: str = "2026-11-27") -> None:
    to = str(day.office.staff["second_officer"].id)
    day.sends("leader", f"/delegations/new/LD/{day.office.town.office}", "", to=to, first="2026-11-23", last=last,
              ground="授权委托书", matters=[f"objection:{one}" for one in matters])  # fmt: skip


def test_a_delegate_outside_his_dates(day: Day) -> None:
    lends(day, "reject_draft", last="2026-11-23")
    number = day.office.a_case("awaiting_signoff")
    with clock.standing_at(MONDAY + dt.timedelta(hours=15)), nothing_done(day):  # past midnight in Shanghai
        day._browsers.clear()
        said = posts(day, "second_officer", f"/cases/{number}/reject_draft", reason="请补充依据")
    assert "现不在有效期内" in said and "职责分离 P8" in said and "请补充依据" in said


def test_a_delegate_outside_his_matters(day: Day) -> None:
    lends(day, "sign")
    number = day.office.a_case("awaiting_signoff")
    with nothing_done(day):
        said = posts(day, "second_officer", f"/cases/{number}/reject_draft", reason="请补充依据")
    assert "不含本案的“退回修改”" in said and "职责分离 P8" in said and "请补充依据" in said


def drafted_rules(day: Day) -> str:
    """A draft of the objection's rules, begun by the head; its address."""
    options = dict((label.strip(), value) for value, label in day.opens("head", "/rules/drafts").choices("pack"))
    pack = next(value for label, value in options.items() if "异议" in label)
    return str(day.sends("head", "/rules/drafts", "", pack=pack, place="", category="").url)


LIMIT = {"n": "4", "unit": "WD", "source": "鄂前旗信用信息异议办理细则", "article": "第三条"}


@pytest.mark.parametrize(("change", "why"), [
    ({"n": "-3"}, "0至3660"), ({"n": "0"}, "应为正整数"), ({"source": ""}, "请写明所依据的规定"),
])  # fmt: skip
def test_rules_with_a_negative_day_or_without_a_source(day: Day, change: dict[str, str], why: str) -> None:
    draft = drafted_rules(day)
    with nothing_done(day):
        said = posts(day, "head", f"{draft}/limits/O-T5", **(LIMIT | change))
    assert why in said and "第三条" in said


def test_rules_whose_dates_overlap(day: Day) -> None:
    draft = drafted_rules(day)
    in_force = day.browser("head").post(f"{draft}/day", data={"valid_from": "2026-12-01"})
    assert 303 == in_force.status_code
    assert 303 == day.browser("head").post(f"{draft}/submit").status_code
    assert 303 == day.browser("leader").post(f"{draft}/approve").status_code
    second = drafted_rules(day)
    with nothing_done(day):
        said = posts(day, "head", f"{second}/day", valid_from="2026-11-25")
        past = posts(day, "head", f"{second}/day", valid_from="2026-11-20")
    assert "同一范围已有自2026-12-01起施行的版本，日期重叠" in said and "2026-11-25" in said
    assert "早于今天" in past


@pytest.mark.parametrize(("table", "why"), [
    ("2027-01-01,放假\n2027-01-01,上班", "重复出现"), ("2027-02-30,放假", "不是日期"),
])  # fmt: skip
def test_a_calendar_with_a_doubled_or_impossible_day(day: Day, table: str, why: str) -> None:
    with nothing_done(day):
        said = posts(day, "administrator", "/admin/calendar/2027/preview", table=table, source="国务院办公厅通知")
        forced = posts(day, "administrator", "/admin/calendar/2027", table=table, source="国务院办公厅通知")
    assert why in said and why in forced and table.splitlines()[0] in said
