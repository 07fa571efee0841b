"""Administrative permits: the 2019 field set, one row per column of the national layout."""

from standards.party import IS_PERSON, PAPERS, party_fields
from standards.schema import Category, Field, Kind, Option, Order, options
from standards.words import T

KINDS = (
    T("普通", "General permit"), T("特许", "Franchise"), T("认可", "Accreditation"),
    T("核准", "Approval"), T("登记", "Registration"),
)

# The sample of 2019 writes 1 for a permit in force, the layout of 2015 wrote 0; 2 and 3 stay as their source meant.
STATES = (
    Option("0", T("正常", "Normal")), Option("1", T("有效", "In force")),
    Option("2", T("非正常(代码2)", "Not normal (code 2)")), Option("3", T("其他(见备注)", "Other (see remarks)")),
)

PERMIT = Category(
    code="permit",
    label=T("行政许可", "Administrative permit"),
    polarity="neutral",
    titles=("permit_doc_title", "project_name"),
    person=IS_PERSON,
    act=("authority_uscc", "permit_doc_no"),
    papers=PAPERS,
    orders=(Order("valid_to", "decision_date", "valid_to_before_decision"),
            Order("valid_to", "valid_from", "valid_to_before_valid_from")),
    fields=(
        *party_fields("XK"),
        Field("permit_doc_title", "XK_XKWS", T("行政许可决定文书名称", "Title of the permit decision"), required=True),
        Field("permit_doc_no", "XK_WSH", T("行政许可决定文书号", "Number of the permit decision"),
              max_length=128, required=True, aliases=(T("行政许可决定文书文号", "Permit decision number"),)),
        Field("permit_category", "XK_XKLB", T("许可类别", "Kind of permit"), Kind.ENUM, 256, True,
              options=options(*KINDS), other=True, stem="permit_category"),
        Field("permit_certificate", "XK_XKZS", T("许可证书名称", "Name of the permit certificate")),
        Field("permit_no", "XK_XKBH", T("许可编号", "Permit number"), max_length=128),
        Field("permit_content", "XK_NR", T("许可内容", "Content of the permit"), Kind.LONG, 5000, True),
        Field("decision_date", "XK_JDRQ", T("许可决定日期", "Date of the decision"), Kind.DATE, 40, True),
        Field("valid_from", "XK_YXQZ", T("有效期自", "Valid from"), Kind.DATE, 40, True),
        Field("valid_to", "XK_YXQZI", T("有效期至", "Valid until"), Kind.DATE, 40, True, long_term=True),
        Field("authority_name", "XK_XKJG", T("许可机关", "Authority"), required=True),
        Field("authority_uscc", "XK_XKJGDM", T("许可机关统一社会信用代码", "Code of the authority"),
              Kind.USCC, 32, True),
        Field("permit_status", "XK_ZT", T("当前状态", "Current state"), Kind.ENUM, 16, True,
              options=STATES, stem="permit_status"),
        Field("source_dept_name", "XK_LYDW", T("数据来源单位", "Source department"), required=True),
        Field("source_dept_uscc", "XK_LYDWDM", T("数据来源单位统一社会信用代码", "Code of the source department"),
              Kind.USCC, 32, True),
        Field("remarks", "BZ", T("备注", "Remarks"), Kind.LONG, 5000),
    ),
)
