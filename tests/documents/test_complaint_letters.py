"""The letters of a complaint: their titles, their ways of review, and what is not on them."""

import pytest

from documents.papers import fields
from documents.render import render
from documents.samples import COMMON, sample
from workflow.words import Paper


@pytest.mark.parametrize(("action", "word"), [("suspend", "中止"), ("resume", "恢复"), ("end", "终止")])
def test_the_title_names_what_is_done(action, word, text_of):
    assert f"投诉{word}办理告知书" in text_of(render(Paper.D19C, sample(Paper.D19C, action=action)).pdf)


def test_a_reply_names_the_review_and_no_lawsuit(text_of):
    text = text_of(render(Paper.D17, sample(Paper.D17)).pdf)
    assert "30日内向鄂托克前旗人民政府书面请求复查" in text
    assert "行政复议" not in text and "行政诉讼" not in text


def test_the_last_word_says_that_it_is_the_last(text_of):
    assert "不再受理" in text_of(render(Paper.D17F, sample(Paper.D17F)).pdf)


@pytest.mark.parametrize("paper", [Paper.D05C, Paper.D20C])
def test_a_letter_to_the_unit_prints_nothing_of_the_complainant(paper, text_of, body_of):
    """P9: even where the data held it, the page would not show it."""
    pdf = render(paper, sample(paper, subject_name="不可泄露的姓名", subject_code="110101199003070011")).pdf
    text = text_of(pdf) + body_of(pdf)
    assert "不可泄露" not in text and "110101199003070011" not in text and "投诉" not in text
    assert not {"subject_name", "subject_code", "applied_on"} & set(fields(paper))
    assert COMMON["subject_name"] not in text
