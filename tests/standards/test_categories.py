"""The further categories, the layout of 2015/17, and the code lists of a province."""

from datetime import date

import pytest

from standards.categories import CATEGORIES, KINDS
from standards.columns import check_columns
from standards.display import shown
from standards.masking import Audience
from standards.readers import read_table
from standards.schema import Kind
from standards.variants import Table, Variants
from standards.verdicts import RowVerdict, judge
from standards.words import T
from tests.standards.tables import ID_NUMBER, TODAY, as_csv, as_xls, as_xlsx, penalty, verdict

COMMON = {"counterparty_name": "测试有限公司", "counterparty_type": "法人及非法人组织", "uscc": "91150623MA0P123428",
          "decision_date": "2026/01/05", "authority_name": "机关", "authority_uscc": "11150623116000109L",
          "source_dept_name": "单位", "source_dept_uscc": "11150623116000109L"}
ROWS = {
    "incentives": {**COMMON, "honour_name": "诚信企业", "listing_doc_no": "认〔2026〕1号"},
    "blacklist": {**COMMON, "list_name": "拖欠农民工工资失信联合惩戒对象名单", "listing_doc_no": "认〔2026〕2号",
                  "listing_basis": "依据", "main_facts": "事实", "removal_conditions": "条件", "remedies": "救济"},
    "judgments": {**COMMON, "case_no": "（2026）内0623执1号", "cause": "买卖合同纠纷",
                  "basis_doc_no": "（2025）内0623民初1号"},
    "honours": {**COMMON, "commend_doc_no": "表〔2026〕1号", "honour_name": "先进单位"},
    "arrears": {**COMMON, "tax_name": "增值税", "arrears_wan": "1.5", "period_from": "2025/10/01",
                "period_to": "2025/12/31"},
    "commitments": {**COMMON, "commitment_type": "信用修复", "commitment_matter": "修复", "commitment_content": "内容",
                    "fulfilment": "履约"},
    "contracts": {**COMMON, "contract_no": "合〔2026〕1号", "project_name": "道路", "party_a": "甲", "party_b": "乙",
                  "fulfilment": "已履约"},
    "inspections": {**COMMON, "matter": "食品安全", "inspection_result": "未发现问题"},
    "abnormal": {**COMMON, "listing_reason": "未按规定公示年度报告"},
}
OLD = {"counterparty_name": "测试有限公司", "uscc": "91150623MA0P123428", "legal_rep_name": "测试甲",
       "decision_date": "2016/01/05", "authority_name": "机关", "source_status": "0", "region_code": "150623",
       "source_updated_on": "2016/01/08", "power_item_code": "A01"}
OLD_PENALTY = {**OLD, "penalty_doc_no": "鄂前罚〔2016〕1号", "penalty_name": "名称", "penalty_kinds": "罚款",
               "violation_facts": "事实", "penalty_basis": "依据", "penalty_content": "罚款2000元"}
OLD_PERMIT = {**OLD, "permit_doc_no": "鄂前许〔2016〕1号", "project_name": "项目", "permit_category": "普通",
              "permit_content": "内容"}


def judged(kind: str, row: dict[str, str], variants: Variants = Variants()) -> RowVerdict:  # noqa: B008
    return next(judge(KINDS[kind], [(2, row)], TODAY, variants))


@pytest.mark.parametrize("kind", ROWS)
def test_the_minimum_fields_are_enough_and_each_is_needed(kind: str) -> None:
    category, row = KINDS[kind], ROWS[kind]
    right = judged(kind, row)
    assert (right.verdict, right.codes) == ("accept", []) and right.fingerprint, right.message
    for field in category.fields:
        if field.required is True:
            said = judged(kind, {**row, field.id: ""})
            assert (said.verdict, said.codes) == ("reject", ["required_missing"]), field.id
    assert judged(kind, {**row, "decision_date": "2026/11/24"}).verdict == "reject"


