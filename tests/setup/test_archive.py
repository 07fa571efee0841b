"""A backup file is taken whole and unchanged or not at all, and never writes outside its folder."""

import hashlib
import io
import json
import random
import tarfile

import pytest

from scripts import archive


@pytest.fixture
def packed(tmp_path):
    (tmp_path / "one").write_bytes(b"first" * 1000)
    (tmp_path / "two").write_bytes(random.Random(1).randbytes(200_000))
    target = tmp_path / "out.tar.gz"
    archive.write(target, iter([("files/ab/one", tmp_path / "one"), ("two", tmp_path / "two")]), {"version": "1"})
    return target


def rewritten(source, target, change):
    """The same archive with its members passed through `change(name, bytes)`; None drops one."""
    with tarfile.open(source) as old, tarfile.open(target, "w:gz") as new:
        for member in old.getmembers():
            content = change(member.name, old.extractfile(member).read())
            if content is not None:
                member.size = len(content)
                new.addfile(member, io.BytesIO(content))
    return target


def forged(path, *members):
    """An archive of hand-made members; its manifest agrees with them."""
    with tarfile.open(path, "w:gz") as new:
        for member in members:
            new.addfile(member, io.BytesIO(b"x" * member.size))
        text = json.dumps({"format": archive.FORMAT, "files": {m.name: _entry(m) for m in members}}).encode()
        manifest = tarfile.TarInfo(archive.MANIFEST)
        manifest.size = len(text)
        new.addfile(manifest, io.BytesIO(text))
    return path


def _entry(member):
    return {"sha256": hashlib.sha256(b"x" * member.size).hexdigest(), "size": member.size}


def plain(name, size=1):
    member = tarfile.TarInfo(name)
    member.size = size
    return member


def test_what_goes_in_comes_out(packed, tmp_path):
    manifest = archive.read(packed, tmp_path / "into")
    assert (tmp_path / "into/files/ab/one").read_bytes() == b"first" * 1000
    assert (tmp_path / "into/two").read_bytes() == (tmp_path / "two").read_bytes()
    assert manifest["version"] == "1" and set(manifest["files"]) == {"files/ab/one", "two"}
    assert packed.stat().st_mode & 0o077 == 0


def test_a_file_that_vanished_meanwhile_is_left_out(tmp_path):
    target = tmp_path / "out.tar.gz"
    archive.write(target, iter([("gone", tmp_path / "gone")]), {})
    assert archive.read(target)["files"] == {}


@pytest.mark.parametrize("change", [
    lambda name, content: content[:-1] + b"!" if name == "two" else content,
    lambda name, content: None if name == "two" else content,
    lambda name, content: None if name == archive.MANIFEST else content,
    lambda name, content: content.replace(b'"format": 1', b'"format": 9') if name == archive.MANIFEST else content,
])  # fmt: skip
def test_a_changed_member_is_found(packed, tmp_path, change):
    with pytest.raises(archive.BadArchive):
        archive.read(rewritten(packed, tmp_path / "changed.tar.gz", change))


def test_an_unchanged_copy_is_taken(packed, tmp_path):
    """The control of the test above: rewriting alone does no harm."""
    assert archive.read(rewritten(packed, tmp_path / "same.tar.gz", lambda name, content: content))


def test_any_flipped_byte_and_any_cut_is_found(packed, tmp_path):
    whole, dice = packed.read_bytes(), random.Random(20261123)
    broken = tmp_path / "broken.tar.gz"
    for at in [dice.randrange(10, len(whole)) for _ in range(60)] + [len(whole) - 1, len(whole) - 8]:
        broken.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        with pytest.raises(archive.BadArchive):
            archive.read(broken)
        broken.write_bytes(whole[:at])
        with pytest.raises(archive.BadArchive):
            archive.read(broken)


@pytest.mark.parametrize("name", ["../out", "/etc/out", "a/../../out", "files//x", "./x", "a\\..\\b"])
def test_a_name_that_leads_out_is_refused(tmp_path, name):
    source = forged(tmp_path / "evil.tar.gz", plain(name))
    (tmp_path / "into").mkdir()
    with pytest.raises(archive.BadArchive, match="leads out"):
        archive.read(source, tmp_path / "into")
    assert list((tmp_path / "into").iterdir()) == [] and not (tmp_path / "out").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE])
def test_only_plain_files_are_taken(tmp_path, kind):
    member = plain("link", 0)
    member.type, member.linkname = kind, "/etc/passwd"
    with pytest.raises(archive.BadArchive, match="not a plain file"):
        archive.read(forged(tmp_path / "evil.tar.gz", member), tmp_path / "into")


def test_a_forged_plain_member_would_be_taken(tmp_path):
    """The control: what the two tests above refuse is not refused for another reason."""
    assert archive.read(forged(tmp_path / "good.tar.gz", plain("files/x")))


def test_a_name_may_come_once_only(tmp_path):
    with pytest.raises(archive.BadArchive, match="twice"):
        archive.read(forged(tmp_path / "evil.tar.gz", plain("x"), plain("x")))


def test_something_else_is_no_archive(tmp_path):
    (tmp_path / "text.tar.gz").write_text("hello")
    for name in ("text.tar.gz", "absent.tar.gz"):
        with pytest.raises(archive.BadArchive):
            archive.read(tmp_path / name)
