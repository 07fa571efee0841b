"""The subject's own statement beside a record: at most 300 characters, looked at by the office before it is shown."""

import datetime as dt
import re
from dataclasses import dataclass

from sqlalchemy import func, select, update

from models.base import db
from models.record import CreditRecord
from models.recordlife import RecordStatement
from services import access, notices, ownrecords
from services.access import NotFound
from services.people import Person
from services.records import Shown, fetch, query
from standards.masking import Audience, find_secrets
from standards.words import T, Text
from workflow.engine import Refused
from workflow.words import Role

TABLE = RecordStatement.__table__
LONGEST = 300
MODERATORS = (Role.CO, Role.COH)
STATES: dict[str, Text] = {
    "waiting": T("待审核", "To be looked at"),
    "shown": T("已显示", "Shown"),
    "refused": T("未予显示", "Not shown"),
    "replaced": T("已被新的声明替换", "Replaced"),
    "taken_back": T("已撤下", "Taken down"),
}
EMPTY = Text("请填写声明内容。", "Please write the statement.")
TOO_LONG = Text("声明不超过300字。", "A statement has at most 300 characters.")
NUMBERS = Text("声明中不能含有证件号码、手机号码，请删去后再提交。",
               "Remove identity and telephone numbers from the statement.")  # fmt: skip
LINKS = Text("声明中不能含有网址和邮箱。", "A statement holds no links and no mail addresses.")
UNDECIDED = Text("该记录没有已处理的异议，不能标注不同意。", "No objection to this record was decided.")
UNPROVEN = Text("身份核验后方可发表声明。", "A statement takes verified identity.")
SAY_WHY = Text("不予显示的，请写明理由。", "Say why it is not shown.")
SETTLED = {
    True: T("您对记录“{doc}”的声明已随记录显示。", "Your statement on record “{doc}” now stands beside it."),
    False: T("您对记录“{doc}”的声明未予显示：{why}。可以修改后再次提交。",
             "Your statement on record “{doc}” is not shown: {why}. You may change it and send it again."),
}  # fmt: skip
_LINK = re.compile(r"https?://|www\.|\S+@\S+\.\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One statement to be looked at, with its record."""

    statement: RecordStatement
    record: Shown


def file(person: Person, public_id: str, words: str, disagrees: bool, now: dt.datetime) -> None:
    """Hand in a statement; one that still waits is replaced. Raises NotFound, Refused."""
    one = ownrecords.own(person, public_id)
    if not ownrecords.proven_for(one):
        raise Refused([UNPROVEN])
    _check(words)
    if disagrees and not one.resolved:
        raise Refused([UNDECIDED])
    _settle(one.record.id, "waiting", "replaced")
    row = RecordStatement(record_id=one.record.id, words=words.strip(), disagrees=disagrees, state="waiting",
                          filed_by=person.id, filed_at=now)  # fmt: skip
    db.session.add(row)
    db.session.flush()
    access.enter("statement", public_id, "filed", user_id=person.id)


def _check(words: str) -> None:
    faults = [text for wrong, text in ((not words.strip(), EMPTY), (len(words.strip()) > LONGEST, TOO_LONG),
                                       (bool(find_secrets(words)), NUMBERS), (bool(_LINK.search(words)), LINKS))
              if wrong]  # fmt: skip
    if faults:
        raise Refused(faults)


def _settle(record_id: int, from_: str, to: str) -> None:
    here = (TABLE.c.record_id == record_id, TABLE.c.state == from_)
    db.session.execute(update(TABLE).where(*here).values(state=to))


def take_down(person: Person, public_id: str) -> None:
    """The subject takes back what waits and what is shown. Raises NotFound."""
    one = ownrecords.own(person, public_id)
    if not ownrecords.proven_for(one):
        raise NotFound(public_id)
    for state in ("waiting", "shown"):
        _settle(one.record.id, state, "taken_back")
    access.enter("statement", public_id, "taken down", user_id=person.id)


def of_record(record_id: int) -> list[RecordStatement]:
    """Every statement on a record, the newest first."""
    found = select(RecordStatement).where(RecordStatement.record_id == record_id)
    return list(db.session.execute(found.order_by(RecordStatement.id.desc())).scalars())


def waiting(person: Person) -> list[Waiting]:
    """Statements to be looked at, oldest first; at most 100."""
    rows = select(RecordStatement).where(RecordStatement.state == "waiting").order_by(RecordStatement.id).limit(100)
    found = list(db.session.execute(rows).scalars())
    ids = [one.record_id for one in found]
    shown = {one.record.id: one for one in fetch(query().where(CreditRecord.id.in_(ids)), Audience.DEPARTMENT)}
    return [Waiting(one, shown[one.record_id]) for one in found]


def one(person: Person, statement_id: int) -> Waiting:
    """One that waits. NotFound when it does not, or is the reader's own."""
    found = db.session.get(RecordStatement, statement_id)
    if found is None or found.state != "waiting" or found.filed_by == person.id:
        raise NotFound(f"statement {statement_id}")
    return Waiting(found, fetch(query().where(CreditRecord.id == found.record_id), Audience.DEPARTMENT)[0])


def count(person: Person) -> int:
    """How many wait."""
    query_ = select(func.count()).select_from(TABLE).where(TABLE.c.state == "waiting")
    return int(db.session.execute(query_).scalar_one())


def settle(person: Person, statement_id: int, show: bool, remark: str, now: dt.datetime) -> None:
    """Let a statement stand beside its record, or say why not. Raises NotFound, Refused."""
    record_id = one(person, statement_id).statement.record_id
    if not show and not remark.strip():
        raise Refused([SAY_WHY])
    if show:
        _settle(record_id, "shown", "replaced")
    values = {"state": "shown" if show else "refused", "settled_by": person.id, "settled_at": now,
              "remark": remark.strip()}  # fmt: skip
    here = (TABLE.c.id == statement_id, TABLE.c.state == "waiting")
    if db.session.execute(update(TABLE).where(*here).values(values)).rowcount != 1:
        raise NotFound(str(statement_id))  # taken back meanwhile: the request is rolled back whole
    record = db.session.get_one(CreditRecord, record_id)
    access.enter("statement", record.public_id, values["state"], user_id=person.id)
    notices.write(SETTLED[show].format(doc=record.doc_no, why=remark.strip()), now, subject_id=record.subject_id)
