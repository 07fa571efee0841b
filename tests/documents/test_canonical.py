"""Canonical bytes: one form per set of facts."""

import datetime as dt
import hashlib
import json
from zoneinfo import ZoneInfo

import pytest

from documents.canonical import canonical, digest
from documents.samples import sample
from workflow.words import Paper, Result


def test_form():
    moment = dt.datetime(2026, 11, 23, 9, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
    data = {"乙": [True, None, 3], "a": dt.date(2026, 1, 2), "b": moment, "r": Result.O1, "t": ("甲",)}
    assert canonical(data) == (
        '{"a":"2026-01-02","b":"2026-11-23T01:05:00Z","r":"O1_correct","t":["甲"],"乙":[true,null,3]}'.encode()
    )
    assert digest(data) == hashlib.sha256(canonical(data)).hexdigest()


def test_order_of_keys_does_not_matter():
    whole = sample(Paper.D07)
    assert digest(dict(reversed(whole.items()))) == digest(whole)


def test_stored_data_has_the_same_digest():
    whole = sample(Paper.D07)
    assert digest(json.loads(canonical(whole))) == digest(whole)


@pytest.mark.parametrize("value", [1.5, float("nan"), dt.datetime(2026, 1, 1), object(), {1: "a"}, {"x"}, b"x"])
def test_what_has_no_canonical_form(value: object):
    with pytest.raises(TypeError):
        canonical({"a": [value]})


def test_half_a_surrogate_is_refused():
    with pytest.raises(ValueError):
        canonical({"a": "\ud800"})


@pytest.mark.parametrize("change", [{"number": "鄂前信异决〔2026〕2号"}, {"facts": "别的事实"}, {"test": False}])
def test_any_change_shows(change: dict):
    assert digest(sample(Paper.D07, **change)) != digest(sample(Paper.D07))
