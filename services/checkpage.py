"""What the pages of the check desk show: a check with its lines, the list of checks, a slip."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from models.base import db
from models.checking import CheckOrder, CheckRow, Slip
from models.organisation import Org
from models.people import User
from services import access, checks, lookup, receipts, slips
from services.checkrows import VERDICTS
from services.people import Person
from services.recordface import OUTCOMES
from services.records import LIVE
from standards.categories import CATEGORIES
from standards.words import T, Text
from workflow.publication import PUBLICATION
from workflow.words import Paper

STATEMENT, BETWEEN = T("信用主体声明：", "Statement of the subject: "), T("；", "; ")
STATES = {"waiting": T("正在核查", "Being checked"), "done": T("已完成", "Done")}


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is drawn: verdict and note in words, record cards."""

    row: CheckRow
    title: str
    verdict: Text
    note: Text
    cards: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Page:
    """One check."""

    order: CheckOrder
    org: str
    by: str
    purpose: Text
    state: Text
    lines: list[Line]
    counts: dict[str, int]
    only: str
    after: int
    slips: list[tuple[Slip, Text]]
    own: bool


def of(person: Person, public_id: str, only: str, after: int, link: Callable[[str], str | None]) -> Page:
    """A check as it was answered; noted in the ledger. NotFound when it is another organisation's."""
    order = checks.order_for(person, public_id)
    access.note("check", order.public_id, order.purpose, user_id=person.id, org_id=order.org_id)
    only = only if only in VERDICTS else ""
    found = checks.rows(order.id, only, after)
    shown = found[: checks.PAGE] if order.state == "done" else []
    issued = [(one, Paper(one.paper).label) for one in slips.of_order(order.id)]
    own = order.org_id in {hat.org_id for hat in lookup.hats(person)}
    by = db.session.get_one(User, order.person_id).name
    return Page(order, db.session.get_one(Org, order.org_id).name, by, receipts.purpose_title(order.purpose),
                STATES[order.state], [_line(row, link) for row in shown], _counts(order.id), only,
                shown[-1].row if len(found) > checks.PAGE and shown else 0, issued, own)  # fmt: skip


def _counts(order_id: int) -> dict[str, int]:
    query = select(CheckRow.verdict, func.count()).where(CheckRow.order_id == order_id).group_by(CheckRow.verdict)
    return {verdict: number for verdict, number in db.session.execute(query) if verdict}


def _line(row: CheckRow, link: Callable[[str], str | None]) -> Line:
    title = row.shown.get("name") or row.name or row.code
    note = Text(row.said.get("zh", ""), row.said.get("en", ""))
    return Line(row, title, VERDICTS[row.verdict], note, [_card(one, link) for one in row.shown.get("records", [])])


def _card(one: dict[str, Any], link: Callable[[str], str | None]) -> dict[str, Any]:
    """A frozen record as components/record.html draws it."""
    said = [str(OUTCOMES[one["outcome"]])] if one["outcome"] else []
    said += [f"{STATEMENT}{one['statement']}"] if one["statement"] else []
    return {"title": one["title"], "category": CATEGORIES[one["category"]].label, "doc_no": one["doc_no"],
            "authority": one["authority"], "decided": one["decided"], "live": one["state"] in LIVE,
            "state": PUBLICATION.state_named[one["state"]].label, "subject": None, "code": None,
            "note": str(BETWEEN).join(said),
            "mark": {"text": None, "url": None} if one["marked"] else None, "repairing": one["repairing"],
            "url": link(one["id"]), "id": one["id"]}  # fmt: skip


def listing(person: Person, before: int | None) -> tuple[list[tuple[CheckOrder, Text, Text]], int]:
    """(check, purpose, state) newest first, and the cursor of the next page (0: none)."""
    found = checks.orders(person, before)
    shown = found[: checks.PAGE]
    lines = [(one, receipts.purpose_title(one.purpose), STATES[one.state]) for one in shown]
    return lines, shown[-1].id if len(found) > checks.PAGE else 0


def taken_away(person: Person, public_id: str) -> list[CheckRow]:
    """Every line of a check for a file; noted in the ledger. NotFound when it is another organisation's."""
    order = checks.order_for(person, public_id)
    access.note("check", order.public_id, "export", user_id=person.id, org_id=order.org_id)
    return checks.rows(order.id, size=checks.MOST)
