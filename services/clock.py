"""The running time. A demo data folder may shift it, so that a story of weeks can be told in minutes."""

import contextlib
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from flask import current_app, has_app_context

from models.base import SHANGHAI, shanghai_day
from settings import Settings

_standing: dt.datetime | None = None  # tests only
_read: dict[Path, tuple[int, dt.timedelta]] = {}  # file, when it was changed, shift found in it


class ClockFixed(Exception):
    """Only the clock of a demo data folder may be moved."""


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def _shift(settings: Settings) -> dt.timedelta:
    if not settings.demo:
        return dt.timedelta()
    file = settings.data_dir / "clock"
    try:
        changed = file.stat().st_mtime_ns
    except FileNotFoundError:
        return dt.timedelta()
    if file not in _read or _read[file][0] != changed:
        _read[file] = (changed, dt.timedelta(seconds=float(file.read_text())))
    return _read[file][1]


def now() -> dt.datetime:
    """The present moment, aware, in UTC; unshifted outside an application."""
    shift = _shift(_settings()) if has_app_context() else dt.timedelta()
    return _standing or dt.datetime.now(dt.UTC) + shift


def today() -> dt.date:
    """The present day in Asia/Shanghai."""
    return shanghai_day(now())


def local(moment: dt.datetime) -> dt.datetime:
    """The same moment on the clocks of Asia/Shanghai."""
    return moment.astimezone(SHANGHAI)


def move(by: dt.timedelta) -> dt.datetime:
    """Let the clock of a demo data folder jump; gives the new present. ClockFixed on a real one."""
    settings = _settings()
    if not settings.demo:
        raise ClockFixed("only the clock of a demo data folder may be moved")
    file = settings.data_dir / "clock"
    fresh = file.with_suffix(".new")
    fresh.write_text(str((_shift(settings) + by).total_seconds()))
    fresh.replace(file)
    return now()


@contextlib.contextmanager
def standing_at(moment: dt.datetime) -> Iterator[None]:
    """Hold the clock still inside the block, in every thread; for tests."""
    global _standing
    before, _standing = _standing, moment
    try:
        yield
    finally:
        _standing = before
