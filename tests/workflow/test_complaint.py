"""The complaint's tables say what domain.md §9.2 says, and its people rules hold on every row."""

import datetime as dt

import pytest

from tests.workflow.expected_complaint import ALLOWED
from workflow.actor import CLOCK, Actor
from workflow.calendar import Calendar
from workflow.clock import Rule, runs
from workflow.complaint import COMPLAINT
from workflow.engine import ENGINES, Refused
from workflow.view import CaseView, Past
from workflow.words import BUSINESS, Role

DAY = dt.date(2026, 11, 23)
NOON = dt.datetime(2026, 11, 23, 4, tzinfo=dt.UTC)
OFFICE, UNIT, SUBJECT, RESPONDENT = 10, 20, 30, 40
ME = 1
FACTS = {asked.field: "x" for step in COMPLAINT.steps for asked in step.asks}
SHOWN = frozenset(["scope", "respondent", "statement", "contact", "authority", "counter", "upheld", "remedy_reported"])
OVER = frozenset(["C-HOLD", "C-EXCL", "C-T5", "C-T8"])


def an_actor(role, person=ME, org=None):
    place = {"subject_id": SUBJECT} if role in (Role.APP, Role.AGT) else {"org_id": org or OFFICE}
    place = {"org_id": org or UNIT} if role in (Role.DR, Role.DH) else place
    return Actor(None if role in (Role.CLOCK, Role.SYSTEM, Role.PBL) else person, "某人", role, **place)


def a_view(state, history=(), **more):
    told = {"departments": frozenset([UNIT]), "asked_units": frozenset([UNIT]), "ordered_units": frozenset([UNIT]),
            "handler_id": ME, "shown": SHOWN, "overdue": OVER, "accused": frozenset([RESPONDENT])}  # fmt: skip
    return CaseView("complaint", state, SUBJECT, OFFICE, DAY, history=tuple(history), **(told | more))


def took(step, role, person, to="", day=DAY, org=OFFICE, **facts):
    return Past(step, "", to, role, person, org, NOON, day, facts)


def fitting(state, step, role):
    """A view in which nothing but state, step and role stands in the way."""
    shown = set(SHOWN)
    shown |= {"sealed"} if step in ("serve", "file_unserved") else set()
    shown |= {"anonymous"} if step == "file_unserved" else set()
    overdue = frozenset() if step.startswith(("request", "extend", "exclude")) else OVER
    guest = {"subject_id": None, "filer_id": None} if role is Role.PBL else {}
    several = {"signing": "countersign", "signers": (ME, 96)} if step == "countersign" else {}
    begun = [took("exclude", Role.COH, 97, exclusion_ground="testing")] if step == "include_again" else []
    view = a_view(state, begun, shown=frozenset(shown), overdue=overdue, **several)
    for name, value in guest.items():
        setattr(view, name, value)
    return view


def test_every_door_of_every_state_for_every_role():
    """States × steps × roles: only the rows typed from domain.md open, all others are refused with a sentence."""
    engine, tried, opened = ENGINES["complaint"], 0, {}
    for state in COMPLAINT.states:
        for step in COMPLAINT.steps:
            for role in Role:
                tried += 1
                try:
                    moved = engine.move(fitting(state.name, step.name, role), step.name, an_actor(role), FACTS)
                    opened[state.name, step.name, str(role)] = moved[1]
                except Refused as refused:
                    assert all(str(reason) for reason in refused.reasons)
    assert 24 * 42 * 17 <= tried
    assert ALLOWED == opened


BY_STAFF = [step for step in COMPLAINT.steps if set(step.by) & set(BUSINESS)]


@pytest.mark.parametrize("step", BY_STAFF, ids=lambda step: step.name)
def test_nobody_of_the_accused_organisation_handles_the_case(step):
    """P9: neither by his role there nor by another hat; only its own answer and its own remedy are its business."""
    engine, own = ENGINES["complaint"], step.name in ("answer", "rectify")
    for role in set(step.by) & set(BUSINESS):
        if step.name in ("discard", "withdraw", "request_review", "request_final"):
            continue  # the counter hands in what somebody else wants
        state = step.froms[0]
        view = fitting(state, step.name, role)
        view.barred = frozenset([ME])
        if own:
            assert engine.move(view, step.name, an_actor(role), FACTS)
            continue
        with pytest.raises(Refused, match="P9"):
            engine.move(view, step.name, an_actor(role), FACTS)


