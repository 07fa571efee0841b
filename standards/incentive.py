"""守信激励对象 (red list): whom an authority has recognised as trustworthy."""

from standards.party import IS_PERSON
from standards.schema import Category, Field, Kind, Order, options
from standards.subjectfields import PAPERS, publish_until, source_fields, subject_fields
from standards.words import T

STATES = (T("待公示", "To be published"), T("公示中", "Being published"), T("已公示", "Published"))

INCENTIVE = Category(
    code="incentive",
    label=T("守信激励对象", "Trustworthy subjects (red list)"),
    polarity="positive",
    person=IS_PERSON,
    act=("authority_uscc", "listing_doc_no"),
    papers=PAPERS,
    orders=(Order("publish_until", "decision_date", "publish_until_before_decision"),),
    titles=("honour_name",),
    fields=(
        *subject_fields("SXJL"),
        Field("honour_name", "SXJL_RYMC", T("荣誉名称", "Name of the honour"), required=True),
        Field("commend_doc_no", "SXJL_BZWH", T("表彰文件号", "Number of the commendation"), max_length=128),
        Field("listing_doc_no", "SXJL_RDWH", T("认定文号", "Number of the determination"), max_length=128,
              required=True),
        Field("decision_date", "SXJL_RDRQ", T("认定日期", "Date of the determination"), Kind.DATE, 40, True),
        publish_until("SXJL"),
        Field("list_state", "SXJL_ZT", T("公示状态", "State of publication"), Kind.ENUM, 16,
              options=options(*STATES), stem="list_state"),
        *source_fields("SXJL", T("认定机关全称", "Determining authority")),
    ),
)
