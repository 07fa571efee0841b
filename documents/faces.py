"""Makes our own faces out of Fandol's: each under a name of its own, the body face small.

Fandol's regular and bold 宋体 call themselves the same, so that a renderer may take either; and the smaller
the file of the body face, the smaller and sooner each letter.
"""

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

LATIN = frozenset(range(0x20, 0x7F)) | {0xB7, 0xD7, 0xFF65, 0x2014}
ERROR = 2.0  # how far a quadratic outline may stray from the cubic one, in thousandths of an em
METRICS = ("ascender", "descender", "lineGap")


def renamed(source: Path, target: Path, family: str) -> None:
    """The same face under another name."""
    font = TTFont(source, lazy=True)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 16):
            record.string = family
        elif record.nameID == 6:
            record.string = family.replace(" ", "")
    font.save(target)


def everyday(source: Path, target: Path, family: str) -> None:
    """The characters of GB 2312 out of a face, as quadratic outlines, under another name."""
    font = TTFont(source)
    wanted = LATIN | gb2312()
    cmap = {code: name for code, name in font.getBestCmap().items() if code in wanted}
    order = [".notdef", *dict.fromkeys(cmap.values())]
    widths = font["hmtx"].metrics
    outlines = _outlines(font, order)
    builder = FontBuilder(font["head"].unitsPerEm, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(cmap)
    builder.setupGlyf(outlines)
    builder.setupHorizontalMetrics({name: (widths[name][0], outlines[name].xMin) for name in order})
    line = {name: getattr(font["hhea"], name) for name in METRICS}
    builder.setupHorizontalHeader(ascent=line["ascender"], descent=line["descender"], lineGap=line["lineGap"])
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=line["ascender"], sTypoDescender=line["descender"], usWeightClass=400)
    builder.setupPost(keepGlyphNames=False)
    builder.save(target)


def gb2312() -> frozenset[int]:
    """Codes of the characters of GB 2312."""
    pairs = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return frozenset(ord(text) for pair in pairs if (text := pair.decode("gb2312", "ignore")))


def _outlines(font: TTFont, order: list[str]) -> dict[str, Glyph]:
    """Quadratic outlines of these glyphs."""
    glyphs, drawn = font.getGlyphSet(), {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, ERROR, reverse_direction=True))
        drawn[name] = pen.glyph()
        drawn[name].recalcBounds(None)
    return drawn
