"""Masks of domain.md 3.4: what the public, an officer and the handler see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.masking import (
    Audience,
    mask_free_text,
    mask_id_office,
    mask_id_public,
    mask_name,
    mask_phone,
    mask_tax_no,
)

ID = "150623198503120183"
FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


def test_single_masks() -> None:
    assert [mask_name(name) for name in ("张三", "欧阳修远", " 李 ", "")] == ["张**", "欧**", "李**", ""]
    assert mask_id_public(ID) == "1" + "*" * 16 + "3"
    assert mask_id_office(ID) == "150623********0183"
    assert mask_id_office("E12345678") == "E1*****78"
    assert mask_phone("13800001234") == "138****1234"
    assert mask_phone("0477-7621234") == "*********34"
    assert mask_tax_no(ID + "01") == "1" + "*" * 18 + "1"
    assert mask_id_public("12") == "**" and mask_id_office("12") == "**" and mask_phone("") == ""


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.DEPARTMENT])
@pytest.mark.parametrize(
    "written",
    [ID, ID.translate(FULL_WIDTH), "150623 19850312 0183", "1506 2319 8503 1201 83", "150623-19850312-0183",
     "150623\n198503120183", "15062319850312017X", "15062319850312017x", "150623198503120184", "150623850312018",
     ID + "01", "13800001234", "138 0000 1234", "138-0000-1234", "13800001234".translate(FULL_WIDTH),
     "+8613800001234", "86 138 0000 1234", "\u0661\u0663\u0668" + "00001234"],
)
def test_numbers_in_text_are_starred_however_written(written: str, audience: Audience) -> None:
    text = f"当事人证件{written}，未办理登记。"
    shown = mask_free_text(text, audience)
    assert "***" in shown and sum(char.isdecimal() for char in shown) <= 4
    assert shown.startswith("当事人证件") and shown.endswith("，未办理登记。")


def test_the_handler_reads_the_original() -> None:
    assert mask_free_text(f"证件{ID}", Audience.HANDLER) == f"证件{ID}"


@pytest.mark.parametrize(
    "text",
    ["鄂前市监罚〔2026〕29号", "罚款4.96554万元", "111506231160003017", "91150623MA0P123428", "2024-10-10至2025-12-31",
     "食品经营许可证 JY21506230000174", "0477-7621234", "12345678901", "蒙K危化经字00067", "2024年10月10日12时30分"],
)
def test_other_numbers_stay(text: str) -> None:
    assert mask_free_text(text, Audience.PUBLIC) == text


def test_several_numbers_beside_dates_are_all_found() -> None:
    text = f"2024-10-10 13800000000、{ID},{ID.translate(FULL_WIDTH)};2025.1.2 13900000000"
    assert mask_free_text(text, Audience.PUBLIC) == (
        "2024-10-10 ***********、1****************3,１****************３;2025.1.2 ***********"
    )


def test_a_hundred_thousand_digits_end_in_time() -> None:
    assert len(mask_free_text("1 3" * 50_000, Audience.PUBLIC)) > 0


@given(st.text(alphabet="甲乙,。 -\n(:abX", max_size=20), st.text(alphabet="甲乙,。\n(:ab", max_size=20))
def test_an_identity_number_never_survives(before: str, after: str) -> None:
    assert ID not in mask_free_text(f"{before}{ID}{after}", Audience.PUBLIC)


@given(st.text())
def test_masking_is_stable(text: str) -> None:
    once = mask_free_text(text, Audience.PUBLIC)
    assert mask_free_text(once, Audience.PUBLIC) == once
