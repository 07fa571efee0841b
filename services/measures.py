"""Measures that end with a repair: named in the draft, printed in the decision, sent to whoever carries them out."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import RowMapping, func, insert, select, update

from models.base import db
from models.case import Case
from models.organisation import Org
from models.repair import MeasureLift
from services import jobs, notices
from services.access import NotFound
from services.act import Act
from services.people import Person
from standards.words import T
from workflow.engine import Refused

LIFT = MeasureLift.__table__
HALF = T("解除的措施须同时写明措施、执行单位和原依据。", "Give measure, executing unit and its basis together.")
UNKNOWN_UNIT = T("没有这个执行单位。", "There is no such executing unit.")
TOLD = T("案件{number}已准予信用修复，请解除措施“{measure}”（原依据：{basis}），办结后登记。",
         "Case {number}: the repair is approved. Lift “{measure}” (based on {basis}) and say so.")  # fmt: skip


def checked(given: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Measures of a draft, each whole and of a unit that exists; raises Refused."""
    found = []
    for one in given:
        measure, unit, basis = (str(one.get(name, "")).strip() for name in ("measure", "unit", "basis"))
        if not (measure and unit and basis):
            raise Refused([HALF])
        org = db.session.get(Org, int(unit)) if unit.isdecimal() else None
        if org is None:
            raise Refused([UNKNOWN_UNIT])
        found.append({"measure": measure, "unit": unit, "name": org.name, "basis": basis[:200]})
    return found


def drafted(act: Act) -> list[dict[str, Any]]:
    """The measures of the draft that was signed."""
    put_up = act.view.last("propose", "propose_denial")
    return list(put_up.facts.get("measures", [])) if put_up else []


def lift(act: Act) -> None:
    """Tell every executing unit, in the transaction of the signature; what it then does it says itself."""
    for one in drafted(act):
        row = {"case_id": act.case_id, "decision_id": act.now_is("decision_id"), "org_id": int(one["unit"]),
               "measure": one["measure"], "basis": one["basis"], "created_at": act.now, "state": "pending"}  # fmt: skip
        made = db.session.execute(insert(LIFT).values(row).returning(LIFT.c.id)).scalar_one()
        jobs.add("lift", {"measure": made}, act.now, key=f"lift:{made}")


@jobs.handles("lift")
def send(payload: dict[str, Any], now: dt.datetime) -> jobs.Writing | None:
    """A line in the unit's box; once."""
    row = db.session.get_one(MeasureLift, payload["measure"])
    return None if row.state != "pending" else lambda: _send(payload["measure"], now)


def _send(lift_id: int, now: dt.datetime) -> None:
    row = db.session.get_one(MeasureLift, lift_id)
    number = db.session.execute(select(Case.number).where(Case.id == row.case_id)).scalar_one()
    said = TOLD.format(number=number, measure=row.measure, basis=row.basis)
    db.session.execute(
        update(LIFT).where(LIFT.c.id == lift_id, LIFT.c.state == "pending").values(state="sent", sent_at=now)
    )
    notices.write(said, now, org_id=row.org_id)


def of_case(case_id: int) -> list[RowMapping]:
    """The measures of a case with the names of their units, in their order."""
    query = select(LIFT, Org.name.label("unit")).join(Org, Org.id == LIFT.c.org_id).where(LIFT.c.case_id == case_id)
    return list(db.session.execute(query.order_by(LIFT.c.id)).mappings())


def of_unit(person: Person) -> list[RowMapping]:
    """What the units of this person have to lift, or lifted, the open ones first."""
    query = select(LIFT, Org.name.label("unit"), Case.number).join(Org, Org.id == LIFT.c.org_id)
    query = query.join(Case, Case.id == LIFT.c.case_id).where(LIFT.c.org_id.in_(person.org_ids))
    return list(db.session.execute(query.order_by(LIFT.c.lifted_at.is_not(None), LIFT.c.id)).mappings())


def waiting(person: Person) -> int:
    """How many measures the units of this person have yet to lift, for the menu."""
    query = select(func.count()).select_from(LIFT).where(LIFT.c.org_id.in_(person.org_ids), LIFT.c.state != "lifted")
    return int(db.session.execute(query).scalar_one())


def confirm(lift_id: int, person: Person, now: dt.datetime) -> None:
    """The unit's word that the measure is lifted. NotFound when it is not this unit's, or said already."""
    here = (LIFT.c.id == lift_id, LIFT.c.org_id.in_(person.org_ids), LIFT.c.state != "lifted")
    values = {"state": "lifted", "lifted_at": now, "lifted_by": person.id}
    if db.session.execute(update(LIFT).where(*here).values(values)).rowcount != 1:
        raise NotFound(f"measure {lift_id}")
