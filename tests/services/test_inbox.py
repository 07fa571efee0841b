"""Worklists: each case once, the most urgent first, those without a due day last, whatever the size of a page."""

import pytest
from sqlalchemy import update

from models.base import db
from models.case import Case
from services import clock, inbox
from services.access import NotFound
from services.people import person
from services.transactions import read_only, writing
from tests.office import Office


@pytest.fixture
def head(app):
    """The head of the credit office, who sees every case of it; five cases, of which two have no due day."""
    office = Office.opened(app)
    for state in ("submitted", "accepted", "dept_verifying", "dept_verifying", "office_review"):
        _, office.public_id = office.a_record(penalty_doc_no=f"罚{state}{clock.now().timestamp()}")
        number = office.a_case(at=state)
        if state == "dept_verifying":
            office.act("head", number, "suspend", hold_ground="litigation", evidence="受理案件通知书",
                       until="2099-12-31")  # fmt: skip
    with app.app_context(), writing():
        db.session.execute(update(Case).where(Case.state == "suspended").values(due_on=None, due_limit=""))
    with app.app_context():
        yield person(office.staff["head"].id)


def paged(head, tab):
    """The numbers of a tab, page after page."""
    numbers, after = [], ""
    while True:
        page = inbox.listing(head, tab, after, clock.now())
        numbers += [line.number for line in page.lines]
        if not (after := page.after):
            return numbers


@pytest.mark.parametrize("size", [1, 2, 3, 20])
@pytest.mark.parametrize("tab", ["all", "team"])
def test_every_case_stands_on_one_page_in_order(head, monkeypatch, size, tab):
    monkeypatch.setattr(inbox, "PAGE", size)
    with read_only():
        cases = db.session.scalars(inbox.narrowed(head, tab)).all()
        wanted = sorted(cases, key=lambda case: (case.due_on or inbox.FAR, case.id))
        assert [case.number for case in wanted] == paged(head, tab)
    assert len(cases) >= 3 and any(case.due_on is None for case in cases)


def test_a_cursor_nobody_gave_out(head):
    with read_only():
        for after in ("x", "2026-11-23", "2026-13-01_1", "2026-11-23_-1", "2026-11-23_" + "9" * 19):
            with pytest.raises(NotFound):
                inbox.listing(head, "all", after, clock.now())


def test_pages_are_read_along_an_index(head, app):
    """Neither a scan nor a sort, on the engine whose plan is short enough to read."""
    lines = inbox._lines(head, "team").where(Case.due_on.is_not(None)).order_by(Case.due_on, Case.id).limit(21)
    if db.engine.dialect.name == "sqlite":
        told = lines.compile(db.engine, compile_kwargs={"literal_binds": True})
        with read_only():
            plan = " ".join(row[-1] for row in db.session.execute(db.text(f"EXPLAIN QUERY PLAN {told}")))
        assert "ix_case_office_open" in plan and "SCAN case_file" not in plan and "TEMP B-TREE" not in plan
