"""合同履约: how a contract with a public body was performed, as that body or its supervisor found."""

from standards.party import IS_PERSON
from standards.schema import Category, Field, Kind, Order, When, options
from standards.subjectfields import PAPERS, source_fields, subject_fields
from standards.words import T

BREACHED = T("违约", "Breached")
FULFILMENT = (T("履行中", "Being performed"), T("已履约", "Performed"), BREACHED)
IS_BREACHED = When("fulfilment", frozenset({BREACHED.zh}), "finding_required_when_broken")

CONTRACT = Category(
    code="contract",
    label=T("合同履约", "Performance of contracts"),
    polarity="neutral",
    person=IS_PERSON,
    act=("authority_uscc", "contract_no"),
    papers=PAPERS,
    orders=(Order("term_to", "term_from", "period_ends_before_it_begins"),),
    titles=("project_name",),
    fields=(
        *subject_fields("HTLY"),
        Field("contract_no", "HTLY_BH", T("合同编号", "Number of the contract"), max_length=128, required=True),
        Field("project_name", "HTLY_XM", T("项目名称", "Project"), required=True),
        Field("party_a", "HTLY_JF", T("甲方", "Party A"), required=True),
        Field("party_b", "HTLY_YF", T("乙方", "Party B"), required=True),
        Field("amount_wan", "HTLY_JE", T("合同金额（万元）", "Amount (10,000 yuan)"), Kind.DECIMAL, 40, stem="amount"),
        Field("term_from", "HTLY_QS", T("履约期限起", "Term from"), Kind.DATE, 40),
        Field("term_to", "HTLY_ZZ", T("履约期限止", "Term to"), Kind.DATE, 40, long_term=True),
        Field("fulfilment", "HTLY_ZT", T("履约状态", "Performance"), Kind.ENUM, 16, True,
              options=options(*FULFILMENT), stem="fulfilment"),
        Field("breach_finding", "HTLY_WY", T("违约情形", "The breach"), Kind.LONG, 5000, IS_BREACHED),
        Field("decision_date", "HTLY_RDRQ", T("认定日期", "Date of the finding"), Kind.DATE, 40, True),
        *source_fields("HTLY", T("认定单位", "Determining unit")),
    ),
)
