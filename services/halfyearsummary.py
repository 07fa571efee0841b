"""The office's summary of a half-year: compiled by an officer, approved by the head, signed by a leader as D28."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from models.base import db, shanghai_day
from models.organisation import Org
from models.reporting import ReportRound, ReportTask
from services import access, complaintorgs, halfyear, slips
from services.access import NotFound
from services.halfyearfigures import FIGURES
from services.people import Person
from services.slips import For
from standards.words import T, Text
from workflow.engine import Refused
from workflow.words import Paper

ADDRESSEE = "旗社会信用体系建设领导小组"
STATES: dict[str, Text] = {
    "open": T("各单位报送中", "Units report"), "compiled": T("待负责人审核", "To be approved by the head"),
    "approved": T("待领导签发", "To be signed"), "signed": T("已签发", "Signed"),
}  # fmt: skip
WRONG = Text("汇总现为“{state}”，不能这样做。", "The summary is “{state}”; this is not possible now.")
EARLY = Text("统计期到{day}为止，期满后方可汇总。", "The period runs until {day}; it is compiled after that.")
ANOTHER = Text("编制、审核、签发须由不同的人办理。", "Compiling, approving and signing take three persons.")


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit of a round, its light and its figures (frozen, or {} while not submitted)."""

    task: ReportTask
    org: str
    state: Text
    light: str
    figures: dict[str, int]


def rounds() -> list[ReportRound]:
    """All rounds, the latest first."""
    return list(db.session.execute(select(ReportRound).order_by(ReportRound.from_day.desc())).scalars())


def round_of(code: str) -> ReportRound:
    """One round. NotFound."""
    found = db.session.execute(select(ReportRound).where(ReportRound.code == code)).scalars().first()
    if found is None:
        raise NotFound(code)
    return found


def _held(code: str) -> ReportRound:
    """A round that is about to be changed: whoever comes second sees what the first did. NotFound."""
    found = round_of(code)
    db.session.refresh(found, with_for_update=True)
    return found


def lines(round_: ReportRound, now: dt.datetime) -> list[UnitLine]:
    """Every unit of a round by name."""
    query = select(ReportTask, Org.name).join(Org, Org.id == ReportTask.org_id).order_by(Org.name)
    rows = db.session.execute(query.where(ReportTask.round_id == round_.id)).all()
    return [UnitLine(task, name, halfyear.STATES[task.state], halfyear.light(task, round_, shanghai_day(now)),
                     task.figures) for task, name in rows]  # fmt: skip


def total(units: Sequence[UnitLine]) -> dict[str, int]:
    """The sum of what was submitted."""
    return {name: sum(one.figures.get(name, 0) for one in units) for name in FIGURES}


def compile_(person: Person, code: str, words: dict[str, str], now: dt.datetime) -> None:
    """Put the units' figures together and freeze them. NotFound, Refused."""
    round_ = _held(code)
    _require(round_.state == "open", WRONG.format(state=STATES[round_.state]))
    end = halfyear.period(round_).end
    _require(now >= end, EARLY.format(day=round_.to_day.isoformat()))
    round_.state, round_.cutoff_at, round_.compiled_by = "compiled", end, person.id
    round_.words, round_.remark = words, ""
    round_.figures = total(lines(round_, now))
    db.session.flush()
    access.enter("half_year", code, "compiled", user_id=person.id)


def approve(person: Person, code: str) -> None:
    """The head of the office agrees. NotFound, Refused."""
    round_ = _held(code)
    _require(round_.state == "compiled", WRONG.format(state=STATES[round_.state]))
    _require(round_.compiled_by != person.id, ANOTHER)
    round_.state, round_.approved_by = "approved", person.id
    db.session.flush()
    access.enter("half_year", code, "approved", user_id=person.id)


def give_back(person: Person, code: str, why: str) -> None:
    """Head or leader sends it back to be compiled anew. NotFound, Refused."""
    round_ = _held(code)
    _require(round_.state in ("compiled", "approved"), WRONG.format(state=STATES[round_.state]))
    _require(bool(why.strip()), halfyear.SAY_WHY)
    round_.state, round_.compiled_by, round_.approved_by, round_.remark = "open", None, None, why.strip()
    db.session.flush()
    access.enter("half_year", code, "sent back", user_id=person.id)


def sign(person: Person, code: str, now: dt.datetime) -> None:
    """A leader signs: the summary is issued under a number (D28). NotFound, Refused."""
    round_ = _held(code)
    _require(round_.state == "approved", WRONG.format(state=STATES[round_.state]))
    _require(person.id not in (round_.compiled_by, round_.approved_by), ANOTHER)
    office = complaintorgs.credit_office(now)
    slip = slips.issue(Paper.D28, _data(round_, person, now), For(person.id, office.id), (), now)
    round_.state, round_.signed_by, round_.signed_at, round_.slip_id = "signed", person.id, now, slip.id
    db.session.flush()
    access.enter("half_year", code, "signed", user_id=person.id)


def _data(round_: ReportRound, person: Person, now: dt.datetime) -> dict[str, Any]:
    units = lines(round_, now)
    missing = [one.org for one in units if one.task.state != "submitted"]
    return {
        "addressee": ADDRESSEE, "period": name_of(round_), "cutoff_at": round_.cutoff_at, "signatory": person.name,
        "summary": [{"title": FIGURES[name].zh, "value": str(round_.figures.get(name, 0))} for name in FIGURES],
        "units": [{"name": one.org, "state": _state(one), "figures": _short(one)} for one in units],
        "work": round_.words["work"], "problems": round_.words["problems"], "plans": round_.words["plans"],
        "missing": f"未按期报送的单位：{'、'.join(missing)}。" if missing else "各单位均已报送。",
    }  # fmt: skip


def _state(one: UnitLine) -> str:
    return "零报告" if one.task.zero and one.task.state == "submitted" else one.state.zh


def _short(one: UnitLine) -> str:
    """A unit's figures in one cell; only what is not zero."""
    told = [f"{FIGURES[name].zh}{number}" for name, number in one.figures.items() if number]
    return "；".join(told) or "无"


def name_of(round_: ReportRound) -> str:
    """A period in words: 2026年下半年（6月至12月）."""
    half = "上半年（1月至5月）" if round_.code.endswith("H1") else "下半年（6月至12月）"
    return f"{round_.from_day.year}年{half}"


def _require(holds: bool, otherwise: Text) -> None:
    if not holds:
        raise Refused([otherwise])
