"""信用承诺: what a subject has promised in writing, and whether it was kept."""

from standards.acts import composed
from standards.party import IS_PERSON
from standards.schema import Category, Field, Kind, Order, When, options
from standards.subjectfields import PAPERS, source_fields, subject_fields
from standards.words import T

TYPES = (
    T("审批替代", "In place of an approval"), T("证明事项", "In place of a proof"),
    T("容缺受理", "Accepted with papers to follow"), T("信用修复", "Credit repair"), T("主动", "Of own accord"),
    T("行业自律", "Self-regulation of a trade"),
)
BROKEN = T("违约", "Broken")
FULFILMENT = (T("未履行", "Not yet performed"), T("履约", "Kept"), BROKEN)
IS_BROKEN = When("fulfilment", frozenset({BROKEN.zh}), "finding_required_when_broken")

COMMITMENT = Category(
    code="commitment",
    label=T("信用承诺", "Credit commitment"),
    polarity="neutral",
    person=IS_PERSON,
    act=("authority_uscc", "commitment_no"),
    papers=PAPERS,
    orders=(Order("valid_to", "decision_date", "valid_to_before_decision"),),
    titles=("commitment_matter",),
    derive=composed("commitment_no", "commitment_type", "commitment_matter", "decision_date"),
    fields=(
        *subject_fields("XYCN"),
        Field("commitment_no", "XYCN_BH", T("承诺书编号", "Number of the commitment"), max_length=128),
        Field("commitment_type", "XYCN_LX", T("承诺类型", "Kind of commitment"), Kind.ENUM, 64, True,
              options=options(*TYPES), other=True, stem="commitment_type"),
        Field("commitment_matter", "XYCN_SY", T("承诺事由", "Matter"), required=True),
        Field("commitment_content", "XYCN_NR", T("承诺内容", "What is promised"), Kind.LONG, 5000, True),
        Field("decision_date", "XYCN_RQ", T("承诺日期", "Date of the commitment"), Kind.DATE, 40, True),
        Field("valid_to", "XYCN_YXQ", T("承诺有效期", "Valid until"), Kind.DATE, 40, long_term=True),
        Field("fulfilment", "XYCN_LXZT", T("履行状态", "Performance"), Kind.ENUM, 16, True,
              options=options(*FULFILMENT), stem="fulfilment"),
        Field("breach_finding", "XYCN_WYRD", T("违约认定", "Finding of the breach"), Kind.LONG, 5000, IS_BROKEN),
        *source_fields("XYCN", T("受理单位", "Accepting unit")),
    ),
)
