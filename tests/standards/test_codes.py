"""Identification codes: the vectors of the rulebook, python-stdnum where it is right, every wrong character found."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from standards.codes import (
    USCC_ALPHABET,
    check_id,
    check_org_code,
    check_uscc,
    id_check_sign,
    org_check_sign,
    uscc_check_sign,
)
from standards.papers import check_paper

TODAY = date(2026, 11, 23)
GOOD = ["91110000600037341L", "91350100M000100Y43", "91230500MA1B3N1N2M", "11230500001755309F", "91150623MA0P123428",
        "92150623MA0Q56784L", "93150623MA0R90123C", "12150623460123458K", "52150623MJX123456N", "11150623011600001B",
        "N2150623MF1234567W"]
BODIES = st.text(USCC_ALPHABET, min_size=17, max_size=17)
DIGITS = "0123456789"


@pytest.mark.parametrize("text", GOOD)
def test_valid_codes_with_a_valid_inner_code(text: str) -> None:
    verdict = check_uscc(text)
    assert (verdict.value, verdict.error, verdict.warnings) == (text, None, ())


@pytest.mark.parametrize(
    ("text", "code"),
    [("91110000600037341A", "uscc_check_digit"), ("00000000000000000X", "uscc_check_digit"),
     ("0" * 18, "uscc_all_zero"), ("9111000060003734IL", "uscc_illegal_letter"),
     ("91110000600037341", "uscc_length"), ("", "uscc_length"), ("91110000600037341LL", "uscc_length"),
     ("9111000060003734\u00b9L", "uscc_illegal_letter"),
     ("9111000060003734\u0661L", "uscc_illegal_letter"), ("9111000060003734\u200b1L", "uscc_length")],
)
def test_wrong_codes(text: str, code: str) -> None:
    verdict = check_uscc(text)
    assert verdict.code == code and verdict.error and verdict.error.zh and verdict.error.en and not verdict.ok


@pytest.mark.parametrize(
    ("text", "warning"),
    [("91150623MA0P123402", "uscc_inner_code"), ("99150623MA0P12342", "uscc_unknown_class"),
     ("91999999MA0P12342", "uscc_unknown_region")],
)
def test_warnings_leave_the_code_usable(text: str, warning: str) -> None:
    whole = text if len(text) == 18 else text[:16] + org_check_sign(text[8:16])
    verdict = check_uscc(whole[:17] + uscc_check_sign(whole))
    assert verdict.ok and [code for code, _ in verdict.warnings] == [warning]


def test_look_alikes_are_suggested_never_changed() -> None:
    verdict = check_uscc("9111OOOO600037341L")
    assert (verdict.value, verdict.code) == ("9111OOOO600037341L", "uscc_illegal_letter")
    assert verdict.suggestion == "91110000600037341L"
    assert check_uscc("9111OOOO600037341A").suggestion is None


@pytest.mark.parametrize("text", ["９１１１００００６０００３７３４１ｌ", " 91110000-60003734-1l ",
                                  "9111 0000 6000 3734 1L"])
def test_width_case_and_gaps_are_normalised(text: str) -> None:
    assert check_uscc(text).value == "91110000600037341L" and check_uscc(text).ok


@given(BODIES, st.integers(0, 17), st.sampled_from(USCC_ALPHABET))
def test_every_single_wrong_sign_is_found(body: str, place: int, sign: str) -> None:
    right = body + uscc_check_sign(body)
    wrong = right[:place] + sign + right[place + 1 :]
    assert check_uscc(right).ok != (right == "0" * 18)
    assert wrong == right or not check_uscc(wrong).ok


@given(st.text(DIGITS, min_size=8, max_size=8), st.text(USCC_ALPHABET, min_size=9, max_size=9))
def test_stdnum_agrees_on_codes_that_begin_with_eight_digits(region: str, body: str) -> None:
    assert uscc.calc_check_digit(region + body) == uscc_check_sign(region + body)


def test_stdnum_would_refuse_rural_collectives() -> None:
    assert not uscc.is_valid("N2150623MF1234567W")


@pytest.mark.parametrize("code", ["600037341", "MA1B3N1N2", "001755309", "MA0P1234-2"])
def test_organisation_codes(code: str) -> None:
    assert check_org_code(code).ok


@pytest.mark.parametrize(
    ("text", "code"),
    [("600037342", "org_code_check_digit"), ("60003734", "org_code_length"), ("60003734Y", "org_code_illegal_letter"),
     ("000000000", "org_code_illegal_letter")],
)
def test_wrong_organisation_codes(text: str, code: str) -> None:
    assert check_org_code(text).code == code


@pytest.mark.parametrize("text", ["152724199001010011", "150623199001010018", "150623200501010028",
                                  "830000199001010012", "15272419900101 0011"])
def test_valid_identity_numbers(text: str) -> None:
    verdict = check_id(text, TODAY)
    assert verdict.ok and not verdict.warnings


@pytest.mark.parametrize(
    ("text", "code"),
    [("150623199002300017", "id_birth_date_not_real"), ("150623202612310014", "id_birth_date_in_future"),
     ("150623199001010019", "id_check_digit"), ("150623900101001", "id_length"),
     ("15062319900101001A", "id_illegal_character"), ("150623000001010018", "id_birth_date_not_real")],
)
def test_wrong_identity_numbers(text: str, code: str) -> None:
    assert check_id(text, TODAY).code == code


def test_an_unknown_region_only_warns() -> None:
    number = "99999919900101001"
    assert [code for code, _ in check_id(number + id_check_sign(number), TODAY).warnings] == ["id_unknown_region"]


@given(st.dates(date(1920, 1, 1), TODAY), st.integers(0, 999), st.integers(0, 17), st.sampled_from(DIGITS + "X"))
def test_every_single_wrong_digit_of_an_identity_is_found(born: date, serial: int, place: int, sign: str) -> None:
    body = f"110101{born:%Y%m%d}{serial:03d}"
    right = body + id_check_sign(body)
    wrong = right[:place] + sign + right[place + 1 :]
    assert check_id(right, TODAY).ok and ric.is_valid(right)
    assert wrong == right or not check_id(wrong, TODAY).ok


@pytest.mark.parametrize(
    ("kind", "text", "error", "warnings"),
    [("身份证", "150623199002300017", "id_birth_date_not_real", []), ("护照号", "E12345678", None, []),
     ("港澳居民来往内地通行证", "H1234567800", None, []), ("港澳居民来往内地通行证", "X1", "id_not_a_number", []),
     ("港澳居民来往内地通行证", "A12345678", None, ["id_shape_unusual"]),
     ("台湾居民来往大陆通行证", "12345678", None, []),
     ("外国人永久居留身份证", "CAN110101900101", None, []), ("外国人永久居留身份证", "911124199001010017", None, []),
     ("其他-军官证", "军字第2001988号", None, []), ("护照号", "<script>", "id_not_a_number", []),
     ("", "150623199001010019", "id_check_digit", []), ("", "E12345678", None, [])],
)
def test_papers_by_type(kind: str, text: str, error: str | None, warnings: list[str]) -> None:
    verdict = check_paper(kind, text, TODAY)
    assert verdict.code == error and [code for code, _ in verdict.warnings] == warnings
