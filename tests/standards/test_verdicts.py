"""Rows judged by every rule of domain.md 2.3."""

from datetime import date, timedelta

import pytest

from tests.standards.tables import Row, as_csv, judged, penalty, permit, person, verdict

LONG = "长" * 5001


def test_right_rows_are_accepted_without_remarks() -> None:
    for category, row in (("penalty", penalty()), ("permit", permit())):
        judgement = verdict(category, row)
        assert (judgement.verdict, judgement.codes) == ("accept", []), judgement.message
    assert verdict("penalty", person()).codes == ["natural_person_without_uscc"]


REQUIRED = ["counterparty_name", "counterparty_type", "uscc", "legal_rep_name", "penalty_doc_no", "violation_type",
            "violation_facts", "penalty_basis", "penalty_kinds", "penalty_content", "decision_date",
            "penalty_valid_to", "authority_name", "authority_uscc", "source_dept_name", "source_dept_uscc"]
PERMIT_REQUIRED = ["counterparty_name", "counterparty_type", "uscc", "legal_rep_name", "permit_doc_title",
                   "permit_doc_no", "permit_category", "permit_content", "decision_date", "valid_from", "valid_to",
                   "authority_name", "authority_uscc", "permit_status", "source_dept_name", "source_dept_uscc"]


@pytest.mark.parametrize("blank", ["", "  ", "\u3000"])
@pytest.mark.parametrize("name", REQUIRED)
def test_required_fields_of_a_penalty(name: str, blank: str) -> None:
    judgement = verdict("penalty", penalty(**{name: blank}))
    assert (judgement.verdict, judgement.codes) == ("reject", ["required_missing"])
    assert [finding.field for finding in judgement.findings] == [name]


@pytest.mark.parametrize("name", PERMIT_REQUIRED)
def test_required_fields_of_a_permit(name: str) -> None:
    assert verdict("permit", permit(**{name: ""})).codes == ["required_missing"]


@pytest.mark.parametrize("name", ["person_id_type", "person_id_no"])
def test_a_person_needs_a_paper(name: str) -> None:
    assert verdict("penalty", person(**{name: ""})).codes == ["required_missing"]


REJECTED: list[tuple[Row, str]] = [
    (penalty(counterparty_type="企业"), "unknown_counterparty_type"),
    (penalty(uscc="91150623MA0P12342"), "uscc_length"),
    (penalty(authority_uscc="11150623116000109A"), "uscc_check_digit"),
    (penalty(source_dept_uscc="1115O623116000109L"), "uscc_illegal_letter"),
    (penalty(org_code="MA0P12343"), "org_code_check_digit"),
    (penalty(legal_rep_id_type="身份证", legal_rep_id_no="150623199001010019"), "legal_rep_bad_id"),
    (penalty(legal_rep_id_type="学生证", legal_rep_id_no="1"), "unknown_id_type"),
    (penalty(legal_rep_id_type="其他-", legal_rep_id_no="1"), "unknown_id_type"),
    (person(person_id_no="150623202612310014"), "natural_person_bad_id"),
    (person(person_id_no="150623900101001"), "natural_person_bad_id"),
    (person(uscc="91150623MA0P123429"), "uscc_check_digit"),
    (penalty(penalty_kinds="罚款"), "fine_required_when_kind_is_fine"),
    (penalty(penalty_kinds="没收违法所得"), "amount_required_when_kind_is_confiscation"),
    (penalty(penalty_kinds="警告;没收非法财物"), "amount_required_when_kind_is_confiscation"),
    (penalty(penalty_kinds="暂扣许可证件"), "licence_required_when_kind_is_suspension_or_revocation"),
    (penalty(penalty_kinds="吊销许可证件"), "licence_required_when_kind_is_suspension_or_revocation"),
    (penalty(penalty_kinds="警告,口头教育"), "unknown_penalty_kind"),
    (penalty(penalty_kinds="其他"), "unknown_penalty_kind"),
    (penalty(penalty_kinds="其他-责令拆除,口头教育"), "unknown_penalty_kind"),
    (penalty(penalty_kinds=",,"), "required_missing"),
    (penalty(fine_wan="-0.01"), "fine_negative"), (penalty(fine_wan="－1"), "fine_negative"),
    (penalty(fine_wan="1.1234567"), "fine_too_precise"), (penalty(fine_wan="1234567890123"), "fine_out_of_range"),
    (penalty(confiscated_wan="一万"), "confiscated_not_a_number"),
    (penalty(confiscated_wan="-2"), "confiscated_negative"),
    (penalty(decision_date="2026/11/24"), "decision_date_in_future"),
    (penalty(penalty_valid_to="2026/01/04"), "valid_to_before_decision"),
    (penalty(publish_until="2026/01/04"), "publish_until_before_decision"),
    (penalty(decision_date="长期"), "date_not_real"),
    (penalty(counterparty_name="长" * 201), "too_long"), (penalty(penalty_doc_no="1" * 129), "too_long"),
    (penalty(legal_rep_name="长" * 51), "too_long"), (penalty(violation_facts=LONG), "too_long"),
    (penalty(counterparty_name="甲\0乙"), "forbidden_character"),
    (penalty(violation_facts="甲\u202e乙"), "forbidden_character"),
    (penalty(remarks="\ud800"), "forbidden_character"),
]


