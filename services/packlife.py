"""The life of rules: drafted by one person, put in force on a day by another, kept for ever."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, insert, select

from models.base import db, shanghai_day
from models.organisation import Org, OrgKind
from models.rules import Rule, RulePack
from services import notices, rulechanges, rules
from services.access import NotFound, enter
from services.packrights import approving, may_approve, may_draft, of_office
from services.people import Person
from standards.words import T, Text
from workflow import packs
from workflow.clock import Rule as Law
from workflow.engine import FLOWS, Refused
from workflow.words import Role

DRAFT, WAITING, APPROVED, DROPPED = "draft", "waiting", rules.APPROVED, "dropped"
STAGES = {
    DRAFT: T("草案", "Draft"), WAITING: T("待批准", "Awaiting approval"), APPROVED: T("已批准", "Approved"),
    DROPPED: T("已放弃", "Dropped"),
}  # fmt: skip
COPIED = ("limit", "n", "unit", "extend_n", "extend_max", "exclusions", "legal_max", "on_breach", "source", "article",
          "tag", "confirmed_by", "confirmed_at")  # fmt: skip
OPEN_ALREADY = T("这一范围已有一份草案（第{n}版），请先办结。", "There is a draft of this scope already: edition {n}.")
NOT_NOW = T("规则现为“{stage}”，不能这样办理。", "The rules are “{stage}”; this cannot be done now.")
SAME_PERSON = T("起草人不能批准自己的草案，也不能由受其委托的人批准。",
                "Who drafted the rules cannot approve them, nor can his delegate.")  # fmt: skip
NOT_YOURS = T("单位自己的规则只能设定本单位承担的期限。", "Your own rules set only the limits that you owe yourselves.")
SENT = T("{what}待您批准，自{day}起施行。", "{what} waits for your approval, in force from {day}.")
SETTLED = T("{what}已批准，自{day}起施行。", "{what} is approved, in force from {day}.")
RETURNED = T("{what}已退回：{why}", "{what} was returned: {why}")
NAMED = T("“{kind}”期限规则第{n}版", "Rules of “{kind}”, edition {n}")


@dataclass(frozen=True, slots=True)
class Limit:
    """What a form says of one limit."""

    n: int
    unit: str
    extend_n: int
    extend_max: int
    exclusions: tuple[str, ...]
    legal_max: str
    source: str
    article: str


def begin(based_on: int, org_id: int | None, category: str, by: Person, now: dt.datetime) -> int:
    """A draft of the next edition of a scope, copied from approved rules; its id. Refused when one is open."""
    old = db.session.get(RulePack, based_on)
    if old is None or old.stage != APPROVED or not may_draft(by, org_id):
        raise NotFound(f"pack {based_on}")
    code = _code(old, org_id, category)
    open_one = (RulePack.code == code, RulePack.stage.in_((DRAFT, WAITING)))
    if (edition := db.session.scalar(select(RulePack.edition).where(*open_one))) is not None:
        raise Refused([OPEN_ALREADY.format(n=edition)])
    made = RulePack(code=code, edition=next_edition(code), kind=old.kind, valid_from=_tomorrow(now), org_id=org_id,
                    category=category, stage=DRAFT, based_on=old.id, drafted_by=by.id, drafted_at=now,
                    switches=old.switches)  # fmt: skip
    db.session.add(made)
    db.session.flush()
    copied = [{name: getattr(rule, name) for name in COPIED} | {"pack_id": made.id} for rule in rules_of(old.id)]
    db.session.execute(insert(Rule), copied)
    _log(made, "drafted", by.id)
    return made.id


def _code(old: RulePack, org_id: int | None, category: str) -> str:
    if (old.org_id, old.category) == (org_id, category):
        return old.code
    root = db.session.scalar(select(RulePack.code).where(
        RulePack.kind == old.kind, RulePack.org_id.is_(None), RulePack.category == "").order_by(RulePack.id.desc()))
    return f"{root or old.kind}/{org_id or ''}/{category}"[:64]


def _tomorrow(now: dt.datetime) -> dt.date:
    return shanghai_day(now) + dt.timedelta(days=1)


def next_edition(code: str) -> int:
    return int(db.session.scalar(select(func.max(RulePack.edition)).where(RulePack.code == code)) or 0) + 1


def rules_of(pack_id: int) -> list[Rule]:
    return list(db.session.scalars(select(Rule).where(Rule.pack_id == pack_id).order_by(Rule.id)))


def in_hand(pack_id: int, by: Person, *stages: str) -> RulePack:
    """Rules this person drafts or approves, at one of these stages. NotFound when not his, Refused when too late."""
    row = db.session.get(RulePack, pack_id, with_for_update=True)
    if row is None or not (may_draft(by, row.org_id) or may_approve(by, row.org_id)):
        raise NotFound(f"pack {pack_id}")
    if row.stage not in stages:
        raise Refused([NOT_NOW.format(stage=STAGES[row.stage])])
    return row


def set_limit(pack_id: int, name: str, said: Limit, by: Person, now: dt.datetime) -> None:
    """Change one limit of a draft; it then rests on the source named. Refused with everything that is wrong."""
    pack = _own_draft(pack_id, by)
    rule = db.session.scalar(select(Rule).where(Rule.pack_id == pack_id, Rule.limit == name))
    if rule is None:
        raise NotFound(f"limit {name}")
    flow = FLOWS[pack.kind]
    limit = packs.limit_of(flow, name)
    if not of_office(pack.org_id) and (limit is None or limit.owner not in (Role.DR, Role.DH)):
        raise Refused([NOT_YOURS])
    law = Law(name, said.n, said.unit, said.extend_n if said.extend_max else 0, said.source, said.article, "read",
              said.extend_max, said.exclusions, said.legal_max)  # fmt: skip
    if found := list(packs.of_rule(flow, law)):
        raise Refused(found)
    rule.n, rule.unit, rule.extend_n, rule.extend_max = law.n, law.unit, law.extend_n, law.extend_max
    rule.exclusions, rule.legal_max = list(law.exclusions), law.legal_max
    rule.source, rule.article = law.source, law.article
    rule.tag, rule.confirmed_by, rule.confirmed_at = "read", None, None
    _log(pack, f"limit {name}: {law.n} {law.unit}", by.id)


def _own_draft(pack_id: int, by: Person) -> RulePack:
    pack = in_hand(pack_id, by, DRAFT)
    if not may_draft(by, pack.org_id):
        raise NotFound(f"pack {pack_id}")
    return pack


def set_day(pack_id: int, day: dt.date, switches: dict[str, bool], by: Person, now: dt.datetime) -> None:
    """On which day a draft is to begin, and its switches. Refused for a day that has passed or is taken."""
    pack = _own_draft(pack_id, by)
    if found := _date_faults(pack, day, now):
        raise Refused(found)
    pack.valid_from = day
    if of_office(pack.org_id):
        known = {name: wanted for name, wanted in switches.items() if isinstance(pack.switches.get(name), bool)}
        pack.switches = {**pack.switches, **known}
    _log(pack, f"in force from {day}", by.id)


def _date_faults(pack: RulePack, day: dt.date, now: dt.datetime) -> list[Text]:
    same = (RulePack.code == pack.code, RulePack.stage == APPROVED)
    others = db.session.execute(select(RulePack.valid_from, RulePack.valid_to).where(*same)).all()
    return packs.of_dates(day, shanghai_day(now), [(row.valid_from, row.valid_to) for row in others])


def faults(pack: RulePack, now: dt.datetime) -> list[Text]:
    """Everything that keeps a draft from being put in force."""
    limits = {rule.limit: rules.as_rule(rule) for rule in rules_of(pack.id)}
    wanted = [rule.limit for rule in rules_of(pack.based_on)] if pack.based_on else []
    return packs.faults(FLOWS[pack.kind], limits, wanted) + _date_faults(pack, pack.valid_from, now)


def submit(pack_id: int, by: Person, now: dt.datetime) -> None:
    """Hand a draft up. Refused with every contradiction in it."""
    pack = _own_draft(pack_id, by)
    if found := faults(pack, now):
        raise Refused(found)
    pack.stage, pack.remark = WAITING, ""
    _log(pack, "handed up", by.id)
    approver = Role.LD if of_office(pack.org_id) else Role.DH
    _tell(pack, SENT.format(what=name_of(pack), day=pack.valid_from), approver, now)


def approve(pack_id: int, by: Person, now: dt.datetime) -> None:
    """Put rules in force on their day; the edition before them ends there. Never by their drafter."""
    pack = _to_settle(pack_id, by)
    capacity = approving(by, pack.org_id, pack.drafted_by)
    if capacity is None:
        raise Refused([SAME_PERSON])
    if found := faults(pack, now):
        raise Refused(found)
    _end_former(pack)
    pack.stage, pack.approved_by, pack.approved_at = APPROVED, by.id, now
    pack.approved_under = capacity.delegation
    for rule in rules_of(pack.id):
        if rule.tag == "read" and rule.confirmed_by is None and rule.source:
            rule.confirmed_by, rule.confirmed_at = by.id, now
    db.session.flush()
    rulechanges.close_pack(pack.id, by.id, now)
    _log(pack, f"approved {capacity.delegation or ''}".strip(), by.id)
    _tell(pack, SETTLED.format(what=name_of(pack), day=pack.valid_from), _drafter(pack), now)


def _end_former(pack: RulePack) -> None:
    same = (RulePack.code == pack.code, RulePack.stage == APPROVED, RulePack.valid_from < pack.valid_from)
    for former in db.session.scalars(select(RulePack).where(*same, RulePack.valid_to.is_(None))):
        former.valid_to = pack.valid_from


def give_back(pack_id: int, why: str, by: Person, now: dt.datetime) -> None:
    """Return a draft to who drafted it, with the reason."""
    pack = _to_settle(pack_id, by)
    pack.stage, pack.remark = DRAFT, why
    _log(pack, f"returned: {why}"[:200], by.id)
    _tell(pack, RETURNED.format(what=name_of(pack), why=why), _drafter(pack), now)


def _to_settle(pack_id: int, by: Person) -> RulePack:
    pack = in_hand(pack_id, by, WAITING)
    if not may_approve(by, pack.org_id):
        raise NotFound(f"pack {pack_id}")
    return pack


def drop(pack_id: int, by: Person, now: dt.datetime) -> None:
    """Give a draft up; it stays in the history."""
    pack = in_hand(pack_id, by, DRAFT, WAITING)
    if not may_draft(by, pack.org_id):
        raise NotFound(f"pack {pack_id}")
    pack.stage = DROPPED
    _log(pack, "dropped", by.id)


def _drafter(pack: RulePack) -> Role:
    return Role.COH if of_office(pack.org_id) else Role.DR


def name_of(pack: RulePack) -> Text:
    return NAMED.format(kind=FLOWS[pack.kind].label, n=pack.edition)


def _tell(pack: RulePack, text: Text, role: Role, now: dt.datetime) -> None:
    """A line for everybody of a role in the organisation the rules belong to, or in the credit offices."""
    offices = select(Org.id).where(Org.kind == OrgKind.CREDIT_OFFICE.value)
    orgs = db.session.scalars(offices) if of_office(pack.org_id) else [pack.org_id]
    for org_id in orgs:
        notices.write(text, now, org_id=org_id, role=role)


def _log(pack: RulePack, what: str, by: int) -> None:
    enter("rule_change", f"pack {pack.id}", what[:200], user_id=by)
