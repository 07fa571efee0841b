"""Demonstration data: a banner whose people, enterprises and acts are all invented (演示数据)."""

import csv
import datetime as dt
import io
from collections import defaultdict
from typing import Any

from sqlalchemy import insert, select, update

from models.base import db, shanghai_day
from models.organisation import Org
from models.outbox import Subscription
from models.people import AgencyState, Capacity, Membership, UserKind
from models.record import ImportBatch
from models.rules import Rule, RulePack, Setting
from services import accounts, clock, enrolment, importing, passwords, people, rules, subjects
from services.defaults import DATA, read
from services.transactions import transaction_open, writing
from standards.categories import KINDS
from standards.words import Text
from workflow.words import Role

PASSWORD = "xinfu-demo-2026"
# role, who that is, user name, password: one account of each role, for the line printed at the start
ACCOUNTS: tuple[tuple[str, Text, str, str], ...] = tuple(
    (role.value, role.label, username, PASSWORD)
    for role, username in (
        (Role.APP, "chengmao"), (Role.AGT, "shengli"), (Role.INT, "intake1"), (Role.CO, "officer1"),
        (Role.COH, "head1"), (Role.LEG, "legal1"), (Role.LD, "leader1"), (Role.PUB, "publisher1"),
        (Role.DR, "market.dr1"), (Role.DH, "market.dh1"), (Role.USR, "bank.usr1"), (Role.REC, "bank.rec1"),
        (Role.AUD, "auditor1"), (Role.ADM, "admin1"),
    )
)  # fmt: skip
SETTINGS: dict[str, dict[str, str]] = {
    "remedies": {"review_organ": "鄂托克前旗人民政府", "court": "鄂托克前旗人民法院"},
    "office": {"address": "鄂托克前旗政务服务中心三楼信用窗口（演示）", "contact_person": "信用窗口（演示）",
               "contact_phone": "0477-0000000"},
    "site": {"name": "鄂托克前旗公共信用信息异议与信用修复平台（演示）",
             "name_en": "Otog Front Banner credit objection and repair (demonstration)",
             "phone": "0477-0000000", "address": "鄂托克前旗政务服务中心三楼信用窗口（演示）"},
}  # fmt: skip


def load(now: dt.datetime | None = None) -> None:
    """Everything in one transaction: organisations, people, imported records, applicants, settings."""
    now = now or clock.now()
    if transaction_open():
        _load(now)
        return
    with writing():
        _load(now)


def _load(now: dt.datetime) -> None:
    orgs = _organisations()
    password = passwords.hashed(PASSWORD)
    staff = {one["username"]: _staff(one, orgs, password, now) for one in read("demo_staff.json")}
    for kind in ("penalties", "permits"):
        _import(kind, orgs, staff, now)
    for one in read("demo_applicants.json"):
        _applicant(one, password, now)
    _settings(now)
    _own_rules(orgs["zone"])
    for key, category in (("bank", "penalty"), ("platform", "")):
        db.session.add(Subscription(org_id=orgs[key], category=category))
    db.session.flush()
    rules.forget()


def _own_rules(org_id: int) -> None:
    """The rules of repair of an organisation that leaves the decision to the credit office."""
    general = db.session.execute(select(RulePack).where(RulePack.code == "RP-2026",
                                                        RulePack.org_id.is_(None))).scalars().first()
    if general is None:
        return
    switches = {**general.switches, "decision_mode": "credit_office", "authority_decides": False}
    own = RulePack(code=f"RP-2026.{org_id}", edition=1, kind="repair", valid_from=general.valid_from, org_id=org_id,
                   switches=switches)  # fmt: skip
    db.session.add(own)
    db.session.flush()
    names = ("limit", "n", "unit", "extend_n", "extend_max", "on_breach", "legal_max", "source", "article", "tag")
    for rule in db.session.execute(select(Rule).where(Rule.pack_id == general.id)).scalars().all():
        db.session.add(Rule(pack_id=own.id, **{name: getattr(rule, name) for name in names}))


def _organisations() -> dict[str, int]:
    found: dict[str, int] = {}
    told = read("demo_orgs.json")
    for one in told:
        row = Org(kind=one["kind"], name=one["name"], name_en=one["name_en"], code=one.get("code"),
                  organ_word=one.get("organ_word"), parent_id=found.get(one["parent"]),
                  valid_from=_day(one.get("valid_from")), valid_to=_day(one.get("valid_to")))  # fmt: skip
        db.session.add(row)
        db.session.flush()
        found[one["key"]] = row.id
    for one in told:
        if "successor" in one:
            heir = {"successor_id": found[one["successor"]]}
            db.session.execute(update(Org).where(Org.id == found[one["key"]]).values(heir))
    return found


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _staff(one: dict[str, Any], orgs: dict[str, int], password: str, now: dt.datetime) -> int:
    user = accounts.create_user(
        username=one["username"], name=one["name"], kind=UserKind.STAFF, password_hash=password, now=now
    )
    for role in one["roles"]:
        told = {"user_id": user.id, "org_id": orgs[one["org"]], "role": role, "valid_from": shanghai_day(now)}
        db.session.execute(insert(Membership).values(told))
    return user.id


def _import(kind: str, orgs: dict[str, int], staff: dict[str, int], now: dt.datetime) -> None:
    """Each department sends its own rows of the sample file; its head approves, then they are loaded."""
    codes = {one["code"]: one["key"] for one in read("demo_orgs.json") if "code" in one}
    for code, data in _by_department(kind).items():
        key = codes[code]
        sender, head = (people.person(staff[f"{key}.{role}1"]) for role in ("dr", "dh"))
        name = f"{kind}-{key}.csv"
        batch = importing.stage(kind, name, data, orgs[key], sender, shanghai_day(now), now)
        importing.approve(db.session.get_one(ImportBatch, batch), head)
        importing.load(batch, now)


def _by_department(kind: str) -> dict[str, bytes]:
    """The sample file cut by the code of its source department; CSV with BOM."""
    with (DATA / f"demo_{kind}.csv").open(encoding="utf-8-sig", newline="") as stream:
        head, *rows = csv.reader(stream)
    place = head.index(KINDS[kind].field("source_dept_uscc").zh)
    parts: dict[str, list[list[str]]] = defaultdict(list)
    for row in rows:
        parts[row[place]].append(row)
    return {code: _as_csv([head, *part]) for code, part in parts.items()}


def _as_csv(rows: list[list[str]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode("utf-8-sig")


def _applicant(one: dict[str, Any], password: str, now: dt.datetime) -> None:
    """An account for a subject that the sample files know."""
    subject = subjects.by_code(one["code"])
    if subject is None:
        raise LookupError(one["code"])
    user = accounts.create_user(username=one["username"], name=one["name"], kind=UserKind.APPLICANT,
                                password_hash=password, phone=one["phone"], now=now)  # fmt: skip
    agency = enrolment.claim(user, subject, Capacity(one["capacity"]), now, stated_name=subject.name)
    if one["proven"]:
        agency.state, agency.proven_at = AgencyState.PROVEN.value, now


def _settings(now: dt.datetime) -> None:
    known = set(db.session.execute(select(Setting.name)).scalars())
    for name, value in SETTINGS.items():
        if name not in known:
            db.session.add(Setting(name=name, value=value, changed_at=now))