@pytest.mark.parametrize("kind", KINDS)
def test_each_category_is_read_from_every_form_of_file(kind: str) -> None:
    category = KINDS[kind]
    row = {**penalty(), **OLD_PENALTY, **OLD_PERMIT, **ROWS.get(kind, {})}
    cells = [row.get(field.id, "") for field in category.fields]
    table = [[field.zh for field in category.fields], cells]
    prints = set()
    for content in (as_csv(table), as_csv(table, "gb18030"), as_xlsx(table), as_xls(table)):
        read = read_table(content)
        check_columns(category, read.headers)
        prints |= {(one.fingerprint, one.verdict) for one in judge(category, read.rows, TODAY)}
    assert len(prints) == 1 and next(iter(prints))[0]


def test_an_act_without_a_number_is_known_again_by_its_content() -> None:
    first, second = judged("arrears", ROWS["arrears"]), judged("arrears", {**ROWS["arrears"], "arrears_wan": "9"})
    other = judged("arrears", {**ROWS["arrears"], "period_to": "2025/11/30"})
    assert first.fingerprint == second.fingerprint != other.fingerprint
    assert first.payload["notice_no"] == "增值税 2025-10-01 2025-12-31"


@pytest.mark.parametrize(("kind", "changes", "code"), [
    ("arrears", {"period_to": "2025/09/30"}, "period_ends_before_it_begins"),
    ("arrears", {"arrears_wan": "-1"}, "arrears_negative"),
    ("commitments", {"fulfilment": "违约"}, "finding_required_when_broken"),
    ("commitments", {"commitment_type": "口头"}, "unknown_commitment_type"),
    ("contracts", {"fulfilment": "违约"}, "finding_required_when_broken"),
    ("inspections", {"inspection_result": "很好"}, "unknown_inspection_result"),
    ("abnormal", {"removed_on": "2025/01/01"}, "removed_before_listing"),
    ("judgments", {"closed_on": "2025/01/01"}, "closed_before_filing"),
    ("incentives", {"publish_until": "2025/01/01"}, "publish_until_before_decision"),
    ("incentives", {"list_state": "不知"}, "unknown_list_state"),
    ("blacklist", {"uscc": ""}, "required_missing"),
])
def test_rules_of_the_further_categories(kind: str, changes: dict[str, str], code: str) -> None:
    assert judged(kind, {**ROWS[kind], **changes}).codes == [code]


def test_other_results_and_broken_promises_with_their_finding_are_accepted() -> None:
    assert judged("inspections", {**ROWS["inspections"], "inspection_result": "其他-待后续处理"}).verdict == "accept"
    broken = {**ROWS["contracts"], "fulfilment": "违约", "breach_finding": "逾期交付"}
    assert judged("contracts", broken).verdict == "accept"


def test_a_penalty_of_2015_is_read_into_todays_fields() -> None:
    kinds = {"penalty_kinds": "没收违法所得、没收非法财物", "second_kind": "警告"}
    said = judged("penalties-2015", {**OLD_PENALTY, **kinds})
    assert (said.verdict, said.codes) == ("accept", []), said.message
    assert said.payload["counterparty_type"] == "法人及非法人组织"
    assert said.payload["penalty_kinds"] == ["没收违法所得", "没收非法财物", "警告"]
    licence = judged("penalties-2015", {**OLD_PENALTY, "penalty_kinds": "暂扣或者吊销许可证、暂扣或者吊销执照"})
    assert licence.payload["penalty_kinds"] == ["其他-暂扣或者吊销许可证", "其他-暂扣或者吊销执照"]
    assert "second_kind" not in said.payload and said.payload["source_status"] == "0"
    page = {field.id: text for field, text in shown(CATEGORIES["penalty"], said.payload, Audience.PUBLIC)}
    assert page["penalty_name"] == "名称" and "region_code" not in page and page["source_status"] in ("正常", "Normal")


def test_a_permit_of_2015_is_read_into_todays_fields() -> None:
    said = judged("permits-2015", {**OLD_PERMIT, "uscc": "92150623MA0Q56784L", "valid_to": "2099/12/31"})
    assert said.verdict == "accept" and said.payload["counterparty_type"] == "个体工商户", said.message


