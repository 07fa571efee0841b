"""“Tell me when it changes”: who checked a subject may follow it; what changed is told, not what it says."""

import datetime as dt
import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from models.base import db, shanghai_day
from models.checking import CheckOrder, Watch, WatchSeen
from models.subject import Subject
from services import access, checks, lookup, notices
from services.access import NotFound
from services.people import Person
from services.records import Shown
from services.transactions import read_only, writing
from standards.masking import Audience, mask_name
from standards.words import T, Text
from workflow.engine import Refused
from workflow.publication import PUBLICATION

DAYS = 365
MOST = 200  # a person follows at a time
TOLD = 5  # changes one notice names
FULL = Text("同时关注的主体不能超过{n}个。", "At most {n} subjects can be followed at a time.")
CHANGED = T("您关注的“{name}”信用信息有变化：{what}。请按原目的重新核查后使用。",
            "What you follow, “{name}”, has changed: {what}. Check it again before you use it.")  # fmt: skip
MORE = T("等{n}项", " and more, {n} in all")
NEW, GONE = T("{doc}：新增", "{doc}: new"), T("{doc}：不再提供查询", "{doc}: no longer shown")
CORRECTED = T("{doc}：内容已更正，现为第{n}版", "{doc}: corrected, version {n} now")
MOVED = T("{doc}：现为“{state}”", "{doc}: “{state}” now")
MARKS = {
    ("marked", True): T("{doc}：异议处理中", "{doc}: in dispute"),
    ("marked", False): T("{doc}：异议处理完毕", "{doc}: no longer in dispute"),
    ("repairing", True): T("{doc}：信用修复办理中", "{doc}: repair pending"),
    ("repairing", False): T("{doc}：信用修复办理完毕", "{doc}: repair no longer pending"),
}


@dataclass(frozen=True, slots=True)
class Following:
    """One subject somebody follows, with the check it began with."""

    watch: Watch
    name: str
    order: CheckOrder


def begin(person: Person, public_id: str, line: int, now: dt.datetime) -> Watch:
    """Follow the subject of a line of one's own check; doing it twice changes nothing. NotFound, Refused."""
    order = checks.own_order(person, public_id)
    row = checks.row_of(order, line)
    running = _running(person, now)
    for one in running:
        if (one.watch.subject_id, one.watch.org_id) == (row.subject_id, order.org_id):
            return one.watch
    if len(running) >= MOST:
        raise Refused([FULL.format(n=MOST)])
    until = shanghai_day(now) + dt.timedelta(days=DAYS)
    watch = Watch(public_id=secrets.token_urlsafe(9), user_id=person.id, org_id=order.org_id, order_id=order.id,
                  subject_id=row.subject_id, begun_at=now, until=until)  # fmt: skip
    db.session.add(watch)
    db.session.flush()
    access.enter("watch", order.public_id, order.purpose, user_id=person.id, org_id=order.org_id)
    _remember(watch, _now(watch, order))
    return watch


def _running(person: Person, now: dt.datetime) -> list[Following]:
    query = select(Watch, Subject, CheckOrder).join(Subject, Subject.id == Watch.subject_id)
    query = query.join(CheckOrder, CheckOrder.id == Watch.order_id).where(Watch.user_id == person.id, *_alive(now))
    return [Following(watch, _name(subject), order)
            for watch, subject, order in db.session.execute(query.order_by(Watch.id.desc()))]  # fmt: skip


def _alive(now: dt.datetime) -> tuple[object, ...]:
    return Watch.ended_at.is_(None), Watch.until >= shanghai_day(now)


def _name(subject: Subject) -> str:
    return mask_name(subject.name) if subject.natural else subject.name


def listing(person: Person, now: dt.datetime) -> list[Following]:
    """Whom this person follows, newest first."""
    return _running(person, now)


def end(person: Person, public_id: str, now: dt.datetime) -> None:
    """Follow no longer. NotFound when it is not one's own."""
    query = select(Watch).where(Watch.public_id == public_id, Watch.user_id == person.id)
    watch = db.session.execute(query).scalars().first()
    if watch is None:
        raise NotFound(f"watch {public_id}")
    watch.ended_at = watch.ended_at or now
    db.session.flush()


def tick(now: dt.datetime) -> int:
    """Tell everybody what changed since he was last told; how many were told."""
    with read_only():
        query = select(Watch.id).where(*_alive(now)).order_by(Watch.id)
        ids = [one for one in db.session.execute(query).scalars() if _look(one)[1]]
    for one in ids:
        with writing():
            _tell(one, now)
    return len(ids)


def _look(watch_id: int) -> tuple[list[Shown], list[Text]]:
    watch = db.session.get_one(Watch, watch_id)
    found = _now(watch, db.session.get_one(CheckOrder, watch.order_id))
    seen = {one.record_id: one for one in
            db.session.execute(select(WatchSeen).where(WatchSeen.watch_id == watch_id)).scalars()}  # fmt: skip
    return found, list(_changes(found, seen))


def _now(watch: Watch, order: CheckOrder) -> list[Shown]:
    """What the watcher could see today with the purpose and consent of his check."""
    return checks.visible_records(watch.subject_id, checks.asking_of(order), lookup.governmental(watch.org_id))


def _changes(found: list[Shown], seen: dict[int, WatchSeen]) -> Iterator[Text]:
    for one in found:
        before, doc = seen.get(one.record.id), _doc(one)
        if before is None:
            yield NEW.format(doc=doc)
            continue
        if one.record.version != before.version:
            yield CORRECTED.format(doc=doc, n=one.record.version)
        if one.record.publication_state != before.state:
            yield MOVED.format(doc=doc, state=PUBLICATION.state_named[one.record.publication_state].label)
        yield from (text.format(doc=doc) for (name, holds), text in MARKS.items()
                    if getattr(before, name) != getattr(one, name) == holds)  # fmt: skip
    gone = seen.keys() - {one.record.id for one in found}
    yield from [GONE.format(doc=T("一条记录", "A record"))] * len(gone)


def _doc(one: Shown) -> str:
    """A record as a notice names it: nothing of a natural person's."""
    hidden = one.subject.natural and one.audience is Audience.PUBLIC
    return str(one.category.label) if hidden else one.record.doc_no


def _tell(watch_id: int, now: dt.datetime) -> None:
    """One notice for all that changed; what is seen now is remembered with it."""
    found, said = _look(watch_id)
    watch = db.session.get_one(Watch, watch_id)
    if not said or watch.ended_at is not None:
        return
    more = MORE.format(n=len(said)) if len(said) > TOLD else Text("", "")
    what = Text("；".join(one.zh for one in said[:TOLD]) + more.zh, "; ".join(one.en for one in said[:TOLD]) + more.en)
    name = _name(db.session.get_one(Subject, watch.subject_id))
    notices.write(CHANGED.format(name=name, what=what), now, user_id=watch.user_id)
    _remember(watch, found)


def _remember(watch: Watch, found: list[Shown]) -> None:
    db.session.execute(delete(WatchSeen).where(WatchSeen.watch_id == watch.id))
    rows = [{"watch_id": watch.id, "record_id": one.record.id, "version": one.record.version,
             "state": one.record.publication_state, "marked": one.marked, "repairing": one.repairing}
            for one in found]  # fmt: skip
    if rows:
        db.session.execute(insert(WatchSeen), rows)