@pytest.mark.parametrize(("row", "code"), REJECTED, ids=[f"{n} {code}" for n, (_, code) in enumerate(REJECTED)])
def test_one_broken_rule_gives_one_code(row: Row, code: str) -> None:
    judgement = verdict("penalty", row)
    assert (judgement.verdict, judgement.codes) == ("reject", [code])
    assert judgement.message.zh and judgement.message.en


@pytest.mark.parametrize("text", ["五千元", "5000元", "1e3", "NaN", "Infinity", "1_000", "1,000", "²", "\u0663", "--1",
                                  ".", "1/2", "0x10", "1 000", "=1+1"])
def test_what_is_no_number(text: str) -> None:
    assert verdict("penalty", penalty(fine_wan=text)).codes == ["fine_not_a_number"]


@pytest.mark.parametrize(("text", "stored"), [("0.2", "0.2"), ("0.200000", "0.2"), ("１０．５", "10.5"), ("0", "0"),
                                              (".5", "0.5"), ("010", "10"), ("10000", "10000"), ("-0", "0")])
def test_amounts_are_stored_in_one_form(text: str, stored: str) -> None:
    judgement = verdict("penalty", penalty(penalty_kinds="罚款", fine_wan=text))
    assert (judgement.verdict, judgement.payload["fine_wan"]) == ("accept", stored)


WARNED = [(penalty(fine_wan="10000.000001"), "fine_probably_in_yuan"),
          (penalty(confiscated_wan="50000"), "confiscated_probably_in_yuan"),
          (penalty(uscc="91150623MA0P123402"), "uscc_inner_code"),
          (person(person_id_type="港澳居民来往内地通行证", person_id_no="A12345678"), "id_shape_unusual")]


@pytest.mark.parametrize(("row", "code"), WARNED, ids=[code for _, code in WARNED])
def test_doubtful_rows_are_held_for_a_person(row: Row, code: str) -> None:
    judgement = verdict("penalty", row)
    assert judgement.verdict == "warn" and code in judgement.codes


@pytest.mark.parametrize("text", ["2024/01/05", "2024-01-05", "2024-1-5", "2024/1/5", "2024.1.5", "20240105",
                                  "2024年1月5日", "2024年01月05日", "２０２４／０１／０５", "２０２４－１－５", "45296",
                                  "2024-01-05 00:00:00", "2024/1/5 8:30"])
def test_dates_in_their_variants(text: str) -> None:
    judgement = verdict("penalty", penalty(decision_date=text))
    assert (judgement.verdict, judgement.payload["decision_date"]) == ("accept", "2024-01-05")


@pytest.mark.parametrize("text", ["2025/02/29", "2024/13/01", "2024/00/10", "2024/1-5", "24/1/5", "05/01/2024", "昨天",
                                  "2024", "202401", "2024/01/05x", "99999", "0000/01/01", "2024/\u0661/5"])
def test_what_is_no_date(text: str) -> None:
    assert verdict("penalty", penalty(decision_date=text)).codes == ["date_not_real"]


@pytest.mark.parametrize("text", ["2099/12/31", "2099-12-31", "长期", "永久"])
def test_long_term(text: str) -> None:
    judgement = verdict("penalty", penalty(penalty_valid_to=text))
    assert (judgement.verdict, judgement.payload["penalty_valid_to"]) == ("accept", "2099-12-31")


def test_today_and_the_day_of_the_decision_itself_are_in_time() -> None:
    assert verdict("penalty", penalty(decision_date="2026/11/23", penalty_valid_to="2026/11/23")).verdict == "accept"


