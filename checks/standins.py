"""I5, continued: who stood in for whom, who declared what, and who had to stay out. domain.md §6.2, P8 and P-R."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from checks.book import Book, content, day, moment, shanghai_day
from checks.outcome import Outcome, invariant
from checks.stories import Event, Story, stories
from standards.words import T, Text

OFFICIALS = frozenset("INT DR DH LEG CO COH LD PUB".split())
# what is done at the counter for an applicant, or said by the organisation complained of: under nobody's own duty
FOR_APPLICANT = frozenset(
    "submit discard supply withdraw request_recheck request_review request_final request_final_recheck sign_commitment "
    "appeal answer rectify".split()
)
# may not be done by somebody whose recusal is asked for and not decided: typed by hand, not taken from the engine
WEIGHING = frozenset(
    "propose_refusal approve_refusal return_refusal self_check_done report approve_report return_report propose"
    " return_draft endorse send_to_legal legal_pass legal_object source_revoked countersign sign reject_draft resolve"
    " endorse_above legal_above recheck_from_above refuse_revocation refuse_recall refuse_after_closing"
    " propose_recheck endorse_recheck sign_recheck reject_recheck propose_revocation sign_revocation"
    " opinion return_opinion approve deny give_opinion intend_denial propose_denial sign_denial propose_decline"
    " approve_decline put_up_revocation endorse_revocation revocation_to_legal revocation_legal_pass"
    " revocation_legal_object reject_revocation propose_shield refuse_shield".split()
)

UNKNOWN = T("案件{n}第{seq}步（{step}）：委托书{d}不存在", "case {n}, step {seq} ({step}): there is no delegation {d}")
OTHER = T("案件{n}第{seq}步（{step}）：委托书{d}不是委托{who}行使该岗位",
          "case {n}, step {seq} ({step}): delegation {d} does not give that role to {who}")  # fmt: skip
DAYS = T("案件{n}第{seq}步（{step}）：当日委托书{d}不在有效期内",
         "case {n}, step {seq} ({step}): delegation {d} was not in force on that day")  # fmt: skip
MATTER = T("案件{n}第{seq}步（{step}）：委托书{d}不含该事项",
           "case {n}, step {seq} ({step}): delegation {d} does not cover it")  # fmt: skip


@invariant("I5", T("受托人只在委托的期间和事项内办理",
                   "delegates act only within the days and matters of a delegation"))  # fmt: skip
def delegates_keep_to_their_delegation(book: Book, outcome: Outcome) -> None:
    """Compare every step under a delegation with the delegation itself."""
    known = {row["number"]: row for row in book.rows("SELECT * FROM delegation")}
    for story in stories(book):
        for event in story.events:
            if event.delegation is None:
                continue
            outcome.tried += 1
            if (wrong := _outside(known.get(event.delegation), story, event)) is not None:
                outcome.fault(wrong, n=story.number, seq=event.seq, step=event.step, d=event.delegation,
                              who=event.person_name)  # fmt: skip


def _outside(given: Any, story: Story, event: Event) -> Text | None:
    if given is None:
        return UNKNOWN
    if (given["to_id"], given["org_id"], given["role"]) != (event.person_id, event.org_id, event.role):
        return OTHER
    on = shanghai_day(event.at)
    revoked = given["revoked_at"] is not None and moment(given["revoked_at"]) <= event.at
    if revoked or not day(given["valid_from"]) <= on < day(given["valid_to"]):
        return DAYS
    return None if f"{story.case['kind']}:{event.step}" in content(given["matters"]) else MATTER


CHAIN = T("委托书{d}由不任该岗位的{who}出具", "delegation {d} was given by {who}, who did not hold the role")
GIVEN = """
SELECT d.number, u.username AS who, d.granted_at, m.valid_from, m.valid_to FROM delegation d
JOIN "user" u ON u.id = d.granted_by
LEFT JOIN membership m ON m.user_id = d.granted_by AND m.user_id = d.from_id AND m.org_id = d.org_id AND m.role = d.role
ORDER BY d.id
"""


@invariant("I5", T("委托由岗位本人出具，不得转委托", "a role is delegated by its holder and never on"))
def nobody_delegates_what_is_not_his(book: Book, outcome: Outcome) -> None:
    """Who gave a delegation held the role himself on that day."""
    held: dict[str, bool] = {}
    givers: dict[str, str] = {}
    for row in book.rows(GIVEN):
        on = shanghai_day(row["granted_at"])
        begun = row["valid_from"] is not None and day(row["valid_from"]) <= on
        stood = begun and (row["valid_to"] is None or on <= day(row["valid_to"]))
        held[row["number"]] = held.get(row["number"], False) or stood
        givers[row["number"]] = row["who"]
    outcome.tried = len(held)
    for number in (number for number, well in held.items() if not well):
        outcome.fault(CHAIN, d=number, who=givers[number])


@dataclass
class Interest:
    """What is known of one person in one case, each with its moment."""

    declared: list[dt.datetime] = field(default_factory=list)
    out: list[dt.datetime] = field(default_factory=list)
    asked: list[tuple[dt.datetime, dt.datetime | None]] = field(default_factory=list)


ASKED = """
SELECT r.case_id, r.against_id, r.asked_at, d.granted, d.decided_at FROM recusal_request r
LEFT JOIN recusal_decision d ON d.request_id = r.id
"""
BARRED = T("案件{n}第{seq}步（{step}）：{who}当时应当回避", "case {n}, step {seq} ({step}): {who} had to stay out then")
PENDING = T("案件{n}第{seq}步（{step}）：对{who}的回避申请尚未决定",
            "case {n}, step {seq} ({step}): the recusal of {who} was not decided yet")  # fmt: skip
SILENT = T("案件{n}第{seq}步（{step}）：{who}未声明有无利害关系",
           "case {n}, step {seq} ({step}): {who} had not declared whether he had an interest")  # fmt: skip


def interests(book: Book) -> dict[tuple[int, int], Interest]:
    """By case and person."""
    found: dict[tuple[int, int], Interest] = defaultdict(Interest)
    for row in book.rows("SELECT case_id, person_id, conflict, at FROM interest_declaration"):
        one = found[row["case_id"], row["person_id"]]
        (one.out if row["conflict"] else one.declared).append(moment(row["at"]))
    for row in book.rows(ASKED):
        decided = moment(row["decided_at"]) if row["decided_at"] else None
        found[row["case_id"], row["against_id"]].asked.append((moment(row["asked_at"]), decided))
        if row["granted"] and decided:
            found[row["case_id"], row["against_id"]].out.append(decided)
    return found


@invariant("I5", T("应当回避的人不办理", "who must stay out of a case takes no step of it"))
def nobody_acts_who_must_stay_out(book: Book, outcome: Outcome) -> None:
    """Neither the person himself nor for whom he stood in, from the moment of declaration or decision."""
    known = interests(book)
    begun = min((at for one in known.values() for at in one.declared), default=None)
    for story in stories(book):
        for event in story.events:
            if event.role not in OFFICIALS or event.person_id is None:
                continue
            outcome.tried += 1
            for wrong in _wrong(known, event, begun):
                outcome.fault(wrong, n=story.number, seq=event.seq, step=event.step, who=event.person_name)


def _wrong(known: dict[tuple[int, int], Interest], event: Event, begun: dt.datetime | None) -> Iterator[Text]:
    both = [known[event.case_id, one] for one in event.people if (event.case_id, one) in known]
    if any(at < event.at for one in both for at in one.out):
        yield BARRED
    open_then = any(a < event.at and (b is None or event.at < b) for one in both for a, b in one.asked)
    if open_then and event.step in WEIGHING:
        yield PENDING
    own = known.get((event.case_id, event.person_id or 0), Interest())
    asked_for = begun is not None and event.at >= begun and event.step not in FOR_APPLICANT
    if asked_for and not any(at <= event.at for at in own.declared):
        yield SILENT


SELF = T("案件{n}：{who}对本人的回避自行作出决定", "case {n}: {who} decided about his own recusal")
NO_HEAD = T("案件{n}：作出回避决定的{who}当日不是机关负责人",
            "case {n}: {who} decided a recusal, but was head of nothing that day")  # fmt: skip
NOT_LENT = T("案件{n}：{who}据以作出回避决定的委托书{d}不能作此授权",
             "case {n}: the delegation {d} does not let {who} decide that recusal")  # fmt: skip
DECISIONS = """
SELECT c.number AS n, u.username AS who, r.against_id, r.asked_by, d.decided_by, d.decided_at, d.delegation,
       g.from_id, g.to_id, g.matters, g.valid_from, g.valid_to, g.revoked_at
