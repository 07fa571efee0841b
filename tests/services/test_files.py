"""Bytes are kept by hash, on disk before anybody names them; what nobody names goes after an hour."""

import hashlib
import io
import os
import time

import pytest

from services import casefile, files, uploads
from services.transactions import read_only, writing
from tests.services.conftest import NOW, somebody
from tests.services.samples import PDF


def stored():
    return sorted(path.name for path in files.root().rglob("*") if path.is_file() and path.name != ".lock")


def age(sha256: str, hours: float) -> None:
    then = time.time() - hours * 3600
    os.utime(files.path_of(sha256), (then, then))


def test_what_was_kept_is_read_back_under_its_hash(here):
    sha256 = files.keep("异议".encode())
    assert sha256 == hashlib.sha256("异议".encode()).hexdigest()
    assert files.keep("异议".encode()) == sha256
    assert files.read(sha256) == "异议".encode()
    assert stored() == [sha256]


def test_a_changed_or_missing_file_is_named(here):
    sha256 = files.keep(b"whole")
    files.path_of(sha256).write_bytes(b"wholf")
    with pytest.raises(files.Damaged, match=sha256):
        files.read(sha256)
    files.path_of(sha256).unlink()
    with pytest.raises(files.Damaged, match="missing"):
        files.read(sha256)


def test_keeping_again_heals_what_was_damaged(here):
    sha256 = files.keep(b"whole")
    files.path_of(sha256).write_bytes(b"wholf")
    files.keep(b"whole")
    assert files.read(sha256) == b"whole"


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_only_a_hash_becomes_a_path(here, name):
    with pytest.raises(ValueError, match="not a SHA-256"):
        files.path_of(name)


def test_bytes_are_on_the_disk_before_their_name_is(here, monkeypatch):
    done, sync = [], os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (done.append(os.readlink(f"/proc/self/fd/{handle}")), sync(handle)))
    folder = files.path_of(files.keep(b"durable")).parent
    written = next(index for index, path in enumerate(done) if path.endswith(".part"))
    assert str(folder) in done[written + 1 :], "the folder is synced after the rename"
    assert str(files.root()) in done[:written], "the new folder is on disk before the file"


def test_a_full_disk_leaves_nothing_behind(here, monkeypatch):
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    kept = files.keep(b"before")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.keep(b"after")
    assert stored() == [kept]


def test_a_sweep_takes_only_what_no_row_names_for_an_hour(office, here):
    applicant, key = somebody(office, "applicant"), office.drafted()
    orphan, young = files.keep(b"orphan"), files.keep(b"young")
    with writing():
        case_id = casefile.row_of(key)["id"]
        named = uploads.accept(case_id, "proof", "证据.pdf", io.BytesIO(PDF), applicant, NOW).sha256
    age(orphan, 2)
    age(named, 2)
    with read_only():
        assert files.sweep() == [orphan]
    assert files.read(young) == b"young"
    assert files.read(named) == PDF


def test_keeping_anew_saves_an_old_file_from_the_sweep(here):
    sha256 = files.keep(b"again")
    age(sha256, 2)
    files.keep(b"again")
    with read_only():
        assert files.sweep() == []
