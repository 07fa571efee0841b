"""The end of the set-up: out of the draft come organisations, people, settings and rules, in one transaction."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from models.base import db
from models.organisation import OrgKind
from models.people import User, UserKind
from models.rules import Setting
from services import accounts, administration, office, organisations, passwords, rulechanges, rules, setup
from services.access import NotFound
from services.rulechanges import Change
from services.transactions import read_only, writing
from workflow.words import Role


@dataclass(frozen=True, slots=True)
class Slip:
    """What one person needs to sign in for the first time; the token works once."""

    name: str
    username: str
    email: str
    roles: tuple[str, ...]
    token: str


def complete(now: dt.datetime) -> list[Slip]:
    """Make the draft real. Own transactions. Raises NotFound when it is not complete or was made real already."""
    with read_only():
        said = setup.draft()
        if setup.lacking(said):
            raise NotFound("the set-up is not complete")
    hashes = {name: passwords.hashed(setup.slip_password()) for name in setup.usernames(said)}
    with writing():
        slips = _build(hashes, now)
    rules.forget()
    setup.close()
    return slips


def _build(hashes: dict[str, str], now: dt.datetime) -> list[Slip]:
    row = db.session.get(Setting, setup.DRAFT, with_for_update=True)
    if row is None or accounts.is_set_up() or setup.lacking(row.value):
        raise NotFound("already set up")
    said = dict(row.value)
    db.session.delete(row)
    orgs = _organisations(said)
    admin = _administrator(said["administrator"], orgs[""], now)
    slips = [_person(one, orgs, hashes, admin.id, now) for one in _people(said)]
    for name, part in (("site", "site"), ("remedies", "remedies"), ("office", "contact")):
        office.keep(name, said[part], admin.id, now)
    _rules(said.get("rules", {}), admin.id, now)
    return slips


def _organisations(said: dict[str, Any]) -> dict[str, int]:
    """Ids by the key under which the draft names them: "" is the credit office."""
    told = said["office"]
    banner = organisations.add(kind=OrgKind.BANNER.value, name=told["banner"], parent_id=None,
                               code=told["banner_code"], organ_word=told["banner_word"])  # fmt: skip
    credit = organisations.add(kind=OrgKind.CREDIT_OFFICE.value, name=told["office"], parent_id=banner.id,
                               code=told["office_code"], organ_word=told["organ_word"])  # fmt: skip
    made = {"": credit.id}
    for one in said["departments"]:
        row = organisations.add(kind=one["kind"], name=one["name"], parent_id=banner.id, code=one["code"],
                                organ_word=one["organ_word"])  # fmt: skip
        made[one["name"]] = row.id
    return made


def _administrator(told: dict[str, str], org_id: int, now: dt.datetime) -> User:
    user = accounts.create_user(username=told["username"], name=told["name"], kind=UserKind.STAFF,
                                password_hash=told["password_hash"], now=now, phone=told["phone"] or None,
                                email=told["email"] or None)  # fmt: skip
    accounts.grant_role(user, org_id, Role.ADM, now)
    return user


def _people(said: dict[str, Any]) -> list[dict[str, Any]]:
    """Everybody once, with (role, place) pairs."""
    people: dict[str, dict[str, Any]] = {}
    for one in [{**said["leader"], "role": Role.LD.value, "place": ""}, *said["staff"]]:
        kept = people.setdefault(one["username"], {**one, "desks": []})
        kept["desks"].append((Role(one["role"]), one["place"]))
    return list(people.values())


def _person(
    one: dict[str, Any], orgs: dict[str, int], hashes: dict[str, str], by: int, now: dt.datetime
) -> Slip:  # fmt: skip
    user, token = administration.create(username=one["username"], name=one["name"], phone=one["phone"],
                                        email=one["email"], password_hash=hashes[one["username"]], by=by, now=now)
    for role, place in one["desks"]:
        accounts.grant_role(user, orgs[place], role, now)
    return Slip(user.name, user.username, one["email"], tuple(str(role.label) for role, _ in one["desks"]), token)


def _rules(told: dict[str, Any], by: int, now: dt.datetime) -> None:
    """For each kind of case: a new edition where limits were changed, and the defaults that were confirmed."""
    changed = {name: Change(**change) for name, change in told.get("changes", {}).items()}
    for pack in setup.packs(now):
        names = {limit.name for limit in pack.limits}
        own, pack_id = {name: change for name, change in changed.items() if name in names}, pack.id
        if own:
            pack_id = rulechanges.change(pack.id, own, by, now)
        if told.get("confirmed"):
            rulechanges.confirm(pack_id, names.intersection(told["confirmed"]), by, now)
