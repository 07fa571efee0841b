"""However long a letter is, its signature has text of the letter above it on its page."""

import io

import pytest
from pypdf import PdfReader

from documents.render import render
from documents.samples import sample
from workflow.words import Paper

LINE = "\n我公司对该记录提出异议，理由与证据如下文所列各项。"  # one line of the type area
GROWING = {Paper.D04: "facts", Paper.D05: "answer_format", Paper.D06: "legal_basis", Paper.D07: "reasoning",
           Paper.D08: "process"}  # fmt: skip


def longer(paper, lines):
    field = GROWING[paper]
    former = sample(paper)[field]
    text = LINE * lines
    return sample(paper, test=False, **{field: [*former, text.strip()] if isinstance(former, list) else former + text})


@pytest.mark.parametrize("lines", range(3, 20))
@pytest.mark.parametrize("paper", GROWING)
def test_two_lines_of_text_stand_above_the_signature(paper, lines):
    pages = PdfReader(io.BytesIO(render(paper, longer(paper, lines)).pdf)).pages
    last = [line for line in pages[-1].extract_text().splitlines() if line.strip()]
    words = ("联系人：", "（印章）")
    contact, seal = (next((at for at, line in enumerate(last) if word in line), -1) for word in words)
    assert 2 <= contact < seal, last[:4]
