"""The columns that every category outside of the two national layouts shares: whom it is about, and who says so.

The minimum fields are read (domain.md 2.4); the codes before the underscore are ours.
"""

from standards.papers import TYPES
from standards.party import IS_BODY, IS_PERSON, NATURAL_PERSON, ORGANISATION, SOLE_TRADER
from standards.schema import Field, Kind, Mask, Paper, options
from standards.words import T, Text

PAPERS = (Paper("person_id_no", "person_id_type", "natural_person_bad_id"),)


def subject_fields(prefix: str) -> tuple[Field, ...]:
    """Name, type and codes of the subject."""
    return (
        Field("counterparty_name", f"{prefix}_ZTMC", T("主体名称", "Name of the subject"), required=True,
              mask=Mask.PERSON_NAME, aliases=(T("企业名称", "Enterprise"), T("纳税人名称", "Taxpayer"))),
        Field("counterparty_type", f"{prefix}_ZTLB", T("主体类别", "Type of subject"), Kind.ENUM, 100, True,
              options=options(ORGANISATION, SOLE_TRADER, NATURAL_PERSON), stem="counterparty_type"),
        Field("uscc", f"{prefix}_SHXYM", T("统一社会信用代码", "Unified social credit code"), Kind.USCC, 32, IS_BODY),
        Field("legal_rep_name", f"{prefix}_FDDBR", T("法定代表人", "Legal representative"), max_length=50,
              aliases=(T("法定代表人姓名", "Name of the legal representative"),)),
        Field("person_id_type", f"{prefix}_ZJLX", T("证件类型", "Identity document of the person"), Kind.ENUM, 64,
              IS_PERSON, options=options(*TYPES), other=True, stem="id_type"),
        Field("person_id_no", f"{prefix}_ZJHM", T("证件号码", "Document number of the person"), Kind.PAPER, 64,
              IS_PERSON, Mask.ID),
    )


def source_fields(prefix: str, authority: Text) -> tuple[Field, ...]:
    """Who determined it and who sends it, under the title the category gives to its authority."""
    code = T(f"{authority.zh}统一社会信用代码", f"Code: {authority.en}")
    return (
        Field("authority_name", f"{prefix}_JG", authority, required=True),
        Field("authority_uscc", f"{prefix}_JGDM", code, Kind.USCC, 32, True),
        Field("source_dept_name", f"{prefix}_SJLY", T("数据来源单位", "Source department"), required=True),
        Field("source_dept_uscc", f"{prefix}_SJLYDM",
              T("数据来源单位统一社会信用代码", "Code of the source department"), Kind.USCC, 32, True),
        Field("remarks", "BZ", T("备注", "Remarks"), Kind.LONG, 5000),
    )


def publish_until(prefix: str) -> Field:
    """The end of publication that the source itself names."""
    return Field("publish_until", f"{prefix}_GSJZQ", T("公示截止期", "Published until"), Kind.DATE, 40)
