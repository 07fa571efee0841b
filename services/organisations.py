"""The tree of organisations: listed, added, ended with who takes over; what a receiver is told and where."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, or_, select

from models.base import db
from models.case import Case
from models.organisation import Org, OrgExternalId, OrgKind
from models.outbox import Subscription
from models.people import Membership, User
from services.access import enter
from services.people import Person, organisation
from services.rules import forget
from standards.categories import CATEGORIES
from standards.words import T, Text
from workflow.engine import Refused
from workflow.words import Role

EMAIL = "email"
KINDS = [(kind.value, kind.label) for kind in OrgKind]
CODE_TAKEN = T("统一社会信用代码 {code} 已属于“{org}”。", "The code {code} belongs to “{org}” already.")
NAME_TAKEN = T("“{name}”已在机构名录中。", "“{name}” is in the list already.")
NO_WORD = T("信用办须有机关代字，用于文书编号。", "A credit office needs an organ word for its document numbers.")
ENDED = T("该机构已经撤销。", "This organisation has ended already.")
TOO_EARLY = T("撤销日期须晚于设立日期。", "It ends after it began, not before.")
NO_HEIR = T("承接单位在撤销之日须仍然存在。", "The organisation that takes over must exist on that day.")
CIRCLE = T("承接单位不能是本单位，也不能由本单位承接。", "It cannot take over from itself, not even by detours.")
OFFICE_BUSY = T("信用办还有 {n} 件未办结的案件，不能撤销。", "The credit office has {n} open cases and cannot end.")
ADDRESS_TAKEN = T("该邮箱已登记给另一单位。", "This address belongs to another organisation.")


@dataclass(frozen=True, slots=True)
class Line:
    """One organisation in the list; `depth` is its place in the tree, 0 at the top."""

    org: Org
    kind: OrgKind
    depth: int
    heir: str
    people: int
    exists: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One organisation with what hangs on it."""

    org: Org
    kind: OrgKind
    parent: str
    heir: str
    exists: bool
    people: tuple[tuple[int, str, Role], ...]
    open_cases: int
    email: str
    subscribed: frozenset[str]


def listing(words: str, day: dt.date) -> list[Line]:
    """The tree from the top, or those whose name, code or organ word has these words."""
    orgs = list(db.session.scalars(select(Org).order_by(Org.id)))
    names = {org.id: org.name for org in orgs}
    staff = _staff(day)
    wanted = [(org, depth) for org, depth in _tree(orgs) if _fits(org, words)]
    return [Line(org, OrgKind(org.kind), 0 if words else depth, names.get(org.successor_id or 0, ""),
                 staff.get(org.id, 0), org.exists_on(day)) for org, depth in wanted]  # fmt: skip


def _fits(org: Org, words: str) -> bool:
    said = f"{org.name} {org.code or ''} {org.organ_word or ''}".casefold()
    return all(word in said for word in words.casefold().split())


def _tree(orgs: list[Org]) -> Iterable[tuple[Org, int]]:
    """Depth first; what hangs below something unknown stands at the top."""
    below: dict[int | None, list[Org]] = {}
    for org in orgs:
        below.setdefault(org.parent_id, []).append(org)
    waiting = [(org, 0) for org in reversed(below.get(None, []))]
    while waiting:
        org, depth = waiting.pop()
        yield org, depth
        waiting += [(child, depth + 1) for child in reversed(below.get(org.id, []))]


def _held(day: dt.date) -> tuple[Any, ...]:
    return Membership.valid_from <= day, or_(Membership.valid_to.is_(None), Membership.valid_to > day)


def _staff(day: dt.date) -> dict[int, int]:
    query = select(Membership.org_id, func.count(Membership.user_id.distinct())).where(*_held(day))
    return dict(db.session.execute(query.group_by(Membership.org_id)).all())


def page(org_id: int, day: dt.date) -> Page:
    """One organisation. NotFound when there is none."""
    org = organisation(org_id)
    held = select(User.id, User.name, Membership.role).join(Membership, Membership.user_id == User.id)
    people = db.session.execute(held.where(Membership.org_id == org_id, *_held(day)).order_by(Membership.id))
    told = select(Subscription.category).where(Subscription.org_id == org_id)
    return Page(
        org=org, kind=OrgKind(org.kind), parent=_name(org.parent_id), heir=_name(org.successor_id),
        exists=org.exists_on(day), people=tuple((one, name, Role(role)) for one, name, role in people),
        open_cases=_open_cases(org_id), email=email_of(org_id), subscribed=frozenset(db.session.scalars(told)),
    )  # fmt: skip


def _name(org_id: int | None) -> str:
    return organisation(org_id).name if org_id else ""


