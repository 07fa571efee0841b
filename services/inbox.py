"""Worklists: what waits for me, for my team, what is done; sorted by due day, page by cursor, counted up to 1,000."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, false, func, not_, or_, select, tuple_, update

from models.base import db, shanghai_day
from models.case import Case
from models.people import User
from models.subject import Subject
from services import interest, rules
from services.access import NotFound
from services.cases import sitting, unaccused, untied, visible
from services.people import Person
from standards.words import Text
from workflow.engine import FLOWS, Refused
from workflow.flow import State

PAGE = 20
MOST = 1000
FAR = dt.date(9999, 12, 31)
TABS = {
    "mine": Text("我的", "Mine"),
    "team": Text("本岗待办", "My desk"),
    "all": Text("全部可见", "All I may see"),
    "done": Text("已办结", "Done"),
}
TAKEN = Text("本案已由{name}承办。", "{name} has this case already.")
NOT_HELD = Text("本案现不由您所在岗位办理。", "This case is not with your desk now.")


@dataclass(frozen=True, slots=True)
class Line:
    """One case in a list."""

    number: str
    kind: str
    state: State
    subject: str
    due_on: dt.date | None
    light: str
    assignee_id: int | None
    filed_on: dt.date | None
    assignee: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list; `after` is the cursor of the next, empty at the end."""

    tab: str
    lines: list[Line]
    after: str
    count: int

    @property
    def count_text(self) -> str:
        return f"{MOST}+" if self.count > MOST else str(self.count)


def held_by(person: Person) -> Any:
    """Condition: a desk this person sits at holds the case now."""
    own = [_held(hat.role, hat.answers_for) for hat in person.hats]
    instead = [and_(_held(hat.role, hat.answers_for), untied(hat.role, *people))
               for hat, people in sitting(person) if len(people) > 1]  # fmt: skip
    if not own and not instead:
        return Case.id.is_(None)
    return and_(or_(*own, *instead), not_(interest.kept_out(person.id)), unaccused(person))


def _held(role: Any, org_ids: tuple[int, ...]) -> Any:
    held = {flow.kind: [s.name for s in flow.states if role in s.holders and s.name != "draft"]
            for flow in FLOWS.values()}  # fmt: skip
    where = [and_(Case.kind == kind, Case.state.in_(states)) for kind, states in held.items() if states]
    place = Case.department_id if role in ("DR", "DH") else Case.office_id
    here = place == org_ids[0] if len(org_ids) == 1 else place.in_(org_ids)  # of one, along the index
    return and_(here, or_(false(), *where), Case.is_open)


@lru_cache(maxsize=1000)
def narrowed(person: Person, tab: str) -> Select[Any]:
    """The cases of one tab, unsorted."""
    if tab == "mine":
        return visible(person).where(Case.assignee_id == person.id, Case.is_open)
    if tab == "team":
        return select(Case).where(held_by(person))
    if tab == "done":
        return visible(person).where(Case.is_open.is_(False), Case.state != "discarded")
    return visible(person).where(Case.is_open, Case.state != "draft")


def listing(person: Person, tab: str, after: str, now: dt.datetime) -> Listing:
    """One page of a tab, most urgent first. NotFound for an unknown tab or a cursor nobody gave out."""
    if tab not in TABS:
        raise NotFound(tab)
    rows = _rows(_lines(person, tab), *(_cursor(after) if after else (None, 0)))
    more = f"{rows[PAGE - 1]['due_on'] or FAR}_{rows[PAGE - 1]['id']}" if len(rows) > PAGE else ""
    today = shanghai_day(now)
    return Listing(tab, [_line(row, today) for row in rows[:PAGE]], more, count(person, tab))


