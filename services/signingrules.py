"""Who must sign the decisions of a kind: a switch of its rules, set in a draft and approved with it."""

import datetime as dt

from sqlalchemy import select

from models.base import db, shanghai_day
from models.people import User
from models.rules import RulePack
from services.access import NotFound, enter
from services.packlife import DRAFT, in_hand
from services.packrights import may_draft, of_office
from services.people import Person, holders
from standards.words import T, Text
from workflow.engine import FLOWS, Refused
from workflow.words import Role

ORDERS: dict[str, Text] = {
    "single": T("一名分管领导签发", "One leader signs"),
    "countersign": T("所列领导全部会签", "All those named sign together"),
    "either": T("所列领导任一人签发", "Any of those named signs"),
    "in_order": T("所列领导按次序逐一签发", "Those named sign one after the other"),
}
MOST = 4
ALONE = T("这类案件只能由一人签发。", "Cases of this kind are signed by one leader.")
TWO = T("请指定至少两名不同的签发人。", "Name at least two different signers.")
NO_LEADER = T("签发人须是在岗的分管领导。", "Signers are leaders of today.")


def order_of(pack: RulePack) -> tuple[str, list[tuple[int, str]]]:
    """(order, [(id, name)]) as the rules have it."""
    wanted = [str(one) for one in pack.switches.get("signers", ())]
    rows = db.session.execute(select(User.username, User.id, User.name).where(User.username.in_(wanted)))
    known = {username: (user_id, name) for username, user_id, name in rows}
    return str(pack.switches.get("signing", "single")), [known[one] for one in wanted if one in known]


def leaders(now: dt.datetime) -> list[tuple[str, str]]:
    """(id, name) of the leaders of today."""
    return [(str(user_id), name) for user_id, name in holders(Role.LD, day=shanghai_day(now))]


def draft(pack_id: int, by: Person) -> RulePack:
    """A draft whose signing order this person may set. NotFound or Refused otherwise."""
    pack = in_hand(pack_id, by, DRAFT)
    if not (may_draft(by, pack.org_id) and of_office(pack.org_id)):
        raise NotFound(f"pack {pack_id}")
    return pack


def set_order(pack_id: int, order: str, signers: list[int], by: Person, now: dt.datetime) -> None:
    """Say in a draft who must sign. Refused with the reason."""
    pack = draft(pack_id, by)
    wanted = [] if order == "single" else signers
    if order != "single":
        _check(pack.kind, wanted, now)
    names = {row.id: row.username for row in db.session.scalars(select(User).where(User.id.in_(wanted)))}
    pack.switches = {**pack.switches, "signing": order, "signers": [names[one] for one in wanted]}
    enter("rule_change", f"{pack.code} {pack.edition}", f"signing {order}", user_id=by.id)


def _check(kind: str, signers: list[int], now: dt.datetime) -> None:
    if "countersign" not in FLOWS[kind].step_named:
        raise Refused([ALONE])
    if len(signers) < 2 or len(set(signers)) < len(signers):
        raise Refused([TWO])
    if {str(one) for one in signers} - {user_id for user_id, _ in leaders(now)}:
        raise Refused([NO_LEADER])
