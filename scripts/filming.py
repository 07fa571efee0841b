"""A story told with a camera beside: every page its people open is photographed."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from scripts.camera import Camera, Place
from scripts.running import Running
from scripts.storytelling import SHANGHAI, Story
from scripts.visitor import Form, Page, Visitor

KEYS = re.compile(
    r"draft-[\w-]+|(?<=/complaint/)[\w-]{16,}|(?<=/records/)[\w-]+|(?<=[/=])[A-Z]{2}\d+|(?<=[/=])\d+(?=[/?]|$)"
)
CASE = re.compile(r"^/cases/[A-Z]{2}\d+$")


@dataclass
class Filmed(Story):
    """A story whose pages are photographed as they are opened."""

    camera: Camera = field(kw_only=True)
    group: str = field(kw_only=True)
    running: Running = field(kw_only=True)
    seen: set[tuple[str, str]] = field(default_factory=set)

    def say(self, who: str, what: str) -> None:
        """Nothing: the pictures speak."""

    def guest(self) -> Visitor:
        return Watched(self.base, self)

    def visitor(self, username: str) -> Visitor:
        visitor = super().visitor(username)
        if isinstance(visitor, Watched):
            visitor.who = username
        return visitor

    def step(self, who: str, step: str, **facts: str | list[str]) -> Page:
        """Take a step as told; the case as its holder finds it is photographed before. Facts without a point's id
        go to every point."""
        self.look(who, f"/cases/{self.number}", f"/cases/# {who}, before {step}")
        page = self.visitor(who).get(f"/cases/{self.number}/{step}")
        form = page.form(f"/{step}")
        known = {*form.values, *form.options}
        for name in [one for one in facts if one not in known]:
            value = facts.pop(name)
            facts |= {one: value for one in known if re.fullmatch(rf"{name}_\d+", one)}
        after = super().step(who, step, **facts)
        self.running.work_off()
        return after

    def today(self) -> str:
        """The present day of the demonstration, as a form wants it."""
        return self.running.now().astimezone(SHANGHAI).date().isoformat()

    def days_pass(self, days: int) -> None:
        """Let the clock jump; everybody signs in anew."""
        self.running.jump(days)
        self.people.clear()

    def chase(self) -> None:
        """The publisher presses every receiver that has not acknowledged."""
        page = self.visitor("publisher1").get(f"/publishing/{self.number}")
        while left := [one for one in page.forms if one.action.endswith("/chase")]:
            page = self.visitor("publisher1").send(page, left[0])

    def case(self, who: str, when: str, *steps: str) -> None:
        """Photograph the case as somebody finds it now, and pages of steps he does not take."""
        self.look(who, f"/cases/{self.number}", f"/cases/# {who}, {when}")
        for step in steps:
            self.look(who, f"/cases/{self.number}/{step}", f"/cases/#/{step} {who}")

    def look(self, who: str, path: str, kind: str, **filled: str) -> None:
        """Photograph a page as somebody sees it now."""
        visitor = self.visitor(who) if who else self.guest()
        self.camera.take(visitor, [Place(self.group, who, path, kind, tuple(filled.items()))])

    def met(self, visitor: Visitor, page: Page, who: str) -> None:
        """A page was opened; each kind of page is photographed once for each person, cases by `step`."""
        parts = urlsplit(page.url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        kind = KEYS.sub("#", path)
        if page.mime != "text/html" or CASE.match(path) or kind in ("/", "/sign-in") or (who, kind) in self.seen:
            return
        self.seen.add((who, kind))
        self.camera.take(visitor, [Place(self.group, who, path, f"{kind} {who}")])


class Watched(Visitor):
    """Somebody at a browser with a camera behind."""

    def __init__(self, base: str, story: Filmed) -> None:
        super().__init__(base)
        self.story, self.who = story, ""

    def get(self, path: str) -> Page:
        page = super().get(path)
        if page.status == 200:
            self.story.met(self, page, self.who)
        return page

    def send(
        self, page: Page, form: Form, files: dict[str, tuple[str, bytes]] | None = None, **values: str | list[str]
    ) -> Page:
        after = super().send(page, form, files, **values)
        if after.status == 200 and after.url.partition("?")[0] != page.url.partition("?")[0]:
            self.story.met(self, after, self.who)
        return after