@pytest.mark.parametrize(
    ("text", "stored"),
    [("警告,通报批评", ["警告", "通报批评"]),
     ("警告、 通报批评;责令关闭；限制从业，行政拘留", ["警告", "通报批评", "责令关闭", "限制从业", "行政拘留"]),
     ("警告,警告,", ["警告"]), ("其他－责令限期拆除", ["其他-责令限期拆除"]),
     ("其他——责令拆除、恢复原状", ["其他-责令拆除、恢复原状"]),
     ("其他-责令拆除、警告", ["其他-责令拆除", "警告"]), ("警告 通报批评", ["警告", "通报批评"])],
)
def test_several_kinds_in_a_cell(text: str, stored: list[str]) -> None:
    judgement = verdict("penalty", penalty(penalty_kinds=text))
    assert (judgement.verdict, judgement.payload["penalty_kinds"]) == ("accept", stored)


def test_every_kind_of_the_law_is_known() -> None:
    kinds = ("警告; 通报批评; 罚款; 没收违法所得; 没收非法财物; 暂扣许可证件; 降低资质等级; 吊销许可证件; "
             "限制开展生产经营活动; 责令停产停业; 责令关闭; 限制从业; 行政拘留; 其他-注明")
    row = penalty(penalty_kinds=kinds, fine_wan="1", confiscated_wan="1", licence_affected="证")
    assert len(verdict("penalty", row).payload["penalty_kinds"]) == 14


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"permit_category": "批准"}, "unknown_permit_category"), ({"permit_category": "其他"}, "unknown_permit_category"),
     ({"permit_status": "9"}, "unknown_permit_status"), ({"permit_status": "有效"}, "unknown_permit_status"),
     ({"valid_from": "2025/01/05", "valid_to": "2025/12/31"}, "valid_to_before_decision"),
     ({"valid_from": "2026/03/01", "valid_to": "2026/02/01"}, "valid_to_before_valid_from"),
     ({"decision_date": "2026/12/01", "valid_from": "2026/12/01"}, "decision_date_in_future"),
     ({"permit_doc_title": "长" * 201}, "too_long")],
)
def test_rules_of_a_permit(changes: Row, code: str) -> None:
    assert verdict("permit", permit(**changes)).codes == [code]


CATEGORIES = ("特许", "认可", "核准", "登记", "其他-备案")


@pytest.mark.parametrize("changes", [{"permit_category": value} for value in CATEGORIES]
                         + [{"permit_status": value} for value in ("0", "2", "3", "１")]
                         + [{"valid_to": "2099/12/31"}, {"valid_from": "2027/01/01"}, {"permit_no": ""}])
def test_allowed_values_of_a_permit(changes: Row) -> None:
    assert verdict("permit", permit(**changes)).verdict == "accept"


def test_repetitions_are_rejected_with_the_row_they_repeat() -> None:
    rows = [penalty(), penalty(penalty_doc_no="鄂前罚[2026] 1号"), penalty(uscc="93150623MA0R90123C"),
            penalty(fine_wan="x", penalty_doc_no="二"), penalty(penalty_doc_no="二"), penalty(penalty_doc_no="二")]
    table = [list(rows[3]), *([*row.values()] for row in rows_with("fine_wan", rows))]
    verdicts = judged(as_csv(table), "penalty")
    assert [(one.verdict, one.same_as_row) for one in verdicts] == [
        ("accept", None), ("reject", 2), ("accept", None), ("reject", None), ("accept", None), ("reject", 6)]
    assert verdicts[0].fingerprint == verdicts[1].fingerprint != verdicts[2].fingerprint


def rows_with(column: str, rows: list[Row]) -> list[Row]:
    """The rows with the columns of the first that has `column`, in its order."""
    names = list(next(row for row in rows if column in row))
    return [{name: row.get(name, "") for name in names} for row in rows]


def test_several_faults_are_all_told_and_information_is_left_out() -> None:
    judgement = verdict("penalty", penalty(decision_date="2026-2-30", fine_wan="x", uscc="１", penalty_doc_no=""))
    assert judgement.codes == ["uscc_length", "date_not_real", "fine_not_a_number", "required_missing"]
    assert judgement.message.zh.count(";") == 3 and judgement.findings[2].original == "x"


@pytest.mark.parametrize("char", ["👍", "<script>alert(1)</script>", "=1+1", "'; DROP TABLE", "\U00030edd"])
def test_strange_text_is_data(char: str) -> None:
    judgement = verdict("penalty", penalty(violation_facts=char))
    assert judgement.verdict == "accept" and judgement.payload["violation_facts"] == char


def test_the_future_is_measured_by_the_given_today() -> None:
    tomorrow = date(2026, 11, 23) + timedelta(days=1)
    assert verdict("penalty", penalty(decision_date=f"{tomorrow:%Y/%m/%d}")).verdict == "reject"
