"""What the layout of 2015/17 has in common for penalties and permits: codes of which one is filled, old states.

It knows no type of party: who has only an identity number is a natural person. Otherwise that number is the legal
representative's. Its authorities have no code; the register of organisations supplies it when a row is loaded.
"""

import re

from standards.papers import PASSPORT, RESIDENT_ID
from standards.party import NATURAL_PERSON, ORGANISATION, SOLE_TRADER, party_fields
from standards.schema import Field, Kind, Mask, OneOf, Option, Order, Payload, When
from standards.words import T

LAYOUT = T("2015/17版", "layout of 2015/17")
CODES = ("uscc", "org_code", "biz_reg_no", "tax_reg_no")
GROUPS = (OneOf((*CODES, "legal_rep_id_no", "person_id_no"), "one_code_required"),)
ORDERS = (Order("source_updated_on", "decision_date", "source_updated_before_decision"),)
PAST = ("decision_date", "source_updated_on")
IS_BODY = When("counterparty_type", frozenset({ORGANISATION.zh, SOLE_TRADER.zh}))
NORMAL, REVOKED = "0", "1"

STATES = (Option(NORMAL, T("正常", "Normal")), Option(REVOKED, T("撤销", "Revoked")),
          Option("2", T("异议", "Disputed")), Option("3", T("其他(见备注)", "Other (see remarks)")))
SCOPES = (Option("0", T("公示", "Public")), Option("1", T("政府内部共享", "Shared inside government")),
          Option("2", T("授权查询", "On authorisation")))
SEVERITIES = (Option("0", T("未定", "Not determined")), Option("1", T("一般", "Ordinary")),
              Option("2", T("较重", "Graver")), Option("3", T("严重", "Serious")))
SEVERITY_MEANT = {"1": "minor", "2": "general", "3": "serious"}


def codes(prefix: str) -> tuple[Field, ...]:
    """代码_1 … 代码_5 and the legal representative."""
    return (
        Field("uscc", f"{prefix}_XDR_SHXYM", T("代码_1(统一社会信用代码)", "Code 1 (unified social credit code)"),
              Kind.USCC, 64, aliases=(T("行政相对人代码_1(统一社会信用代码)", "Code_1"),)),
        Field("org_code", f"{prefix}_XDR_ZDM", T("代码_2(组织机构代码)", "Code 2 (organisation code)"),
              Kind.ORG_CODE, 64, aliases=(T("行政相对人代码_2(组织机构代码)", "Code_2"),)),
        Field("biz_reg_no", f"{prefix}_XDR_GSDJ", T("代码_3(工商登记码)", "Code 3 (business registration)"),
              max_length=64, aliases=(T("行政相对人代码_3(工商登记码)", "Code_3"),)),
        Field("tax_reg_no", f"{prefix}_XDR_SWDJ", T("代码_4(税务登记号)", "Code 4 (tax registration)"), max_length=64,
              mask=Mask.INDIVIDUAL, aliases=(T("行政相对人代码_4(税务登记号)", "Code_4"),)),
        Field("legal_rep_id_no", f"{prefix}_XDR_SFZ", T("代码_5(居民身份证号)", "Code 5 (resident identity number)"),
              Kind.PAPER, 64, mask=Mask.HIDDEN, aliases=(T("行政相对人代码_5(居民身份证号)", "Code_5"),)),
    )


def tail(prefix: str) -> tuple[Field, ...]:
    """State, region, time stamp, remarks and scope."""
    return (
        Field("source_status", f"{prefix}_ZT", T("当前状态", "State at its source"), Kind.ENUM, 16, options=STATES,
              stem="source_status", confirm=frozenset({"1", "2", "3"})),
        Field("region_code", "DFBM", T("地方编码", "Region code"), max_length=6, required=True, mask=Mask.HIDDEN,
              pattern=r"[0-9]{6}", stem="region_code"),
        Field("source_updated_on", "SJC", T("数据更新时间戳", "Updated at its source"), Kind.DATE, 40, True,
              Mask.HIDDEN),
        Field("remarks", "BZ", T("备注", "Remarks"), Kind.LONG, 4000),
        Field("usage_scope", f"{prefix}_SYFW", T("信息使用范围", "Scope of use"), Kind.ENUM, 16, mask=Mask.HIDDEN,
              options=SCOPES, stem="usage_scope"),
    )


def derived(prefix: str) -> tuple[Field, ...]:
    """Fields of today's layout that this one's columns are read into."""
    wanted = {"counterparty_type", "person_id_type", "person_id_no", "legal_rep_id_type"}
    source = f"{prefix}_XDR_SFZ"
    return tuple(Field(one.id, source, one.label, one.kind, one.max_length, False, one.mask, one.options,
                       one.other, stem=one.stem, of="legal_rep_id_no")
                 for one in party_fields(prefix) if one.id in wanted)  # fmt: skip


def who(payload: Payload) -> None:
    """Tell from the codes what sort of party it is, and whose the identity number is."""
    bodied = any(payload.get(code) for code in CODES)
    payload.setdefault("source_status", NORMAL)
    if not bodied and payload.get("legal_rep_id_no"):
        number = str(payload.pop("legal_rep_id_no"))
        resident = re.fullmatch(r"[0-9]{17}[0-9Xx]", number.strip())
        payload |= {"counterparty_type": NATURAL_PERSON.zh, "person_id_no": number,
                    "person_id_type": (RESIDENT_ID if resident else PASSPORT).zh}  # fmt: skip
    elif bodied:
        trader = str(payload.get("uscc", "")).startswith("92")
        payload["counterparty_type"] = (SOLE_TRADER if trader else ORGANISATION).zh
