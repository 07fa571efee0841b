"""What is undone, refused or handed up: which limits run then, and where the case goes back to. docs/adr/0004."""

import datetime as dt

import pytest

from tests.workflow.test_objection import ALL_FACTS, CLOSED, DAY, NOON, OFFICE, SERVED, SIGNED, a_view, an_actor, took
from workflow.calendar import Calendar
from workflow.clock import Rule, runs
from workflow.engine import ENGINES, Refused
from workflow.objection import OBJECTION
from workflow.view import Past
from workflow.words import Role


def running(*steps):
    """Names of the limits that run after these steps, a day apart, each with the state it led to."""
    rules = {limit.name: Rule(limit.name, 5, "WD") for limit in OBJECTION.limits}
    history = [took(step, Role.CO, 1, to, DAY + dt.timedelta(days=n)) for n, (step, to) in enumerate(steps)]
    return {run.limit.name for run in runs(OBJECTION, history, rules, Calendar.official()) if run.running}


RECALLED = (("sign", "decided"), ("execute", "executed"), ("propose_revocation", "revocation_signoff"))
SERVED_ON = (("sign", "decided"), ("execute", "executed"), ("serve", "served"))


def test_nothing_is_to_be_served_once_the_decision_is_revoked():
    """O-T9: a recalled decision is never served, so its time to be served ends with the signature of the recall."""
    assert "O-T9" in running(*RECALLED)
    assert "O-T9" not in running(*RECALLED, ("sign_revocation", "revoked"))
    put_up = (*SERVED_ON, ("propose_revocation", "revocation_signoff"))
    assert "O-T10" not in running(*put_up, ("sign_revocation", "revoked"), ("take_back", "office_review"))


def the_window(*steps):
    rules = {"O-T10": Rule("O-T10", 15, "CD")}
    history = [Past(step, source, to, Role.LD, 1, OFFICE, NOON, dt.date(2026, 11, day))
               for step, source, to, day in steps]  # fmt: skip
    found = runs(OBJECTION, history, rules, Calendar.official())
    return [(run.due_on, run.paused_since is not None) for run in found]


def test_the_time_to_ask_for_a_recheck_stands_still_while_a_revocation_waits_and_never_begins_anew():
    """§9.1 row 26: fifteen days from service, once. Nobody can ask while a revocation waits; a refusal adds no day."""
    served = ("serve", "executed", "served", 2)
    put_up = ("propose_revocation", "served", "revocation_signoff", 6)
    assert [(dt.date(2026, 11, 17), False)] == the_window(served)
    assert [(dt.date(2026, 11, 17), True)] == the_window(served, put_up)
    refused = ("refuse_revocation", "revocation_signoff", "served", 9)
    assert [(dt.date(2026, 11, 20), False)] == the_window(served, put_up, refused)


def test_a_recheck_that_another_organ_makes_stands_still_here():
    asked = (("request_recheck", "rechecking"), ("hand_up_recheck", "recheck_above"))
    assert {"O-RECHECK", "O-ABOVE"} <= running(*asked)
    assert "O-ABOVE" not in running(*asked, ("recheck_from_above", "recheck_signoff"))


UNDONE = [("executed", (SIGNED,), "refuse_recall"), ("served", (SIGNED, SERVED), "refuse_revocation"),
          ("closed", (SIGNED, SERVED, CLOSED), "refuse_after_closing")]  # fmt: skip


@pytest.mark.parametrize(("was", "history", "way"), UNDONE)
def test_a_refused_revocation_goes_back_to_where_it_was(was, history, way):
    engine, view = ENGINES["objection"], a_view("revocation_signoff", history)
    for step in ("refuse_recall", "refuse_revocation", "refuse_after_closing"):
        if step == way:
            assert was == engine.move(view, step, an_actor(Role.LD), ALL_FACTS)[1]
        else:
            with pytest.raises(Refused):
                engine.move(view, step, an_actor(Role.LD), ALL_FACTS)
