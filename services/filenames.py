"""What a file's name and first bytes say it is; the name itself stays text and never becomes a path."""

import re
import unicodedata

LONGEST = 200
SUFFIXES = {"pdf": "pdf", "jpg": "jpg", "jpeg": "jpg", "png": "png", "webp": "webp", "heic": "heic", "heif": "heic"}
# An inner extension that a file's name must not have: “执照.exe.pdf” and “执照.pdf.png” alike
INNER = frozenset(
    "exe com bat cmd scr js jse vbs vbe wsf hta html htm xhtml mht svg xml php asp aspx jsp py sh ps1 msi jar apk lnk "
    "zip rar 7z gz tar doc docx docm xls xlsx xlsm ppt pptx pptm rtf ofd swf dll iso".split()
) | frozenset(SUFFIXES)
HEIF = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"))
HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))


class BadName(ValueError):
    """The name does not fit; the text is the code of the reason: kind, double or other."""


def clean(name: str) -> str:
    """The sender's name for the file: without folders and unseen characters, at most 200 characters."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(char for char in last if unicodedata.category(char) not in HIDDEN).strip()
    stem, dot, suffix = seen.rpartition(".")
    if len(seen) <= LONGEST or not dot or len(suffix) > 8:
        return seen[:LONGEST]
    return f"{stem[: LONGEST - len(suffix) - 1]}.{suffix}"


def kind_of(name: str, head: bytes) -> str:
    """pdf, jpg, png, webp or heic, when the extension and the first 32 bytes agree. Raises BadName."""
    stem, _, suffix = name.lower().rpartition(".")
    kind = SUFFIXES.get(suffix)
    if kind is None or not stem:
        raise BadName("kind")
    inner = stem.rpartition(".")[2].strip() if "." in stem else ""
    if inner in INNER and SUFFIXES.get(inner) != kind:
        raise BadName("double")
    if magic(head) != kind:
        raise BadName("other")
    return kind


def magic(head: bytes) -> str:
    """What the first bytes say; empty for anything that is not taken."""
    if re.match(rb"%PDF-[12]\.[0-9]", head):
        return "pdf"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    return "heic" if head[4:8] == b"ftyp" and head[8:12] in HEIF else ""
