"""What the office says of itself in letters and on pages: settled at set-up, changed by the administrator."""

import datetime as dt
from smtplib import SMTPException
from typing import Any

from sqlalchemy import select

from models.base import db
from models.rules import Setting
from services import mail, rules
from services.access import enter
from services.mail import Letter
from standards.words import T

PARTS = ("site", "office", "remedies")
MAIL_FAULTS = (OSError, SMTPException)
TEST = (
    T("信复：邮件通道测试", "Xinfu: test of the mail channel"),
    T("收到本邮件，说明通知邮件可以送达。", "If you read this, notices can reach you by mail."),
)


def told(name: str) -> dict[str, Any]:
    """What is stored under a name now, not as some seconds ago."""
    return dict(db.session.scalar(select(Setting.value).where(Setting.name == name)) or {})


def keep(name: str, value: dict[str, Any], by: int | None, now: dt.datetime) -> None:
    """Store a setting whole; call rules.forget() after the commit."""
    row = db.session.get(Setting, name, with_for_update=True)
    if row is None:
        db.session.add(Setting(name=name, value=value, changed_by=by, changed_at=now))
    else:
        row.value, row.changed_by, row.changed_at = value, by, now
    db.session.flush()
    rules.forget()


def change(name: str, value: dict[str, Any], by: int, now: dt.datetime) -> None:
    """An administrator changes what the office says; what this form does not ask for stays."""
    keep(name, {**told(name), **value}, by, now)
    enter("setting_change", name, "changed", user_id=by)


def try_mail(address: str, now: dt.datetime) -> str:
    """Send a test letter and wait: "" when the server took it, else what it said."""
    try:
        mail.send(Letter(address, *TEST), now)
    except MAIL_FAULTS as error:
        return f"{type(error).__name__}: {error}"[:300]
    return ""
