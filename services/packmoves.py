"""Open cases under other rules: tried dry, moved by two people with a reason, and moved back."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, select

from models.base import db, shanghai_day
from models.clocks import PackMove
from models.rules import RulePack
from services import casefile, casescope, duedays, rules
from services.access import NotFound, enter
from services.casefile import CASE
from services.cases import visible
from services.matters import MOVES, capacities
from services.people import Person
from standards.words import T, Text
from workflow import clock
from workflow.engine import FLOWS, Refused
from workflow.flow import State

MOST = 200  # cases of one batch
MOVED = T("依批准，案件{number}改按新规则办理，“{limit}”由{old}调整为{new}。",
          "By approval case {number} goes on under other rules: “{limit}” moves from {old} to {new}.")  # fmt: skip
BACK = T("案件{number}恢复按原规则办理，“{limit}”由{old}调整为{new}。",
         "Case {number} is back under its former rules: “{limit}” moves from {old} to {new}.")  # fmt: skip
NOT_IN_FORCE = T("规则尚未批准或尚未施行，不能迁移案件。", "The rules are not in force yet; no case moves to them.")
NONE_CHOSEN = T("请至少选择一件案件。", "Choose at least one case.")
NOT_AFFECTED = T("案件{number}不适用这份规则，或已适用。",
                 "Case {number} does not come under these rules, or does so already.")  # fmt: skip
TOO_MANY = T("一次至多迁移{n}件，请分批提出。", "At most {n} cases move at once; propose them in batches.")
SAME_PERSON = T("提出迁移的人不能自己批准。", "Who proposed the move cannot approve it.")
SETTLED = T("这一迁移现为“{stage}”，不能这样办理。", "The move is “{stage}”; this cannot be done now.")
STAGES = {"waiting": T("待批准", "Awaiting approval"), "applied": T("已迁移", "Moved"),
          "declined": T("未批准", "Not approved"), "undone": T("已撤销", "Moved back")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Affected:
    """A case that other rules would govern, with what becomes of its running limits."""

    row: RowMapping
    state: State
    shifts: list[duedays.Shift]

    @property
    def moved(self) -> list[duedays.Shift]:
        return [shift for shift in self.shifts if shift.moved]


def trial(pack_id: int, person: Person, now: dt.datetime) -> list[Affected]:
    """Every open case this person may see that a pack would govern, as it would be counted under it; writes nothing."""
    pack = db.session.get_one(RulePack, pack_id)
    mine = visible(person).with_only_columns(CASE.c.id)
    query = select(CASE).where(CASE.c.is_open, CASE.c.kind == pack.kind, CASE.c.pack_id.is_not(None),
                               CASE.c.pack_id != pack_id, CASE.c.id.in_(mine))  # fmt: skip
    rows = db.session.execute(query.order_by(CASE.c.due_on, CASE.c.id)).mappings()
    return [_counted(row, pack, now) for row in rows if governs(pack, row)]


def governs(pack: RulePack, row: RowMapping) -> bool:
    """Whether a case comes under a pack: of the same scope as its own, or nearer to its records."""
    former = db.session.get_one(RulePack, row["pack_id"])
    if former.code == pack.code:
        return True
    category, source_id = casescope.of(row["id"])
    if pack.category not in ("", category):
        return False
    chain = list(dict.fromkeys([*(rules.lineage(source_id) if source_id else ()), *rules.lineage(row["office_id"])]))
    if pack.org_id is not None and pack.org_id not in chain:
        return False
    return _nearness(pack, chain) < _nearness(former, chain)


def _nearness(pack: RulePack, chain: list[int]) -> tuple[int, bool]:
    place = chain.index(pack.org_id) if pack.org_id in chain else len(chain)
    return place, pack.category == ""


def _counted(row: RowMapping, pack: RulePack, now: dt.datetime) -> Affected:
    view = casefile.view_of(row, shanghai_day(now))
    after = clock.runs(FLOWS[row["kind"]], view.history, rules.pack(pack.id).rules, rules.calendar())
    state = FLOWS[row["kind"]].state_named[row["state"]]
    return Affected(row, state, duedays.shifts(view.runs, after))


def propose(pack_id: int, numbers: list[str], reason: str, by: Person, now: dt.datetime) -> int:
    """Put a batch of cases up for the leader; the id of the move. Raises Refused."""
    pack = db.session.get(RulePack, pack_id)
    if pack is None:
        raise NotFound(f"pack {pack_id}")
    if pack.stage != rules.APPROVED or pack.valid_from > shanghai_day(now):
        raise Refused([NOT_IN_FORCE])
    found = {one.row["number"]: one for one in trial(pack_id, by, now)}
    if wrong := [NOT_AFFECTED.format(number=number) for number in numbers if number not in found]:
        raise Refused(wrong)
    if not numbers:
        raise Refused([NONE_CHOSEN])
    if len(numbers) > MOST:
        raise Refused([TOO_MANY.format(n=MOST)])
    batch = [[found[number].row["id"], found[number].row["pack_id"]] for number in numbers]
    move = PackMove(pack_id=pack_id, reason=reason, cases=batch, stage="waiting", proposed_by=by.id, proposed_at=now)
    db.session.add(move)
    db.session.flush()
    enter("rule_change", f"pack {pack_id}", f"move {move.id} of {len(batch)} cases proposed", user_id=by.id)
    return move.id


def settle(move_id: int, agreed: bool, by: Person, now: dt.datetime) -> int:
    """The leader moves the batch, or not; how many cases moved. One that went on meanwhile under other rules stays."""
    move = _at(move_id, "waiting")
    able = [one for one in capacities(by, MOVES) if move.proposed_by not in {by.id, *one.instead_of}]
    if not able:
        raise Refused([SAME_PERSON])
    move.settled_under = able[0].delegation
    move.stage, move.settled_by, move.settled_at = ("applied" if agreed else "declined"), by.id, now
    done = [pair for pair in move.cases if agreed and _move(pair[0], pair[1], move.pack_id, move, by, now)]
    move.cases = done if agreed else move.cases
    enter("rule_change", f"pack {move.pack_id}", f"move {move.id} {move.stage}: {len(done)} cases", user_id=by.id)
    return len(done)


def undo(move_id: int, reason: str, by: Person, now: dt.datetime) -> int:
    """Bring the cases of a move back under the rules they had; how many went back."""
    move = _at(move_id, "applied")
    move.stage, move.undone_by, move.undone_at, move.undone_for = "undone", by.id, now, reason
    under = next((f" under {one.delegation}" for one in capacities(by, MOVES) if one.delegation), "")
    done = sum(_move(case_id, move.pack_id, former, move, by, now) for case_id, former in move.cases)
    enter("rule_change", f"pack {move.pack_id}", f"move {move.id} undone{under}: {done} cases", user_id=by.id)
    return done


def _at(move_id: int, stage: str) -> PackMove:
    move = db.session.get(PackMove, move_id, with_for_update=True)
    if move is None:
        raise NotFound(f"move {move_id}")
    if move.stage != stage:
        raise Refused([SETTLED.format(stage=STAGES[move.stage])])
    return move


def _move(case_id: int, old: int, new: int, move: PackMove, by: Person, now: dt.datetime) -> bool:
    """Put one open case under other rules, if it still has those it had; every running limit into the ledger."""
    here = (CASE.c.id == case_id, CASE.c.is_open, CASE.c.pack_id == old)
    row = db.session.execute(select(CASE).where(*here)).mappings().first()
    if row is None:
        return False
    view = casefile.view_of(row, shanghai_day(now))
    after = clock.runs(FLOWS[row["kind"]], view.history, rules.pack(new).rules, rules.calendar())
    changed = duedays.shifts(view.runs, after)
    if not duedays.keep(row, after, pack_id=new):
        return False
    undone = move.stage == "undone"
    duedays.enter(row, "undo" if undone else "migrate", changed, shanghai_day(now), pack_id=new, person_id=by.id,
                  move_id=move.id, document=(move.undone_for if undone else move.reason)[:200])  # fmt: skip
    duedays.tell(row, BACK if undone else MOVED, changed, now)
    return True


def moves(pack_id: int | None = None, stage: str = "") -> list[PackMove]:
    """Moves to a pack, or all at a stage, newest first."""
    query = select(PackMove).order_by(PackMove.id.desc())
    query = query.where(PackMove.pack_id == pack_id) if pack_id is not None else query
    return list(db.session.scalars(query.where(PackMove.stage == stage) if stage else query))


def cases_of(move: PackMove) -> list[Any]:
    """Number, state and present due day of each case of a move."""
    ids = [pair[0] for pair in move.cases]
    query = select(CASE.c.number, CASE.c.kind, CASE.c.state, CASE.c.due_on).where(CASE.c.id.in_(ids))
    return list(db.session.execute(query.order_by(CASE.c.due_on, CASE.c.id)))


def stage_label(move: PackMove) -> Text:
    return STAGES[move.stage]
