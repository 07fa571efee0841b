"""Letters by e-mail: to the mail server of the settings, or as files into the data folder."""

import datetime as dt
import logging
import secrets
import smtplib
import ssl
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flask import current_app

from settings import Settings
from standards.words import Text

log = logging.getLogger(__name__)
_postman = ThreadPoolExecutor(1, thread_name_prefix="mail")  # a slow mail server must not show who has an account


@dataclass(frozen=True, slots=True)
class Letter:
    """One e-mail in both languages, Chinese first."""

    to: str
    subject: Text
    body: Text


def post(letter: Letter, now: dt.datetime) -> None:
    """Send a letter. Call it after the commit: what was rolled back must not be announced."""
    settings: Settings = current_app.config["SETTINGS"]
    message = _message(letter, settings, now)
    if settings.smtp_url:
        _postman.submit(_send, settings.smtp_url, message).add_done_callback(_report)
    else:
        _file(settings.data_dir / "mail", message, now)


def send(letter: Letter, now: dt.datetime) -> None:
    """Send a letter and wait for the server's word; raises OSError or SMTPException. For jobs, which try again."""
    settings: Settings = current_app.config["SETTINGS"]
    message = _message(letter, settings, now)
    if settings.smtp_url:
        _send(settings.smtp_url, message)
    else:
        _file(settings.data_dir / "mail", message, now)


def _message(letter: Letter, settings: Settings, now: dt.datetime) -> EmailMessage:
    message = EmailMessage()
    message["To"] = letter.to
    message["From"] = f"noreply@{urlsplit(settings.public_url).hostname}"
    message["Subject"] = f"{letter.subject.zh} {letter.subject.en}"
    message["Date"] = format_datetime(now)
    message.set_content(f"{letter.body.zh}\n\n{letter.body.en}\n")
    return message


def _file(folder: Path, message: EmailMessage, now: dt.datetime) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = f"{now:%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}.eml"
    fresh = folder / f".{name}"
    fresh.write_bytes(message.as_bytes())
    fresh.replace(folder / name)


def _send(url: str, message: EmailMessage) -> None:
    at = urlsplit(url)
    safe = ssl.create_default_context()
    if at.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(at.hostname or "", at.port or 465, timeout=20, context=safe)
    else:
        server = smtplib.SMTP(at.hostname or "", at.port or 25, timeout=20)
    with server:
        server.ehlo()
        if at.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=safe)
        if at.username:
            server.login(unquote(at.username), unquote(at.password or ""))
        server.send_message(message)


def _report(sent: Future[None]) -> None:
    if error := sent.exception():
        log.error("mail not sent: %s", type(error).__name__)
