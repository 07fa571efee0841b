"""The monthly table of what departments sent (S18): counts from our own rows, lateness against the catalogue's days."""

import datetime as dt
import io
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import xlsxwriter
from sqlalchemy import func, select

from models.base import db, shanghai_day
from models.catalogue import MonthlyDeclaration
from models.organisation import Org
from models.record import CreditRecord, ImportBatch, ImportRow, RecordEvent
from services import catalogue, declaring, rules
from services.classification import add_months
from services.people import Person, hats_for
from standards.categories import CATEGORIES, KINDS
from standards.returned import guarded
from standards.words import T, Text
from workflow.words import Role

MOST = 20_000  # rejected rows looked at for the problems named
EVERYWHERE = (Role.PUB, Role.CO, Role.COH, Role.AUD)
COLUMNS: tuple[tuple[str, Text], ...] = (
    ("sent", T("报送数量", "Sent")), ("rejected", T("未通过数量", "Rejected")),
    ("taken", T("有效入库数", "Taken in")), ("shown", T("网站公示数量", "Published")),
    ("late", T("迟报数量", "Late")), ("overdue", T("逾期未公示", "Overdue, not published")),
)  # fmt: skip
DECLARED = (T("产生数量", "Produced"), T("本单位公示数量", "Published by the unit"), T("未报送数量", "Not sent"),
            T("未报送依据", "Why not sent"))  # fmt: skip
LineOf = Callable[[int, str], "Line"]
WAYS = {"page": T("网页上传", "Page"), "api": T("接口", "API"), "command": T("批量导入", "Command")}


@dataclass
class Line:
    """One department and category in a month."""

    org: str
    category: Text
    days: int
    count: Counter[str] = field(default_factory=Counter)
    ways: set[str] = field(default_factory=set)
    problems: Counter[str] = field(default_factory=Counter)
    declared: MonthlyDeclaration | None = None
    place: tuple[int, str] = (0, "")

    @property
    def unsent(self) -> int | None:
        """未报送数量: declared as produced and not among what was sent; None while nothing is declared."""
        return None if self.declared is None else max(self.declared.produced - self.count["sent"], 0)

    @property
    def way(self) -> str:
        """How the files came, in words."""
        return str(T("、", ", ")).join(str(WAYS[one]) for one in sorted(self.ways))

    @property
    def problem(self) -> str:
        """What the department said, and the rules broken most often, by code."""
        said = [self.declared.problems] if self.declared and self.declared.problems else []
        return str(T("、", ", ")).join(said + [f"{code} ×{n}" for code, n in self.problems.most_common(3)])


@dataclass
class Table:
    """One month for one reader."""

    month: dt.date
    lines: list[Line]
    before: dt.date
    after: dt.date | None


def table(person: Person, said: str, today: dt.date) -> Table:
    """The table of the month "YYYY-MM" (this one where it is none); departments see their own lines."""
    month = _month(said, today)
    end = add_months(month, 1)
    mine = None if hats_for(person, EVERYWHERE) else {hat.org_id for hat in hats_for(person, (Role.DR, Role.DH))}
    found: dict[tuple[int, str], Line] = {}
    names = {one: name for one, name in db.session.execute(select(Org.id, Org.name))}

    def line(org_id: int, code: str) -> Line:
        days = catalogue.terms(code, org_id, today).report_days if (org_id, code) not in found else 0
        return found.setdefault((org_id, code), Line(names[org_id], CATEGORIES[code].label, days, place=(org_id, code)))

    _sent(month, end, mine, line)
    _records(month, end, mine, line, today)
    _declared(month, mine, line, person)
    lines = [found[key] for key in sorted(found, key=lambda key: (names[key[0]], list(CATEGORIES).index(key[1])))]
    return Table(month, lines, add_months(month, -1), end if end <= today else None)


def _declared(month: dt.date, mine: set[int] | None, line: LineOf, person: Person) -> None:
    """What departments said of the month; who may declare finds a line for it, were it zero."""
    for row in declaring.of_month(month):
        if mine is None or row.org_id in mine:
            line(row.org_id, row.category).declared = row
    for hat in hats_for(person, (Role.DR,)):
        for code in declaring.ALWAYS:
            line(hat.org_id, code)


