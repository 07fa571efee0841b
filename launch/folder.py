"""The data folder of one installation: its secrets, its kind (demo or real) and who is using it."""

import fcntl
import hashlib
import os
import secrets
from pathlib import Path

from launch.speech import CannotGoOn
from standards.words import T

SECRET, DEMO, TOKEN, LOCK = "secret.key", "demo", "setup.token", "run.lock"
BACKUPS = "backups"
BEFORE_FIRST_START = {DEMO, TOKEN, LOCK, BACKUPS, "xinfu.env", "demo.new", "secret.key.new", "lost+found"}


def chosen() -> Path:
    """The folder that --data or XINFU_DATA picked."""
    return Path(os.environ.get("XINFU_DATA") or "instance").resolve()


def is_set_up(folder: Path) -> bool:
    """Whether this is a data folder already (the secret key is written last)."""
    return (folder / SECRET).exists()


def set_up(folder: Path, demo: bool | None) -> None:
    """Make the folder if it is not there; `demo` None means: as it is, a new one with demo data."""
    if is_set_up(folder):
        _same_kind(folder, demo)
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if {path.name for path in folder.iterdir()} - BEFORE_FIRST_START:
        raise CannotGoOn(T("{d} 里有别的文件，请另选文件夹", "{d} holds other files; choose another folder")
                         .format(d=folder))  # fmt: skip
    folder.chmod(0o700)
    if demo is False:
        (folder / DEMO).unlink(missing_ok=True)
    else:
        _write(folder / DEMO, "")
    _write(folder / SECRET, secrets.token_hex(32) + "\n")


def _same_kind(folder: Path, demo: bool | None) -> None:
    if demo is not None and demo != (folder / DEMO).exists():
        raise CannotGoOn(T("{d} 是{kind}数据，请另选文件夹", "{d} holds {kind} data; choose another folder").format(
            d=folder, kind=T("正式", "real") if demo else T("演示", "demo")))  # fmt: skip


def new_setup_token(folder: Path) -> str:
    """A fresh one-time token for the set-up page; the folder keeps only its SHA-256 (hex)."""
    token = secrets.token_urlsafe(24)
    _write(folder / TOKEN, hashlib.sha256(token.encode()).hexdigest() + "\n")
    return token


def hold(folder: Path) -> int:
    """Take the folder for this process as long as it lives; raises CannotGoOn when another has it."""
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        by = os.pread(handle, 100, 0).decode().strip()
        os.close(handle)
        raise CannotGoOn(T("{d} 正在使用（进程 {by}）", "{d} is in use (by {by})").format(d=folder, by=by)) from None
    os.ftruncate(handle, 0)
    os.pwrite(handle, str(os.getpid()).encode(), 0)
    return handle


def is_held(folder: Path) -> bool:
    """Whether a living process has taken the folder."""
    try:
        os.close(hold(folder))
    except CannotGoOn:
        return True
    return False


def _write(path: Path, text: str) -> None:
    """Replace a small file at once, readable by its owner only."""
    new = path.with_name(path.name + ".new")
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
