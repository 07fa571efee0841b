"""The objection's tables say what domain.md §9.1 says, and a contradiction in them stops the program."""

import dataclasses
import datetime as dt

import pytest

from services import effects
from tests.workflow.expected import ALLOWED
from workflow.actor import CLOCK, Actor
from workflow.calendar import Calendar
from workflow.clock import Rule, runs
from workflow.engine import ENGINES, FLOWS, Refused
from workflow.flow import FlowError, State, Step
from workflow.objection import OBJECTION
from workflow.view import CaseView, Item, Past
from workflow.words import Effect, Role

DAY = dt.date(2026, 11, 23)
NOON = dt.datetime(2026, 11, 23, 4, tzinfo=dt.UTC)
OFFICE, DEPARTMENT, SUBJECT = 10, 20, 30


def an_actor(role, person=1):
    place = {"org_id": DEPARTMENT} if role in (Role.DR, Role.DH) else {"org_id": OFFICE}
    place = {"subject_id": SUBJECT} if role in (Role.APP, Role.AGT) else place
    return Actor(None if role in (Role.CLOCK, Role.SYSTEM) else person, "某人", role, **place)


def a_view(state, history=(), **more):
    told = {"departments": frozenset([DEPARTMENT]), "items": (Item(1, 1, "fine_wan", "G01", "MODIFY", "O1_correct"),),
            "shown": frozenset(["statement", "authority", "sealed", "acks_settled", "counter"]),
            "overdue": frozenset(["O-T2", "O-T3", "O-HOLD", "O-EXCL", "O-T10"])}  # fmt: skip
    return CaseView("objection", state, SUBJECT, OFFICE, DAY, history=tuple(history), **(told | more))


def took(step, role, person, to="", day=DAY, **facts):
    return Past(step, "", to, role, person, OFFICE, NOON, day, facts)


ALL_FACTS = {asked.field: "x" for step in OBJECTION.steps for asked in step.asks}


ADVERSE = (Item(1, 1, None, "G01", "VERIFIED", "O9_not_established"),)
SIGNED, SERVED = took("sign", Role.LD, 99), took("serve", Role.INT, 98)
CLOSED = took("close", Role.INT, 98)
ALL_OVER = frozenset(["O-T2", "O-T3", "O-HOLD", "O-EXCL", "O-T10"])
PROVEN = frozenset(["statement", "authority", "acks_settled", "counter", "sealed"])
# What else must be so for a step to be open; each differs from the common case in one thing.
WORLDS = {
    "countersign": {"signing": "countersign", "signers": (1, 96)},
    "send_to_legal": {"switches": frozenset(["legal_review"]), "items": ADVERSE},
    "legal_above": {"switches": frozenset(["legal_review"]), "items": ADVERSE},
    "refuse_after_closing": {"history": [SIGNED, SERVED, CLOSED]},
    "seal": {"shown": PROVEN - {"sealed"}},
    "include_again": {"history": [took("exclude", Role.DH, 97, exclusion_ground="testing")]},
    "execute": {"history": [SIGNED]}, "take_back": {"history": [SIGNED]},
    "refuse_recall": {"history": [SIGNED]}, "refuse_revocation": {"history": [SIGNED, SERVED]},
    "propose_revocation": {"corrected": True},
    "request_recheck": {"overdue": ALL_OVER - {"O-T10"}},
    "answer_consultation": {"consulted": {DEPARTMENT: "asked"}},
    "issue_slip": {"history": [took("note_slip", Role.CO, 97)]},
    "confirm_answer": {"consulted": {DEPARTMENT: "answered"}},
    "end_consultation": {"consulted": {DEPARTMENT: "asked"}},
}  # fmt: skip


def test_every_door_of_every_state_for_every_role():
    """States × steps × roles: only the rows typed from domain.md open, all others are refused with a sentence."""
    engine, tried, opened = ENGINES["objection"], 0, {}
    for state in OBJECTION.states:
        for step in OBJECTION.steps:
            view = a_view(state.name, **({"shown": PROVEN, "overdue": ALL_OVER} | WORLDS.get(step.name, {})))
            for role in Role:
                tried += 1
                try:
                    moved = engine.move(view, step.name, an_actor(role), ALL_FACTS)
                    opened[state.name, step.name, str(role)] = moved[1]
                except Refused as refused:
                    assert all(str(reason) for reason in refused.reasons)
    assert 28 * 59 * 17 <= tried
    assert ALLOWED == opened


def test_every_effect_has_its_function():
    assert set(Effect) == {*effects.BEFORE, *effects.AFTER}


def test_the_machine_registers_no_case():
    ENGINES["objection"].move(a_view("submitted"), "accept", an_actor(Role.INT), {})

    assert [] == ENGINES["objection"].machine.models


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ({"states": (*OBJECTION.states, State("limbo", "无", "Limbo", (Role.CO,)))}, "limbo is never reached"),
        ({"states": OBJECTION.states[:-1]}, "unknown state withdrawn"),
        ({"steps": (*OBJECTION.steps, Step("undo", "撤", "Undo", "refused", "draft", (Role.CO,)))}, "has a way out"),
        ({"steps": tuple(s for s in OBJECTION.steps if s.name != "accept")}, "unknown step accept"),
        ({"steps": (*OBJECTION.steps, OBJECTION.steps[0])}, "step submit is named twice"),
        ({"steps": tuple(dataclasses.replace(s, by=()) if s.name == "sign" else s for s in OBJECTION.steps)},
         "nobody may take sign"),
    ],
)  # fmt: skip
def test_a_contradiction_stops_the_program(rows, fault):
    with pytest.raises(FlowError, match=fault):
        dataclasses.replace(OBJECTION, **rows)


