"""The auditor finds every step and every look, sees who looked without a task, and has the chain recomputed."""

import datetime as dt
import time

import pytest
from sqlalchemy import select, text, update

from models.case import CaseEvent
from models.people import AccessEntry
from services import auditing, clock, jobs, sealer


@pytest.fixture
def auditor(at):
    return at("auditor")


def rows_of(page: str) -> int:
    """Lines of the table of a page."""
    return page.count('<th scope="row"')


def test_every_step_is_found_by_what_is_known_of_it(auditor, office):
    number = office.a_case("dept_verifying")
    today = clock.today()
    everything = auditor.get("/audit").text
    assert rows_of(everything) == 3 and number in everything
    for words, lines in [
        (f"number={number}", 3), ("number=YB0", 0), ("role=CO", 1), ("step=accept", 1), ("role=LD", 0),
        (f"person={office.staff['officer'].name}", 1), (f"since={today}", 3), (f"until={today}", 3),
        (f"since={today + dt.timedelta(days=1)}", 0), (f"until={today - dt.timedelta(days=1)}", 0),
    ]:  # fmt: skip
        assert rows_of(auditor.get(f"/audit?{words}").text) == lines, words


@pytest.mark.parametrize("words", ["since=2026-02-30", "role=KING", "step=fly", "number=" + "9" * 100])
def test_a_search_that_means_nothing_is_said(words, auditor, office):
    assert auditor.get(f"/audit?{words}").status_code == 422


def test_steps_go_on_by_cursor(auditor, office, monkeypatch):
    monkeypatch.setattr(auditing, "PAGE", 2)
    office.a_case("dept_verifying")
    first = auditor.get("/audit?role=").text
    following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert rows_of(first) == 2 and rows_of(auditor.get(following).text) == 1


def test_the_auditors_own_search_is_noted(auditor, office, stored):
    auditor.get("/audit?role=CO")
    auditor.get("/audit/access?kind=case")
    noted = stored(select(AccessEntry.target, AccessEntry.purpose, AccessEntry.user_id)
                   .where(AccessEntry.kind == "audit").order_by(AccessEntry.id))  # fmt: skip
    who = office.staff["auditor"].id
    assert noted == [("events", "role=CO", who), ("ledger", "kind=case", who)]


def test_who_looked_without_a_task_stands_out(at, auditor, office):
    number = office.a_case("dept_verifying")
    for who in ("officer", "second_officer", "reviewer", "second_reviewer", "applicant"):
        assert at(who).get(f"/cases/{number}").status_code == 200
    seen = auditor.get(f"/audit/access?kind=case&target={number}").text
    assert rows_of(seen) == 5
    curious = auditor.get(f"/audit/access?no_task=y&target={number}").text
    assert rows_of(curious) == 1 and office.staff["second_officer"].name in curious and "未见任务" in curious


def test_the_ledger_is_searched_by_person_kind_and_day(at, auditor, office):
    number = office.a_case("submitted")
    at("clerk").get(f"/cases/{number}")
    name = office.staff["clerk"].username
    assert rows_of(auditor.get(f"/audit/access?person={name}&kind=case").text) == 1
    assert rows_of(auditor.get(f"/audit/access?person={name}&kind=record").text) == 0
    assert rows_of(auditor.get(f"/audit/access?kind=case&until={clock.today() - dt.timedelta(days=1)}").text) == 0
    assert auditor.get("/audit/access?kind=nothing").status_code == 422
    assert auditor.get("/audit/access?lang=en").status_code == 200


def seal(app):
    """On PostgreSQL a transaction that another test has open on the same server holds a seal up for a while."""
    with app.app_context():
        for _ in range(100):
            if sealer.seal(clock.now()):
                return
            time.sleep(0.1)
    raise AssertionError("nothing was sealed")


def worked(app):
    with app.app_context():
        jobs.run_all(clock.now())


def test_the_chain_is_recomputed_and_holds(app, auditor, office):
    office.a_case("dept_verifying")
    seal(app)
    assert "从未核验" in auditor.get("/audit/chain").text
    assert auditor.post("/audit/chain").status_code == 303
    assert "核验正在进行" in auditor.get("/audit/chain").text
    auditor.post("/audit/chain")
    worked(app)
    page = auditor.get("/audit/chain").text
    assert "全部一致" in page and "共核验 3 个封印" in page


def test_a_changed_event_is_found(app, auditor, office, within):
    office.a_case("dept_verifying")
    seal(app)

    def forge():
        wall = "DROP TRIGGER wall_case_event_never_update"
        after = " ON case_event" if jobs.db.engine.dialect.name == "postgresql" else ""
        jobs.db.session.execute(text(wall + after))
        jobs.db.session.execute(update(CaseEvent).where(CaseEvent.step == "accept").values(person_name="别人"))

    if jobs_on_sqlite(app):
        within(forge)
        auditor.post("/audit/chain")
        worked(app)
        page = auditor.get("/audit/chain").text
        assert "上次核验发现" in page and "was changed after it was recorded" in page


def jobs_on_sqlite(app) -> bool:
    """On PostgreSQL the application itself may not take the wall down."""
    with app.app_context():
        return jobs.db.engine.dialect.name == "sqlite"


def test_the_auditor_changes_nothing(auditor, office):
    """P6: of all doors for changes only the proof is open."""
    number = office.a_case("submitted")
    for path in ("/admin/accounts/1/acts/disable", "/admin/requests/1/grant", "/publishing/messages/1/push",
                 "/rules/packs/1/confirm", "/admin/jobs/1/retry", f"/inbox/{number}/claim"):  # fmt: skip
        assert auditor.post(path).status_code == 403, path
    assert auditor.get(f"/cases/{number}").status_code == 200
    assert auditor.get(f"/cases/{number}/accept").status_code in (403, 404)
