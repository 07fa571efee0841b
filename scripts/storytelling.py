"""What every story needs: people at browsers, steps through their pages, a line for each."""

import time
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from scripts.visitor import Form, Missing, Page, Visitor

PASSWORD = "xinfu-demo-2026"  # noqa: S105  # of the demonstration, printed at its start
SHANGHAI = ZoneInfo("Asia/Shanghai")
TOO_MANY, MINUTE = 429, 62  # an answer, and the seconds after which it is no longer given


class Broken(Exception):
    """The story cannot go on; the text says where."""


@dataclass
class Story:
    """One telling of the story: who is signed in, and what has come of it so far."""

    base: str
    people: dict[str, Visitor] = field(default_factory=dict)
    number: str = ""
    record: str = ""
    title: str = ""
    department: str = ""
    right: str = ""

    def say(self, who: str, what: str) -> None:
        """One line of the story."""
        print(f"  {who:<14} {what}", flush=True)

    def guest(self) -> Visitor:
        """Somebody at a browser, without an account."""
        return Visitor(self.base)

    def visitor(self, username: str) -> Visitor:
        """Somebody at a browser, signed in."""
        if username not in self.people:
            visitor = self.guest()
            page = visitor.get("/sign-in")
            signed = visitor.send(page, page.form("sign-in"), login=username, password=PASSWORD)
            if signed.status == TOO_MANY:  # several stories told in one minute
                self.say(username, f"is asked to come back in a minute, and does ({MINUTE} s)")
                time.sleep(MINUTE)
                signed = visitor.send(page, page.form("sign-in"), login=username, password=PASSWORD)
            self.expect(signed, 200, f"{username} signs in")
            self.people[username] = visitor
        return self.people[username]

    def expect(self, page: Page, status: int, what: str) -> None:
        if page.status != status:
            raise Broken(f"{what}: {page.status} at {page.url}: {page.text[-400:]}")

    def step(self, who: str, step: str, **facts: str | list[str]) -> Page:
        """Take a step of the case through its own page."""
        visitor = self.visitor(who)
        page = visitor.get(f"/cases/{self.number}/{step}")
        self.expect(page, 200, f"{who} opens {step}")
        after = visitor.send(page, page.form(f"/{step}"), **facts)
        self.expect(after, 200, f"{who} {step}")
        if f"/{step}" in after.url:
            raise Broken(f"{who} {step}: {after.text[-600:]}")
        self.number = after.url.partition("?")[0].rstrip("/").rpartition("/")[2]
        self.say(who, f"{step:<16} {self.number}")
        return after


def form_with(page: Page, name: str) -> Form:
    for form in page.forms:
        if name in form.values or name in form.options:
            return form
    raise Missing(f"{page.url}: no form asks for {name!r}")
