"""Administrative penalties in the layout of 2015/17, read into the fields of today's."""

from standards import layout2015, penalty
from standards.kinds import OTHER
from standards.layout2015 import LAYOUT, SEVERITIES
from standards.party import IS_PERSON, PAPERS
from standards.schema import Category, Field, Kind, Mask, Order, Payload, options
from standards.words import T

# Entries that join two kinds by 、 are read as both; which of suspension and revocation it was, the layout cannot say.
PERMIT, LICENCE = (T("暂扣或者吊销许可证", "Suspension or revocation of a permit"),
                   T("暂扣或者吊销执照", "Suspension or revocation of a licence"))
KINDS = (T("警告", "Warning"), penalty.FINE, penalty.CONFISCATE_GAIN, penalty.CONFISCATE_GOODS,
         T("责令停产停业", "Order to suspend production or business"), PERMIT, LICENCE,
         T("行政拘留", "Administrative detention"))

NAME = Field("penalty_name", "CF_CFMC", T("处罚名称", "Name of the penalty"), max_length=256, required=True)
ITEM = Field("power_item_code", "CF_BM", T("行政处罚编码", "Number in the list of powers"), max_length=40,
             required=True)
SEVERITY = Field("source_severity", "CF_SXYZCD", T("失信严重程度", "Severity at its source"), Kind.ENUM, 16,
                 mask=Mask.HIDDEN, options=SEVERITIES, stem="source_severity", confirm=frozenset({"1", "2", "3"}))
SECOND = Field("second_kind", "CF_CFLB2", T("处罚类别2", "Second kind of penalty"), Kind.MULTI_ENUM, 500,
               options=options(*KINDS), other=True, stem="penalty_kind")
MORE = (NAME, ITEM, SEVERITY, *layout2015.tail("CF"))
MEANT = {one.zh: f"{OTHER}-{one.zh}" for one in (PERMIT, LICENCE)}


def derive(payload: Payload) -> None:
    """Who the party is, and all kinds of penalty in one list, in the words of today's law."""
    layout2015.who(payload)
    said = [*payload.get("penalty_kinds", []), *payload.pop("second_kind", [])]
    kinds = [MEANT.get(one, one) for one in said]
    if kinds:
        payload["penalty_kinds"] = list(dict.fromkeys(kinds))


PENALTY_2015 = Category(
    code="penalty",
    label=penalty.PENALTY.label,
    polarity="negative",
    person=IS_PERSON,
    act=("authority_name", "penalty_doc_no"),
    papers=PAPERS,
    orders=(*layout2015.ORDERS, Order("publish_until", "decision_date", "publish_until_before_decision")),
    past=layout2015.PAST,
    groups=layout2015.GROUPS,
    more=layout2015.derived("CF"),
    derive=derive,
    titles=("penalty_name",),
    layout=LAYOUT,
    fields=(
        Field("penalty_doc_no", "CF_WSH", T("行政处罚决定书文号", "Number of the penalty decision"), max_length=128,
              required=True),
        NAME, ITEM,
        Field("penalty_kinds", "CF_CFLB1", T("处罚类别1", "Kind of penalty"), Kind.MULTI_ENUM, 500, True,
              options=options(*KINDS), other=True, stem="penalty_kind"),
        SECOND,
        Field("violation_facts", "CF_SY", T("处罚事由", "Facts of the violation"), Kind.LONG, 2048, True),
        Field("penalty_basis", "CF_YJ", T("处罚依据", "Legal basis of the penalty"), Kind.LONG, 2048, True),
        Field("counterparty_name", "CF_XDR_MC", T("行政相对人名称", "Name of the party"), max_length=128, required=True,
              mask=Mask.PERSON_NAME),
        *layout2015.codes("CF"),
        Field("legal_rep_name", "CF_FR", T("法定代表人姓名", "Legal representative"), max_length=256,
              required=layout2015.IS_BODY),
        Field("penalty_content", "CF_JG", T("处罚结果", "Content of the penalty"), Kind.LONG, 2048, True),
        Field("decision_date", "CF_JDRQ", T("处罚决定日期", "Date of the decision"), Kind.DATE, 40, True),
        Field("authority_name", "CF_XZJG", T("处罚机关", "Authority"), max_length=64, required=True),
        *layout2015.tail("CF"),
        SEVERITY,
        Field("publish_until", "CF_GSJZQ", T("公示截止期", "Published until"), Kind.DATE, 40),
    ),
)