def _open_cases(org_id: int) -> int:
    here = or_(Case.office_id == org_id, Case.department_id == org_id)
    return int(db.session.scalar(select(func.count()).select_from(Case).where(here, Case.is_open)) or 0)


def choices(day: dt.date, kinds: Iterable[OrgKind] = OrgKind) -> list[tuple[str, str]]:
    """(id, name) of the organisations of these kinds that exist on a day."""
    wanted = {kind.value for kind in kinds}
    rows = [org for org in db.session.scalars(select(Org).order_by(Org.id)) if org.kind in wanted]
    return [(str(org.id), org.name) for org in rows if org.exists_on(day)]


def add(
    *, kind: str, name: str, parent_id: int | None, code: str = "", organ_word: str = "", name_en: str = "",
    since: dt.date | None = None, trial: bool = False, by: int | None = None,
) -> Org:  # fmt: skip
    """A new organisation. Refused for a code or name that is taken, or a credit office without an organ word."""
    if taken := code and db.session.scalar(select(Org.name).where(Org.code == code)):
        raise Refused([CODE_TAKEN.format(code=code, org=taken)])
    same = select(Org.id).where(Org.name == name, Org.valid_to.is_(None))
    if db.session.scalar(same) is not None:
        raise Refused([NAME_TAKEN.format(name=name)])
    if kind == OrgKind.CREDIT_OFFICE.value and not organ_word:
        raise Refused([NO_WORD])
    org = Org(kind=OrgKind(kind).value, name=name, parent_id=parent_id, code=code or None, name_en=name_en or None,
              organ_word=organ_word or None, valid_from=since, trial=trial)  # fmt: skip
    db.session.add(org)
    db.session.flush()
    enter("org_change", org.name, "added", user_id=by)
    return org


def end(org_id: int, day: dt.date, heir_id: int | None, by: Person) -> None:
    """The organisation no longer exists from `day` on; its successor answers for it. Raises NotFound and Refused."""
    org = organisation(org_id)
    if org.valid_to is not None:
        raise Refused([ENDED])
    if org.valid_from is not None and day <= org.valid_from:
        raise Refused([TOO_EARLY])
    if org.kind == OrgKind.CREDIT_OFFICE.value and (busy := _open_cases(org_id)):
        raise Refused([OFFICE_BUSY.format(n=busy)])
    if heir_id is not None:
        _check_heir(org_id, heir_id, day)
    org.valid_to, org.successor_id = day, heir_id
    db.session.flush()
    forget()
    enter("org_change", org.name, f"ended {day.isoformat()}", user_id=by.id)


def _check_heir(org_id: int, heir_id: int, day: dt.date) -> None:
    heir = organisation(heir_id)
    chain, follows = [heir_id], heir.successor_id
    while follows is not None and follows not in chain:
        chain.append(follows)
        follows = organisation(follows).successor_id
    if org_id in chain:
        raise Refused([CIRCLE])
    if not heir.exists_on(day):
        raise Refused([NO_HEIR])


def subscriptions() -> list[tuple[str, Text]]:
    """What a receiver may be told of: (category or "" for all, title)."""
    return [("", T("全部类别", "Every category")), *((code, one.label) for code, one in CATEGORIES.items())]


def subscribe(org_id: int, categories: Iterable[str], email: str, by: Person) -> None:
    """Which corrections this organisation is told of whether it was shown the record or not, and at which address."""
    org, wanted = organisation(org_id), set(categories) & {one for one, _ in subscriptions()}
    db.session.execute(delete(Subscription).where(Subscription.org_id == org_id))
    if wanted:
        db.session.execute(insert(Subscription), [{"org_id": org_id, "category": one} for one in sorted(wanted)])
    _keep_email(org_id, email)
    enter("org_change", org.name, "subscriptions", user_id=by.id)


def _keep_email(org_id: int, email: str) -> None:
    other = select(OrgExternalId.org_id).where(OrgExternalId.system == EMAIL, OrgExternalId.value == email)
    if email and db.session.scalar(other) not in (None, org_id):
        raise Refused([ADDRESS_TAKEN])
    here = (OrgExternalId.org_id == org_id, OrgExternalId.system == EMAIL)
    db.session.execute(delete(OrgExternalId).where(*here))
    if email:
        db.session.execute(insert(OrgExternalId).values(org_id=org_id, system=EMAIL, value=email))


def email_of(org_id: int) -> str:
    """Where the organisation's notices go; "" when nobody has said."""
    query = select(OrgExternalId.value).where(OrgExternalId.org_id == org_id, OrgExternalId.system == EMAIL)
    return db.session.scalar(query.order_by(OrgExternalId.id)) or ""
