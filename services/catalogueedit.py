"""The life of a line of the catalogue: drafted by one person, in force from a day by another, kept for ever."""

import datetime as dt
from dataclasses import asdict, dataclass

from sqlalchemy import func, select

from models.base import db, shanghai_day
from models.catalogue import CatalogueEntry
from models.organisation import Org, OrgKind
from services import notices
from services.access import NotFound, enter
from services.catalogue import APPROVED, BY_RULES, RULES, WITHOUT, Span, Terms, of_entry, terms
from services.people import Person, hats_for
from standards.categories import CATEGORIES
from standards.words import T, Text
from workflow.engine import Refused
from workflow.words import Role

DRAFT, WAITING, DROPPED = "draft", "waiting", "dropped"
GRADED = ("minor", "general", "serious")
WITH_KINDS = "penalty"  # the rules class by kinds and amount of a penalty; nothing else has them
OPEN_ALREADY = T("这一条目已有一份草案（第{n}版），请先办结。", "There is a draft of this line already: edition {n}.")
NOT_NOW = T("条目已不在这一环节，不能这样办理。", "The line is past this; it cannot be done now.")
SAME_PERSON = T("起草人不能批准自己的草案。", "Who drafted it cannot approve it.")
ANOTHERS = T("这是他人起草的草案，只有起草人可以修改和提请批准。", "A colleague drafts this and alone changes it.")
UNFIT = T("只有行政处罚可以按处罚种类和金额判定。", "Only penalties are classed by kinds and amount.")
NO_BASIS = T("请写明依据。", "Name the legal basis.")
PASSED = T("施行日期不能早于今天。", "It cannot begin before today.")
TAKEN = T("第{n}版已定于同日施行，两版不能重叠。", "Edition {n} begins on that day; two cannot overlap.")
NEGATIVE = T("期限不能为负数。", "A period cannot be negative.")
REVERSED = T("“{of}”的最短期限长于最长期限。", "“{of}”: the shortest period is longer than the longest.")
ENDLESS = T("“{of}”不公示的，须填写内部留存多少个月。", "“{of}”: what is not published needs the months it is kept.")
EMPTY = T("“{of}”的最长期限须大于0。", "“{of}”: the longest period must be more than 0.")
SAME = T("与现行规定相同，没有改动。", "It says what is in force already.")
ALL = T("全部信息", "All records")
CLASSES = {"": ALL, "minor": T("轻微", "Minor"), "general": T("一般", "General"), "serious": T("严重", "Serious")}
SENT = T("征集目录“{what}”第{n}版待您批准，自{day}起施行。",
         "Catalogue “{what}”, edition {n}, waits for approval; from {day}.")  # fmt: skip
SETTLED = T("征集目录“{what}”第{n}版已批准，自{day}起施行。",
            "Catalogue “{what}”, edition {n}, is approved; from {day}.")  # fmt: skip
RETURNED = T("征集目录“{what}”第{n}版已退回：{why}", "Catalogue “{what}”, edition {n}, was returned: {why}")


@dataclass(frozen=True, slots=True)
class Said:
    """What a form says of a line."""

    valid_from: dt.date
    spans: dict[str, Span]
    report_days: int
    legal_basis: str


def may_draft(person: Person) -> bool:
    """The officers of the office draft."""
    return bool(hats_for(person, (Role.CO,)))


def may_settle(person: Person, entry: CatalogueEntry) -> bool:
    """The head of the office approves or returns, never what the same person drafted."""
    return entry.stage == WAITING and bool(hats_for(person, (Role.COH,))) and person.id != entry.drafted_by


def begin(category: str, org_id: int | None, rule: str, by: Person, now: dt.datetime) -> int:
    """A draft of the next edition, with what is in force now where it fits; its id. Refused when one is open."""
    if category not in CATEGORIES or rule not in RULES or not may_draft(by):
        raise NotFound(f"catalogue {category}")
    if rule == BY_RULES and category != WITH_KINDS:
        raise Refused([UNFIT])
    scope = f"{category}/{org_id or ''}"
    _none_open(scope)
    former = terms(category, org_id, shanghai_day(now))
    blank = Span(True, 0, None)
    made = CatalogueEntry(
        category=category, org_id=org_id, scope=scope, edition=_next(scope), stage=DRAFT, severity_rule=rule,
        valid_from=shanghai_day(now) + dt.timedelta(days=1), report_days=former.report_days, drafted_by=by.id,
        periods=_stored({name: former.spans.get(name, blank) for name in names_of(rule)}),
        legal_basis=former.legal_basis, drafted_at=now, remark="")  # fmt: skip
    db.session.add(made)
    db.session.flush()
    _log(made, "drafted", by)
    return made.id


def names_of(rule: str) -> tuple[str, ...]:
    """The classes that have a period under a rule of classing; "" is all records."""
    return GRADED if rule == BY_RULES else ("",) if rule == WITHOUT else (rule,)


def _none_open(scope: str) -> None:
    query = select(CatalogueEntry.edition).where(
        CatalogueEntry.scope == scope, CatalogueEntry.stage.in_((DRAFT, WAITING)))  # fmt: skip
    if (edition := db.session.scalar(query)) is not None:
        raise Refused([OPEN_ALREADY.format(n=edition)])


def _next(scope: str) -> int:
    query = select(func.max(CatalogueEntry.edition)).where(CatalogueEntry.scope == scope)
    return int(db.session.scalar(query) or 0) + 1


def _stored(spans: dict[str, Span]) -> dict[str, dict[str, object]]:
    return {name: {"publish": one.publish, "min_months": one.least, "max_months": one.most}
            for name, one in spans.items()}  # fmt: skip


