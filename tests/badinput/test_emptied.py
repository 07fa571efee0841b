"""A field that was filled in before and is sent empty is empty; one that is not sent at all keeps what it had."""

import datetime as dt

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from forms.fields import Day, Whole
from standards.words import T


class Prefilled(Form):
    """Two fields that may stay empty."""

    most = Whole(T("法定上限", "Legal maximum"), low=1, high=9)
    until = Day(T("截止日", "Last day"))


@pytest.mark.parametrize(("sent", "most", "until"), [
    ({"most": "", "until": ""}, None, None),
    ({"most": " ", "until": "2026-11-25"}, None, dt.date(2026, 11, 25)),
    ({"most": "4"}, 4, dt.date(2026, 11, 24)),
])  # fmt: skip
def test_what_was_emptied_is_gone(sent, most, until):
    form = Prefilled(MultiDict(sent), data={"most": 3, "until": dt.date(2026, 11, 24)})
    assert form.validate()
    assert (form.most.data, form.until.data) == (most, until)
