"""What stored text may contain, how it is compared, and what a whole number is."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.text import BadText, bounded_int, clean, match_key

HIDDEN = ["\0", "\x0b", "\x1b", "\x7f", "\x85", "\u00ad", "\u200b", "\u200c", "\u200d", "\u200e", "\u202e", "\u2060",
          "\u2066", "\u2028", "\u2029", "\ufeff", "\ud800", "\udfff", "\ue000", "\U000f0000", "\ufffe", "\uffff",
          "\ufdd0", "\U0001ffff"]


@pytest.mark.parametrize("char", HIDDEN, ids=lambda char: f"U+{ord(char):04X}")
def test_hidden_characters_are_refused_with_a_sentence(char: str) -> None:
    with pytest.raises(BadText) as refusal:
        clean(f"甲{char}乙")
    assert f"U+{ord(char):04X}" in refusal.value.sentence.zh and refusal.value.sentence.en


@pytest.mark.parametrize("text", ["喆堃燊镕", "\U00030edd\U00030ede", "\U000323b0", "👍", "❤\ufe0f",
                                  "👨\u200d👩\u200d👧",
                                  "葛\U000e0100城", "ᠮᠣᠩᠭᠣᠯ", "ᠬᠠᠷ\u180eᠠ", "一\n二\t三", "〔2026〕（甲）"])
def test_people_and_their_signs_are_kept(text: str) -> None:
    assert clean(text) == text


def test_joiner_is_refused_outside_of_pictographs() -> None:
    for text in ("👍\u200d甲", "甲\u200d👍", "\u200d", "a\u180eb"):
        with pytest.raises(BadText):
            clean(text)


def test_lines_are_folded_and_outer_space_dropped() -> None:
    assert clean(" \u3000一\r\n二\r三 \n") == "一\n二\n三"
    assert clean("e\u0301") == "é"


@given(st.text())
def test_clean_is_idempotent_or_refuses(text: str) -> None:
    try:
        once = clean(text)
    except BadText:
        return
    assert clean(once) == once == unicodedata.normalize("NFC", once)
    once.encode("utf-8")


@given(st.text())
def test_match_key_is_idempotent(text: str) -> None:
    assert match_key(match_key(text)) == match_key(text)


def test_match_key_folds_width_case_and_space() -> None:
    assert match_key(" ａb c　１\n") == "ABC1"


@pytest.mark.parametrize("text", ["", "²", "\u0663", "\uff11", "1_0", "-1", "+1", " 1", "1.0", "0x1", "9" * 19, "11"])
def test_odd_numbers_are_refused(text: str) -> None:
    with pytest.raises(BadText):
        bounded_int(text, 0, 10)


def test_bounds_are_inclusive() -> None:
    assert [bounded_int(text, 0, 10) for text in ("0", "10", "007")] == [0, 10, 7]