def keep(entry_id: int, said: Said, by: Person, now: dt.datetime) -> None:
    """What a draft says from now on. Refused with everything that is wrong."""
    entry = _own_draft(entry_id, by)
    spans = {name: said.spans[name] for name in names_of(entry.severity_rule)}
    if found := _wrong(spans, said.report_days, said.legal_basis) + _wrong_day(entry, said.valid_from, now):
        raise Refused(found)
    entry.valid_from, entry.periods = said.valid_from, _stored(spans)
    entry.report_days, entry.legal_basis = said.report_days, said.legal_basis
    _log(entry, f"says {asdict(said)}", by)


def faults(entry: CatalogueEntry, now: dt.datetime) -> list[Text]:
    """Everything that keeps a draft from being put in force."""
    meant = of_entry(entry)
    found = _wrong(meant.spans, meant.report_days, meant.legal_basis) + _wrong_day(entry, entry.valid_from, now)
    return found + ([SAME] if _alike(meant, terms(entry.category, entry.org_id, entry.valid_from)) else [])


def _wrong(spans: dict[str, Span], report_days: int, basis: str) -> list[Text]:
    found = [] if basis.strip() else [NO_BASIS]
    if report_days < 0 or any(one.least < 0 or (one.most or 0) < 0 for one in spans.values()):
        found.append(NEGATIVE)
    for name, one in spans.items():
        if (fault := _wrong_span(one)) is not None:
            found.append(fault.format(of=CLASSES[name]))
    return found


def _wrong_span(one: Span) -> Text | None:
    if one.most is None:
        return None if one.publish else ENDLESS
    return EMPTY if one.most == 0 else REVERSED if one.least > one.most else None


def _wrong_day(entry: CatalogueEntry, day: dt.date, now: dt.datetime) -> list[Text]:
    query = select(CatalogueEntry.edition).where(CatalogueEntry.scope == entry.scope,
                                                 CatalogueEntry.stage == APPROVED, CatalogueEntry.valid_from == day)
    taken = db.session.scalar(query)
    found = [TAKEN.format(n=taken)] if taken is not None else []
    return found + ([PASSED] if day < shanghai_day(now) else [])


def _alike(one: Terms, other: Terms) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in ("rule", "spans", "report_days", "legal_basis"))


def submit(entry_id: int, by: Person, now: dt.datetime) -> None:
    """Hand a draft up. Refused with every contradiction in it."""
    entry = _own_draft(entry_id, by)
    if found := faults(entry, now):
        raise Refused(found)
    entry.stage, entry.remark = WAITING, ""
    _log(entry, "handed up", by)
    _tell(entry, SENT, Role.COH, now)


def approve(entry_id: int, by: Person, now: dt.datetime) -> None:
    """Put a line in force from its day; what is loaded before keeps its dates. Never by its drafter."""
    entry = _to_settle(entry_id, by)
    if found := faults(entry, now):
        raise Refused(found)
    entry.stage, entry.approved_by, entry.approved_at = APPROVED, by.id, now
    _log(entry, f"approved from {entry.valid_from}", by)
    _tell(entry, SETTLED, Role.CO, now)


def give_back(entry_id: int, why: str, by: Person, now: dt.datetime) -> None:
    """Return a draft to who drafted it, with the reason."""
    entry = _to_settle(entry_id, by)
    entry.stage, entry.remark = DRAFT, why
    _log(entry, f"returned: {why}", by)
    _tell(entry, RETURNED, Role.CO, now, why)


def drop(entry_id: int, by: Person, now: dt.datetime) -> None:
    """Give a draft up, also a colleague's who is away; it stays in the history."""
    entry = _draft(entry_id, by)
    entry.stage = DROPPED
    _log(entry, "dropped", by)


def _in_hand(entry_id: int, stage: str) -> CatalogueEntry:
    entry = db.session.get(CatalogueEntry, entry_id, with_for_update=True)
    if entry is None:
        raise NotFound(f"catalogue entry {entry_id}")
    if entry.stage != stage:
        raise Refused([NOT_NOW])
    return entry


def _draft(entry_id: int, by: Person) -> CatalogueEntry:
    entry = _in_hand(entry_id, DRAFT)
    if not may_draft(by):
        raise NotFound(f"catalogue entry {entry_id}")
    return entry


def _own_draft(entry_id: int, by: Person) -> CatalogueEntry:
    entry = _draft(entry_id, by)
    if entry.drafted_by != by.id:
        raise Refused([ANOTHERS])
    return entry


def _to_settle(entry_id: int, by: Person) -> CatalogueEntry:
    entry = _in_hand(entry_id, WAITING)
    if not may_settle(by, entry):
        raise Refused([SAME_PERSON])
    return entry


def name_of(entry: CatalogueEntry) -> Text:
    """Category and authority of a line."""
    label = CATEGORIES[entry.category].label
    org = db.session.get(Org, entry.org_id) if entry.org_id else None
    return Text(f"{label.zh} · {org.name}", f"{label.en} · {org.name}") if org else label


def _tell(entry: CatalogueEntry, text: Text, role: Role, now: dt.datetime, why: str = "") -> None:
    said = text.format(what=name_of(entry), n=entry.edition, day=entry.valid_from, why=why)
    offices = select(Org.id).where(Org.kind == OrgKind.CREDIT_OFFICE.value)
    for org_id in db.session.scalars(offices):
        notices.write(said, now, org_id=org_id, role=role)


def _log(entry: CatalogueEntry, what: str, by: Person) -> None:
    enter("rule_change", f"catalogue {entry.scope} {entry.edition}", what[:200], user_id=by.id)
