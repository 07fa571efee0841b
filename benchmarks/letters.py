"""A letter of one page and a decision of several, warm, beside typst with its compiler reused and the same font."""

import itertools
import tempfile
from collections.abc import Callable
from pathlib import Path

import typst

from benchmarks.measure import Figure, figure, in_turns
from documents import fonts, render
from documents.samples import sample
from workflow.words import Paper

LINE = "经核查，当事人提出的异议事项与原始文书不一致，属于录入错误，依法予以更正。"
TIMES = 5


def run() -> list[Figure]:
    """Milliseconds per PDF, one page (D01) and several (D07)."""
    return [_beside(Paper.D01, 22, 5.0), _beside(Paper.D07, 22 * 3, 6.5)]


def _beside(paper: Paper, lines: int, most: float) -> Figure:
    data, pages = sample(paper), 0

    def ours() -> None:
        nonlocal pages
        for _ in range(TIMES):
            pages = render.render(paper, data).pages

    with tempfile.TemporaryDirectory() as name:
        a, b = in_turns(ours, _typst(Path(name), lines))
    each = 1000 / TIMES
    return figure(f"PDF {paper}, {pages} page(s)", a * each, b * each, "ms", f"≤ {most} × typst", lambda r: r <= most)


def _typst(folder: Path, lines: int) -> Callable[[], None]:
    """typst over as many lines of the same face at the same size; other words each time, so that none is kept."""
    face, source, turns = fonts.locate().chain("fang")[0], folder / "letter.typ", itertools.count()
    page = '#set page("a4", margin: (top: 37mm, left: 28mm, right: 26mm, bottom: 35mm))'
    head = f'{page}\n#set text(size: 16pt, font: "{face.family}")\n'
    source.write_text(head)
    compiler = typst.Compiler(str(source), font_paths=[str(face.path.parent)])

    def draw() -> None:
        for _ in range(TIMES):
            turn = next(turns)
            source.write_text(head + "\n\n".join(f"{turn}-{n} {LINE}" for n in range(lines // 2)))
            compiler.compile(format="pdf")

    return draw
