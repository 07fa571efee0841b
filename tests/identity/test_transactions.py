"""One request, one transaction: committed when good, rolled back when not, and reads write nothing."""

import threading

import psycopg
import pytest
from flask import request
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DataError, OperationalError

from models.base import db
from models.organisation import Org
from models.people import AccessEntry
from routes.guards import public
from routes.transactions import TRIES, own_transactions
from services import access, transactions
from services.transactions import FairLock, WroteWhileReading

ROW = {"kind": "town", "name": "新镇", "trial": False}


@pytest.fixture
def with_view(make_app, monkeypatch):
    """An application with one more view, /try, and a browser for it."""

    def made(view, *, failing=False):
        import routes.pages as pages

        monkeypatch.setattr(pages, "bp", _copy_with(pages, view))
        browser = make_app().test_client()
        browser.expect_failure = failing
        return browser

    return made


def _copy_with(pages, view):
    from flask import Blueprint

    bp = Blueprint("pages", pages.__name__)
    for rule, endpoint, function in (("/", "home", pages.home), ("/language/<to>", "language", pages.language),
                                     ("/elder", "elder", pages.elder_print)):  # fmt: skip
        bp.add_url_rule(rule, endpoint, function)
    bp.add_url_rule("/try", "try", public(view), methods=["GET", "POST"])
    bp.after_request(_plain)
    return bp


def _plain(response):
    if request.endpoint == "pages.try" and not response.data.startswith(b"<!"):
        response.mimetype = "text/plain"
    return response


def names(app):
    with app.app_context():
        return list(db.session.scalars(select(Org.name)))


def test_a_good_answer_is_committed(with_view):
    browser = with_view(lambda: (db.session.execute(insert(Org).values(ROW)), "well")[1])
    assert browser.post("/try").status_code == 200
    assert names(browser.application) == ["新镇"]


@pytest.mark.parametrize("status", [400, 409, 422])
def test_an_answer_of_400_or_more_is_rolled_back(status, with_view):
    browser = with_view(lambda: (db.session.execute(insert(Org).values(ROW)), ("no", status))[1])
    assert browser.post("/try").status_code == status
    assert names(browser.application) == []


@pytest.mark.parametrize(
    ("error", "status"), [(access.NotFound("x"), 404), (access.Forbidden("x"), 403), (ZeroDivisionError(), 500)]
)
def test_an_error_is_rolled_back_and_answered(error, status, with_view):
    def view():
        db.session.execute(insert(Org).values(ROW))
        raise error

    browser = with_view(view, failing=True)
    assert browser.post("/try").status_code == status
    assert names(browser.application) == []


@pytest.mark.parametrize("wrap", [lambda view: view, own_transactions])
def test_a_get_cannot_write(wrap, with_view):
    browser = with_view(wrap(lambda: (db.session.execute(insert(Org).values(ROW)), "well")[1]), failing=True)
    assert browser.get("/try").status_code == 500
    assert names(browser.application) == []


def test_a_get_cannot_write_by_text_either(app):
    with app.app_context(), transactions.read_only(), pytest.raises(WroteWhileReading):
        db.session.execute(text("UPDATE org SET name = 'x'"))


def test_a_get_may_append_to_the_ledger(with_view):
    browser = with_view(lambda: access.note("case", "YB1", "handling") or "well")
    assert browser.get("/try").status_code == 200
    with browser.application.app_context():
        row = db.session.scalars(select(AccessEntry)).one()
        assert (row.kind, row.target, row.purpose, len(row.request_id)) == ("case", "YB1", "handling", 16)


def test_what_was_looked_at_is_kept_even_when_the_request_failed(with_view):
    browser = with_view(lambda: access.note("case", "YB1") or ("no", 409))
    assert browser.post("/try").status_code == 409
    with browser.application.app_context():
        assert db.session.scalars(select(AccessEntry.target)).all() == ["YB1"]


def test_outside_a_request_nobody_looks_unseen(app):
    with app.app_context(), pytest.raises(LookupError):
        access.note("case", "YB1")


def deadlock():
    cause = psycopg.errors.DeadlockDetected("deadlock detected")
    return OperationalError("UPDATE x", {}, cause)


def test_a_deadlock_is_tried_again_if_the_form_has_a_key(with_view):
    tries = []

    def view():
        tries.append(request.form.get("field"))
        db.session.execute(insert(Org).values(ROW))
        if len(tries) < TRIES:
            raise deadlock()
        return "well"

    browser = with_view(view)
    assert browser.post("/try", data={"idempotency_key": "k", "field": "x"}).status_code == 200
    assert tries == ["x"] * TRIES and names(browser.application) == ["新镇"]


def test_without_a_key_it_is_tried_once_and_the_person_asked_to_wait(with_view):
    tries = []

    def view():
        tries.append(1)
        raise deadlock()

    browser = with_view(view, failing=True)
    answer = browser.post("/try")
    assert (answer.status_code, len(tries)) == (503, 1) and answer.headers["Retry-After"]


def test_a_value_that_the_database_refuses_is_the_persons_to_mend(with_view):
    def view():
        raise DataError("INSERT", {}, psycopg.DataError("value too long"))

    assert with_view(view).post("/try").status_code == 422


def test_the_writers_lock_is_first_come_first_served():
    lock, order, threads = FairLock(), [], []
    lock.acquire()
    for number in range(8):
        begun = threading.Event()

        def wait(number=number, begun=begun):
            begun.set()
            with lock:
                order.append(number)

        threads.append(threading.Thread(target=wait))
        threads[-1].start()
        begun.wait()
        while len(lock._waiting) <= number:
            pass
    lock.release()
    for thread in threads:
        thread.join()
    assert order == list(range(8)) and not lock._held


def test_transactions_do_not_nest(app):
    with app.app_context(), transactions.writing(), pytest.raises(RuntimeError), transactions.writing():
        pass
