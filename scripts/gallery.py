"""Draws every letter with invented data, as PDF and, where poppler is installed, as pictures."""

import shutil
import subprocess
import sys
from pathlib import Path

from documents.render import preview, render
from documents.samples import sample
from workflow.words import Paper


def gallery(out_dir: Path) -> list[Path]:
    """Write one PDF per letter, one draft of the decision, and a PNG per page; the files written."""
    out_dir.mkdir(parents=True, exist_ok=True)
    letters = {paper.value: render(paper, sample(paper)).pdf for paper in Paper}
    letters["D07-draft"] = preview(Paper.D07, sample(Paper.D07)).pdf
    written = []
    for name, pdf in letters.items():
        path = out_dir / f"{name}.pdf"
        path.write_bytes(pdf)
        written += [path, *_pictures(path)]
    return written


def _pictures(pdf: Path) -> list[Path]:
    """A PNG beside the PDF for each of its pages."""
    if (tool := shutil.which("pdftoppm")) is None:
        return []
    subprocess.run([tool, "-r", "70", "-png", str(pdf), str(pdf.with_suffix(""))], check=True)
    return sorted(pdf.parent.glob(f"{pdf.stem}-[0-9]*.png"))


def main(arguments: list[str]) -> int:
    """`gallery OUT`: 0 when every letter was drawn, 2 when called wrongly."""
    if len(arguments) != 1:
        print("usage: gallery OUT", file=sys.stderr)
        return 2
    for path in gallery(Path(arguments[0])):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
