"""Lays pictures of pages and letters out on contact sheets, small enough to be kept beside the source."""

import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from scripts.gallery import gallery

LARGEST = 240_000  # bytes of one sheet
GAP, CAPTION = 14, 20
COLUMNS = {1280: (4, 360, 620), 360: (8, 176, 620)}  # how many, how wide, how tall at most (pixels)
FRONT = {  # pictures for the README: group, kind, width
    "home.jpg": ("public", "/", 1280), "case.jpg": ("officer", "/cases/# office_review", 1280),
    "packet-phone.jpg": ("leader", "/cases/#/sign", 360),
}  # fmt: skip
GROUND, INK = "#c9d1d5", "#18262d"


def name_of(place: Any, width: int, language: str) -> str:
    """File name of one picture."""
    mark = hashlib.sha256(f"{place.group} {place.who} {place.path} {place.kind}".encode()).hexdigest()[:12]
    return f"{place.group}-{mark}-{width}-{language}.png"


def lay_out(places: Sequence[Any], pictures: Path, out: Path) -> None:
    """Sheets of all places by group, width and language, of all letters, and the list of pages."""
    out.mkdir(parents=True, exist_ok=True)
    groups = list(dict.fromkeys(place.group for place in places))
    for group in groups:
        mine = [place for place in places if place.group == group]
        for width in COLUMNS:
            for language in ("zh", "en"):
                shown = [(pictures / name_of(one, width, language), one.kind) for one in mine]
                sheet(shown, out / f"{group}-{width}-{language}.jpg", *COLUMNS[width])
    with tempfile.TemporaryDirectory() as folder:
        pages = [path for path in gallery(Path(folder)) if path.suffix == ".png"]
        sheet([(path, path.stem) for path in pages], out / "letters.jpg", 6, 240, 340)
        decision = next(path for path in pages if path.stem.startswith("D07-1"))
        _save(_tile(decision, 620, 877), out / "decision.jpg")
    for name, wanted in FRONT.items():
        for place in (one for one in places if (one.group, one.kind) == wanted[:2]):
            _save(_tile(pictures / name_of(place, wanted[2], "zh"), wanted[2], 1000), out / name)
    (out / "pages.md").write_text(_listed(places, groups), encoding="utf-8")


def sheet(shown: Sequence[tuple[Path, str]], out: Path, columns: int, width: int, tall: int) -> None:
    """One sheet of captioned pictures, each cut at `tall`; a JPEG of at most LARGEST bytes."""
    tiles = [(_tile(path, width, tall), words) for path, words in shown]
    rows = [tiles[at : at + columns] for at in range(0, len(tiles), columns)]
    heights = [max(tile.height for tile, _ in row) + CAPTION + GAP for row in rows]
    canvas = Image.new("RGB", (columns * (width + GAP) + GAP, sum(heights) + GAP), GROUND)
    pen, top = ImageDraw.Draw(canvas), GAP
    for row, height in zip(rows, heights, strict=True):
        for place, (tile, words) in enumerate(row):
            left = GAP + place * (width + GAP)
            pen.text((left, top), words[: width // 7], fill=INK, font_size=12)
            canvas.paste(tile, (left, top + CAPTION))
        top += height
    _save(canvas, out)


def _tile(path: Path, width: int, tall: int) -> Image.Image:
    with Image.open(path) as picture:
        height = max(1, picture.height * width // picture.width)
        small = picture.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
    return small.crop((0, 0, width, min(tall, height)))


def _save(canvas: Image.Image, out: Path) -> None:
    """As sharp as fits."""
    for quality in (80, 70, 60, 50, 40, 30):
        canvas.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.stat().st_size <= LARGEST:
            return
    canvas.resize((canvas.width * 3 // 4, canvas.height * 3 // 4)).save(out, "JPEG", quality=45, optimize=True)


def _listed(places: Sequence[Any], groups: Sequence[str]) -> str:
    """The list of pages by who sees them, as Markdown."""
    lines = ["# Pages on the contact sheets", "", "Written by `./xinfu screens`. `#` stands for a number or a key.", ""]
    for group in groups:
        kinds = [place.kind for place in places if place.group == group]
        links = " · ".join(f"[{w} {la}]({group}-{w}-{la}.jpg)" for w in COLUMNS for la in ("zh", "en"))
        lines += [f"## {group}", "", links, "", *(f"- `{kind}`" for kind in kinds), ""]
    return "\n".join([*lines, "## letters", "", "[all letters](letters.jpg)", ""])
