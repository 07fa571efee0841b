"""Where the faces of our letters are, what each can draw and how wide; what to do when one is missing."""

import functools
import hashlib
import os
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

from fontTools.ttLib import TTCollection, TTFont

Role = Literal["fang", "hei", "kai", "song", "title"]
# Faces a site holds a licence for come first, the free ones (made by scripts/fonts.py) after.
CANDIDATES: dict[Role, tuple[str, ...]] = {
    "fang": ("simfang.ttf", "FZFSK.TTF", "XinfuFang.ttf"),
    "hei": ("simhei.ttf", "FZHTK.TTF", "XinfuHei.otf"),
    "kai": ("simkai.ttf", "FZKTK.TTF", "XinfuKai.otf"),
    "song": ("simsun.ttc", "FZSSK.TTF", "XinfuSong.otf"),
    "title": ("FZXBSJW.TTF", "FZXBSK.TTF", "XinfuTitle.otf"),
}
WHOLE_FANG = "FandolFang-Regular.otf"  # 2,000 hanzi more than its everyday part
# Noto stands in for an absent face and behind each present one, for rarer characters.
SYSTEM_FOLDERS = (Path("/usr/share/fonts/opentype/noto"), Path("/usr/share/fonts/noto-cjk"))
NOTO = ("NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc")
NOTO_BOLD = "NotoSerifCJK-Bold.ttc"
NOTO_ADVICE = "apt-get install fonts-noto-cjk"
FANDOL_ADVICE = "./.venv/bin/python -m scripts.fonts"


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a font file, by the family name CSS calls it."""

    path: Path
    family: str
    index: int = 0


@dataclass(frozen=True, slots=True)
class Fonts:
    """The faces in use: one per role as far as found, the Noto ones, and what is left to do."""

    roles: tuple[tuple[Role, Face], ...]
    fallbacks: tuple[Face, ...]
    missing: tuple[str, ...]

    @property
    def usable(self) -> bool:
        """Whether any Chinese face was found at all."""
        return bool(self.fallbacks) or "fang" in dict(self.roles)

    def chain(self, role: Role) -> tuple[Face, ...]:
        """Faces tried in turn for text of this role."""
        own = dict(self.roles).get(role)
        behind = self.fallbacks[::-1] if role == "hei" and own is None else self.fallbacks
        return (*([own] if own else []), *behind)

    def families(self, role: Role) -> str:
        """The chain as the value of a CSS font-family."""
        return ", ".join(f'"{face.family}"' for face in self.chain(role)) or "serif"


def folder() -> Path:
    """The folder of fetched or licensed faces: XINFU_FONTS, else the user's own data folder."""
    if chosen := os.environ.get("XINFU_FONTS"):
        return Path(chosen)
    home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share"
    return Path(home) / "xinfu/fonts"


def locate(own: Path | None = None) -> Fonts:
    """The faces to be found now, in `own` (default folder()) and in the system."""
    place = own or folder()
    roles = [(role, face) for role in CANDIDATES if (face := _first(place, CANDIDATES[role]))]
    noto = tuple(face for name in NOTO if (face := _first(None, (name,))))
    whole = (face,) if (face := _first(place, (WHOLE_FANG,))) else ()
    missing = []
    if len(roles) < len(CANDIDATES):
        missing.append(f"仿宋、黑体、楷体、宋体 are not all in {place}: {FANDOL_ADVICE}")
    if len(noto) < len(NOTO):
        missing.append(f"rare characters need Noto CJK: {NOTO_ADVICE}")
    return Fonts(tuple(roles), (*whole, *noto), tuple(missing))


def _first(place: Path | None, names: Iterable[str]) -> Face | None:
    """The first of these files in the folder, or in the system's when no folder is given."""
    for name in names:
        for where in (place,) if place else SYSTEM_FOLDERS:
            if (path := where / name).is_file():
                return _face(path)
    return None


@functools.lru_cache
def _face(path: Path) -> Face:
    """The face in a file; of a collection the one for simplified Chinese."""
    if path.suffix != ".ttc":
        return Face(path, _family(TTFont(path, lazy=True)))
    names = [_family(font) for font in TTCollection(path, lazy=True).fonts]
    index = next((at for at, name in enumerate(names) if name.endswith(" SC")), 0)
    return Face(path, names[index], index)


def _family(font: TTFont) -> str:
    return str(font["name"].getBestFamilyName())


@functools.lru_cache(maxsize=16)
def advances(face: Face) -> dict[int, float]:
    """Width in em of every character the face can draw."""
    font = TTFont(face.path, fontNumber=face.index, lazy=True)
    em, widths = font["head"].unitsPerEm, font["hmtx"].metrics
    return {code: widths[glyph][0] / em for code, glyph in font.getBestCmap().items()}


def advance(character: str, chain: tuple[Face, ...]) -> float | None:
    """Width in em of a character in the first face that draws it; None if none does."""
    for face in chain:
        if (width := advances(face).get(ord(character))) is not None:
            return width
    return None


def undrawable(text: str, fonts: Fonts) -> tuple[str, ...]:
    """Characters no face can draw, and those that hide or reorder others, in order of code."""
    chain = fonts.chain("fang")
    return tuple(sorted(
        character for character in set(text) - set(" \n\r\t\u3000")
        if unicodedata.category(character) in ("Cf", "Cc", "Cs", "Co")
        or advance(character, chain) is None
    ))


def fontconfig(fonts: Fonts) -> Path:
    """A fontconfig file that shows exactly these faces; kept in the user's cache, where the next process finds it."""
    paths = {face.path.resolve() for role in CANDIDATES for face in fonts.chain(role)}
    if bold := _first(None, (NOTO_BOLD,)):
        paths.add(bold.path.resolve())
    state = sorted(f"{path} {path.stat().st_mtime_ns}" for path in paths)
    name = hashlib.sha256("\n".join(state).encode()).hexdigest()[:16]
    conf = _cache() / f"faces-{name}" / "fonts.conf"
    if not conf.exists():
        _place(conf, paths)
    return conf


def _cache() -> Path:
    """A folder of the user's own that can be written to."""
    place = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "xinfu"
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError:
        return _scratch()
    return place if os.access(place, os.W_OK) else _scratch()


@functools.cache
def _scratch() -> Path:
    """One folder for this process, where the user has no cache."""
    return Path(tempfile.mkdtemp(prefix="xinfu-"))


def _place(conf: Path, paths: set[Path]) -> None:
    """Make the folder of a fontconfig file beside its place and move it there whole."""
    home = Path(tempfile.mkdtemp(dir=conf.parent.parent, prefix="new-"))
    (home / "faces").mkdir()
    for path in paths:
        (home / "faces" / path.name).symlink_to(path)
    faces, cache = (escape(str(conf.parent / name)) for name in ("faces", "cache"))
    (home / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig><dir>{faces}</dir><cachedir>{cache}</cachedir></fontconfig>"
    )
    try:
        home.rename(conf.parent)
    except OSError:  # another process was first
        shutil.rmtree(home)
