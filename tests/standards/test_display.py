"""Payloads as each audience sees them, and rejected rows as they go back."""

import csv
import io
from datetime import date

import pytest

from standards.categories import CATEGORIES, KINDS
from standards.display import masked, shown
from standards.masking import Audience
from standards.party import party_fields
from standards.readers import read_table
from standards.returned import guarded, rejected_table, unguarded
from standards.schema import Category, Field, Kind, Order, When, options
from standards.verdicts import judge
from standards.words import T, speaking
from tests.standards.tables import ID_NUMBER, TODAY, as_csv, judged, penalty, permit, person, sample_rows, verdict

PENALTY = CATEGORIES["penalty"]
FACTS = f"张测试(身份证号{ID_NUMBER},电话13800000000)未登记"


def seen(row: dict[str, str], audience: Audience) -> dict[str, str]:
    """What this audience sees of a row, by field id."""
    return {field.id: text for field, text in shown(PENALTY, verdict("penalty", row).payload, audience)}


def test_the_public_sees_a_person_masked_everywhere() -> None:
    page = seen(person(violation_facts=FACTS, tax_reg_no=ID_NUMBER + "01"), Audience.PUBLIC)
    assert page["counterparty_name"] == "张**"
    assert page["person_id_no"] == "1****************1"
    assert page["violation_facts"] == "张**(身份证号1****************1,电话***********)未登记"
    assert not any(secret in text for text in page.values() for secret in (ID_NUMBER, "13800000000", "张测试"))


def test_the_legal_representatives_paper_is_never_public() -> None:
    row = penalty(legal_rep_id_type="身份证", legal_rep_id_no=ID_NUMBER)
    page = seen(row, Audience.PUBLIC)
    assert "legal_rep_id_no" not in page and "legal_rep_id_type" not in page and page["legal_rep_name"] == "测试甲"
    assert seen(row, Audience.DEPARTMENT)["legal_rep_id_no"] == "152724********0011"
    assert seen(row, Audience.HANDLER)["legal_rep_id_no"] == ID_NUMBER
    payload = verdict("penalty", row).payload
    assert masked(PENALTY, PENALTY.field("legal_rep_id_no"), payload, Audience.PUBLIC) == ""


def test_a_department_sees_names_but_masked_numbers() -> None:
    page = seen(person(violation_facts=FACTS, tax_reg_no=ID_NUMBER), Audience.DEPARTMENT)
    assert page["counterparty_name"] == "张测试" and page["person_id_no"] == "152724********0011"
    assert ID_NUMBER not in page["violation_facts"] and page["tax_reg_no"] == "1****************1"
    assert seen(person(violation_facts=FACTS), Audience.HANDLER)["violation_facts"] == FACTS


def test_organisations_are_shown_in_full() -> None:
    page = seen(penalty(tax_reg_no="150623MA0P12342", penalty_kinds="警告,其他-责令拆除"), Audience.PUBLIC)
    assert page["uscc"] == "91150623MA0P123428" and page["tax_reg_no"] == "150623MA0P12342"
    assert page["penalty_valid_to"] == "长期" and page["penalty_kinds"] == "警告、其他-责令拆除"
    with speaking("en"):
        page = seen(penalty(), Audience.PUBLIC)
        assert page["penalty_kinds"] == "Warning" and page["penalty_valid_to"] == "Long term"


@pytest.mark.parametrize("category", KINDS.values(), ids=KINDS)
def test_a_schema_contradicts_itself_nowhere(category: Category) -> None:
    ids = [field.id for field in category.every]
    assert len(set(ids)) == len(ids) and len(category.fields) == len({field.code for field in category.fields})
    conditions = [field.required for field in category.fields if isinstance(field.required, When)]
    named = {*category.act, *category.past, *category.titles,
             *(name for group in category.groups for name in group.fields),
             *(name for order in category.orders for name in (order.later, order.earlier)),
             *(name for paper in category.papers for name in (paper.number, paper.kind)),
             *(condition.field for condition in conditions), category.person.field}
    assert named <= set(ids)
    assert all(field.options and field.stem for field in category.fields if field.kind in (Kind.ENUM, Kind.MULTI_ENUM))
    assert all(field.zh and field.en for field in category.fields)
    assert KINDS["penalties"] is PENALTY and KINDS["permits"] is CATEGORIES["permit"]


