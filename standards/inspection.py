"""行政检查、双随机抽查: what an inspection found."""

from standards.acts import composed
from standards.party import IS_PERSON
from standards.schema import Category, Field, Kind, Order, options
from standards.subjectfields import PAPERS, source_fields, subject_fields
from standards.words import T

RESULTS = (T("未发现问题", "Nothing found"), T("责令改正", "Ordered to correct"))

INSPECTION = Category(
    code="inspection",
    label=T("行政检查", "Inspection"),
    polarity="neutral",
    person=IS_PERSON,
    act=("authority_uscc", "inspection_no"),
    papers=PAPERS,
    orders=(Order("announced_on", "decision_date", "announced_before_inspection"),),
    past=("decision_date", "announced_on"),
    titles=("matter",),
    derive=composed("inspection_no", "matter", "decision_date"),
    fields=(
        *subject_fields("XZJC"),
        Field("inspection_no", "XZJC_BH", T("检查文书号", "Number of the inspection"), max_length=128),
        Field("matter", "XZJC_SX", T("检查事项", "Matter"), required=True),
        Field("decision_date", "XZJC_RQ", T("检查日期", "Date of the inspection"), Kind.DATE, 40, True),
        Field("inspection_result", "XZJC_JCJG", T("检查结果", "Result"), Kind.ENUM, 200, True,
              options=options(*RESULTS), other=True, stem="inspection_result"),
        Field("announced_on", "XZJC_GSRQ", T("公示日期", "Announced on"), Kind.DATE, 40),
        *source_fields("XZJC", T("检查单位", "Inspecting unit")),
    ),
)
