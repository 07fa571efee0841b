"""A forgotten password: one mailed link, good once, for half an hour, and telling nobody who has an account."""

import datetime as dt
import email
import email.policy
import re

from services import accounts, clock
from tests.identity.signing_in import give_password, signed_in
from workflow.words import Role

NEW = "换过的长密码-2026-xyz"


def letters(folder):
    files = sorted(folder.glob("mail/*.eml"))
    return [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]


def link_to(folder):
    return re.search(r"http://\S+", letters(folder)[-1].get_content())[0]


def path_of(link):
    return link.removeprefix("http://127.0.0.1:8000")


def test_a_link_is_good_once_and_ends_every_session(app, client, people, client_for, tmp_path):
    who = people.enterprise()
    elsewhere = client_for(who)
    assert client.post("/recover", data={"login": who.username}).status_code == 200
    path = path_of(link_to(tmp_path))
    assert client.get(path).status_code == 200
    done = {"password": NEW, "again": NEW}
    assert client.post(path, data=done).status_code == 303
    assert client.post(path, data={"password": NEW + "2", "again": NEW + "2"}).status_code == 404
    assert client.get(path).status_code == 404
    assert not signed_in(elsewhere)
    assert give_password(client, who).status_code == 401
    assert give_password(client, who, NEW).status_code == 303


def test_a_link_ends_after_half_an_hour_and_with_the_next(client, people, tmp_path):
    who = people.enterprise()
    now = clock.now()
    with clock.standing_at(now):
        client.post("/recover", data={"login": who.username})
        first = path_of(link_to(tmp_path))
    with clock.standing_at(now + dt.timedelta(minutes=1)):
        client.post("/recover", data={"login": who.username})
        second = path_of(link_to(tmp_path))
        assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)
    with clock.standing_at(now + dt.timedelta(minutes=31)):
        assert client.post(second, data={"password": NEW, "again": NEW}).status_code == 404


def test_the_link_stands_on_the_public_address_whatever_host_was_asked(make_app, people, tmp_path):
    who = people.enterprise()
    app = make_app(public_url="http://127.0.0.1:8000/credit", trusted_hosts=("other.example.cn",))
    browser, there = app.test_client(), {"base_url": "http://other.example.cn"}
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get("/recover", **there).text)[1]
    asked = {"login": who.username, "csrf_token": token}
    assert browser.post("/recover", data=asked, csrf=False, **there).status_code == 200
    assert link_to(tmp_path).startswith("http://127.0.0.1:8000/credit/recover/")


def test_the_answer_does_not_tell_who_has_an_account(app, client, people, tmp_path):
    known = client.post("/recover", data={"login": people.enterprise().username})
    unknown = client.post("/recover", data={"login": "nobody-of-this-name"})
    strip = re.compile(r'value="[^"]*"|\d\d:\d\d')
    assert strip.sub("", known.text) == strip.sub("", unknown.text)
    assert len(letters(tmp_path)) == 1


def test_a_disabled_account_gets_no_link(client, people, tmp_path):
    who = people.enterprise()
    with people.writing():
        accounts.disable(accounts.user_of(who.id), clock.now())
    assert client.post("/recover", data={"login": who.username}).status_code == 200
    assert letters(tmp_path) == []


def test_a_new_password_is_not_yet_the_second_factor(client, people, tmp_path):
    with people.writing():
        who = people.staff(people.town().office, Role.CO)
        accounts.user_of(who.id).email = "officer@example.cn"
    client.post("/recover", data={"login": who.username})
    client.post(path_of(link_to(tmp_path)), data={"password": NEW, "again": NEW})
    assert give_password(client, who, NEW).headers["Location"].startswith("/sign-in/code")


def test_weak_passwords_are_refused_with_a_reason(client, people, tmp_path):
    who = people.enterprise()
    client.post("/recover", data={"login": who.username})
    path = path_of(link_to(tmp_path))
    for weak in ("short", "12345678", "aaaaaaaaaaaa", "x" * 129, "PASSWORD"):
        answer = client.post(path, data={"password": weak, "again": weak})
        assert answer.status_code == 422 and "error-summary" in answer.text
    assert client.post(path, data={"password": NEW, "again": NEW + "x"}).status_code == 422
    assert client.post(path, data={"password": NEW, "again": NEW}).status_code == 303
