"""The first set-up: answers kept one by one as a draft, and made real all at once when they are complete."""

import datetime as dt
import hashlib
import hmac
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import or_, select

from models.base import db, shanghai_day
from models.organisation import OrgKind
from models.people import User
from models.rules import Setting
from services import administration, memberships, office, rulebook
from services.access import NotFound
from services.accounts import TAKEN, is_set_up
from services.rulechanges import Change
from standards.words import T, Text
from workflow.engine import FLOWS
from workflow.words import STAFF, Role

DRAFT = "setup"
PARTS = {  # part: title, whether the set-up cannot end without it
    "administrator": (T("首位管理员", "First administrator"), True),
    "office": (T("旗政府和信用办", "Banner government and credit office"), True),
    "departments": (T("部门和镇（苏木）", "Departments and towns"), True),
    "site": (T("平台名称和访问地址", "Name and address of the service"), True),
    "remedies": (T("复议机关和管辖法院", "Reconsideration organ and court"), True),
    "contact": (T("办公室联系方式", "How to reach the office"), True),
    "leader": (T("分管领导", "The leader who signs"), True),
    "staff": (T("各岗位工作人员", "Staff of each desk"), True),
    "mail": (T("邮件通道", "Mail"), False),
    "rules": (T("办理期限", "Time limits"), False),
}
HINTS = {
    "departments": T("粘贴或上传名单，也可逐个添加", "Paste or upload a list, or add one by one"),
    "staff": T("至少一名信用办负责人", "At least the head of the credit office"),
    "mail": T("选办：测试能否发出邮件", "Optional: see whether mail goes out"),
    "rules": T("选办：确认默认期限或改为本地规定", "Optional: confirm the defaults or use local rules"),
}
STAFF_ROLES = (Role.INT, Role.CO, Role.COH, Role.LEG, Role.PUB, Role.DR, Role.DH, Role.AUD)
UNIT_KINDS = (OrgKind.DEPARTMENT, OrgKind.TOWN, OrgKind.ZONE, OrgKind.COURT, OrgKind.SUPERVISOR, OrgKind.PUBLISHER,
              OrgKind.BANK, OrgKind.AGENCY, OrgKind.PLATFORM, OrgKind.RECEIVER, OrgKind.QUERYING)  # fmt: skip
NO_HEAD = T("请至少登记一名信用办负责人，后续授权须由其确认。", "Name the head of the credit office, who allows roles.")
OTHER_NAME = T("用户名“{username}”已用于{name}。", "The user name “{username}” is that of {name}.")
SAME_ROLE = T("此人在该单位已登记这一岗位。", "This person has this role there already.")
NO_PLACE = T("请先添加该单位。", "Add that organisation first.")


@dataclass(frozen=True, slots=True)
class Task:
    """One part of the set-up; `state` as the task list draws it."""

    name: str
    title: Text
    state: str
    hint: Text | None


def opens(token: str) -> bool:
    """Whether this is the one-time token of the data folder, and nobody administers the installation yet."""
    file = _token_file()
    kept = file.read_text().strip() if file.is_file() else ""
    said = hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
    return bool(kept) and hmac.compare_digest(kept, said) and not is_set_up()


def _token_file() -> Path:
    folder: Path = current_app.config["SETTINGS"].data_dir
    return folder / "setup.token"


def close() -> None:
    """The token has done its work."""
    _token_file().unlink(missing_ok=True)


def draft() -> dict[str, Any]:
    """Every answer kept so far, by part."""
    return office.told(DRAFT)


def keep(part: str, value: Any, now: dt.datetime) -> None:
    """Keep the answers to one part; the other parts stay."""
    row = db.session.get(Setting, DRAFT, with_for_update=True)
    office.keep(DRAFT, {**(row.value if row else {}), part: value}, None, now)


def tasks(said: dict[str, Any]) -> list[Task]:
    """The parts in their order, each done or to be done."""
    return [Task(name, title, "done" if done(said, name) else "open", HINTS.get(name))
            for name, (title, _) in PARTS.items()]  # fmt: skip


def done(said: dict[str, Any], part: str) -> bool:
    """Whether a part has its answers."""
    return has_head(said) if part == "staff" else bool(said.get(part))


def has_head(said: dict[str, Any]) -> bool:
    """Whether somebody will be able to allow roles."""
    return any(one["role"] == Role.COH for one in said.get("staff", ()))


