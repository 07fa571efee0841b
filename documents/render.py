"""Makes the PDF of a letter: facts checked, glyphs checked, drawn in a limited process."""

import atexit
import hashlib
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from documents import composing, fonts, papers
from documents.canonical import digest
from documents.pool import EngineMissing, Pool, RenderFailed, Setting
from workflow.words import Paper

__all__ = ["EngineMissing", "MissingGlyph", "RenderFailed", "Rendered", "preview", "render", "warm"]
STYLESHEET = composing.FOLDER / "letter.css"
ROLES: tuple[fonts.Role, ...] = ("fang", "hei", "kai", "song", "title")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished PDF, its SHA-256 and its number of pages."""

    pdf: bytes
    sha256: str
    pages: int


class MissingGlyph(ValueError):
    """Characters no installed face can draw, or that hide or reorder others."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        self.characters = characters
        named = ", ".join(f"U+{ord(character):04X} {character!r}" for character in characters)
        super().__init__(f"no installed font draws {named}")


def render(paper: Paper, data: Mapping[str, Any], *, timeout: float = 20) -> Rendered:
    """The letter as PDF/A; same data, same bytes. `data` holds at least papers.fields(paper).

    Raises MissingField, MissingGlyph, RenderFailed, EngineMissing.
    """
    return _render(paper, data, timeout, draft=False)


def preview(paper: Paper, data: Mapping[str, Any], *, timeout: float = 20) -> Rendered:
    """The letter before its signature: what papers.SIGNED names stays blank, 草稿 stands above the text."""
    unsigned = {**data, **dict.fromkeys(papers.SIGNED)}
    return _render(paper, unsigned, timeout, draft=True)


def warm() -> None:
    """Start a drawing process ahead of the first letter."""
    _pool(_faces()).warm()


def _render(paper: Paper, data: Mapping[str, Any], timeout: float, *, draft: bool) -> Rendered:
    papers.check(paper, data, draft=draft)
    faces = _faces()
    if missing := fonts.undrawable("".join(composing.texts(data)), faces):
        raise MissingGlyph(missing)
    html = composing.compose(paper, data, faces, draft=draft)
    pdf, pages = _pool(faces).draw(html, digest(data)[:32], timeout)
    return Rendered(pdf, hashlib.sha256(pdf).hexdigest(), pages)


def setting(faces: fonts.Fonts) -> Setting:
    """What a drawing process needs to draw with these faces."""
    css = STYLESHEET.read_text("utf-8")
    for role in ROLES:
        css = css.replace(f'"role-{role}"', faces.families(role))
    return Setting(css, fonts.fontconfig(faces))


_lock = threading.Lock()
_pools: dict[fonts.Fonts, Pool] = {}


def _faces() -> fonts.Fonts:
    """The faces found now; EngineMissing when none is Chinese."""
    faces = fonts.locate()
    if not faces.usable:
        raise EngineMissing("; ".join(faces.missing))
    return faces


def _pool(faces: fonts.Fonts) -> Pool:
    """This process's pool for these faces."""
    with _lock:
        if faces not in _pools:
            _pools[faces] = Pool(setting(faces), min(2, os.cpu_count() or 1))
        return _pools[faces]


@atexit.register
def close() -> None:
    """End the drawing processes; the next letter starts new ones."""
    with _lock:
        for pool in _pools.values():
            pool.close()
        _pools.clear()


def _forked() -> None:
    """A forked process starts its own children and leaves its parent's alone."""
    global _lock
    _lock = threading.Lock()
    for pool in _pools.values():
        pool.abandon()
    _pools.clear()


os.register_at_fork(after_in_child=_forked)
