"""Who somebody is: roles by day and organisation, agency, succession, and rule P5 in code and in the database."""

import datetime as dt
import threading

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DatabaseError

from models.base import db
from models.organisation import OrgKind
from models.people import Membership
from services import access, accounts, clock
from services import people as who_is
from services.accounts import AccountRefused
from workflow.words import BUSINESS, Role

DAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize("role", BUSINESS)
def test_an_administrator_gets_no_business_role(role, people):
    town = people.town()
    admin, officer = people.staff(town.office, Role.ADM), people.staff(town.office, role)
    for who, wanted in ((admin, role), (officer, Role.ADM)):
        with pytest.raises(AccountRefused), people.writing():
            accounts.grant_role(accounts.user_of(who.id), town.department, wanted, clock.now())


@pytest.mark.parametrize("order", [(Role.ADM, Role.CO), (Role.CO, Role.ADM)])
def test_the_database_refuses_it_too(order, people):
    town = people.town()
    who = people.staff(town.office, order[0])
    row = {"user_id": who.id, "org_id": town.department, "role": order[1].value, "valid_from": clock.today()}
    with pytest.raises(DatabaseError), people.writing():
        db.session.execute(insert(Membership).values(row))


def test_roles_one_after_the_other_are_allowed(app, people):
    town, now = people.town(), clock.now()
    who = people.staff(town.office, Role.CO)
    with people.writing():
        user = accounts.user_of(who.id)
        given = db.session.scalars(db.select(Membership).where(Membership.user_id == who.id)).one()
        accounts.end_role(given.id, now)
        accounts.grant_role(user, town.office, Role.ADM, now, since=clock.today())
    with app.app_context():
        assert [hat.role for hat in who_is.person(who.id).hats] == [Role.ADM]


def test_two_grants_at_once_do_not_look_away(app, people):
    town = people.town()
    who = people.staff(town.office)
    barrier, results = threading.Barrier(2), []

    def grant(role):
        barrier.wait()
        try:
            with people.writing():
                accounts.grant_role(accounts.user_of(who.id), town.office, role, clock.now())
            results.append("given")
        except AccountRefused:
            results.append("refused")
        with app.app_context():
            db.session.remove()

    threads = [threading.Thread(target=grant, args=(role,)) for role in (Role.ADM, Role.CO)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["given", "refused"]


def test_a_role_counts_from_its_first_day_until_before_its_last(app, people):
    town, who = people.town(), None
    who = people.staff(town.office)
    with people.writing():
        user = accounts.user_of(who.id)
        accounts.grant_role(user, town.office, Role.CO, clock.now(), since=DAY, until=DAY + dt.timedelta(days=2))
    with app.app_context():
        held = [bool(who_is.person(who.id, DAY + dt.timedelta(days=n)).hats) for n in (-1, 0, 1, 2)]
    assert held == [False, True, True, False]


def test_hats_and_actors(app, people):
    town = people.town()
    who = people.staff(town.office, Role.CO, Role.INT)
    enterprise = people.enterprise()
    with app.app_context():
        person, applicant = who_is.person(who.id), who_is.person(enterprise.id)
    assert [hat.org_id for hat in who_is.hats_for(person, [Role.INT])] == [town.office]
    assert [(one.role, one.org_id) for one in who_is.actors(person)] == [
        (Role.CO, town.office),
        (Role.INT, town.office),
    ]
    assert [(one.role, one.subject_id) for one in who_is.actors(applicant)] == [(Role.APP, enterprise.subject_id)]
    assert person.staff and not applicant.staff


def test_the_successor_chain_answers_for_an_abolished_bureau(app, people):
    newest = people.org(OrgKind.DEPARTMENT, "旗市场监督管理局")
    middle = people.org(OrgKind.DEPARTMENT, "旗食药工商局", valid_to=dt.date(2019, 1, 1), successor_id=newest)
    oldest = people.org(OrgKind.DEPARTMENT, "旗食品药品监督管理局", valid_to=dt.date(2016, 1, 1), successor_id=middle)
    alone = people.org(OrgKind.DEPARTMENT, "撤销后无承继的单位", valid_to=dt.date(2016, 1, 1))
    with app.app_context():
        days = (dt.date(2015, 12, 31), dt.date(2016, 1, 1), dt.date(2018, 12, 31), dt.date(2019, 1, 1))
        assert [who_is.successor_of(oldest, day).id for day in days] == [oldest, middle, middle, newest]
        assert who_is.successor_of(alone, DAY).id == alone
        with pytest.raises(access.NotFound):
            who_is.successor_of(999_999, DAY)


def test_a_ring_of_successors_ends(app, people):
    first = people.org(OrgKind.DEPARTMENT, "甲局", valid_to=dt.date(2016, 1, 1))
    second = people.org(OrgKind.DEPARTMENT, "乙局", valid_to=dt.date(2016, 1, 1), successor_id=first)
    with people.writing():
        who_is.organisation(first).successor_id = second
    with app.app_context():
        assert who_is.successor_of(first, DAY).id in (first, second)


def test_the_tree_below_an_organisation(app, people):
    town = people.town()
    with app.app_context():
        assert set(who_is.org_and_below(town.banner)) == {
            town.banner, town.office, town.department, town.other_department, town.publisher, town.supervisor
        }  # fmt: skip
        assert who_is.org_and_below(town.office) == [town.office]


def test_steps_without_a_lawful_holder_are_named(app, people):
    town = people.town()
    with app.app_context():
        bare = {step.name for step in who_is.steps_without_holder()}
    assert {"sign", "accept", "dispatch"} <= bare and "submit" not in bare and "withdraw" not in bare
    people.staff(town.office, Role.LD)
    with app.app_context():
        assert "sign" in bare and "sign" not in {step.name for step in who_is.steps_without_holder()}


def test_a_disabled_holder_is_no_holder(app, people):
    who = people.staff(people.town().office, Role.LD)
    with people.writing():
        accounts.disable(accounts.user_of(who.id), clock.now())
    with app.app_context():
        assert "sign" in {step.name for step in who_is.steps_without_holder()} and who_is.holders(Role.LD) == []


@pytest.mark.parametrize("statement", ["UPDATE access_entry SET purpose = 'x'", "DELETE FROM access_entry"])
def test_the_ledger_is_only_appended(statement, people):
    with people.writing():
        access.enter("case", "YB1")
    with pytest.raises(DatabaseError), people.writing():
        db.session.execute(text(statement))


def test_tokens_of_machines(app, people):
    org, now = people.org(OrgKind.BANK, "村镇银行"), clock.now()
    with people.writing():
        token = access.issue_token(org, "核心系统", ["records"], "授信审查", now, now + dt.timedelta(days=1))
    with app.app_context():
        client = access.client_for(token, now)
        assert (client.org_id, client.scopes, client.purpose) == (org, {"records"}, "授信审查")
        assert access.client_for(token, now + dt.timedelta(days=1)) is None
        assert access.client_for(token + "x", now) is None
    with people.writing():
        access.revoke_token(client.token_id, now)
    with app.app_context():
        assert access.client_for(token, now) is None
