"""Fences of the house rules; each docstring quotes the rule it holds."""

import ast
import re
import statistics
import subprocess
import sys

import pytest

from tests.fences.sources import ROOT, body_lines, functions, has_chinese, named, python_files, tree

MOVERS = {"services/desk.py", "services/publication.py"}  # the door of cases and the door of records
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
LETTERS = ROOT / "templates" / "documents"
BANNED = ("utils", "helpers", "common", "misc")


def test_one_door():
    """Rule 1. Every move of every case goes through one function: nobody writes `.state =`."""
    wrong = [
        named(path, node)
        for path in python_files()
        if str(path.relative_to(ROOT)) not in MOVERS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute) and target.attr in ("state", "publication_state")
        and _owner(target) in ("case", "record", "row")
    ]  # fmt: skip
    assert [] == wrong


def _owner(target: ast.Attribute) -> str:
    return target.value.id if isinstance(target.value, ast.Name) else ""


def test_only_the_doors_update_case_rows_with_a_state():
    """Rule 1, by statement: `update(CASE)…state=` and `update(RECORD)…publication_state` stand in the doors alone."""
    tables = r"update\((CASE|Case\b|Case\.__table__|RECORD|CreditRecord)"
    pattern = re.compile(tables + r"[^\n]*\n?[^\n]*(state\s*=|\"state\":)")
    wrong = []
    for path in python_files():
        if str(path.relative_to(ROOT)) not in MOVERS:
            wrong += [f"{path.name}: {m[0][:60]}" for m in pattern.finditer(path.read_text()) if "state ==" not in m[0]]
    assert [] == wrong


def test_size_of_files():
    """Rule 17. A Python file has at most 250 lines, a template at most 100."""
    long = [f"{p.relative_to(ROOT)} {n}" for p in python_files(True) if (n := len(p.read_text().splitlines())) > 250]
    long += [f"{p.relative_to(ROOT)} {n}" for p in TEMPLATES if (n := len(p.read_text().splitlines())) > 100]
    assert [] == long


def test_size_of_functions():
    """Rule 17. A function has 20 lines or so (30 is too many), the median at most 10."""
    sizes = [(body_lines(node), named(path, node)) for path in python_files() for node in functions(path)]
    assert len(sizes) > 300
    assert [] == [f"{where} {lines}" for lines, where in sizes if lines > 30]
    assert statistics.median(lines for lines, _ in sizes) <= 10


def test_names_of_files():
    """Rule 17. No `utils.py`, `helpers.py`: name the thing."""
    assert [] == [str(p) for p in python_files(True) if p.stem in BANNED]


def test_nothing_imports_app():
    """Layers. `app` joins the parts; only scripts, benchmarks and tests start it."""
    wrong = [
        named(path, node)
        for path in python_files()
        if path.relative_to(ROOT).parts[0] not in ("scripts", "benchmarks", "xinfu")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and "app" in ([a.name for a in node.names] if isinstance(node, ast.Import) else [node.module])
    ]  # fmt: skip
    assert [] == wrong


def test_no_import_hidden_in_a_function():
    """Rule 16. No import hidden in a function to dodge a cycle (WeasyPrint in its child process excepted)."""
    wrong = [
        named(path, inner)
        for path in python_files()
        if path.parent.name != "documents" and path.name != "xinfu" and path.parent.name != "launch"
        for node in functions(path)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert [] == wrong


def test_imports_point_down():
    """Rule 16. Imports point down; checked by contract."""
    done = subprocess.run([sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
                          cwd=ROOT, capture_output=True, text=True)  # fmt: skip
    assert "7 kept, 0 broken" in done.stdout, done.stdout[-1500:]


def test_pages_made_from_tables_are_fresh():
    """Rule 23. Diagram and step table in docs/workflow are generated and checked."""
    done = subprocess.run([sys.executable, "-m", "scripts.draw", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert (0, "") == (done.returncode, done.stdout)


@pytest.mark.parametrize("path", [p for p in TEMPLATES if LETTERS not in p.parents], ids=lambda p: p.name)
def test_every_chinese_word_has_its_english(path):
    """English beside each Chinese title: outside a t("…", "…") pair no Chinese stands in a page."""
    text = re.sub(r"{#.*?#}", "", path.read_text(), flags=re.DOTALL)
    pair = r"""\bt\(\s*("[^"]*"|'[^']*')\s*,\s*("[^"]*"|'[^']*')"""
    text = re.sub(pair, "", text)
    assert [] == [line.strip() for line in text.splitlines() if has_chinese(line)]


def test_markup_is_never_trusted():
    """T7. No `|safe`, no `Markup(`."""
    files = [*TEMPLATES, *(p for p in python_files() if p.parent.name not in ("launch",))]
    wrong = [str(p.relative_to(ROOT)) for p in files if re.search(r"\|\s*safe\b|\bMarkup\(", p.read_text())]
    assert [] == wrong


def test_no_template_from_data():
    """T10. Never `render_template_string`."""
    assert [] == [str(p) for p in python_files() if "render_template_string" in p.read_text()]


def test_time_is_given_below_the_routes():
    """Rule 15. Nobody takes the time from the system but services/clock.py, scripts and launchers."""
    allowed = ("services/clock.py",)
    wrong = [
        str(path.relative_to(ROOT))
        for path in python_files()
        if path.relative_to(ROOT).parts[0] in ("standards", "workflow", "models", "services", "forms", "documents")
        and str(path.relative_to(ROOT)) not in allowed
        and re.search(r"datetime\.now\(|date\.today\(|utcnow\(", path.read_text())
    ]
    assert [] == wrong
