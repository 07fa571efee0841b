"""Signing in through the pages, as people do."""

import datetime as dt

import pyotp

from services import clock
from tests.builders_people import Somebody
from tests.pagecheck import PageClient


def code_for(who: Somebody, steps: int = 0) -> str:
    """The six digits of the person's app now, or some half minutes from now."""
    at = clock.now() + dt.timedelta(seconds=30 * steps)
    return pyotp.TOTP(who.secret).at(at)


def give_password(browser: PageClient, who: Somebody, password: str = "", **more: str):
    """Post the sign-in form."""
    return browser.post("/sign-in", data={"login": who.username, "password": password or who.password, **more})


def sign_in(browser: PageClient, who: Somebody) -> PageClient:
    """Password, and the code if it is asked for."""
    answer = give_password(browser, who)
    assert answer.status_code == 303, answer.text
    if answer.headers["Location"].startswith("/sign-in/code"):
        assert browser.post("/sign-in/code", data={"code": code_for(who)}).status_code == 303
    return browser


def signed_in(browser: PageClient) -> bool:
    """Whether this browser sees the own account."""
    return browser.get("/account").status_code == 200