APART = [
    ("approve_refusal", "refusal_review", Role.COH, ("propose_refusal", Role.CO)),
    ("accept", "registered", Role.INT, ("submit", Role.INT)),
    ("accept", "registered", Role.CO, ("submit", Role.APP)),
    ("endorse", "head_review", Role.COH, ("draft_reply", Role.CO)),
    ("endorse", "head_review", Role.COH, ("settle", Role.CO)),
    ("sign", "awaiting_signoff", Role.LD, ("draft_reply", Role.CO)),
    ("sign", "awaiting_signoff", Role.LD, ("endorse", Role.COH)),
    ("sign", "awaiting_signoff", Role.LD, ("submit", Role.INT)),
    ("accept_rectification", "served", Role.COH, ("rectify", Role.CO)),
    ("draft_review", "under_review", Role.DR, ("draft_reply", Role.CO)),
    ("draft_review", "under_review", Role.DR, ("answer", Role.DR)),
    ("review_done", "review_signoff", Role.DH, ("draft_review", Role.DR)),
    ("final_done", "final_signoff", Role.DH, ("review_done", Role.DH)),
]


@pytest.mark.parametrize(("step", "state", "role", "former"), APART)
def test_the_same_person_may_not(step, state, role, former):
    """P1, P3, and a review by people who took no part: refused to who took the former step, open to another."""
    asked = took("request_final" if state == "final_signoff" else "request_review", Role.APP, 9)
    history = [took(former[0], former[1], ME)]
    history = [*history, asked] if former[0] != "draft_review" else [asked, *history]
    view = a_view(state, history, handler_id=None)

    with pytest.raises(Refused):
        ENGINES["complaint"].move(view, step, an_actor(role), FACTS)
    assert ENGINES["complaint"].move(view, step, an_actor(role, person=2), FACTS)


def test_only_the_named_handler_handles():
    with pytest.raises(Refused, match="承办人"):
        ENGINES["complaint"].move(a_view("investigating", handler_id=2), "draft_reply", an_actor(Role.CO), FACTS)


def test_the_code_acts_only_where_nobody_has_an_account():
    """Who holds the query code speaks for a filing without account, and for no other."""
    guest = an_actor(Role.PBL)
    with pytest.raises(Refused):
        ENGINES["complaint"].move(a_view("registered"), "withdraw", guest, FACTS)
    assert ENGINES["complaint"].move(fitting("registered", "withdraw", Role.PBL), "withdraw", guest, FACTS)


def test_the_clock_decides_nothing():
    by_clock = {step.name for step in COMPLAINT.steps if Role.CLOCK in step.by}

    assert {"resume", "include_again", "close"} == by_clock
    for state, step in (("served", "close"), ("served2", "close"), ("suspended", "resume")):
        with pytest.raises(Refused):
            ENGINES["complaint"].move(a_view(state, overdue=frozenset()), step, CLOCK, {})


def test_a_complaint_with_an_open_order_is_not_closed():
    open_yet = a_view("served", shown=SHOWN | {"rectification_open"})
    with pytest.raises(Refused, match="整改"):
        ENGINES["complaint"].move(open_yet, "close", CLOCK, {})


def test_a_review_asked_too_late_is_refused_in_words():
    with pytest.raises(Refused, match="第三十五条"):
        ENGINES["complaint"].move(a_view("served"), "request_review", an_actor(Role.APP), FACTS)
    with pytest.raises(Refused, match="第三十六条"):
        ENGINES["complaint"].move(a_view("served2"), "request_final", an_actor(Role.APP), FACTS)


PACK = {"C-T2": Rule("C-T2", 15, "WD", 15), "C-T2L": Rule("C-T2L", 60, "CD", 30), "C-T3": Rule("C-T3", 5, "WD")}


def clocks(*history):
    return {run.limit.name: run for run in runs(COMPLAINT, history, PACK, Calendar.official())}


def test_two_clocks_run_side_by_side():
    """15 working days within, 60 days by law; each is extended by its own hand; suspension stops only the inner one."""
    taken = took("accept", Role.INT, 1, "accepted", dt.date(2026, 11, 23))
    more = took("extend", Role.COH, 2, "investigating", dt.date(2026, 12, 1))
    legal = took("extend_legal", Role.LD, 3, "investigating", dt.date(2026, 12, 2))
    held = took("suspend", Role.COH, 2, "suspended", dt.date(2026, 12, 3))

    assert clocks(taken)["C-T2"].due_on == dt.date(2026, 12, 14)
    assert clocks(taken)["C-T2L"].due_on == dt.date(2027, 1, 22)
    assert clocks(taken, more)["C-T2"].extended == 15 and clocks(taken, more)["C-T2L"].extended == 0
    assert clocks(taken, legal)["C-T2L"].due_on == dt.date(2027, 2, 22)  # the 21st is a Sunday
    both = clocks(taken, held)
    assert both["C-T2"].paused_since and both["C-T2L"].paused_since is None
