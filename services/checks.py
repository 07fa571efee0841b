"""The check desk (S27): subjects are checked for a named act; what was shown is frozen, and each has its receipt."""

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, insert, select

from models.base import db, shanghai_day
from models.checking import CheckOrder, CheckRow
from services import access, jobs, lookup, receipts, recordface
from services.access import NotFound
from services.checkrows import Match, Named, match_all
from services.people import Person, hats_for
from services.receipts import Asking
from services.records import LIVE, Shown, of_subject
from standards.masking import Audience
from standards.words import Text
from workflow.engine import Refused
from workflow.words import Role

AT_ONCE, MOST = 50, 2000  # lines judged while one waits; lines of one list
READERS = (*lookup.ROLES, Role.AUD)
PAGE = 50
EMPTY = Text("没有要核查的主体。", "Nobody to check.")
TOO_MANY = Text("一次最多核查{n}个主体，请拆分后再传。", "At most {n} subjects at a time; split the list.")


def begin(asking: Asking, matter: str, lines: Sequence[Named], filename: str, now: dt.datetime) -> CheckOrder:
    """Open a check; a few lines are judged at once, a list by the worker. Raises Refused."""
    receipts.purpose(asking.purpose)
    if not lines or len(lines) > MOST:
        raise Refused([TOO_MANY.format(n=MOST) if lines else EMPTY])
    order = CheckOrder(
        public_id=secrets.token_urlsafe(12), org_id=asking.org_id, person_id=asking.person_id or 0,
        asking_unit=asking.asking_unit, purpose=asking.purpose, matter=matter, consent_sha256=asking.consent,
        filename=filename[-200:], state="waiting", rows=len(lines), created_at=now,
    )  # fmt: skip
    db.session.add(order)
    db.session.flush()
    rows = [{"order_id": order.id, "row": one.row, "name": one.name[:200], "code": one.code[:64], "verdict": "",
             "said": {}, "shown": {}} for one in lines]  # fmt: skip
    db.session.execute(insert(CheckRow), rows)
    if len(lines) <= AT_ONCE:
        _judged(order, now)
        _done(order, now)
    else:
        jobs.add("check", {"order": order.id}, now, key=f"check:{order.id}")
    return order


@jobs.handles("check")
def judge(payload: dict[str, Any], now: dt.datetime) -> jobs.Writing | None:
    """Judge the next lines of a list, each once, with their receipts; the rest is another job, so that others write."""
    order = db.session.get_one(CheckOrder, payload["order"])
    if order.state == "done":
        return None
    order_id = order.id
    return lambda: _go_on(db.session.get_one(CheckOrder, order_id), now)


def _go_on(order: CheckOrder, now: dt.datetime) -> None:
    if last := _judged(order, now):
        jobs.add("check", {"order": order.id}, now, key=f"check:{order.id}:{last}")
    else:
        _done(order, now)


def _done(order: CheckOrder, now: dt.datetime) -> None:
    order.state, order.done_at = "done", now
    db.session.flush()


def _judged(order: CheckOrder, now: dt.datetime) -> int:
    """Judge up to AT_ONCE lines that have no verdict yet; the last of them, 0 when none was left."""
    left = select(CheckRow).where(CheckRow.order_id == order.id, CheckRow.verdict == "")
    rows = list(db.session.execute(left.order_by(CheckRow.row).limit(AT_ONCE)).scalars())
    matches = match_all([Named(one.row, one.name, one.code) for one in rows], shanghai_day(now))
    asking, inside = asking_of(order), lookup.governmental(order.org_id)
    for row, match in zip(rows, matches, strict=True):
        _settle(row, match, asking, inside, now)
    db.session.flush()
    return rows[-1].row if rows else 0


def asking_of(order: CheckOrder, channel: str = "") -> Asking:
    """Who asks with this check, for its receipts."""
    several = order.rows > 1
    return Asking(org_id=order.org_id, purpose=order.purpose, channel=channel or ("batch" if several else "page"),
                  person_id=order.person_id, asking_unit=order.asking_unit, consent=order.consent_sha256,
                  batch=order.public_id if several else "")  # fmt: skip