def test_the_schemas_hold_every_column_of_the_sample_files_in_their_order() -> None:
    for name in ("penalties", "permits"):
        assert [field.zh for field in KINDS[name].fields] == sample_rows(name)[0]


def test_a_further_category_costs_a_table_only() -> None:
    arrears = Category(
        "arrears", T("欠税", "Tax arrears"), "negative", person=PENALTY.person, act=("authority_uscc", "notice_no"),
        orders=(Order("until", "decision_date", "until_before_decision"),),
        fields=(*party_fields("QS"), Field("notice_no", "QS_WSH", T("文号", "Notice"), required=True),
                Field("authority_uscc", "QS_JGDM", T("机关代码", "Authority"), Kind.USCC, 32, True),
                Field("owed_wan", "QS_JE", T("金额", "Sum"), Kind.DECIMAL, 40, True, stem="sum"),
                Field("tax", "QS_SZ", T("税种", "Tax"), Kind.ENUM, options=options(T("增值税", "VAT")), stem="tax"),
                Field("decision_date", "QS_RQ", T("日期", "Date"), Kind.DATE, 40, True),
                Field("until", "QS_JZ", T("截止", "Until"), Kind.DATE, 40)),
    )
    row = {"counterparty_name": "甲", "counterparty_type": "个体工商户", "uscc": "92150623MA0Q56784L",
           "法定代表人": "乙", "QS_WSH": "一号", "机关代码": "11150623116000109L", "金额": "-1",
           "税种": "人头税", "日期": "2026-1-1", "截止": "2025-1-1"}
    judgement = next(judge(arrears, [(2, row)], TODAY))
    assert judgement.codes == ["sum_negative", "unknown_tax", "until_before_decision"]


FORMULAS = ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1", " =1",
            '=HYPERLINK("x")', "=cmd|' /C'!A0"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_returned_file_is_a_formula(text: str) -> None:
    assert guarded(text) == f"'{text}" and unguarded(guarded(text)) == text
    (cells,) = returned(penalty(penalty_doc_no="", remarks=text))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")) for cell in cells)


@pytest.mark.parametrize("text", ["'quoted", "plain", "", "'", "1-2"])
def test_other_cells_come_back_as_they_are(text: str) -> None:
    assert guarded(text) == text == unguarded(text)


def returned(row: dict[str, str]) -> list[list[str]]:
    """The cells of the returned file for one row, without its header."""
    content = b"".join(rejected_table(list(row), [verdict("penalty", row)])).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content, newline="")))[1:]


def test_rejected_rows_go_back_with_reasons_and_may_be_sent_again() -> None:
    rows = sample_rows("penalties")
    verdicts = judged(as_csv(rows), "penalty")
    content = b"".join(rejected_table(rows[0], verdicts))
    assert content.startswith(b"\xef\xbb\xbf")
    cells = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert cells[0] == [*rows[0], "错误原因"] and len(cells) == 13
    assert [row[:-1] for row in cells[1:] if "'-1" not in row] == [
        rows[one.row - 1] for one in verdicts if one.verdict == "reject" and "fine_negative" not in one.codes]
    again = read_table(content)
    codes = [one.codes for one in judge(PENALTY, again.rows, date(2026, 11, 23))]
    first = [one.codes for one in verdicts if one.verdict == "reject"]
    assert [code for code in codes if code != []] == [code for code in first if code != ["duplicate_of_another_row"]]
    assert codes.count([]) == 1, "the repetition stands alone in the returned file"


def test_permits_show_their_state_in_words() -> None:
    category = CATEGORIES["permit"]
    page = {field.id: text for field, text in shown(category, verdict("permit", permit()).payload, Audience.PUBLIC)}
    assert page["permit_status"] == "有效" and page["permit_category"] == "普通"
