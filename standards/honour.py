"""表彰荣誉: commendations and honours."""

from standards.party import IS_PERSON
from standards.schema import Category, Field, Kind
from standards.subjectfields import PAPERS, source_fields, subject_fields
from standards.words import T

HONOUR = Category(
    code="honour",
    label=T("表彰荣誉", "Honours"),
    polarity="positive",
    person=IS_PERSON,
    act=("authority_uscc", "commend_doc_no"),
    papers=PAPERS,
    titles=("honour_name",),
    fields=(
        *subject_fields("BZRY"),
        Field("commend_doc_no", "BZRY_WJH", T("表彰文件号", "Number of the commendation"), max_length=128,
              required=True),
        Field("honour_name", "BZRY_MC", T("表彰名称", "Name of the honour"), required=True),
        Field("honour_level", "BZRY_DJ", T("荣誉等级", "Level of the honour"), max_length=100),
        Field("honour_content", "BZRY_NR", T("荣誉内容", "What it is for"), Kind.LONG, 5000),
        Field("decision_date", "BZRY_RDRQ", T("认定日期", "Date of the determination"), Kind.DATE, 40, True),
        *source_fields("BZRY", T("认定机关", "Determining authority")),
    ),
)