def _settle(row: CheckRow, match: Match, asking: Asking, inside: bool, now: dt.datetime) -> None:
    subject = match.subject
    found = visible_records(subject.id, asking, inside) if subject else []
    row.verdict, row.said, row.code = match.verdict, {"zh": match.said.zh, "en": match.said.en}, match.code
    row.subject_id = subject.id if subject else None
    row.receipt_id = leave(asking, row.subject_id, found, now)
    row.shown = {"records": [frozen(one) for one in found]}
    if subject:
        row.shown |= {"name": "" if subject.natural else subject.name, "kind": subject.kind}


def leave(asking: Asking, subject_id: int | None, found: Sequence[Shown], now: dt.datetime) -> int:
    """A receipt and the ledger's line for what is shown in the open transaction."""
    access.enter("lookup", subject_id or "unknown", asking.purpose, user_id=asking.person_id, org_id=asking.org_id)
    shown = [(one.record.id, one.record.version, one.marked) for one in found]
    return receipts.append(asking, subject_id, shown, now)


def visible_records(subject_id: int, asking: Asking, inside: bool) -> list[Shown]:
    """What this consumer may see of a subject now."""
    audience = Audience.DEPARTMENT if inside else Audience.PUBLIC
    return of_subject(subject_id, audience, scopes=lookup.scopes(asking, inside), states=LIVE)


def frozen(one: Shown) -> dict[str, Any]:
    """A record as it is shown with a check, masked for its reader; codes instead of words of a language."""
    face = recordface.of(one)
    return {
        "id": one.record.public_id, "category": one.record.category, "title": one.title, "doc_no": one.record.doc_no,
        "authority": one.authority, "decided": one.record.decision_date.isoformat(), "version": one.record.version,
        "state": one.record.publication_state, "severity": one.record.severity, "marked": face.in_dispute,
        "repairing": face.in_repair, "outcome": face.outcome, "statement": face.statement,
    }  # fmt: skip


# --- who may see a check


def _visible(person: Person) -> Select[tuple[CheckOrder]]:
    query = select(CheckOrder)
    if hats_for(person, (Role.AUD,)):
        return query
    return query.where(CheckOrder.org_id.in_([hat.org_id for hat in lookup.hats(person)]))


def order_for(person: Person, public_id: str) -> CheckOrder:
    """One check of one's own organisation; the auditor sees all. NotFound otherwise."""
    found = db.session.execute(_visible(person).where(CheckOrder.public_id == public_id)).scalars().first()
    if found is None:
        raise NotFound(f"check {public_id}")
    return found


def own_order(person: Person, public_id: str) -> CheckOrder:
    """One check for somebody who goes on with it. NotFound for the auditor too."""
    order = order_for(person, public_id)
    if order.org_id not in {hat.org_id for hat in lookup.hats(person)}:
        raise NotFound(f"check {public_id}")
    return order


def orders(person: Person, before: int | None = None) -> list[CheckOrder]:
    """Checks, newest first, one page and one more."""
    query = _visible(person).order_by(CheckOrder.id.desc()).limit(PAGE + 1)
    return list(db.session.execute(query.where(CheckOrder.id < before) if before else query).scalars())


def rows(order_id: int, only: str = "", after: int = 0, size: int = PAGE) -> list[CheckRow]:
    """Lines in their order, one page and one more; `only` is a verdict."""
    query = select(CheckRow).where(CheckRow.order_id == order_id, CheckRow.row > after)
    query = query.where(CheckRow.verdict == only) if only else query
    return list(db.session.execute(query.order_by(CheckRow.row).limit(size + 1)).scalars())


def row_of(order: CheckOrder, number: int) -> CheckRow:
    """One judged line whose subject was found. NotFound otherwise."""
    query = select(CheckRow).where(CheckRow.order_id == order.id, CheckRow.row == number)
    found = db.session.execute(query).scalars().first()
    if found is None or found.subject_id is None:
        raise NotFound(f"line {number}")
    return found

