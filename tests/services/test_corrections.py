"""A correction changes something: what the record says already is neither found nor decided anew."""

import pytest

from workflow.engine import Refused

SAYS_ALREADY = "现在就是这个值"


def with_value(told, kind, value):
    return {**told, kind: {item: {**one, "value": value} for item, one in told[kind].items()}}


@pytest.mark.parametrize("state, who, step, kind", [
    ("dept_verifying", "reviewer", "report", "findings"), ("office_review", "officer", "propose", "results"),
])  # fmt: skip
@pytest.mark.parametrize("value", ["2", "2.000", "02"])
def test_a_value_the_record_has_is_refused_in_whatever_way_it_is_written(office, state, who, step, kind, value):
    number = office.a_case(state)
    told = office.facts(number, step)
    with pytest.raises(Refused, match=SAYS_ALREADY):
        office.act(who, number, step, **with_value(told, kind, value))
    office.act(who, number, step, **told)


def test_a_supplement_adds_something_too(office):
    number = office.a_case("office_review")
    told = with_value(office.facts(number, "propose"), "results", "2")
    for one in told["results"].values():
        one["result"] = "O3_supplement"
    with pytest.raises(Refused, match=SAYS_ALREADY):
        office.act("officer", number, "propose", **told)