def sent(person: Person, month: dt.date, org_id: int, category: str, today: dt.date) -> int:
    """How many rows a department sent in a month, as its own table counts them."""
    found = table(person, f"{month:%Y-%m}", today)
    return sum(one.count["sent"] for one in found.lines if one.place == (org_id, category))


def _month(said: str, today: dt.date) -> dt.date:
    try:
        return min(dt.date.fromisoformat(f"{said}-01"), today.replace(day=1))
    except ValueError:
        return today.replace(day=1)


def _sent(month: dt.date, end: dt.date, mine: set[int] | None, line: LineOf) -> None:
    """Rows of the files that came in the month."""
    query = select(ImportBatch.org_id, ImportBatch.kind, ImportBatch.channel, ImportRow.verdict, ImportRow.codes,
                   func.count()).join(ImportRow, ImportRow.batch_id == ImportBatch.id)  # fmt: skip
    here = (ImportBatch.org_id.is_not(None), ImportBatch.today >= month, ImportBatch.today < end)
    query = query.where(*here, ImportBatch.state.not_in(("rejected", "failed")))
    grouped = (ImportBatch.org_id, ImportBatch.kind, ImportBatch.channel, ImportRow.verdict)
    for org_id, kind, channel, verdict, number in db.session.execute(
        query.with_only_columns(*grouped, func.count()).group_by(*grouped)
    ):
        if mine is None or org_id in mine:
            one = line(org_id, KINDS[kind].code)
            one.ways.add(channel)
            one.count["sent"] += number
            one.count["rejected"] += number if verdict == "reject" else 0
    for org_id, kind, codes in db.session.execute(
        query.with_only_columns(ImportBatch.org_id, ImportBatch.kind, ImportRow.codes)
        .where(ImportRow.verdict == "reject").limit(MOST)
    ):
        if mine is None or org_id in mine:
            line(org_id, KINDS[kind].code).problems.update(codes)


def _records(month: dt.date, end: dt.date, mine: set[int] | None, line: LineOf, today: dt.date) -> None:
    """Acts decided in the month: taken in, published, late or overdue against the working days of the catalogue."""
    shown = select(RecordEvent.record_id, func.min(RecordEvent.at).label("at")).where(RecordEvent.step == "publish")
    first = shown.group_by(RecordEvent.record_id).subquery()
    query = select(CreditRecord.source_dept_id, CreditRecord.category, CreditRecord.decision_date,
                   CreditRecord.publication_state, first.c.at).outerjoin(first, first.c.record_id == CreditRecord.id)
    query = query.where(CreditRecord.decision_date >= month, CreditRecord.decision_date < end)
    due: dict[tuple[dt.date, int], dt.date] = {}
    calendar = rules.calendar()
    for org_id, code, decided, state, at in db.session.execute(query.execution_options(yield_per=2000)):
        if mine is not None and org_id not in mine:
            continue
        one = line(org_id, code)
        one.count["taken"] += 1
        one.count["shown"] += at is not None
        if not one.days:
            continue
        if (decided, one.days) not in due:
            due[decided, one.days] = calendar.add(decided, one.days).day
        last = due[decided, one.days]
        one.count["late"] += at is not None and shanghai_day(at) > last
        one.count["overdue"] += at is None and state == "staged" and today > last


def _said(one: Line) -> list[int | str]:
    if one.declared is None:
        return ["", "", "", ""]
    return [one.declared.produced, one.declared.shown_by_unit, one.unsent or 0, guarded(one.declared.why_unsent)]


def as_workbook(shown: Table) -> bytes:
    """The table as XLSX, in the words of the form in use."""
    stream = io.BytesIO()
    heads = [T("单位", "Department"), T("类别", "Category"), *DECLARED, *(title for _, title in COLUMNS),
             T("报送方式", "How it was sent"), T("报送存在问题情况", "Problems")]  # fmt: skip
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet(f"{shown.month:%Y-%m}")
        sheet.write_row(0, 0, [head.zh for head in heads], book.add_format({"bold": True}))
        sheet.set_column(0, len(heads) - 1, 18)
        for place, one in enumerate(shown.lines, 1):
            counted = [one.count[name] for name, _ in COLUMNS]
            cells = [guarded(one.org), one.category.zh, *_said(one), *counted, one.way, guarded(one.problem)]
            sheet.write_row(place, 0, cells)
    return stream.getvalue()
