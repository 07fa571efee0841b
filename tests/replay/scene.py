"""One kind of case in a banner with somebody in every role, and what each of them may ask over HTTP."""

import datetime as dt
import re
import secrets
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response
from sqlalchemy import select

from models.base import db
from models.complaint import Enquiry, Rectification
from models.organisation import OrgKind
from models.people import Capacity
from models.rules import RulePack
from models.subject import Subject
from routes.guards import cookie_name
from scripts.visitor import Page
from services import casefile, clock, decisions, rules, steps
from services.transactions import read_only
from tests.matrix.browsers import Cell
from tests.office import Office
from tests.office_complaint import staffed
from tests.office_repair import RepairOffice
from tests.replay.said import Said, said
from workflow.engine import FLOWS
from workflow.words import Role

NOW = dt.datetime(2026, 11, 23, 1, 0, tzinfo=dt.UTC)  # Monday, nine o'clock in Shanghai
LONG_AGO = NOW - dt.timedelta(days=200)
GUEST = "guest"
AT_THE_UNIT = {"answer": ("questions", Enquiry), "rectify": ("orders", Rectification)}
UNIT_PEOPLE = ("reviewer", "department_head", "stranger_reviewer", "stranger_head")
ELSEWHERE = (Role.INT, Role.CO, Role.COH, Role.LEG, Role.LD, Role.PUB)


@dataclass
class Scene:
    """One kind of case in one place; `numbers` are the cases by world."""

    app: Flask
    kind: str
    office: Office
    repair: RepairOffice
    numbers: dict[str, str] = field(default_factory=dict)
    known: dict[tuple[str, str], Said] = field(default_factory=dict)  # forms filled in before, by number and step
    browsers: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def opened(cls, app: Flask, kind: str, mode: str = "authority") -> "Scene":
        """The office with everybody, no case yet."""
        app.test_client_class = Cell
        app.config["WTF_CSRF_ENABLED"] = False  # proven in tests/identity
        with clock.standing_at(LONG_AGO):
            office = staffed(Office.opened(app))
            scene = cls(app, kind, office, RepairOffice(office, mode))
            scene._hire()
        return scene

    def _hire(self) -> None:
        office, people = self.office, self.office.people
        with people.writing():
            elsewhere = people.org(OrgKind.CREDIT_OFFICE, "邻旗信用办", organ_word="邻信")
            for role in ELSEWHERE:
                office.staff[f"{role} elsewhere"] = people.staff(elsewhere, role)
            office.staff["user"] = people.staff(people.org(OrgKind.BANK, "用信银行"), Role.USR)
            office.staff["second_leader"] = people.staff(office.town.office, Role.LD)
            code = str(db.session.get_one(Subject, office.staff["applicant"].subject_id).uscc)
            for name, proven in (("agent", True), ("claimed", False)):
                office.staff[name] = people.enterprise(code=code, proven=proven, capacity=Capacity.AGENT)

    def rule(self, **switches: Any) -> None:
        """Other switches in every rule pack of this kind, as an authorised person would have set them."""
        with self.office.people.writing():
            for pack in db.session.scalars(select(RulePack).where(RulePack.kind == self.kind)):
                pack.switches = {**pack.switches, **switches}
        rules.forget()
        self.known.clear()

    def form(self, number: str, step: str, variant: str = "") -> Said:
        """A whole form of this step on the case as it is now, with the draft that lies before its signer."""
        with self.app.app_context(), read_only():
            told = said(self.office, self.kind, number, step, clock.now(), variant)
            row = casefile.row_of(number)
            if step in steps.ON_DRAFT and row["state"] in FLOWS[self.kind].step_named[step].froms:
                told["draft_hash"] = decisions.draft_hash(decisions.draft(row["id"])[1])
            kept = {"number": number, "code": row["query_code"] or "", "version": str(row["version"])}
        return told | kept | {"key": secrets.token_urlsafe(16)}

    def filled(self, number: str, step: str) -> Said:
        """The same form with a key of its own, made once for many askers."""
        if (number, step) not in self.known:
            self.known[number, step] = self.form(number, step)
        return self.known[number, step] | {"key": secrets.token_urlsafe(16)}

    def sends(self, who: str, number: str, step: str, form: Said) -> Response:
        """Somebody posts the form of a step to the door that is his."""
        if self.kind == "complaint" and who == GUEST:
            return self._by_code(number, step, form)
        if self.kind == "complaint" and step in AT_THE_UNIT and who in UNIT_PEOPLE:
            return self.asks(who, "POST", self.matter(number, step), form)
        return self.asks(who, "POST", f"/cases/{number}/{step}", form)

    def _by_code(self, number: str, step: str, form: Said) -> Response:
        """Without an account: a draft by the browser that keeps its key, a filed case by number and query code."""
        if not number.startswith("draft-") or step not in ("submit", "discard"):
            return self.asks(GUEST, "POST", f"/progress/act/{step}", form)
        browser = self.browser(GUEST)
        with browser.session_transaction() as session:
            session["complaints"] = [number]
        page = "check" if step == "submit" else "discard"
        answer: Response = browser.open(f"/file/complaint/{number}/{page}", method="POST", data=form, csrf=False)
        return answer

    def matter(self, number: str, step: str) -> str:
        """Where the unit answers a question or an order of this case (0: there is none)."""
        where, table = AT_THE_UNIT[step]
        with self.app.app_context(), read_only():
            query = select(table.id).where(table.case_id == casefile.row_of(number)["id"])
            return f"/unit-matters/{where}/{db.session.execute(query).scalars().first() or 0}"

    def asks(self, who: str, method: str, address: str, form: Said | None = None) -> Response:
        """One request of one actor."""
        answer: Response = self.browser(who).open(address, method=method, data=form, csrf=False)
        return answer

    def browser(self, who: str) -> Any:
        """Somebody's browser: one for the whole Monday, a new one on every other day."""
        if who not in self.browsers or clock.now() != NOW:
            client = self.browsers[who] = self.app.test_client()
            if who != GUEST:
                token = self.office.people.session_token(self.office.staff[who].id, clock.now())
                client.set_cookie(cookie_name(self.app.config["SETTINGS"].https), token)
        return self.browsers[who]

    def offered(self, who: str, number: str) -> set[str]:
        """The steps that somebody's page of the case has a door for; none where there is no page for him."""
        if self.kind == "complaint" and who == GUEST:
            with self.app.app_context(), read_only():
                code = casefile.row_of(number)["query_code"]
            page = _page(self.asks(who, "POST", "/progress", {"number": number, "code": code or ""}))
            return {form.action.rpartition("/")[2] for form in page.forms if "/progress/act/" in form.action}
        page = _page(self.asks(who, "GET", f"/cases/{number}"))
        own = [href for href, _ in page.links if href.startswith(f"/cases/{number}/")]
        return {href.rpartition("/")[2] for href in own} & set(FLOWS[self.kind].step_named)

    def version(self, number: str) -> str:
        with self.app.app_context(), read_only():
            return str(casefile.row_of(number)["version"])

    def state(self, number: str) -> str:
        """Where a case stands."""
        with self.app.app_context(), read_only():
            return str(casefile.row_of(number)["state"])


def _page(answer: Response) -> Page:
    return Page(answer.status_code, answer.request.path, answer.data, answer.mimetype)


def said_in(answer: Response) -> str:
    """What a page says went wrong, shortened."""
    said = " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True).partition("<main")[2]).split())
    found = re.search("未能办理|请检查|需要更正", said)
    return said[found.start() if found else 0 :][:300]
