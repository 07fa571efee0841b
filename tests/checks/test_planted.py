"""Each invariant finds the violation planted for it, and names it; nothing else is said to be wrong."""

import pytest

from checks.outcome import INVARIANTS
from tests.checks.planted import PLANTS
from tests.checks.planted_more import MORE_PLANTS
from tests.checks.planted_people import PEOPLE_PLANTS
from tests.checks.planted_rules import RULE_PLANTS

ALL = [*PLANTS, *PEOPLE_PLANTS, *MORE_PLANTS, *RULE_PLANTS]


def faults(outcomes):
    """(code, sentence) of everything found."""
    return [(one.code, fault.en) for one in outcomes for fault in one.faults]


@pytest.mark.parametrize("plant", ALL, ids=[f"{number}-{plant.code}" for number, plant in enumerate(ALL)])
def test_a_planted_violation_is_found_and_named(plant, after):
    seen = faults(after(plant.statements))
    assert [code for code, sentence in seen if plant.says in sentence][:1] == [plant.code], seen
    assert {code for code, _ in seen} <= {plant.code} | plant.also, seen


def test_every_invariant_of_the_database_has_a_plant():
    """I10 lives on the disk; its plants are in test_files."""
    assert {code for code, _, _ in INVARIANTS} - {plant.code for plant in ALL} == {"I10"}
