"""Tries are counted where they come from, so that no stranger keeps anybody out; combing is slowed for each person."""

import re

import pytest

from routes.security import limiter
from tests.identity.signing_in import give_password, sign_in
from workflow.words import Role

WRONG = "not the password 123"


@pytest.fixture
def enterprise(people):
    return people.enterprise()


def test_sign_in_is_rated_by_address_and_by_account(client, app, enterprise):
    answers = [give_password(client, enterprise, WRONG).status_code for _ in range(6)]
    assert answers == [401] * 5 + [429]
    limiter.reset()
    codes = [
        client.post("/sign-in", data={"login": f"user-{number}", "password": WRONG}).status_code for number in range(31)
    ]
    assert codes == [401] * 30 + [429]


def test_a_stranger_uses_up_nothing_of_the_owners_tries(client, app, enterprise):
    """Five tries a minute are counted where they come from; a browser the account knows is not kept out at all."""
    own = app.test_client()
    sign_in(own, enterprise)
    elsewhere = {"REMOTE_ADDR": "203.0.113.7"}
    asked = {"login": enterprise.username, "password": WRONG}
    codes = [client.post("/sign-in", data=asked, environ_base=elsewhere).status_code for _ in range(6)]
    assert codes == [401] * 5 + [429]
    assert give_password(own, enterprise).status_code == 303


def test_guessing_from_many_addresses_meets_a_limit_that_spares_the_owners_browser(client, app, enterprise):
    own = app.test_client()
    sign_in(own, enterprise)
    asked = {"login": enterprise.username, "password": WRONG}
    limiter.reset()
    codes = [client.post("/sign-in", data=asked, environ_base={"REMOTE_ADDR": f"203.0.113.{number}"}).status_code
             for number in range(61)]  # fmt: skip
    assert codes == [401] * 60 + [429]
    assert client.post("/sign-in", data=asked, environ_base={"REMOTE_ADDR": "198.51.100.1"}).status_code == 429
    assert give_password(own, enterprise).status_code == 303


def test_too_many_tries_are_answered_with_when_to_come_again(client, enterprise):
    answers = [give_password(client, enterprise, WRONG) for _ in range(6)]
    last = answers[-1]
    assert last.status_code == 429 and 1 <= int(last.headers["Retry-After"]) <= 61
    assert "刚才的操作没有办理" in last.text and re.search("请在[12]分钟后重试", last.text)


def test_the_counter_is_limited_for_each_clerk(client_for, people):
    office = people.town().office
    first, second = (client_for(people.staff(office, Role.INT)) for _ in range(2))
    codes = [first.post("/file/counter", data={"code": "91150623MA00000000"}).status_code for _ in range(61)]
    assert codes == [422] * 60 + [429]
    assert second.post("/file/counter", data={"code": "91150623MA00000000"}).status_code == 422