FROM recusal_decision d
JOIN recusal_request r ON r.id = d.request_id JOIN case_file c ON c.id = r.case_id
JOIN "user" u ON u.id = d.decided_by LEFT JOIN delegation g ON g.number = d.delegation ORDER BY d.id
"""


@invariant("I5", T("回避由机关负责人决定", "a recusal is decided by a head, never by the person concerned"))
def recusals_are_decided_by_heads(book: Book, outcome: Outcome) -> None:
    """The decider is somebody else, and head of office, department or leader on that day."""
    heads: dict[int, list[tuple[dt.date, dt.date | None]]] = defaultdict(list)
    for row in book.rows("SELECT user_id, valid_from, valid_to FROM membership WHERE role IN ('COH', 'LD', 'DH')"):
        heads[row["user_id"]].append((day(row["valid_from"]), day(row["valid_to"]) if row["valid_to"] else None))
    for row in book.rows(DECISIONS):
        outcome.tried += 1
        on = shanghai_day(row["decided_at"])
        if row["against_id"] == row["decided_by"]:
            outcome.fault(SELF, n=row["n"], who=row["who"])
        head = row["decided_by"]
        if row["delegation"] is not None:
            head = row["from_id"]
            if not _lent(row, on):
                outcome.fault(NOT_LENT, n=row["n"], who=row["who"], d=row["delegation"])
        if not any(a <= on and (b is None or on <= b) for a, b in heads[head]):
            outcome.fault(NO_HEAD, n=row["n"], who=row["who"])


def _lent(row: Any, on: dt.date) -> bool:
    """Whether a delegation let its bearer decide this recusal on this day: not his own request, nor about its giver."""
    if row["to_id"] != row["decided_by"] or "recusal:decide" not in content(row["matters"]):
        return False
    if row["decided_by"] == row["asked_by"] or row["from_id"] == row["against_id"]:
        return False
    ended = row["revoked_at"] is not None and moment(row["revoked_at"]) <= moment(row["decided_at"])
    return not ended and day(row["valid_from"]) <= on < day(row["valid_to"])
