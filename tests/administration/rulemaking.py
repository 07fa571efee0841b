"""A new edition of the rules, made through its pages as the office does it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from flask import Flask

from services import clock
from tests.pagecheck import PageClient

At = Callable[[str], PageClient]
LIMIT = {"n": "4", "unit": "WD", "extend_max": "1", "extend_n": "3", "exclusions": ["testing"],
         "source": "鄂前旗信用信息异议办理细则", "article": "第三条"}  # fmt: skip


def from_day(at: At, number: int, day: dt.date, who: str = "head") -> Any:
    """Say from which day a draft counts."""
    return at(who).post(f"/rules/drafts/{number}/day", data={"valid_from": day.isoformat(), "switches": "legal_review"})


def in_force(app: Flask, at: At, number: int, change: dict[str, Any] = LIMIT, limit: str = "O-T5") -> None:
    """A draft changed in one limit and put in force today."""
    head = at("head")
    assert head.post(f"/rules/drafts/{number}/limits/{limit}", data=change).status_code == 303
    with app.app_context():
        today = clock.today()
    assert from_day(at, number, today).status_code == 303
    assert head.post(f"/rules/drafts/{number}/submit").status_code == 303
    assert at("leader").post(f"/rules/drafts/{number}/approve").status_code == 303


def lent(at: At, giver: str, to: Any, role: str, org_id: int, today: dt.date, *matters: str) -> None:
    """Somebody's role for these matters in another's hands, from today for two weeks."""
    said = {"to": str(to.id), "first": today.isoformat(), "last": (today + dt.timedelta(days=14)).isoformat(),
            "ground": "授权委托书", "matters": list(matters)}  # fmt: skip
    assert at(giver).post(f"/delegations/new/{role}/{org_id}", data=said).status_code == 303
