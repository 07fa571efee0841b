"""Each (state, step, role) is posted and compared: allowed moves as typed and is thrown away, refused moves nothing."""

import contextlib
import os
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from unittest import mock

from flask import Flask
from sqlalchemy import text

from models.base import db
from routes import errors
from services import casefile
from services.transactions import read_only
from tests.matrix.browsers import everything
from tests.replay.expectation import NOBODY_THERE, PERSON, ROLES, Expected, Triple
from tests.replay.scene import AT_THE_UNIT, UNIT_PEOPLE, Scene, said_in
from tests.stage import ENGINE

QUIET = ("execute",)  # what the system does itself has no button
NOT_NOW, NOT_HERE, OTHER_MODE = "本案当前状态为", "本案不由您所在单位", "本案由"  # beginnings of the reasons
FORM = os.environ.get("XINFU_MATRIX", "full" if ENGINE == "sqlite" else "short")
EACH = 7 if FORM == "short" else 1  # the short form puts every seventh refused question
REFUSED, MOVED = (403, 404, 409, 422), (302, 303)


@dataclass
class Judge:
    """What was tried in one place, and what did not agree."""

    scene: Scene
    expected: Expected
    tried: set[Triple] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    posts: int = 0

    def states(self, states: Iterable[str], steps: Iterable[str], later: Container[tuple[str, str]] = ()) -> None:
        """Every step by every role from each of these states; rows that other rules open are left for `later`."""
        for state in states:
            triples = [(state, step, role) for step in steps for role in ROLES]
            before = everything(self.scene.app)
            with as_served(self.scene.app):
                for triple in [one for one in triples if one not in self.expected.allowed][::EACH]:
                    self.refused(triple)
            self._unmoved(state, before)
            for triple in triples:
                if triple in self.expected.allowed and triple[:2] not in later:
                    self.taken(triple)
            self._unmoved(state, before)

    def later(self, rows: Iterable[tuple[str, str]]) -> None:
        """Rows that only other rules open, by every role for whom they are typed; the rules are set already."""
        for triple in self.expected.allowed:
            if triple[:2] in rows:
                self.taken(triple)

    def _unmoved(self, state: str, before: dict[str, object]) -> None:
        after = everything(self.scene.app)
        changed = [name for name in before if before[name] != after[name]]
        self.wrong += [f"{state}: {changed} changed by what was refused or thrown away"] if changed else []

    def refused(self, triple: Triple, who: str = "", world: str = "") -> None:
        """The answer says no, in a sentence about the case where the step is this role's elsewhere."""
        state, step, role = triple
        self.tried.add(triple)
        who = who or self.expected.person(step, role)
        number = self._number(world or self._usual(state, role))
        answer = self.scene.sends(who, number, step, self.scene.filled(number, step))
        self.posts += 1
        own, why = role in self.expected.roles_of(step), self._why(triple)
        right = {401} if who == PERSON["PBL"] and self.scene.kind != "complaint" else {*REFUSED} if own else {404}
        if answer.status_code not in right:
            self.wrong.append(f"{triple} by {who}: {answer.status_code} instead of {sorted(right)}")
        elif answer.status_code == 422 and not world and why not in answer.get_data(as_text=True):
            self.wrong.append(f"{triple} by {who}: refused, but not for its state: {said_in(answer)}")

    def _why(self, triple: Triple) -> str:
        """The beginning of the sentence by which a role's own step is refused here."""
        if triple in NOBODY_THERE:
            return NOT_HERE
        there = triple[0] == "authority_decision" and triple[1] in self.expected.other_mode
        return OTHER_MODE if there else NOT_NOW

    def taken(self, triple: Triple) -> None:
        """The page offers the step and the post moves the case as typed; a stranger of the same role does neither."""
        _, step, role = triple
        self.tried.add(triple)
        who, world = self.expected.person(step, role), self._world(triple)
        number = self._number(world)
        form = self.scene.filled(number, step)
        self.scene.browser(who)  # signed in before, for what is written inside is thrown away
        with self.thrown_away(number) as reached:
            answer = self.scene.sends(who, number, step, form)
        self.posts += 1
        target = self.expected.allowed[triple]
        if answer.status_code not in MOVED or reached[:1] != [target]:
            self.wrong.append(f"{triple} by {who} at {world}: {answer.status_code}, {reached} instead of {target}: "
                              f"{said_in(answer)}")  # fmt: skip
        for stranger in self.expected.others(step, role):
            self.refused(triple, stranger, world)

    def doors(self, states: Iterable[str], later: Container[tuple[str, str]] = ()) -> None:
        """A page has a door for a step if, and only if, the table says so; drafts have pages of their own."""
        for state in states:
            for role in ROLES if state != "draft" else ():
                self._no_more(state, role)
        for state, step, role in self.expected.allowed:
            if state in states and state != "draft" and (state, step) not in later and step not in QUIET:
                self._there((state, step, role))

    def _no_more(self, state: str, role: str) -> None:
        who, number = self.expected.person("", role), self._number(self._usual(state, role))
        rows = {step for source, step, one in self.expected.allowed if (source, one) == (state, role)}
        more = self.scene.offered(who, number) - rows
        self.wrong += [f"{state}: {who} ({role}) is offered {sorted(more)}"] if more else []

    def _there(self, triple: Triple) -> None:
        state, step, role = triple
        who, number = self.expected.person(step, role), self._number(self._world(triple))
        if (step in AT_THE_UNIT and who in UNIT_PEOPLE) or step in self.scene.offered(who, number):
            return
        self.wrong.append(f"{triple}: {who} finds no door")

    def _world(self, triple: Triple) -> str:
        state, step, role = triple
        guest = f"{state}+guest"
        return guest if role == "PBL" and guest in self.scene.numbers else self.expected.world(*triple)

    def _usual(self, state: str, role: str) -> str:
        if role == "PBL" and f"{state}+guest" in self.scene.numbers:
            return f"{state}+guest"
        return "draft+account" if state == "draft" else state

    def _number(self, world: str) -> str:
        return self.scene.numbers[world]

    @contextlib.contextmanager
    def thrown_away(self, number: str) -> Iterator[list[str]]:
        """What is committed inside is looked at and rolled back instead; where each step taken led, in order."""
        reached: list[str] = []
        with self.scene.app.app_context(), read_only():
            row = casefile.row_of(number)
        case_id, version = row["id"], row["version"]
        after = text("SELECT target FROM case_event WHERE case_id = :case AND seq >= :version ORDER BY seq")

        def look() -> None:
            reached.extend(db.session.execute(after, {"case": case_id, "version": version}).scalars())
            db.session.rollback()

        with self.scene.app.app_context():
            db.session.commit = look
        try:
            yield reached
        finally:
            del db.session.commit


@contextlib.contextmanager
def as_served(app: Flask) -> Iterator[None]:
    """Known people are remembered for a while, as in a running server, and error pages come without their looks."""
    app.testing = False
    with mock.patch.object(errors, "render_template", reasons_alone):
        yield
    app.testing = True


def reasons_alone(_name: str, *, reasons: Iterable[object], **_told: object) -> str:
    """An error page without its looks, which are proven elsewhere."""
    return " ".join(map(str, reasons))
