"""Fence of Chinese punctuation: a Chinese sentence in a pair has full-width signs."""

import ast
import re

import pytest

from tests.fences.sources import ROOT, named, python_files, tree

# Between or beside Chinese characters; times, ratios and codes among Latin signs stay as they are.
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,:;()!?]|[,:;()!?][\u4e00-\u9fff]")
PAIR = re.compile(r"""\bt\(\s*("[^"]*"|'[^']*')\s*,""")
# Column titles of the import files, which have to be those of the standard letter by letter.
TITLES = ("standards/party.py", "standards/penalty.py", "standards/permit.py", "standards/layout2015.py")
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def chinese_of(path):
    """(node, text) of every constant in the Chinese half of a pair, T("…", …) or Text("…", …)."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("T", "Text") and node.args:
            for part in ast.walk(node.args[0]):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield node, part.value


def test_chinese_is_punctuated_as_chinese_in_code():
    """CONTRIBUTING. Chinese punctuation is full width."""
    said = [(named(path, node), text) for path in python_files()
            if str(path.relative_to(ROOT)) not in TITLES for node, text in chinese_of(path)]  # fmt: skip
    assert len(said) > 500
    assert [] == [f"{where} {text}" for where, text in said if HALF_WIDTH.search(text)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_chinese_is_punctuated_as_chinese_in_pages(path):
    """CONTRIBUTING. Chinese punctuation is full width."""
    assert [] == [one for one in PAIR.findall(path.read_text()) if HALF_WIDTH.search(one)]
