"""Sets running text on the grid of GB/T 9704: 28 characters to a line, the right edge straight.

WeasyPrint justifies only at spaces, which Chinese has not; so lines are broken and spaced here.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

SIZE = 16.0  # points, 三号
CELLS = 28
PITCH = 156 / 25.4 * 72 / CELLS  # points from one character to the next: 15.79
SPACING = PITCH - SIZE  # what a character gives up to its neighbour: -0.21
LONG = 12  # characters a code must have to be cut at all
TIGHTEST = 0.4  # points each character may give up so that one more piece fits
LOOSEST = 2.0  # points a character may get on top before a long code is rather cut
NO_START = frozenset("\uff0c\uff1a\uff1b\uff1f\uff01\uff09。、》〉〕】」』”’…—·%‰℃,.;:?!)]}")
NO_END = frozenset("\uff08《〈〔【「『“‘¥$([{")
HANGING = frozenset("\uff0c\uff1a\uff1b。、")  # may stand in the right margin, as word processors let them
ATOM = re.compile(r"——|……|[0-9A-Za-z@._/:#%&+=?~\-]+|.", re.DOTALL)

Width = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Line:
    """One set line: its text, its letter-spacing and how far it is indented, in points."""

    text: str
    spacing: float
    indent: float


def set_text(text: str, width: Width, first: int = 2) -> list[list[Line]]:
    """Paragraphs of lines for a text, one paragraph per line break; `first` is the indent in characters."""
    paragraphs = [" ".join(part.split()) for part in text.splitlines()]
    return [list(_set(part, width, first)) for part in paragraphs if part]


def _set(text: str, width: Width, first: int) -> Iterator[Line]:
    """Lines of one paragraph, filled greedily."""
    rest, indent = _clusters(text), first
    while rest:
        cells = CELLS - indent
        took = _fill(rest, cells, width)
        line, rest = _broken(rest, took, cells, width)
        while rest and rest[0] == " ":
            rest = rest[1:]
        yield _line("".join(line).rstrip(" "), cells, indent, width, last=not rest)
        indent = 0


def _clusters(text: str) -> list[str]:
    """Pieces that no line may part: an opening mark, what it opens, and the marks that close it."""
    pieces: list[str] = []
    for atom in ATOM.findall(text):
        closes = atom[0] in NO_START and atom != " "
        opened = bool(pieces) and pieces[-1][-1] in NO_END
        if pieces and pieces[-1] != " " and (closes or opened):
            pieces[-1] += atom
        else:
            pieces.append(atom)
    return pieces


def _size(text: str, width: Width) -> float:
    """Points a text takes on the grid."""
    return sum(width(character) * SIZE + SPACING for character in text)


def _fill(pieces: list[str], cells: int, width: Width) -> int:
    """How many pieces fit; the last one's closing mark may hang."""
    used, count = 0.0, 0
    for at, piece in enumerate(pieces):
        standing = piece[:-1] if piece[-1] in HANGING and len(piece) > 1 else piece
        squeezed = TIGHTEST * (count + len(standing) - 1)
        if used + _size(standing, width) > cells * PITCH + squeezed:
            return at
        used, count = used + _size(piece, width), count + len(piece)
    return len(pieces)


def _broken(pieces: list[str], took: int, cells: int, width: Width) -> tuple[list[str], list[str]]:
    """The pieces of this line and of the next; a piece is cut where else the line would gape."""
    if took == len(pieces):
        return pieces, []
    line, piece = pieces[:took], pieces[took]
    room = cells * PITCH - _size("".join(line), width)
    if line and room <= LOOSEST * max(len("".join(line)) - 1, 1):
        return line, pieces[took:]
    cut = _cut(piece, room, width)
    if cut == 0 and line:
        return line, pieces[took:]
    cut = cut or next((at for at in range(1, len(piece)) if _size(piece[:at + 1], width) > room), len(piece))
    return [*line, piece[:cut]], [*filter(None, [piece[cut:]]), *pieces[took + 1:]]


def _cut(piece: str, room: float, width: Width) -> int:
    """How many characters of a long piece go on this line, at least three on either side; 0 for a short one."""
    fit = next((at for at in range(len(piece)) if _size(piece[: at + 1], width) > room), len(piece))
    code = len(piece.rstrip("".join(NO_START)))
    fit = min(fit, code - 3)
    return fit if fit >= 3 and code >= LONG else 0


def _line(text: str, cells: int, indent: int, width: Width, last: bool) -> Line:
    """A line spaced so that its last standing character ends at the edge; the last line stays as it is."""
    fits = _size(text, width) <= cells * PITCH + 0.5
    standing = text[:-1] if not fits and text[-1] in HANGING else text
    edge, gaps = cells * PITCH - SPACING, len(standing) - 1
    spare = edge - sum(width(character) for character in standing) * SIZE
    spacing = SPACING if (last and fits) or gaps < 1 else spare / gaps
    return Line(text, round(min(spacing, SIZE), 3), round(indent * PITCH, 3))
