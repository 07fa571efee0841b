"""Guessing is slow, uniform and locked out; real people still get in (faults.md T18)."""

import datetime as dt
import re
import statistics
import time

import pytest

from routes.security import limiter
from services import accounts, clock, passwords, signin
from services.sessions import Browser
from tests.builders_people import SECRET
from tests.identity.signing_in import code_for, give_password, sign_in, signed_in
from workflow.words import Role

WRONG = "not the password 123"


@pytest.fixture
def enterprise(people):
    return people.enterprise()


@pytest.fixture
def officer(people):
    return people.staff(people.town().office, Role.CO)


def attempt(app, who, password, *, ip="10.0.0.9", device=None, now=None):
    with app.app_context():
        return signin.sign_in(who.username, password, Browser(ip, "tests"), device, now or clock.now())


def test_password_and_telephone_sign_in(client, app, enterprise):
    assert signed_in(sign_in(client, enterprise))
    other = app.test_client()
    with app.app_context():
        phone = accounts.user_of(enterprise.id).phone
    assert other.post("/sign-in", data={"login": phone, "password": enterprise.password}).status_code == 303


def test_staff_need_the_second_factor(client, officer):
    answer = give_password(client, officer)
    assert answer.headers["Location"].startswith("/sign-in/code")
    assert client.get("/account").status_code == 401
    assert client.get("/sign-in/code").status_code == 200
    assert client.post("/sign-in/code", data={"code": code_for(officer)}).status_code == 303
    assert signed_in(client)


def test_a_demonstration_asks_staff_for_no_second_factor(make_app, officer):
    browser = make_app(demo=True).test_client()
    assert "演示系统已关闭第二重验证" in browser.get("/sign-in").text
    assert give_password(browser, officer).headers["Location"] == "/"
    assert signed_in(browser)


def test_a_code_is_good_once(app, client, officer):
    with clock.standing_at(clock.now()):
        code = code_for(officer)
        give_password(client, officer)
        assert client.post("/sign-in/code", data={"code": code}).status_code == 303
        second = app.test_client()
        give_password(second, officer)
        assert second.post("/sign-in/code", data={"code": code}).status_code == 401
        older = code_for(officer, -1)
        assert second.post("/sign-in/code", data={"code": older}).status_code == 401
        assert second.post("/sign-in/code", data={"code": code_for(officer, 1)}).status_code == 303


@pytest.mark.parametrize("steps", [-2, 2, 100])
def test_a_code_of_another_time_is_refused(steps, client, officer):
    with clock.standing_at(clock.now()):
        give_password(client, officer)
        assert client.post("/sign-in/code", data={"code": code_for(officer, steps)}).status_code == 401


