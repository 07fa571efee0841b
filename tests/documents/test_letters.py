"""Every letter, drawn and read back."""

import datetime as dt
import json
import re
from typing import Any

import pytest

from documents.canonical import canonical, digest
from documents.composing import texts
from documents.papers import fields
from documents.render import preview, render
from documents.samples import sample
from documents.typography import chinese
from workflow.words import Paper

CODES = ("action",)  # stated in words, not as such


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def day(value: dt.date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"


MOMENTS = {"submitted_at": "2026年11月2日9时05分", "effective_at": "2026年11月23日10时30分",
           "stated_at": "2026年11月23日10时30分", "cutoff_at": "2027年1月1日0时00分",
           "signed_at": "2026年11月2日"}  # fmt: skip


def shown(name: str, value: Any) -> list[str]:
    """How a fact must be found on paper."""
    if isinstance(value, dt.date):
        return [day(value)]
    if name in MOMENTS:
        return [MOMENTS[name]]
    if isinstance(value, bool) or name in CODES:
        return []
    return [f"第{value}版"] if isinstance(value, int) else [text for text in texts(value) if text]


# What an applicant signs is in his own name: the office's particulars are not his to state.
NOT_SAID = {Paper.D10: {"organ", "contact_person", "contact_phone"},
            Paper.D11: {"organ", "contact_person", "contact_phone", "case_number", "applied_on"}}  # fmt: skip


@pytest.mark.parametrize("paper", Paper)
def test_every_needed_fact_is_on_the_paper(paper: Paper, text_of, body_of):
    data = sample(paper, test=False)
    pdf = render(paper, data).pdf
    text = text_of(pdf) + body_of(pdf)
    for name in set(fields(paper)) - NOT_SAID.get(paper, set()):
        for wanted in shown(name, data[name]):
            assert squeezed(chinese(wanted)) in text or squeezed(wanted) in text, (name, wanted)


@pytest.mark.parametrize("paper", [Paper.D04, Paper.D07, Paper.D08])
def test_remedies_name_both_ways_and_limits(paper: Paper, body_of):
    text = body_of(render(paper, sample(paper, test=False)).pdf)
    assert re.search("自收到本(决定|通知|告知)书之日起60日内向鄂托克前旗人民政府申请行政复议", text)
    assert re.search("自收到本(决定|通知|告知)书之日起6个月内依法向鄂托克前旗人民法院提起行政诉讼", text)


def test_a_favourable_decision_prints_no_remedies(text_of):
    text = text_of(render(Paper.D07, sample(Paper.D07, adverse=False)).pdf)
    assert "复议" not in text and "诉讼" not in text


@pytest.mark.parametrize("action, word", [("suspend", "中止"), ("resume", "恢复"), ("end", "终止")])
def test_three_notices_in_one(action: str, word: str, text_of):
    assert f"异议办理{word}通知书" in text_of(render(Paper.D19, sample(Paper.D19, action=action)).pdf)


def test_delegation_is_printed(text_of):
    text = text_of(render(Paper.D07, sample(Paper.D07, delegated_for="阿拉腾敖其尔")).pdf)
    assert "签发人：巴特尔（样例）（代阿拉腾敖其尔）" in text


def test_seal_is_an_empty_place(text_of):
    assert "（印章）" in text_of(render(Paper.D07, sample(Paper.D07)).pdf)


def test_trial_data_says_so_on_every_page(text_of):
    trial, real = (render(Paper.D07, sample(Paper.D07, test=flag)) for flag in (True, False))
    assert text_of(trial.pdf).count("测试专用") == trial.pages and "测试专用" not in text_of(real.pdf)


def test_pages_are_numbered_and_bound_to_the_letter(text_of):
    drawn = render(Paper.D07, sample(Paper.D07))
    text = text_of(drawn.pdf)
    for page in range(1, drawn.pages + 1):
        assert f"—{page}—" in text and f"第{page}页，共{drawn.pages}页" in text
    assert text.count("7Q2M-K9TX-3HVB") == drawn.pages


def test_the_draft_is_the_letter_without_its_signature(words_of):
    signed, draft = render(Paper.D07, sample(Paper.D07)), preview(Paper.D07, sample(Paper.D07))
    assert signed.pages == draft.pages
    before, after = ([set(page) for page in words_of(one.pdf)] for one in (draft, signed))
    margin = 750  # below it stand page number and proof
    only_draft = {text for a, b in zip(before, after, strict=True) for *_, top, text in a - b if top < margin}
    only_signed = {text for a, b in zip(before, after, strict=True) for *_, top, text in b - a if top < margin}
    assert only_draft <= {"草", "稿", "年", "月", "日", "签发人："}
    assert only_signed == {"鄂前信异决〔2026〕1号", "2026年11月23日", "签发人：巴特尔（样例）"}


@pytest.mark.parametrize("paper", Paper)
def test_a_draft_shows_nothing_of_the_signature(paper: Paper, text_of):
    text = text_of(preview(paper, sample(paper)).pdf)
    assert "草稿" in text and "7Q2M" not in text and "9f2c9f2c" not in text


def test_same_data_same_bytes():
    first = render(Paper.D07, sample(Paper.D07))
    others = [render(paper, sample(paper)) for paper in Paper]
    again = render(Paper.D07, json.loads(canonical(sample(Paper.D07))))
    assert first.pdf == again.pdf and first.sha256 == again.sha256
    assert len({one.sha256 for one in others}) == len(Paper)


def test_the_file_names_the_data_it_was_made_from():
    pdf = render(Paper.D07, sample(Paper.D07)).pdf
    assert digest(sample(Paper.D07)).encode() in pdf or digest(sample(Paper.D07))[:32].encode() in pdf


def test_sizes():
    drawn = {paper.value: render(paper, sample(paper)) for paper in Paper}
    sizes = {name: (one.pages, len(one.pdf)) for name, one in drawn.items()}
    assert all(size < 300_000 for _, size in sizes.values()), sizes
    assert {name for name, (pages, _) in sizes.items() if pages == 1} >= {"D01", "D03", "D18", "D19"}, sizes


def test_a_long_statement(body_of):
    statement = ("我公司对该记录提出异议，理由与证据如下。" * 250)[:5000]
    text = body_of(render(Paper.D07, sample(Paper.D07, request=statement, test=False)).pdf)
    assert statement in text


def test_long_items_move_below_their_row(text_of):
    item = dict(sample(Paper.D07)["items"][0], reason="证据充分，应当更正。" * 300, old="原文" * 200)
    drawn = render(Paper.D07, sample(Paper.D07, items=[item] * 6))
    assert text_of(drawn.pdf).count("（见下栏）") == 12 and drawn.pages < 30


HOSTILE = ["{{7*7}}", "{% raw %}", "{{config}}", "<script>alert(1)</script>", "&lt;b&gt;", "<!-- -->", "]]>", "${7*7}"]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_printed_as_typed(text: str, text_of):
    drawn = text_of(render(Paper.D07, sample(Paper.D07, facts=text, request=text, subject_name=text)).pdf)
    assert drawn.count(squeezed(text)) >= 3
