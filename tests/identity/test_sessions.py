"""A session is a row of ours: new at every sign-in, over in time, and revoked at once (faults.md T19)."""

import datetime as dt

import pytest

from services import accounts, clock, sessions
from tests.identity.signing_in import sign_in, signed_in
from workflow.words import Role


def token_of(browser):
    found = browser.get_cookie("xinfu")
    return found.value if found else None


def with_token(app, token):
    browser = app.test_client()
    browser.set_cookie("xinfu", token)
    return browser


@pytest.fixture
def officer(people):
    return people.staff(people.town().office, Role.CO)


def test_a_session_set_before_signing_in_is_worth_nothing_after(app, client, officer):
    client.set_cookie("xinfu", "chosen-by-somebody-else")
    sign_in(client, officer)
    assert token_of(client) != "chosen-by-somebody-else"
    assert not signed_in(with_token(app, "chosen-by-somebody-else"))


def test_the_token_changes_between_password_and_second_factor(app, client, officer):
    client.post("/sign-in", data={"login": officer.username, "password": officer.password})
    half = token_of(client)
    assert with_token(app, half).get("/account").status_code == 401
    sign_in(client, officer)
    assert token_of(client) not in (None, half)
    assert with_token(app, half).get("/sign-in/code").status_code == 401


def test_replay_after_signing_out(app, client, officer):
    sign_in(client, officer)
    token = token_of(client)
    assert client.post("/sign-out").status_code == 303
    assert token_of(client) is None
    assert with_token(app, token).get("/account").status_code == 401


def change_password(people, officer, browser):
    answer = browser.post(
        "/account/password",
        data={"current": officer.password, "password": "新的长密码-2026-abc", "again": "新的长密码-2026-abc"},
    )
    assert answer.status_code == 303


def disable(people, officer, _browser):
    with people.writing():
        accounts.disable(accounts.user_of(officer.id), clock.now())


def give_role(people, officer, _browser):
    with people.writing():
        accounts.grant_role(accounts.user_of(officer.id), people.town().office, Role.COH, clock.now())


def take_role(people, officer, _browser):
    with people.writing():
        given = accounts.grant_role(accounts.user_of(officer.id), people.town().office, Role.INT, clock.now())
        accounts.end_role(given.id, clock.now())


def reset_factor(people, officer, _browser):
    with people.writing():
        accounts.reset_second_factor(accounts.user_of(officer.id))


@pytest.mark.parametrize("event", [change_password, disable, give_role, take_role, reset_factor])
def test_replay_after(event, app, people, client_for, officer):
    stolen, used = client_for(officer), client_for(officer)
    old = token_of(used)
    assert signed_in(stolen) and signed_in(used)
    event(people, officer, used)
    assert stolen.get("/account").status_code == 401
    assert with_token(app, old).get("/account").status_code == 401


def test_whoever_changes_the_password_stays_in_with_a_new_token(people, client_for, officer):
    browser = client_for(officer)
    before = token_of(browser)
    change_password(people, officer, browser)
    assert token_of(browser) != before and signed_in(browser)


@pytest.mark.parametrize(("kind", "idle"), [("staff", 30), ("applicant", 60)])
def test_idle_ends(kind, idle, people, officer, client_for):
    who = officer if kind == "staff" else people.enterprise()
    now = clock.now()
    with clock.standing_at(now):
        browser = client_for(who)
    with clock.standing_at(now + dt.timedelta(minutes=idle - 1)):
        assert signed_in(browser)
    with clock.standing_at(now + dt.timedelta(minutes=2 * idle - 2)):
        assert signed_in(browser)  # the look before counts as life
    with clock.standing_at(now + dt.timedelta(minutes=3 * idle)):
        assert not signed_in(browser)


def test_twelve_hours_end_even_a_busy_session(officer, client_for):
    now = clock.now()
    with clock.standing_at(now):
        browser = client_for(officer)
    for minutes in range(20, 12 * 60, 20):
        with clock.standing_at(now + dt.timedelta(minutes=minutes)):
            assert signed_in(browser)
    with clock.standing_at(now + dt.timedelta(hours=12)):
        assert not signed_in(browser)


def test_three_sessions_at_most(officer, client_for):
    browsers = [client_for(officer) for _ in range(4)]
    assert [signed_in(browser) for browser in browsers] == [False, True, True, True]


def test_the_account_page_ends_another_session_but_nobody_elses(app, people, officer, client_for):
    stranger, mine, here = client_for(people.enterprise()), client_for(officer), client_for(officer)
    with app.app_context():
        now = clock.now()
        other = sessions.living(token_of(mine), now)
        strange = sessions.living(token_of(stranger), now)
    assert here.post("/account/sessions/end", data={"session_id": str(strange.id)}).status_code == 404
    assert signed_in(stranger)
    assert here.post("/account/sessions/end", data={"session_id": str(other.id)}).status_code == 303
    assert not signed_in(mine) and signed_in(here)


def test_cookies_are_closed_to_scripts_and_other_sites(client, officer):
    sign_in(client, officer)
    for name in ("xinfu", "xinfu-device", "xinfu-forms"):
        cookie = client.get_cookie(name)
        assert (cookie.http_only, cookie.same_site, cookie.path) == (True, "Lax", "/")


def test_cookies_under_https_belong_to_this_host_alone(make_app, people):
    who = people.enterprise()
    app = make_app(public_url="https://xinfu.example.cn")
    browser = app.test_client()
    browser.environ_base |= {"HTTP_REFERER": "https://localhost/", "wsgi.url_scheme": "https"}
    base = {"base_url": "https://localhost"}
    answer = browser.post("/sign-in", data={"login": who.username, "password": who.password}, **base)
    given = answer.headers.getlist("Set-Cookie")
    assert answer.status_code == 303 and len(given) >= 2
    for cookie in given:
        assert cookie.startswith("__Host-") and "Secure" in cookie and "HttpOnly" in cookie
        assert "Path=/" in cookie and "Domain" not in cookie and "SameSite=Lax" in cookie
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000", "other hosts share our domain"
