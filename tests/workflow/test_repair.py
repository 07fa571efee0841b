"""The repair's tables say what domain.md §9.3 says, in both modes; people rules and silence."""

import datetime as dt

import pytest

from tests.workflow.expected_repair import allowed
from tests.workflow.test_objection import DAY, DEPARTMENT, NOON, OFFICE, SUBJECT, an_actor
from workflow.calendar import Calendar
from workflow.clock import Rule, runs
from workflow.engine import ENGINES, Refused
from workflow.repair import REPAIR
from workflow.view import CaseView, Item, Past
from workflow.words import Role

ALL_FACTS = {asked.field: "x" for step in REPAIR.steps for asked in step.asks}
MET = (Item(1, 1, None, "R00", "MET", "R1_repair"),)
UNMET = (Item(1, 1, None, "R00", "UNMET", "R2_deny"),)
ADVERSE = ("send_to_legal", "legal_above", "revocation_to_legal", "deny", "sign_denial", "intend_denial")
SHOWN = frozenset(
    "statement authority counter proofs commitments repairable acks_in acks_settled sealed repaired".split()
)
OVER = frozenset(["R-SUPPLY", "R-ACCEPT", "R-HEARING", "R-EXCL", "R-ACK", "R-REMEDY", "R-CLOSE"])


def took(step, role, person, to="", **facts):
    return Past(step, "", to, role, person, OFFICE, NOON, DAY, facts)


def a_view(state, step="", mode="authority", history=None, **more):
    """A case at which every guard that depends on facts is open for this step."""
    before = {"execute": ["sign"], "revoke": ["sign"], "extend": ["ask_extension"], "send_back": ["approve"],
              "shield_for_restructuring": ["propose_shield"], "refuse_shield": ["propose_shield"],
              "include_again": ["exclude"]}.get(step,
                                                                                                       [])  # fmt: skip
    past = [took(one, Role.CO, 99) for one in before] if history is None else history
    switches = {"authority_decides"} if mode == "authority" else set()
    switches |= {"legal_review"} if step in ADVERSE[:3] else set()
    told = {"departments": frozenset([DEPARTMENT]), "items": UNMET if step in ADVERSE else MET,
            "shown": SHOWN - {"sealed"} if step == "seal" else SHOWN, "overdue": OVER,
            "switches": frozenset(switches), "declared": frozenset(range(1, 200))}  # fmt: skip
    told |= {"signing": "countersign", "signers": (1, 96)} if step == "countersign" else {}
    return CaseView("repair", state, SUBJECT, OFFICE, DAY, history=tuple(past), **(told | more))


@pytest.mark.parametrize("mode", ["authority", "credit_office"])
def test_every_door_of_every_state_for_every_role(mode):
    """States × steps × roles: only the rows typed from domain.md open in this mode."""
    engine, opened, tried = ENGINES["repair"], {}, 0
    for state in REPAIR.states:
        for step in REPAIR.steps:
            for role in Role:
                tried += 1
                try:
                    _, target = engine.move(a_view(state.name, step.name, mode), step.name, an_actor(role), ALL_FACTS)
                    opened[state.name, step.name, str(role)] = target
                except Refused as refused:
                    assert all(str(reason) for reason in refused.reasons)
    assert 35 * 62 * 17 <= tried
    assert allowed(mode) == opened


DUTIES = [
    ("approve", "authority_decision", Role.DH, ("opinion", Role.DR)),
    ("approve_decline", "decline_review", Role.DH, ("propose_decline", Role.DR)),
    ("approve_refusal", "refusal_review", Role.COH, ("propose_refusal", Role.CO)),
    ("forward", "submitted", Role.INT, ("submit", Role.INT)),
    ("propose", "office_confirm", Role.CO, ("opinion", Role.DR)),
    ("propose_denial", "denied_draft", Role.CO, ("deny", Role.DH)),
    ("endorse", "head_review", Role.COH, ("propose", Role.CO)),
    ("endorse", "head_review", Role.COH, ("propose_denial", Role.CO)),
    ("sign", "awaiting_signoff", Role.LD, ("propose", Role.CO)),
    ("sign", "awaiting_signoff", Role.LD, ("propose_denial", Role.CO)),
    ("sign", "awaiting_signoff", Role.LD, ("endorse", Role.COH)),
    ("sign", "awaiting_signoff", Role.LD, ("approve", Role.DH)),
    ("endorse_revocation", "revocation_review", Role.COH, ("put_up_revocation", Role.CO)),
    ("sign_revocation", "revocation_signoff", Role.LD, ("endorse_revocation", Role.COH)),
    ("sign_revocation", "revocation_signoff", Role.LD, ("propose_revocation", Role.CO)),
]


