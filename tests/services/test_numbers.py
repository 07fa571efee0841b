"""Numbers: no gap, no double, the year and day of Shanghai; and the check digit of case numbers."""

import datetime as dt
import threading

import pytest
from sqlalchemy.exc import DatabaseError

from models.base import db
from models.decision import Document, DocumentEvent, NumberEntry
from services import numbers
from services.transactions import read_only, writing
from tests.services.conftest import NOW
from workflow.words import Paper


@pytest.fixture
def org(office):
    return office.town.office


def taken(org, paper=Paper.D07, now=NOW, word="鄂前信"):
    with writing():
        return numbers.take(org, word, paper, now)


def entries():
    with read_only():
        query = db.select(NumberEntry.series, NumberEntry.year, NumberEntry.seq).order_by(NumberEntry.id)
        return [tuple(row) for row in db.session.execute(query)]


def test_a_series_counts_from_one_and_each_paper_has_its_own(here, org):
    assert [taken(org) for _ in range(3)] == [f"鄂前信异决〔2026〕{n}号" for n in (1, 2, 3)]
    assert taken(org, Paper.D02) == "鄂前信异受〔2026〕1号"
    assert entries() == [("异决", 2026, 1), ("异决", 2026, 2), ("异决", 2026, 3), ("异受", 2026, 1)]


def test_the_year_is_that_of_shanghai(here, org):
    eve = dt.datetime(2026, 12, 31, 15, 59, 59, tzinfo=dt.UTC)
    assert taken(org, now=eve) == "鄂前信异决〔2026〕1号"
    assert taken(org, now=eve + dt.timedelta(seconds=2)) == "鄂前信异决〔2027〕1号"


def test_a_number_of_a_rolled_back_act_is_given_again(here, org):
    with pytest.raises(ZeroDivisionError), writing():
        numbers.take(org, "鄂前信", Paper.D07, NOW)
        raise ZeroDivisionError
    assert (taken(org), entries()) == ("鄂前信异决〔2026〕1号", [("异决", 2026, 1)])


def test_expected_is_what_take_gives_next(here, org):
    for _ in range(2):
        with read_only():
            expected = numbers.expected(org, "鄂前信", Paper.D08, NOW)
        assert taken(org, Paper.D08) == expected


def test_eight_writers_leave_no_gap_and_no_double(office, org):
    wrong: list[BaseException] = []

    def write() -> None:
        try:
            with office.app.app_context():
                for turn in range(12):
                    with writing():
                        numbers.take(org, "鄂前信", Paper.D07, NOW)
                        numbers.case_number("YB", NOW)
                        if turn % 4 == 3:
                            db.session.rollback()
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    with office.app.app_context():
        assert [seq for _, _, seq in entries()] == list(range(1, 73))
        with writing():
            assert numbers.case_number("YB", NOW)[10:15] == "00073"


def test_the_register_forgets_nothing(here, org):
    taken(org)
    for statement in ("DELETE FROM number_entry", "UPDATE number_entry SET seq = 9", "DELETE FROM number_counter",
                      "UPDATE number_counter SET last = last + 2"):  # fmt: skip
        with pytest.raises(DatabaseError), writing():
            db.session.execute(db.text(statement))


def test_a_voided_number_stays_with_its_reason(office, here):
    office.a_case("accepted")
    with writing():
        numbers.void("鄂前信异受〔2026〕1号", "误发", NOW, office.staff["head"].id)
        with pytest.raises(numbers.NoSuchNumber):
            numbers.void("鄂前信异受〔2026〕99号", "误发", NOW)
    with read_only():
        query = db.select(DocumentEvent.kind, DocumentEvent.facts)
        query = query.join(Document, Document.id == DocumentEvent.document_id)
        assert [tuple(row) for row in db.session.execute(query)] == [("revoked", {"reason": "误发"})]
        with_same = db.select(db.func.count()).where(NumberEntry.text == "鄂前信异受〔2026〕1号")
        assert db.session.execute(with_same).scalar_one() == 1


# ISO 7064 MOD 11,10; 0794-5 is the example of the standard itself
@pytest.mark.parametrize(("digits", "check"), [("0794", "5"), ("2026112300001", "3"), ("2026110200001", "4")])
def test_check_digits(digits, check):
    assert numbers.check_digit(digits) == check


def test_case_numbers(here):
    with writing():
        first, second = numbers.case_number("YB", NOW), numbers.case_number("YB", NOW)
        other, tomorrow = numbers.case_number("TS", NOW), numbers.case_number("YB", NOW + dt.timedelta(hours=14))
    assert (first, other[:15], tomorrow[:15]) == ("YB20261123000013", "TS2026112300001", "YB2026112400001")
    assert second[10:15] == "00002"
    assert all(map(numbers.is_case_number, (first, second, other, tomorrow, " yb20261123000013", "ＹＢ20261123000013")))


@pytest.mark.parametrize("text", ["", "YB20261123000010", "YB2026112300001", "YB202611230000133", "Y220261123000013",
                                  "YB2026112300001²", "YB20261123000013\0"])  # fmt: skip
def test_other_texts_are_no_case_numbers(text):
    assert not numbers.is_case_number(text)


def test_every_wrong_digit_is_found():
    number = "YB20261123000013"
    others = [(at, digit) for at in range(2, 16) for digit in "0123456789" if digit != number[at]]
    wrong = [number[:at] + digit + number[at + 1 :] for at, digit in others]
    assert len(wrong) == 126
    assert not any(map(numbers.is_case_number, wrong))
