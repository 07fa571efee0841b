"""Cases are brought to their worlds over HTTP, move by move, each on the day on which it would have been made."""

import contextlib
import datetime as dt
import secrets
from collections.abc import Iterable, Iterator

from sqlalchemy import text

from models.base import db
from services import casefile, clock, complaints, delivery, desk
from services.people import person
from services.transactions import writing
from tests.office_complaint import SAID
from tests.replay.scene import GUEST, LONG_AGO, NOW, Scene, said_in
from tests.replay.ways import MODES, Way, whole
from workflow.engine import FLOWS

FILERS = {"": "second_clerk", "agent": "agent", "guest": GUEST, "account": "applicant", "counter": "clerk",
          "anonymous": "anonymous"}  # fmt: skip


def build(scene: Scene, ways: dict[str, Way], worlds: Iterable[str]) -> None:
    """A case for every world ("state/variant+filer"); those that began first come first, drafts last."""
    plans = {one: whole(ways, one.partition("+")[0]) for one in sorted(worlds)}
    for world in sorted(plans, key=lambda one: (not plans[one].moves, -plans[one].days)):
        with _own_subject(scene, plans[world]):
            scene.numbers[world] = _brought(scene, plans[world], FILERS[world.partition("+")[2]])
        reached = scene.state(scene.numbers[world])
        assert reached == world.partition("+")[0].partition("/")[0], f"{world}: {reached}"
    scene.browsers.clear()  # everybody signs in anew on Monday


@contextlib.contextmanager
def _own_subject(scene: Scene, plan: Way) -> Iterator[None]:
    """Whose repair is revoked may not file another for years: another enterprise stands in."""
    usual = scene.office.staff["applicant"]
    if scene.kind == "repair" and any("sign_revocation" in move for move in plan.moves):
        with clock.standing_at(LONG_AGO):
            scene.office.staff["applicant"] = scene.office.people.enterprise()
    try:
        yield
    finally:
        scene.office.staff["applicant"] = usual


def _brought(scene: Scene, plan: Way, filer: str) -> str:
    """Walk the whole way, a minute for each move; the number of the case."""
    begun, later = NOW - dt.timedelta(days=plan.days, hours=1), 0
    stands_in = {"filer": filer} | ({"applicant": filer} if filer == GUEST else {})
    with clock.standing_at(begun):
        number = _drafted(scene, filer)
    for minutes, move in enumerate(plan.moves, 1):
        who, _, what = move.partition(":")
        later = int(what) if who in ("clock", "on") else later
        with clock.standing_at(begun + dt.timedelta(days=later, minutes=minutes)):
            number = _moved(scene, number, stands_in.get(who, who), what)
    return number


def _drafted(scene: Scene, filer: str) -> str:
    """A fresh draft about a record of its own."""
    if scene.kind == "complaint":
        return _complaint(scene, filer)
    if scene.kind == "repair":
        return scene.repair.drafted(scene.repair.penalty()[1], who=filer)
    record = scene.office.a_record(penalty_doc_no=f"鄂前罚〔2026〕{secrets.token_hex(4)}号")[1]
    return scene.office.drafted(filer, record=record)


def _complaint(scene: Scene, filer: str) -> str:
    office, known = scene.office, filer not in (GUEST, "anonymous")
    told = complaints.Told("C06", office.town.department, "", SAID, None, "")
    with scene.app.app_context(), writing():
        somebody = person(office.staff[filer].id) if known else None
        subject = office.staff["applicant"].subject_id if known else None
        key = complaints.begin(somebody, subject, told, clock.now())
        draft = complaints.draft(somebody, key, (key,))
        complaints.reach(draft, complaints.Contact("某人", "13900000000", "", False, filer == "anonymous"))
    return key


def _moved(scene: Scene, number: str, who: str, what: str) -> str:
    if who == "clock":
        with scene.app.app_context(), writing():
            assert desk.settle(casefile.row_of(number), clock.now()), f"{number}: the clock finds nothing to do"
    elif who in ("chase", "acknowledge"):
        _settle_receivers(scene, number, who)
    elif who != "on":
        name, _, variant = what.rstrip("!").partition("/")
        name = MODES.get(name, name) if scene.repair.mode == "credit_office" else name
        with _held(scene.kind, name) if what.endswith("!") else contextlib.nullcontext():
            return _taken(scene, number, who, name, variant)
    return number


def _taken(scene: Scene, number: str, who: str, step: str, variant: str) -> str:
    """Post the step; the number of the case afterwards."""
    if who in (GUEST, "anonymous") and step == "submit":
        with scene.app.app_context():
            form = {"version": scene.version(number), "key": secrets.token_urlsafe(16)}
            return complaints.submit(None, number, form, clock.now()).number
    answer = scene.sends(who, number, step, scene.form(number, step, variant))
    assert answer.status_code in (302, 303), f"{who} {step} {number}: {answer.status_code} {said_in(answer)}"
    return answer.location.rstrip("/").rpartition("/")[2] if step == "submit" else number


@contextlib.contextmanager
def _held(kind: str, step: str) -> Iterator[None]:
    """The system's own hand does not move at once, so that the case rests where it only passes otherwise."""
    outcome = FLOWS[kind].outcome_of[step]
    then = outcome.then
    object.__setattr__(outcome, "then", "")
    try:
        yield
    finally:
        object.__setattr__(outcome, "then", then)


def _settle_receivers(scene: Scene, number: str, how: str) -> None:
    """The messages of a decision are delivered, and each receiver is reminded or acknowledges."""
    query = text("SELECT m.id FROM correction_message m JOIN decision d ON d.id = m.decision_id "
                 "JOIN case_file c ON c.id = d.case_id WHERE c.number = :n")  # fmt: skip
    staff, now = scene.office.staff, clock.now()
    with scene.app.app_context(), writing():
        for message in db.session.execute(query, {"n": number}).scalars().all():
            if (sending := delivery.deliver({"message": message}, now)) is not None:
                sending()
            if how == "chase":
                delivery.chase(message, now, person(staff["publisher"].id))
            else:
                delivery.answer(message, person(staff["receiver"].id), True, "", now)
