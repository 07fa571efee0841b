"""The thirteen columns on the party that every category of the 2019 field set begins with."""

from standards.papers import TYPES
from standards.schema import Field, Kind, Mask, Paper, When, options
from standards.words import T

ORGANISATION = T("法人及非法人组织", "Legal person or other organisation")
SOLE_TRADER = T("个体工商户", "Sole trader")
NATURAL_PERSON = T("自然人", "Natural person")

IS_BODY = When("counterparty_type", frozenset({ORGANISATION.zh, SOLE_TRADER.zh}))
IS_PERSON = When("counterparty_type", frozenset({NATURAL_PERSON.zh}))

PAPERS = (
    Paper("legal_rep_id_no", "legal_rep_id_type", "legal_rep_bad_id"),
    Paper("person_id_no", "person_id_type", "natural_person_bad_id"),
)


def party_fields(prefix: str) -> tuple[Field, ...]:
    """The block of the party with codes under CF or XK."""
    return (
        Field("counterparty_name", f"{prefix}_XDR_MC", T("行政相对人名称", "Name of the party"),
              required=True, mask=Mask.PERSON_NAME),
        Field("counterparty_type", f"{prefix}_XDR_LB", T("行政相对人类别", "Type of party"), Kind.ENUM, 100, True,
              options=options(ORGANISATION, SOLE_TRADER, NATURAL_PERSON), stem="counterparty_type"),
        *_code_fields(prefix),
        *_person_fields(prefix),
    )


def _code_fields(prefix: str) -> tuple[Field, ...]:
    return (
        Field("uscc", f"{prefix}_XDR_SHXYM",
              T("行政相对人代码_1(统一社会信用代码)", "Code 1 (unified social credit code)"), Kind.USCC, 32, IS_BODY,
              aliases=(T("代码_1(统一社会信用代码)", "Code_1"), T("统一社会信用代码", "Unified social credit code"))),
        Field("biz_reg_no", f"{prefix}_XDR_GSZC",
              T("行政相对人代码_2(工商注册号)", "Code 2 (business registration number)"), max_length=50,
              aliases=(T("代码_2(工商注册号)", "Code_2"), T("工商注册号", "Business registration number"))),
        Field("org_code", f"{prefix}_XDR_ZZJG",
              T("行政相对人代码_3(组织机构代码)", "Code 3 (organisation code)"), Kind.ORG_CODE, 32,
              aliases=(T("代码_3(组织机构代码)", "Code_3"), T("组织机构代码", "Organisation code"))),
        Field("tax_reg_no", f"{prefix}_XDR_SWDJ",
              T("行政相对人代码_4(税务登记号)", "Code 4 (tax registration number)"), max_length=32,
              mask=Mask.INDIVIDUAL,
              aliases=(T("代码_4(税务登记号)", "Code_4"), T("税务登记号", "Tax registration number"))),
        Field("institution_cert_no", f"{prefix}_XDR_SYDW",
              T("行政相对人代码_5(事业单位证书号)", "Code 5 (public institution certificate)"), max_length=120,
              aliases=(T("代码_5(事业单位证书号)", "Code_5"), T("事业单位证书号", "Public institution certificate"))),
        Field("social_org_reg_no", f"{prefix}_XDR_SHZZ",
              T("行政相对人代码_6(社会组织登记证号)", "Code 6 (social organisation registration)"), max_length=50,
              aliases=(T("代码_6(社会组织登记证号)", "Code_6"),
                       T("社会组织登记证号", "Social organisation registration"))),
    )


def _person_fields(prefix: str) -> tuple[Field, ...]:
    return (
        Field("legal_rep_name", f"{prefix}_FRDB", T("法定代表人", "Legal representative"), max_length=50,
              required=IS_BODY, aliases=(T("法定代表人姓名", "Name of the legal representative"),)),
        Field("legal_rep_id_type", f"{prefix}_FR_ZJLX",
              T("法定代表人证件类型", "Identity document of the legal representative"), Kind.ENUM, 64,
              mask=Mask.HIDDEN, options=options(*TYPES), other=True, stem="id_type"),
        Field("legal_rep_id_no", f"{prefix}_FR_ZJHM",
              T("法定代表人证件号码", "Document number of the legal representative"), Kind.PAPER, 64,
              mask=Mask.HIDDEN, aliases=(f"{prefix}_FR_SFZH",)),
        Field("person_id_type", f"{prefix}_XDR_ZJLX", T("证件类型", "Identity document of the person"), Kind.ENUM, 64,
              IS_PERSON, options=options(*TYPES), other=True, stem="id_type",
              aliases=(T("自然人证件类型", "Person's identity document"),)),
        Field("person_id_no", f"{prefix}_XDR_ZJHM", T("证件号码", "Document number of the person"), Kind.PAPER, 64,
              IS_PERSON, Mask.ID, aliases=(T("自然人证件号码", "Person's document number"),)),
    )