def _lines(person: Person, tab: str) -> Select[Any]:
    """What a list shows of the cases of a tab."""
    shown = (Case.id, Case.number, Case.kind, Case.state, Case.due_on, Case.assignee_id, Case.filed_at)
    query = narrowed(person, tab).with_only_columns(*shown, Subject.name.label("subject"), User.name.label("assignee"))
    return query.outerjoin(Subject, Subject.id == Case.subject_id).outerjoin(User, User.id == Case.assignee_id)


def _rows(lines: Select[Any], day: dt.date | None, last: int) -> list[Any]:
    """A page and one row more, read along the index: by due day, then the cases without one (cursor day FAR)."""
    rows: list[Any] = []
    if day != FAR:
        dated = lines.where(Case.due_on.is_not(None)).order_by(Case.due_on, Case.id).limit(PAGE + 1)
        dated = dated.where(tuple_(Case.due_on, Case.id) > (day, last)) if day else dated
        rows = list(db.session.execute(dated).mappings())
    if len(rows) <= PAGE:
        undated = lines.where(Case.due_on.is_(None), Case.id > (last if day == FAR else 0)).order_by(Case.id)
        rows += db.session.execute(undated.limit(PAGE + 1 - len(rows))).mappings()
    return rows


def _cursor(text: str) -> tuple[dt.date, int]:
    day, _, number = text.partition("_")
    if not (len(day) == 10 and number.isascii() and number.isdigit() and len(number) < 19):
        raise NotFound(text)
    try:
        return dt.date.fromisoformat(day), int(number)
    except ValueError:
        raise NotFound(text) from None


def _line(row: Any, today: dt.date) -> Line:
    filed = shanghai_day(row["filed_at"]) if row["filed_at"] else None
    state = FLOWS[row["kind"]].state_named[row["state"]]
    return Line(row["number"], row["kind"], state, row["subject"] or "", row["due_on"], light_of(row["due_on"], today),
                row["assignee_id"], filed, row["assignee"] or "")  # fmt: skip


def light_of(due_on: dt.date | None, today: dt.date) -> str:
    """The light by the nearest due day alone: none, green, yellow (near), orange (today), red, red+ (long over)."""
    if due_on is None:
        return "none"
    calendar, levels = rules.calendar(), rules.levels()
    if due_on < today:
        return "red+" if calendar.working_days_between(due_on, today) >= levels.supervise_days else "red"
    if due_on == today:
        return "orange"
    return "yellow" if calendar.working_days_between(today, due_on) <= levels.near_days else "green"


def count(person: Person, tab: str) -> int:
    """How many, exact up to 1,000; one more means “1000+”."""
    return count_of(narrowed(person, tab).limit(MOST + 1))


def count_of(cases: Select[Any]) -> int:
    """How many cases a query gives; the query says where counting stops."""
    capped = cases.with_only_columns(Case.id).subquery()
    return int(db.session.execute(select(func.count()).select_from(capped)).scalar_one())


def claim(person: Person, number: str) -> None:
    """Take a case of one's desk. Refused when it is not there or another has it."""
    mine = (Case.number == number, held_by(person), or_(Case.assignee_id.is_(None), Case.assignee_id == person.id))
    if db.session.execute(update(Case.__table__).where(*mine).values(assignee_id=person.id)).rowcount != 1:
        raise Refused([NOT_HELD])


def take_next(person: Person) -> str | None:
    """Give the most urgent case of one's desk that nobody has; its number, or None when there is none."""
    free = select(Case.id, Case.number).where(held_by(person), Case.assignee_id.is_(None))
    dated = free.where(Case.due_on.is_not(None)).order_by(Case.due_on, Case.id).limit(10)
    undated = free.where(Case.due_on.is_(None)).order_by(Case.id).limit(10)
    for case_id, number in (row for query in (dated, undated) for row in db.session.execute(query).all()):
        here = (Case.id == case_id, Case.assignee_id.is_(None))
        if db.session.execute(update(Case.__table__).where(*here).values(assignee_id=person.id)).rowcount == 1:
            return str(number)
    return None