@pytest.mark.parametrize(("step", "state", "role", "former"), DUTIES)
def test_the_same_person_may_not(step, state, role, former):
    """P1, P2, P3: refused to the person who took the former step, open to another."""
    history = [took(former[0], former[1], 1)]

    with pytest.raises(Refused):
        ENGINES["repair"].move(a_view(state, step, history=history), step, an_actor(role, person=1), ALL_FACTS)
    assert ENGINES["repair"].move(a_view(state, step, history=history), step, an_actor(role, person=2), ALL_FACTS)


def test_who_imported_the_record_gives_no_opinion():
    item = Item(1, 1, None, "R00", "MET", imported_by=frozenset([1]))

    with pytest.raises(Refused, match="P2"):
        ENGINES["repair"].move(a_view("accepted", items=(item,)), "opinion", an_actor(Role.DR, 1), ALL_FACTS)


def test_silence_never_decides():
    """P10: the clock deems acceptance, lapses, ends the wait for receivers, closes; it approves and denies nothing."""
    by_clock = {step.name for step in REPAIR.steps if Role.CLOCK in step.by}

    assert {"deem_accept", "lapse", "include_again", "chase_timeout", "close"} == by_clock


def test_no_repair_without_the_office_and_a_leader():
    """In both modes every way to a repaired record leads over the head's endorsement and the leader's signature."""
    into = {
        target: {step for here, step, to in REPAIR.edges if here != to == target}
        for target in ("approved", "awaiting_signoff")
    }

    assert {"sign"} == into["approved"]
    assert {"endorse", "endorse_above", "legal_pass"} == into["awaiting_signoff"]
    assert (Role.LD,) == REPAIR.step_named["sign"].by and (Role.COH,) == REPAIR.step_named["endorse"].by


def test_a_denial_waits_until_the_party_was_heard():
    history = [took("deny", Role.DH, 5)]
    silent = {"overdue": frozenset(), "items": UNMET}

    with pytest.raises(Refused, match="陈述申辩"):
        ENGINES["repair"].move(a_view("denied_draft", history=history, **silent), "propose_denial",
                               an_actor(Role.CO), ALL_FACTS)  # fmt: skip
    spoke = [*history, took("state_defence", Role.APP, 7)]
    assert ENGINES["repair"].move(a_view("denied_draft", history=spoke, **silent), "propose_denial",
                                  an_actor(Role.CO), ALL_FACTS)  # fmt: skip


def test_in_the_authoritys_mode_the_office_does_not_overrule_an_approval():
    with pytest.raises(Refused, match="只能退回"):
        ENGINES["repair"].move(a_view("office_confirm"), "intend_denial", an_actor(Role.CO), ALL_FACTS)
    assert ENGINES["repair"].move(a_view("office_confirm", mode="credit_office"), "intend_denial",
                                  an_actor(Role.CO), ALL_FACTS)  # fmt: skip


def test_a_shield_does_not_count_and_the_extension_adds_ten():
    """R-TOTAL: ten working days from the application; the restructuring stands still, an extension is added once."""
    rules = {"R-TOTAL": Rule("R-TOTAL", 10, "WD", 10)}
    filed = Past("submit", "", "submitted", Role.APP, 1, None, NOON, dt.date(2026, 11, 23))
    shield = Past("shield_for_restructuring", "", "shielded", Role.LD, 1, None, NOON, dt.date(2026, 11, 24))
    over = Past("plan_completed", "", "accepted", Role.CO, 1, None, NOON, dt.date(2026, 11, 26))
    more = Past("extend", "", "accepted", Role.LD, 1, None, NOON, dt.date(2026, 11, 27))

    def due(*history):
        return next(
            run for run in runs(REPAIR, history, rules, Calendar.official()) if run.limit.name == "R-TOTAL"
        ).due_on

    assert dt.date(2026, 12, 7) == due(filed)
    assert dt.date(2026, 12, 9) == due(filed, shield, over)
    assert dt.date(2026, 12, 23) == due(filed, shield, over, more)


def test_a_shield_that_is_over_needs_a_new_proposal():
    """Row 26: each shield rests on its own ruling, put up by the officer; the old proposal is used up."""
    engine = ENGINES["repair"]
    used = [took("propose_shield", Role.CO, 98), took("shield_for_restructuring", Role.LD, 97),
            took("plan_completed", Role.CO, 98)]  # fmt: skip

    with pytest.raises(Refused, match="尚未提请"):
        engine.move(a_view("accepted", history=used), "shield_for_restructuring", an_actor(Role.LD), ALL_FACTS)
    assert engine.move(a_view("accepted", history=used), "propose_shield", an_actor(Role.CO), ALL_FACTS)
    again = [*used, took("propose_shield", Role.CO, 98)]
    assert engine.move(a_view("accepted", history=again), "shield_for_restructuring", an_actor(Role.LD), ALL_FACTS)