DUTIES = [
    ("sign", "awaiting_signoff", Role.LD, ("propose", Role.CO)),
    ("sign", "awaiting_signoff", Role.LD, ("endorse", Role.COH)),
    ("sign", "awaiting_signoff", Role.LD, ("report", Role.DR)),
    ("sign", "awaiting_signoff", Role.LD, ("approve_report", Role.DH)),
    ("endorse", "head_review", Role.COH, ("propose", Role.CO)),
    ("endorse", "head_review", Role.COH, ("self_check_done", Role.CO)),
    ("legal_pass", "legal_review", Role.LEG, ("propose", Role.CO)),
    ("approve_report", "dept_review", Role.DH, ("report", Role.DR)),
    ("approve_refusal", "refusal_review", Role.COH, ("propose_refusal", Role.CO)),
    ("accept", "submitted", Role.INT, ("submit", Role.INT)),
    ("accept", "submitted", Role.CO, ("submit", Role.APP)),
    ("report", "dept_verifying", Role.DR, ("submit", Role.AGT)),
    ("propose", "office_review", Role.CO, ("report", Role.DR)),
]


@pytest.mark.parametrize(("step", "state", "role", "former"), DUTIES)
def test_the_same_person_may_not(step, state, role, former):
    """P1, P3 and the applicant's own side: refused to the person who took the former step, open to another."""
    engine = ENGINES["objection"]
    history = [took(former[0], former[1], 1)]

    with pytest.raises(Refused):
        engine.move(a_view(state, history), step, an_actor(role, person=1), ALL_FACTS)
    assert engine.move(a_view(state, history), step, an_actor(role, person=2), ALL_FACTS)


def test_the_counter_withdraws_only_what_was_filed_there():
    engine, clerk = ENGINES["objection"], an_actor(Role.INT)

    with pytest.raises(Refused, match="窗口代为登记"):
        engine.move(a_view("submitted", shown=frozenset(["statement"])), "withdraw", clerk, ALL_FACTS)
    assert engine.move(a_view("submitted", shown=frozenset(["counter"])), "withdraw", clerk, ALL_FACTS)


@pytest.mark.parametrize("signed", ["sign", "sign_recheck"])
def test_what_was_decided_once_is_not_withdrawn_when_taken_up_again(signed):
    """Row 29: before the decision. A revoked or re-opened case goes on to its new decision."""
    view = a_view("office_review", [took(signed, Role.LD, 99)])

    with pytest.raises(Refused, match="已有签发的决定"):
        ENGINES["objection"].move(view, "withdraw", an_actor(Role.APP), ALL_FACTS)
    assert ENGINES["objection"].move(a_view("office_review"), "withdraw", an_actor(Role.APP), ALL_FACTS)


def test_who_imported_the_record_does_not_verify_it():
    """P2."""
    item = Item(1, 1, None, "G01", imported_by=frozenset([1]))

    with pytest.raises(Refused, match="P2"):
        ENGINES["objection"].move(a_view("dept_verifying", items=(item,)), "report", an_actor(Role.DR, 1), ALL_FACTS)


def test_an_unproven_applicant_acts_on_his_own_filing_only():
    engine, claimed = ENGINES["objection"], dataclasses.replace(an_actor(Role.APP), proven=False)

    with pytest.raises(Refused):
        engine.move(a_view("submitted", filer_id=2), "withdraw", claimed, ALL_FACTS)
    assert engine.move(a_view("submitted", filer_id=1), "withdraw", claimed, ALL_FACTS)


def test_silence_never_decides():
    """P10 and product.md §9.4: the clock deems acceptance, lapses, resumes and closes; it approves nothing."""
    by_clock = {step.name for step in OBJECTION.steps if Role.CLOCK in step.by}

    assert {"deem_accept", "lapse", "resume", "include_again", "close"} == by_clock


PACK = {"O-T5": Rule("O-T5", 3, "WD", 3), "O-T2": Rule("O-T2", 2, "WD")}


def clocks(*history):
    return {run.limit.name: run for run in runs(FLOWS["objection"], history, PACK, Calendar.official())}


def test_a_pause_moves_the_due_day_by_the_working_days_it_took():
    sent = took("dispatch", Role.CO, 1, "dept_verifying", dt.date(2026, 11, 23))
    stop = took("suspend", Role.COH, 1, "suspended", dt.date(2026, 11, 24))
    again = took("resume", Role.COH, 1, "dept_verifying", dt.date(2026, 11, 26))

    assert dt.date(2026, 11, 26) == clocks(sent)["O-T5"].due_on
    assert clocks(sent, stop)["O-T5"].paused_since == dt.date(2026, 11, 24)
    assert dt.date(2026, 11, 30) == clocks(sent, stop, again)["O-T5"].due_on


def test_an_extension_adds_to_the_original_due_day():
    sent = took("dispatch", Role.CO, 1, "dept_verifying", dt.date(2026, 11, 23))
    more = took("extend", Role.DH, 1, "dept_verifying", dt.date(2026, 11, 24))

    assert dt.date(2026, 12, 1) == clocks(sent, more)["O-T5"].due_on


def test_completion_starts_the_acceptance_limit_anew():
    filed = took("submit", Role.APP, 1, "submitted", dt.date(2026, 11, 23))
    asked = took("request_completion", Role.INT, 1, "awaiting_materials", dt.date(2026, 11, 24))
    given = took("supply", Role.APP, 1, "submitted", dt.date(2026, 11, 30))

    assert not clocks(filed, asked)["O-T2"].running
    assert dt.date(2026, 12, 2) == clocks(filed, asked, given)["O-T2"].due_on


def test_the_clock_may_not_act_before_its_day():
    with pytest.raises(Refused):
        ENGINES["objection"].move(a_view("submitted", overdue=frozenset()), "deem_accept", CLOCK, {})
