"""Bytes by their SHA-256 below the data folder: written once, on disk before the row that names them."""

import contextlib
import fcntl
import hashlib
import os
import re
import secrets
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from models.attachment import Attachment
from models.base import db
from models.checking import SlipFile
from models.decision import DocumentFile
from models.organisation import Org
from models.record import ImportBatch, Receipt
from models.recordlife import RecordOrder

# Every column that names bytes of ours; a file that none of them names is nobody's.
OWNERS = (Attachment.sha256, DocumentFile.sha256, ImportBatch.sha256, Receipt.consent_sha256, RecordOrder.sha256,
          SlipFile.sha256, Org.name_mn_image)  # fmt: skip
ORPHAN_SECONDS = 3600.0
AT_ONCE = 500
DIGEST = re.compile(r"[0-9a-f]{64}")


class Damaged(Exception):
    """The bytes under this hash are missing or are others; `sha256` says which, the text why."""

    def __init__(self, sha256: str, why: str) -> None:
        self.sha256 = sha256
        super().__init__(f"{sha256}: {why}")


def root() -> Path:
    """The folder of all bytes of this installation."""
    folder: Path = current_app.config["SETTINGS"].files_dir
    return folder


def path_of(sha256: str) -> Path:
    """Where the bytes of this hash lie or would lie. ValueError for anything but 64 lower-case hex digits."""
    if not DIGEST.fullmatch(sha256):
        raise ValueError("not a SHA-256 in lower-case hexadecimal")
    return root() / sha256[:2] / sha256


def keep(data: bytes) -> str:
    """Put bytes on the disk for good; their SHA-256. Doing it twice changes nothing."""
    sha256 = hashlib.sha256(data).hexdigest()
    target = path_of(sha256)
    _make_folder(target.parent)
    with _turn(fcntl.LOCK_SH):
        if _holds(target, sha256):
            os.utime(target)  # young again, so that a sweep leaves it until its row is written
        else:
            _write(target, data)
        _sync_folder(target.parent)
    return sha256


def read(sha256: str) -> bytes:
    """The bytes of this hash, checked. Raises Damaged."""
    try:
        data = path_of(sha256).read_bytes()
    except FileNotFoundError:
        raise Damaged(sha256, "the file is missing") from None
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Damaged(sha256, "the content has changed")
    return data


def sweep() -> list[str]:
    """Remove what no row has named for an hour by the disk's own clock; the names of what went."""
    gone: list[str] = []
    for folder in sorted(path for path in root().glob("??") if path.is_dir()):
        old = [path for path in folder.iterdir() if _is_old(path)]
        for start in range(0, len(old), AT_ONCE):
            piece = old[start : start + AT_ONCE]
            wanted = _named(path.name for path in piece)
            gone += [path.name for path in piece if path.name not in wanted and _removed(path)]
    return gone


def _named(names: Iterable[str]) -> set[str]:
    """Those of the hashes that some row names."""
    asked = list(names)
    return {name for column in OWNERS for name in db.session.execute(select(column).where(column.in_(asked))).scalars()}


def _is_old(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > ORPHAN_SECONDS
    except FileNotFoundError:
        return False


def _removed(path: Path) -> bool:
    """Remove a file unless somebody has kept the same bytes anew meanwhile."""
    with _turn(fcntl.LOCK_EX):
        if not _is_old(path):
            return False
        path.unlink()
    return True


@contextlib.contextmanager
def _turn(kind: int) -> Iterator[None]:
    """Keepers side by side, a sweeper alone."""
    with open(root() / ".lock", "w") as handle:
        fcntl.flock(handle, kind)
        yield


def _holds(target: Path, sha256: str) -> bool:
    """Whether the right bytes lie there already; damaged ones are written anew."""
    return target.exists() and hashlib.sha256(target.read_bytes()).hexdigest() == sha256


def _write(target: Path, data: bytes) -> None:
    fresh = target.with_name(f"{secrets.token_hex(8)}.part")
    try:
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        fresh.replace(target)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def _make_folder(folder: Path) -> None:
    """The folder and those above it, each on the disk before something is put into it."""
    if not folder.exists():
        _make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