def lacking(said: dict[str, Any]) -> list[Text]:
    """Titles of the parts without which the set-up cannot end."""
    return [title for name, (title, needed) in PARTS.items() if needed and not done(said, name)]


def places(said: dict[str, Any]) -> list[tuple[str, str]]:
    """(key, name) of the organisations in which staff may work; "" is the credit office."""
    named = [("", said["office"]["office"])] if said.get("office") else []
    return named + [(one["name"], one["name"]) for one in said.get("departments", ())]


def kind_of(said: dict[str, Any], place: str) -> OrgKind | None:
    """What sort of organisation a place is."""
    if place == "":
        return OrgKind.CREDIT_OFFICE
    found = next((one for one in said.get("departments", ()) if one["name"] == place), None)
    return OrgKind(found["kind"]) if found else None


def name_taken(said: dict[str, Any], part: str, username: str, phone: str) -> Text | None:
    """Why a user name or telephone cannot be used: by an account, or by another part of the draft."""
    wanted = [text for text in (username, phone) if text]
    used = select(User.id).where(or_(User.username.in_(wanted), User.phone.in_(wanted))).limit(1)
    others = [said[one] for one in ("administrator", "leader") if one != part and said.get(one)]
    others += said.get("staff", []) if part != "staff" else []
    in_draft = {text for one in others for text in (one["username"], one["phone"]) if text}
    return TAKEN if in_draft & set(wanted) or db.session.scalar(used) is not None else None


def add_staff(said: dict[str, Any], new: dict[str, str]) -> list[dict[str, str]] | Text:
    """The staff with one more, or why not. The same person may have several desks under one user name."""
    staff = said.get("staff", [])
    if (kind := kind_of(said, new["place"])) is None:
        return NO_PLACE
    role = Role(new["role"])
    if kind not in memberships.PLACES[role]:
        return memberships.WRONG_PLACE.format(role=role.label, org=dict(places(said))[new["place"]])
    same = [one for one in staff if one["username"] == new["username"]]
    if any(one["name"] != new["name"] for one in same):
        return OTHER_NAME.format(username=new["username"], name=same[0]["name"])
    if any((one["role"], one["place"]) == (new["role"], new["place"]) for one in same):
        return SAME_ROLE
    if same and Role.AUD in {role, *(Role(one["role"]) for one in same)}:
        return memberships.P6
    phones = {one["phone"] for one in staff if one["username"] != new["username"]}
    if new["phone"] and new["phone"] in phones:
        return TAKEN
    taken = None if same else name_taken(said, "staff", new["username"], new["phone"])
    return taken or [*staff, new]


def without_holder(said: dict[str, Any]) -> list[Text]:
    """Steps of any kind of case that nobody named so far could take."""
    held = {one["role"] for one in said.get("staff", ())} | ({Role.LD} if said.get("leader") else set())
    steps = [step for flow in FLOWS.values() for step in flow.steps]
    return [step.label for step in steps if set(step.by) <= set(STAFF) and not held.intersection(step.by)]


def packs(now: dt.datetime) -> list[rulebook.PackPage]:
    """The general rules of every kind of case, whose limits are confirmed or changed."""
    return [one for one in rulebook.packs(shanghai_day(now)) if not one.place and not one.category]


def pack_of(name: str, now: dt.datetime) -> int:
    """Id of the rules that have a limit of this name. NotFound when none has."""
    for one in packs(now):
        if any(limit.name == name for limit in one.limits):
            return one.id
    raise NotFound(f"limit {name}")


def confirm_limits(now: dt.datetime) -> None:
    """Every limit that is not set by a text in force applies here."""
    names = [limit.name for one in packs(now) for limit in one.limits if limit.open]
    keep("rules", {**draft().get("rules", {}), "confirmed": names}, now)


def change_limit(name: str, wanted: Change, now: dt.datetime) -> None:
    """One limit gets another length when the set-up ends."""
    said = draft().get("rules", {})
    keep("rules", {**said, "changes": {**said.get("changes", {}), name: asdict(wanted)}}, now)


def usernames(said: dict[str, Any]) -> list[str]:
    """Accounts to be made for which nobody has chosen a password yet."""
    people = [said["leader"], *said.get("staff", [])]
    return list(dict.fromkeys(one["username"] for one in people))


def slip_password() -> str:
    """What such an account begins with; its owner chooses another by a one-time link."""
    return administration.nobody_knows()
