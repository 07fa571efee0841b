"""Where else a record is shown: who looked, when, and what he found there; told to the office and to the subject."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from models.base import db
from models.checking import Sighting
from models.organisation import Org
from services import access
from services.people import Person, hats_for
from services.records import Shown
from standards.words import T, Text
from workflow.words import Role

LOOKERS = (Role.INT, Role.CO, Role.PUB)
PLACES: dict[str, Text] = {
    "national": T("信用中国", "Credit China"),
    "region": T("信用中国（内蒙古）及自治区平台", "Credit site and platform of the region"),
    "city": T("鄂尔多斯市信用平台", "Platform of Ordos"),
    "gsxt": T("国家企业信用信息公示系统", "National enterprise publicity system"),
    "authority": T("认定单位网站", "Site of the authority"),
    "other": T("其他网站或者平台", "Another site or platform"),
}
STATES: dict[str, Text] = {
    "same": T("有展示，内容一致", "Shown, the same"), "differs": T("有展示，内容不一致", "Shown, but it differs"),
    "absent": T("未查到", "Not found"), "removed": T("原有展示，已撤下", "Was shown, is removed"),
}  # fmt: skip
UNCHECKED = T("尚未核对", "Not looked at yet")


@dataclass(frozen=True, slots=True)
class Line:
    """One place with what was found there last; `at` none: nobody has looked. `stale`: our record changed since."""

    place: Text
    state: Text
    address: str
    note: str
    by: str
    at: dt.datetime | None
    stale: bool


def of(one: Shown) -> list[Line]:
    """Every place, each with its latest look, by whose unit and when."""
    query = select(Sighting, Org.name).join(Org, Org.id == Sighting.org_id).where(Sighting.record_id == one.record.id)
    latest = {seen.place: (seen, org) for seen, org in db.session.execute(query.order_by(Sighting.id))}
    return [_line(place, *latest[code], one.record.version) if code in latest
            else Line(place, UNCHECKED, "", "", "", None, False)
            for code, place in PLACES.items()]  # fmt: skip


def _line(place: Text, seen: Sighting, org: str, version: int) -> Line:
    return Line(place, STATES[seen.state], seen.address, seen.note, org, seen.at, seen.version != version)


def may_look(person: Person) -> bool:
    """Whether this person says what he found."""
    return bool(hats_for(person, LOOKERS))


def note(person: Person, one: Shown, place: str, state: str, address: str, words: str, now: dt.datetime) -> None:
    """Keep what was found in one place. KeyError for an unknown place or state."""
    assert PLACES[place] and STATES[state]
    db.session.add(Sighting(record_id=one.record.id, place=place, address=address, state=state, note=words,
                            version=one.record.version, person_id=person.id,
                            org_id=hats_for(person, LOOKERS)[0].org_id, at=now))  # fmt: skip
    db.session.flush()
    access.enter("sighting", one.record.public_id, f"{place} {state}", user_id=person.id)
