"""What the tests of the letters share: text read back out of PDFs, and a pool for hostile pages."""

import io
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from documents import fonts, render
from documents.pool import Pool


@pytest.fixture
def text_of() -> Callable[[bytes], str]:
    """All text of a PDF without white space, as an independent reader finds it."""

    def read(pdf: bytes) -> str:
        return "".join(re.sub(r"\s", "", page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages)

    return read


@pytest.fixture
def body_of(tmp_path: Path) -> Callable[[bytes], str]:
    """The text inside the type area, pages joined, without white space, by poppler; for letters without watermark."""

    def read(pdf: bytes) -> str:
        path = tmp_path / "letter.pdf"
        path.write_bytes(pdf)
        area = ["-raw", "-nopgbrk", "-r", "72", "-x", "50", "-y", "60", "-W", "545", "-H", "688"]
        done = subprocess.run(["pdftotext", *area, path, "-"], capture_output=True, text=True, check=True)
        return re.sub(r"\s", "", done.stdout)

    return read


@pytest.fixture
def words_of(tmp_path: Path) -> Callable[[bytes], list[list[tuple[float, float, float, str]]]]:
    """Per page the words with left edge, right edge and top in points, by poppler."""

    def read(pdf: bytes) -> list[list[tuple[float, float, float, str]]]:
        path = tmp_path / "letter.pdf"
        path.write_bytes(pdf)
        boxes = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True).stdout
        word = re.compile(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">([^<]*)<')
        return [
            [(float(left), float(right), float(top), text) for left, top, right, text in word.findall(page)]
            for page in boxes.split("<page ")[1:]
        ]

    return read


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    """Two drawing processes as in production, but replaced after every twenty documents."""
    setting = render.setting(fonts.locate())
    made = Pool(setting, 2, documents=20)
    yield made
    made.close()
