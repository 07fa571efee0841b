"""Short forms of the long proofs (`./xinfu prove races|kills`), on the engine of this run."""

import pytest

from tests.office import Office
from tests.proofs.long import LOOPBACK, hit
from tests.proofs.outage import outage
from tests.proofs.races import naive, race
from tests.stage import ENGINE

pytestmark = pytest.mark.heavy
SEED = 20261123


@pytest.fixture
def office(app):
    return Office.opened(app)


def test_of_two_people_on_one_case_one_wins(office):
    tally = race(office, 40, SEED)
    assert (40, []) == (tally.tried, tally.failed)


def test_without_compare_and_set_both_would_win(office):
    assert naive(office, 3).failed


def test_three_days_without_the_receiver_lose_and_double_nothing(make_app, tmp_path):
    tally = outage(Office.opened(make_app(receivers_in=LOOPBACK)), tmp_path / "there", 200, SEED)
    assert (200, []) == (tally.tried, tally.failed), tally.notes


def test_a_receiver_that_does_not_look_would_apply_twice(make_app, tmp_path):
    office = Office.opened(make_app(receivers_in=LOOPBACK))
    assert outage(office, tmp_path / "there", 100, SEED, "tests.proofs.naive_receiver").failed


def test_killed_workers_leave_nothing_half_done(office):
    tally = hit(office, 10, SEED, ENGINE)
    assert (10, []) == (tally.tried, tally.failed), tally.notes


def test_many_commits_would_leave_something_half_done(office):
    assert hit(office, 6, SEED, ENGINE, many_commits=True).failed
