"""Administrative permits in the layout of 2015/17, read into the fields of today's."""

from standards import layout2015, permit
from standards.layout2015 import LAYOUT
from standards.party import IS_PERSON, PAPERS
from standards.schema import Category, Field, Kind, Mask, Order, options
from standards.words import T

NAME = Field("project_name", "XK_XMMC", T("项目名称", "Project"), max_length=256, required=True)
ITEM = Field("power_item_code", "XK_BM", T("行政许可编码", "Number in the list of powers"), max_length=40,
             required=True)
MORE = (NAME, ITEM, *layout2015.tail("XK"))

PERMIT_2015 = Category(
    code="permit",
    label=permit.PERMIT.label,
    polarity="neutral",
    person=IS_PERSON,
    act=("authority_name", "permit_doc_no"),
    papers=PAPERS,
    orders=(*layout2015.ORDERS, Order("valid_to", "decision_date", "valid_to_before_decision")),
    past=layout2015.PAST,
    groups=layout2015.GROUPS,
    more=layout2015.derived("XK"),
    derive=layout2015.who,
    titles=("project_name",),
    layout=LAYOUT,
    fields=(
        Field("permit_doc_no", "XK_WSH", T("行政许可决定书文号", "Number of the permit decision"), max_length=128,
              required=True),
        NAME, ITEM,
        Field("permit_category", "XK_SPLB", T("审批类别", "Kind of permit"), Kind.ENUM, 256, True,
              options=options(*permit.KINDS), other=True, stem="permit_category"),
        Field("permit_content", "XK_NR", T("许可内容", "Content of the permit"), Kind.LONG, 2048, True),
        Field("counterparty_name", "XK_XDR", T("行政相对人名称", "Name of the party"), max_length=256, required=True,
              mask=Mask.PERSON_NAME),
        *layout2015.codes("XK"),
        Field("legal_rep_name", "XK_FR", T("法定代表人姓名", "Legal representative"), max_length=256),
        Field("decision_date", "XK_JDRQ", T("许可决定日期", "Date of the decision"), Kind.DATE, 40, True),
        Field("valid_to", "XK_JZQ", T("许可截止期", "Valid until"), Kind.DATE, 40, long_term=True),
        Field("authority_name", "XK_XZJG", T("许可机关", "Authority"), max_length=64, required=True),
        *layout2015.tail("XK"),
    ),
)
