"""Short forms of the long proofs (`./xinfu prove races|kills`), on the engine of this run."""

import pytest

from tests.office import Office
from tests.proofs.long import hit
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


def test_killed_workers_leave_nothing_half_done(office):
    tally = hit(office, 10, SEED, ENGINE)
    assert (10, []) == (tally.tried, tally.failed), tally.notes


def test_many_commits_would_leave_something_half_done(office):
    assert hit(office, 6, SEED, ENGINE, many_commits=True).failed
