"""The 22 x 28 grid of GB/T 9704: as computed, and as measured on the page by another program."""

import collections
import itertools

import pytest

from documents import grid
from documents.render import render
from documents.samples import sample
from documents.typography import chinese
from workflow.words import Paper

LEFT, WIDTH, TOP = 28 / 25.4 * 72, 156 / 25.4 * 72, 37 / 25.4 * 72
HAN = "经核查处罚决定书所载金额与平台记录不一致应当依法予以更正并告知各接收单位停止使用更正前的内容"


def even(character: str) -> float:
    return 0.5 if character.isascii() else 1.0


def lines(text: str, first: int = 2) -> list[str]:
    return [line.text for part in grid.set_text(text, even, first) for line in part]


def test_a_full_line_has_28_characters():
    assert [len(line) for line in lines(HAN * 4, 0)][:-1] == [28] * (len(HAN) * 4 // 28)
    assert len(lines(HAN * 2)[0]) == 26


def test_nothing_is_lost():
    text = (HAN + "，2026年11月23日，YB20261102000017（鄂前信异决〔2026〕1号）。“引文”——" + "……") * 9
    assert "".join(lines(text)) == text


@pytest.mark.parametrize("at", range(20, 36))
@pytest.mark.parametrize("mark", ["，", "。", "；", "）", "》", "”", "、", "”。", "——", "……"])
def test_no_line_begins_with_a_closing_mark(at: int, mark: str):
    for line in lines(HAN[:at] + mark + HAN)[1:]:
        assert line[0] not in grid.NO_START


@pytest.mark.parametrize("at", range(20, 36))
@pytest.mark.parametrize("mark", ["（", "《", "“", "〔"])
def test_no_line_ends_with_an_opening_mark(at: int, mark: str):
    assert all(line[-1] not in grid.NO_END for line in lines(HAN[:at] + mark + HAN))


@pytest.mark.parametrize("at", range(18, 34))
def test_a_number_is_not_torn(at: int):
    for piece in ("2000元", "〔2026〕", "2026年"):
        joined = lines(HAN[:at] + piece + HAN)
        assert any(piece.rstrip("元年") in line for line in joined)


@pytest.mark.parametrize("at", range(10, 30))
def test_a_code_is_cut_only_where_the_line_would_gape(at: int):
    code = "91150623MA0SAMPLE1"
    set_lines = [line for part in grid.set_text(HAN[:at] + code + HAN, even) for line in part]
    assert all(line.spacing - grid.SPACING <= grid.LOOSEST + 0.01 for line in set_lines)
    assert all(len(piece) >= 3 for line in set_lines for piece in [line.text] if piece[0].isdigit())


def test_a_word_longer_than_a_line():
    assert "".join(lines("a" * 500)) == "a" * 500
    assert "".join(lines("（" * 90)) == "（" * 90


def test_blank_lines_and_spaces():
    assert lines("\n\n  甲  乙 \r\n\n丙\u3000", 0) == ["甲 乙", "丙"]


@pytest.mark.parametrize("half, full", [
    ("你(单位)于2026年,申请:更正;是否?", "你（单位）于2026年，申请：更正；是否？"),
    ("10:30, a(b)c", "10:30, a(b)c"), ("公司(ABC)", "公司（ABC）"), ("1,000元", "1,000元"),
    ("他说“好”,走了", "他说“好”，走了"),
])  # fmt: skip
def test_half_width_marks_in_chinese(half: str, full: str):
    assert chinese(half) == full


def test_the_page_as_measured(words_of):
    """28 characters fill 156 mm, 22 lines 225 mm, and every full line ends at the same place."""
    drawn = render(Paper.D07, sample(Paper.D07, facts=HAN * 40, test=False))
    page = [word for word in words_of(drawn.pdf)[1] if word[2] < 750]
    body = [(left, right, top) for left, right, top, text in page if set(text) <= set(HAN) and len(text) == 28]
    assert len(body) == 22
    assert all(abs(left - LEFT) < 0.3 and abs(right - LEFT - WIDTH) < 0.8 for left, right, _ in body)
    tops = sorted(top for *_, top in body)
    pitches = collections.Counter(round(b - a, 1) for a, b in itertools.pairwise(tops))
    assert set(pitches) == {29.0} and TOP < tops[0] < TOP + 15


def test_the_right_edge_is_straight(words_of):
    """Also where codes, dates and marks make lines uneven; only marks may hang beyond it."""
    facts = (HAN[:17] + "，2026年11月2日（鄂前信异决〔2026〕1号）") * 25
    drawn = render(Paper.D07, sample(Paper.D07, facts=facts, test=False))
    rights = [
        right for page in words_of(drawn.pdf) for left, right, top, text in page
        if abs(left - LEFT) < 1 and text in facts and len(text) > 20 and text[-1] not in grid.HANGING
    ]  # fmt: skip
    assert len(rights) > 12 and max(rights) - min(rights) < 1.2
