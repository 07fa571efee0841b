"""The backup file: a tar.gz of plain members and, last, a manifest with the SHA-256 of each."""

import gzip
import hashlib
import io
import json
import os
import tarfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO, Any, Iterator

MANIFEST = "manifest.json"
FORMAT = 1
LONGEST_MANIFEST = 256 << 20
PIECE = 1 << 20


class BadArchive(Exception):
    """The file is not a whole, unchanged backup; the text names the member."""


class _Counting:
    """Reads at most `size` bytes of a file that may still grow, and digests them."""

    def __init__(self, source: IO[bytes], size: int) -> None:
        self.source, self.left, self.digest = source, size, hashlib.sha256()

    def read(self, wanted: int = -1) -> bytes:
        piece = self.source.read(self.left if wanted < 0 else min(wanted, self.left))
        self.left -= len(piece)
        self.digest.update(piece)
        return piece


def write(target: Path, files: Iterator[tuple[str, Path]], about: dict[str, Any]) -> None:
    """Pack (name, path) files and their manifest into a new file, on disk before it gets its name."""
    part = target.with_name(target.name + ".part")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw:
        with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=3) as archive:
            members = {name: found for name, path in files if (found := _add(archive, name, path))}
            text = json.dumps({**about, "format": FORMAT, "files": members}, indent=1, sort_keys=True).encode()
            _add_text(archive, MANIFEST, text)
        raw.flush()
        os.fsync(raw.fileno())
    part.replace(target)
    sync_folder(target.parent)


def _add(archive: tarfile.TarFile, name: str, path: Path) -> dict[str, Any] | None:
    """Add one file; None for one that has gone meanwhile (a temporary one)."""
    try:
        source = path.open("rb")
    except FileNotFoundError:
        return None
    with source:
        member = tarfile.TarInfo(name)
        found = os.fstat(source.fileno())
        member.size, member.mtime, member.mode = found.st_size, int(found.st_mtime), 0o600
        counting = _Counting(source, member.size)
        archive.addfile(member, counting)  # type: ignore[arg-type]
    return {"sha256": counting.digest.hexdigest(), "size": member.size}


def _add_text(archive: tarfile.TarFile, name: str, text: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(text), 0o600
    archive.addfile(member, io.BytesIO(text))


def read(source: Path, into: Path | None = None) -> dict[str, Any]:
    """Check every member against the manifest, writing them below `into` if given; the manifest. BadArchive."""
    try:
        with gzip.open(source) as raw:
            with tarfile.open(fileobj=raw, mode="r|") as archive:
                manifest, found = _members(archive, into)
            while rest := raw.read(PIECE):  # to the end: gzip's own check sum comes last
                if rest.strip(b"\0"):
                    raise BadArchive("something follows the manifest")
    except (tarfile.TarError, EOFError, OSError, ValueError, zlib.error) as error:
        raise BadArchive(f"{source.name}: {error}") from None
    return _agreeing(manifest, found)


def _members(archive: tarfile.TarFile, into: Path | None) -> tuple[Any, dict[str, dict[str, Any]]]:
    """The manifest as read (None without one) and what the other members really are."""
    found: dict[str, dict[str, Any]] = {}
    manifest = None
    for member in archive:
        content = archive.extractfile(member) if member.isreg() else None
        if content is None:
            raise BadArchive(f"{member.name!r} is not a plain file")
        if manifest is not None or member.name in found:
            raise BadArchive(f"{member.name!r} is there twice or after the manifest")
        if member.name == MANIFEST:
            manifest = json.loads(content.read(LONGEST_MANIFEST))
        else:
            found[member.name] = _take(content, _safe(member.name), into)
    return manifest, found


def _safe(name: str) -> PurePosixPath:
    """A relative path that stays inside; BadArchive for any other."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts or str(path) != name or "\\" in name:
        raise BadArchive(f"{name!r} leads out of the folder")
    return path


def _take(content: IO[bytes], name: PurePosixPath, into: Path | None) -> dict[str, Any]:
    """Digest one member, writing it below `into` if given."""
    digest, size = hashlib.sha256(), 0
    with _open_new(into / name) if into else open(os.devnull, "wb") as target:
        while piece := content.read(PIECE):
            digest.update(piece)
            size += len(piece)
            target.write(piece)
        if into:
            target.flush()
            os.fsync(target.fileno())
    return {"sha256": digest.hexdigest(), "size": size}


def _open_new(path: Path) -> IO[bytes]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "wb")


def _agreeing(manifest: Any, found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), dict):
        raise BadArchive("no manifest")
    if manifest.get("format") != FORMAT:
        raise BadArchive(f"format {manifest.get('format')!r} is not known to this version")
    wanted = manifest["files"]
    for name in sorted(wanted.keys() | found.keys()):
        if wanted.get(name) != found.get(name):
            raise BadArchive(f"{name!r} is not what the manifest says")
    return manifest


def sha256(path: Path) -> str:
    """The digest of a whole file, hexadecimal."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def sync_folder(folder: Path) -> None:
    """Put a folder's names on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