def test_who_has_an_identity_number_only_is_a_person() -> None:
    said = judged("penalties-2015", {**OLD_PENALTY, "uscc": "", "legal_rep_name": "", "legal_rep_id_no": ID_NUMBER})
    assert said.verdict == "accept" and said.payload["counterparty_type"] == "自然人", said.message
    assert said.payload["person_id_no"] == ID_NUMBER and "legal_rep_id_no" not in said.payload
    passport = judged("permits-2015", {**OLD_PERMIT, "uscc": "", "legal_rep_id_no": "E12345678"})
    assert passport.payload["person_id_type"] == "护照号"
    wrong = judged("penalties-2015", {**OLD_PENALTY, "uscc": "", "legal_rep_id_no": "150623199002300017"})
    assert wrong.codes == ["natural_person_bad_id"]
    whose = judged("penalties-2015", {**OLD_PENALTY, "legal_rep_id_no": ID_NUMBER})
    assert whose.payload["legal_rep_id_no"] == ID_NUMBER and "person_id_no" not in whose.payload


OLD_RULES = [
    ({"uscc": ""}, "reject", "one_code_required"), ({"uscc": "91150623MA0P123429"}, "reject", "uscc_check_digit"),
    ({"legal_rep_name": ""}, "reject", "required_missing"),
    ({"region_code": "15062"}, "reject", "region_code_malformed"),
    ({"source_updated_on": "2016/01/04"}, "reject", "source_updated_before_decision"),
    ({"source_updated_on": "2027/01/04"}, "reject", "source_updated_on_in_future"),
    ({"publish_until": "2016/01/04"}, "reject", "publish_until_before_decision"),
    ({"source_status": "1"}, "warn", "source_status_to_be_confirmed"),
    ({"source_status": "9"}, "reject", "unknown_source_status"),
    ({"source_severity": "2"}, "warn", "source_severity_to_be_confirmed"),
    ({"usage_scope": "5"}, "reject", "unknown_usage_scope"),
    ({"penalty_kinds": "责令关闭"}, "reject", "unknown_penalty_kind"),
    ({"penalty_kinds": "其他(需注明)"}, "reject", "unknown_penalty_kind"),
    ({"penalty_kinds": "其他(责令拆除)"}, "accept", "other_kind_with_note_is_allowed"),
]


@pytest.mark.parametrize(("changes", "expect", "code"), OLD_RULES)
def test_rules_of_the_layout_of_2015(changes: dict[str, str], expect: str, code: str) -> None:
    said = judged("penalties-2015", {**OLD_PENALTY, **changes})
    assert (said.verdict, said.codes) == (expect, [code]), said.message


def test_decisions_without_a_number_are_told_apart() -> None:
    numbered = ((2, "A"), (3, "B"), (4, "A"))
    rows = [(n, {**OLD_PENALTY, "penalty_doc_no": "空", "power_item_code": code}) for n, code in numbered]
    said = list(judge(KINDS["penalties-2015"], rows, TODAY))
    assert [one.verdict for one in said] == ["accept", "accept", "reject"] and said[2].same_as_row == 2


def test_a_province_s_codes_count_between_their_days() -> None:
    table = Table("penalty_kind", T("表", "table"), date(2020, 1, 1), date(2026, 11, 24), {"01": "警告", "02": "罚款"})
    row = penalty(penalty_kinds="01、02", fine_wan="1")
    said = next(judge(CATEGORIES["penalty"], [(2, row)], TODAY, Variants([table])))
    assert said.payload["penalty_kinds"] == ["警告", "罚款"] and said.codes == ["code_mapped_by_table"]
    later = next(judge(CATEGORIES["penalty"], [(2, row)], date(2026, 11, 24), Variants([table])))
    assert later.codes == ["unknown_penalty_kind"] == verdict("penalty", row).codes
    papers = Variants([Table("id_type", T("表", "table"), None, None, {"111": "身份证"})])
    body = penalty(legal_rep_id_type="111", legal_rep_id_no=ID_NUMBER)
    assert next(judge(CATEGORIES["penalty"], [(2, body)], TODAY, papers)).payload["legal_rep_id_type"] == "身份证"


def test_amounts_and_lists_have_what_their_kind_needs() -> None:
    for category in KINDS.values():
        for field in category.fields:
            assert field.stem or field.kind not in (Kind.DECIMAL, Kind.ENUM, Kind.MULTI_ENUM), field.id