def test_enrolment_gives_recovery_codes_that_work_once(app, people, client):
    who = people.staff(people.town().office, Role.CO)
    with people.writing():
        accounts.reset_second_factor(accounts.user_of(who.id))
    answer = give_password(client, who)
    assert answer.headers["Location"].startswith("/account/second-factor/enrol")
    page = client.get(answer.headers["Location"]).text
    secret = re.search(r"<code class=\"num\">([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    who = type(who)(who.id, who.username, who.name, secret=secret)
    assert client.post("/account/second-factor/enrol", data={"code": "000000"}).status_code == 422
    done = client.post("/account/second-factor/enrol", data={"code": code_for(who)})
    codes = re.findall(r"<code>([0-9A-Z-]{14})</code>", done.text)
    assert len(set(codes)) == 10 and signed_in(client)
    for expected in (303, 401):
        lost = app.test_client()
        give_password(lost, who)
        assert lost.post("/sign-in/code", data={"code": codes[0].lower()}).status_code == expected


def test_an_applicant_may_choose_a_second_factor(client, app, enterprise):
    sign_in(client, enterprise)
    assert client.post("/account/second-factor").status_code == 303
    page = client.get("/account/second-factor/enrol").text
    secret = re.search(r"<code class=\"num\">([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    who = type(enterprise)(enterprise.id, enterprise.username, enterprise.name, secret=secret)
    assert client.post("/account/second-factor/enrol", data={"code": code_for(who)}).status_code == 200
    assert give_password(app.test_client(), who).headers["Location"].startswith("/sign-in/code")


def test_secrets_are_not_in_the_database_in_clear(app, officer):
    with app.app_context():
        user = accounts.user_of(officer.id)
        assert SECRET not in user.totp_secret and officer.password not in user.password_hash


def test_ten_wrong_tries_lock_and_fifteen_minutes_unlock(app, enterprise):
    now = clock.now()
    for _ in range(10):
        now += dt.timedelta(seconds=20)  # past the growing delay, so that every try counts
        assert attempt(app, enterprise, WRONG, now=now) is None
    assert attempt(app, enterprise, enterprise.password, now=now) is None
    assert attempt(app, enterprise, enterprise.password, now=now + dt.timedelta(minutes=14, seconds=59)) is None
    assert attempt(app, enterprise, enterprise.password, now=now + dt.timedelta(minutes=15)) is not None


def test_the_delay_grows(app, enterprise):
    now, waits = clock.now(), []
    for _ in range(9):
        assert attempt(app, enterprise, WRONG, now=now) is None
        with app.app_context():
            until = accounts.user_of(enterprise.id).locked_until
        waits.append((until - now).total_seconds() if until and until > now else 0)
        now = max(now, until or now)
    assert waits == [0, 0, 0, 0, 1, 2, 4, 8, 16]


def test_tries_while_locked_do_not_prolong_the_lock(app, enterprise):
    now = clock.now()
    for _ in range(10):
        now += dt.timedelta(seconds=20)
        attempt(app, enterprise, WRONG, now=now)
    for minute in range(15):
        attempt(app, enterprise, WRONG, now=now + dt.timedelta(minutes=minute))
    assert attempt(app, enterprise, enterprise.password, now=now + dt.timedelta(minutes=15)) is not None


def test_a_known_browser_gets_in_while_strangers_lock_the_account(app, enterprise):
    device = attempt(app, enterprise, enterprise.password).device_token
    now = clock.now()
    for _ in range(30):
        now += dt.timedelta(seconds=20)
        attempt(app, enterprise, WRONG, ip="203.0.113.7", now=now)
    assert attempt(app, enterprise, enterprise.password, now=now) is None
    assert attempt(app, enterprise, enterprise.password, device=device, now=now) is not None


def test_a_stolen_device_cookie_has_ten_tries_only(app, enterprise):
    device = attempt(app, enterprise, enterprise.password).device_token
    now = clock.now()
    for _ in range(25):
        now += dt.timedelta(seconds=1)
        attempt(app, enterprise, WRONG, device=device, now=now)
    assert attempt(app, enterprise, enterprise.password, device=device, now=now) is None


def test_stuffing_stays_within_the_allowance(app, people):
    """500 tries on 10 accounts within one minute: at most ten count for each, and nobody guesses the 11th."""
    victims = [people.enterprise() for _ in range(10)]
    now = clock.now()
    for number in range(49):
        for who in victims:
            attempt(app, who, f"guess number {number}", now=now + dt.timedelta(seconds=number))
    for who in victims:
        assert attempt(app, who, who.password, now=now + dt.timedelta(seconds=49)) is None
        with app.app_context():
            assert accounts.user_of(who.id).failed_count <= 10


def test_wrong_codes_lock_too(client, officer):
    with clock.standing_at(clock.now()):
        give_password(client, officer)
        for _ in range(12):
            limiter.reset()
            assert client.post("/sign-in/code", data={"code": "000000"}).status_code == 401
        assert client.post("/sign-in/code", data={"code": code_for(officer)}).status_code == 401


def test_every_refusal_reads_the_same(app, people, enterprise, officer):
    with people.writing():
        accounts.disable(accounts.user_of(people.enterprise().id), clock.now())
    now = clock.now()
    for _ in range(10):
        now += dt.timedelta(seconds=20)
        attempt(app, enterprise, WRONG, now=now)
    said = set()
    for login, password in (
        ("nobody-of-this-name", WRONG),
        (officer.username, WRONG),
        (enterprise.username, WRONG),
        (enterprise.username, enterprise.password),
    ):
        limiter.reset()
        browser = app.test_client()
        with clock.standing_at(now):
            answer = browser.post("/sign-in", data={"login": login, "password": password})
        body = re.sub(r'value="[^"]*"|<span>[^<]*UTC[^<]*</span>', "", answer.text)
        said.add((answer.status_code, body, tuple(sorted(answer.headers.keys()))))
    assert len(said) == 1 and said.pop()[0] == 401


def test_unknown_and_known_accounts_take_the_same_time(app, people, enterprise, monkeypatch):
    """With real hashing the medians differ by less than a tenth."""
    monkeypatch.setattr(passwords, "_hasher", lambda quick, real=passwords._hasher: real(False))
    passwords._nobodys.cache_clear()
    with people.writing():
        accounts.user_of(enterprise.id).password_hash = passwords.hashed(enterprise.password)
    stranger = type(enterprise)(0, "nobody-of-this-name", "")
    times = {who.username: [] for who in (stranger, enterprise)}
    attempt(app, stranger, WRONG)
    for number in range(9):
        for who in (stranger, enterprise):
            begun = time.thread_time()
            attempt(app, who, WRONG, now=clock.now() + dt.timedelta(hours=number))
            times[who.username].append(time.thread_time() - begun)
    passwords._nobodys.cache_clear()
    unknown, known = (statistics.median(values) for values in times.values())
    assert abs(unknown - known) < 0.1 * known + 0.004


def test_a_new_device_is_announced_but_not_the_first(app, enterprise, tmp_path):
    sign_in(app.test_client(), enterprise)
    assert not list(tmp_path.glob("mail/*.eml"))
    sign_in(app.test_client(), enterprise)
    assert len(list(tmp_path.glob("mail/*.eml"))) == 1


def test_hashing_is_argon2id_with_19_mib_and_two_passes():
    settings = passwords._hasher(False)
    assert (settings.memory_cost, settings.time_cost, settings.type.name) == (19456, 2, "ID")
    assert passwords.AT_ONCE._initial_value == 2
