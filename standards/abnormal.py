"""经营异常名录: why and when a subject was put on it, and taken off."""

from standards.acts import composed
from standards.party import IS_PERSON
from standards.schema import Category, Field, Kind, Order
from standards.subjectfields import PAPERS, source_fields, subject_fields
from standards.words import T

ABNORMAL = Category(
    code="abnormal",
    label=T("经营异常名录", "List of abnormal operation"),
    polarity="negative",
    person=IS_PERSON,
    act=("authority_uscc", "listing_doc_no"),
    papers=PAPERS,
    orders=(Order("removed_on", "decision_date", "removed_before_listing"),),
    past=("decision_date", "removed_on"),
    titles=("listing_reason",),
    derive=composed("listing_doc_no", "listing_reason", "decision_date"),
    fields=(
        *subject_fields("YCML"),
        Field("listing_doc_no", "YCML_WSH", T("列入决定文号", "Number of the listing decision"), max_length=128),
        Field("listing_reason", "YCML_LRYY", T("列入原因", "Reason of the listing"), max_length=500, required=True),
        Field("decision_date", "YCML_LRRQ", T("列入日期", "Listed on"), Kind.DATE, 40, True),
        Field("removal_reason", "YCML_YCYY", T("移出原因", "Reason of the removal"), max_length=500),
        Field("removed_on", "YCML_YCRQ", T("移出日期", "Removed on"), Kind.DATE, 40),
        Field("removal_authority", "YCML_YCJG", T("移出机关", "Removed by")),
        *source_fields("YCML", T("作出决定机关（列入）", "Listing authority")),
    ),
)
