"""P8, P-R and the declaration of interest hold for every step, whatever row of a table is taken. domain.md §6.2."""

import dataclasses
import datetime as dt

import pytest

from tests.workflow.test_objection import ALL_FACTS, DAY, OFFICE, a_view, an_actor, took
from workflow.actor import Mandate
from workflow.engine import ENGINES, Refused
from workflow.words import Role

ENGINE = ENGINES["objection"]
BOSS, STANDIN, THIRD = 50, 60, 70
UNTIL = DAY + dt.timedelta(days=10)


def a_mandate(*matters, **more):
    covered = frozenset(f"objection:{one}" for one in matters or ("sign", "reject_draft"))
    told = {"valid_from": DAY, "valid_to": UNTIL, **more}
    return Mandate("鄂前信委〔2026〕1号", BOSS, "委托人", covered, **told)


def standing_in(**more):
    return dataclasses.replace(an_actor(Role.LD, STANDIN), mandate=a_mandate(**more))


def signs(view, actor):
    return ENGINE.move(view, "sign", actor, ALL_FACTS)[1]


def test_a_delegate_signs_within_days_and_matters():
    assert "decided" == signs(a_view("awaiting_signoff"), standing_in())


@pytest.mark.parametrize(
    "days",
    [
        {"valid_from": DAY + dt.timedelta(days=1)},
        {"valid_from": DAY - dt.timedelta(days=9), "valid_to": DAY},
        {"ended": True},
    ],
)
def test_outside_the_days_of_the_delegation(days):
    with pytest.raises(Refused, match="有效期内.*P8"):
        signs(a_view("awaiting_signoff"), standing_in(**days))


def test_the_last_day_still_counts():
    assert signs(a_view("awaiting_signoff"), standing_in(valid_to=DAY + dt.timedelta(days=1)))


def test_outside_the_matters_of_the_delegation():
    actor = dataclasses.replace(an_actor(Role.LD, STANDIN), mandate=a_mandate("reject_draft"))

    with pytest.raises(Refused, match="不含本案的“签发”.*P8"):
        signs(a_view("awaiting_signoff"), actor)
    assert ["reject_draft"] == [one.step.name for one in ENGINE.choices(a_view("awaiting_signoff"), [actor])]


def test_a_delegation_for_one_kind_is_none_for_another():
    mandate = dataclasses.replace(a_mandate(), matters=frozenset(["repair:sign"]))

    with pytest.raises(Refused, match="P8"):
        signs(a_view("awaiting_signoff"), dataclasses.replace(an_actor(Role.LD, STANDIN), mandate=mandate))


@pytest.mark.parametrize("person", [BOSS, STANDIN])
@pytest.mark.parametrize("step", ["propose", "endorse", "report", "legal_pass", "self_check_done"])
def test_neither_approves_own_work_through_the_other(person, step):
    view = a_view("awaiting_signoff", [took(step, Role.CO, person)])

    with pytest.raises(Refused, match="P1"):
        signs(view, standing_in())


def test_what_a_delegate_did_bars_the_delegator():
    done = dataclasses.replace(took("propose", Role.CO, STANDIN), for_person_id=BOSS)

    with pytest.raises(Refused, match="P1"):
        signs(a_view("awaiting_signoff", [done]), an_actor(Role.LD, BOSS))
    assert signs(a_view("awaiting_signoff", [done]), an_actor(Role.LD, THIRD))


@pytest.mark.parametrize("person", [BOSS, STANDIN])
def test_recused_is_recused_for_both(person):
    with pytest.raises(Refused, match="回避.*第四十三条"):
        signs(a_view("awaiting_signoff", recused=frozenset([person])), standing_in())


@pytest.mark.parametrize("person", [BOSS, STANDIN])
def test_a_challenged_person_decides_nothing_meanwhile(person):
    with pytest.raises(Refused, match="决定作出前"):
        signs(a_view("awaiting_signoff", challenged=frozenset([person])), standing_in())


def test_the_investigation_goes_on_meanwhile():
    """P-R: whose recusal is asked for still hands the case to the department; others decide."""
    view = a_view("accepted", challenged=frozenset([STANDIN]))

    assert "dept_verifying" == ENGINE.move(view, "dispatch", an_actor(Role.CO, STANDIN), ALL_FACTS)[1]


def test_an_undeclared_official_is_told_to_declare():
    view = a_view("submitted", declared=frozenset([THIRD]))
    step = ENGINE.flow.step_named["accept"]

    with pytest.raises(Refused, match="无利害关系"):
        ENGINE.move(view, "accept", an_actor(Role.INT, STANDIN), {})
    assert () == ENGINE.lacking(view, step, an_actor(Role.INT, STANDIN)), "the form itself asks"
    assert ENGINE.move(view, "accept", an_actor(Role.INT, THIRD), {})


def test_who_acts_for_an_applicant_declares_nothing():
    """At the counter and on one's own behalf: these are the applicant's steps."""
    view = a_view("draft", declared=frozenset())

    for actor in (an_actor(Role.APP, 1), an_actor(Role.INT, 2)):
        assert "submitted" == ENGINE.move(view, "submit", actor, {})[1]
    assert OFFICE == an_actor(Role.INT).org_id
