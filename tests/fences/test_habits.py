"""More fences of the house rules: tables, views, transactions, signatures, settings, logs, dependencies, jobs.

Rule 4, 5, 15 hold by types and by tests/workflow; the guard of every route and its form token by tests/identity and
tests/matrix; rule 19, 21 by tests/stories; rule 22 by tests/pagecheck.py.
"""

import ast
import re
import subprocess
import sys

import models  # noqa: F401  # every table is known from here on
from models.base import Base
from scripts import worker
from tests.fences.sources import ROOT, body_lines, functions, named, python_files, tree

COMMITTERS = {"services/transactions.py", "models/base.py", "scripts/database.py"}
READERS = {"settings.py", "documents/fonts.py", "documents/pool.py", "services/sandbox.py",
           "receiver/__main__.py"}
# States of the objection spelled outside workflow/: what pages say about them. The list may only become shorter.
SPELLERS = {
    "services/draftpage.py", "services/effects.py", "services/guide.py", "services/manner_complaint.py",
    "services/homepage.py", "services/inbox.py", "services/nextact.py", "services/pageparts.py", "services/records.py",
    "services/rulebook.py", "services/renewal.py", "services/publishing.py", "services/verification.py",
    "services/pointshow.py", "routes/design_cases.py", "routes/design_lists.py", "routes/design_records.py",
    "services/manner_objection.py", "services/manner_repair.py",
}  # fmt: skip
STATES = {name for name in (
    "awaiting_materials refusal_review dept_verifying dept_review office_review head_review legal_review "
    "awaiting_signoff").split()}  # fmt: skip
LOGGING = {f"log.{level}" for level in ("debug", "info", "warning", "error", "exception", "critical")}


def short(path):
    return str(path.relative_to(ROOT))


def test_only_the_law_spells_states():
    """Rule 2. Only `workflow/` spells state names; others ask the flow."""
    found = {
        short(path)
        for path in python_files()
        if path.relative_to(ROOT).parts[0] in ("models", "documents", "services", "forms", "routes")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and node.value in STATES
    }
    assert found <= SPELLERS


def test_a_refusal_is_a_list():
    """Rule 3. A refusal is a list of sentences: nobody raises `Refused("…")` or without a reason."""
    wrong = [
        named(path, node)
        for path in python_files()
        for node in ast.walk(tree(path))
        if "from workflow.engine import" in path.read_text()
        and isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused"
        and (not node.args or isinstance(node.args[0], ast.Constant | ast.JoinedStr))
    ]  # fmt: skip
    assert [] == wrong


def test_every_table_says_what_it_is_for():
    """Rule 8. Models are typed and commented: a sentence for each table, `Mapped[…]` for each column."""
    assert [] == [mapper.class_.__name__ for mapper in Base.registry.mappers
                  if len((mapper.class_.__dict__.get("__doc__") or "").split()) < 4]  # fmt: skip
    bare = [
        named(path, node)
        for path in python_files()
        if path.parent.name == "models"
        for kind in ast.walk(tree(path)) if isinstance(kind, ast.ClassDef)
        for node in kind.body if isinstance(node, ast.Assign) and "mapped_column" in ast.unparse(node.value)
    ]  # fmt: skip
    assert [] == bare


def views():
    for path in python_files():
        if path.parent.name == "routes":
            for node in functions(path):
                if any(ast.unparse(one).startswith("bp.") for one in node.decorator_list):
                    yield path, node


def test_views_are_short():
    """Rule 9. A route finds, asks, acts, leaves, in at most 15 lines."""
    assert len(list(views())) > 80
    assert [] == [named(path, node) for path, node in views() if body_lines(node) - 1 > 15]


def test_one_commit():
    """Rule 10. One commit per request, in one place; only scripts of the owner have others."""
    wrong = [
        named(path, node)
        for path in python_files()
        if short(path) not in COMMITTERS and path.parent.name not in ("launch", "checks")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]
    assert [] == wrong


def test_templates_ask_nothing():
    """Rule 14. Templates join parts: no queries, no role tests."""
    asking = re.compile(r"\bin [\w.]*roles\b|\bRole\.|has_role|\brole\s*[!=]=|\bdb\.|\bsession\.")
    wrong = [short(path) for path in (ROOT / "templates").rglob("*.html")
             if path.parent.name != "documents" and asking.search(path.read_text())]
    assert [] == wrong


def test_signatures_are_annotated():
    """Rule 18. All signatures outside tests are annotated (but for the sentence that old Pythons must read)."""
    wrong = []
    for path in python_files():
        for node in functions(path):
            given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            bare = [one.arg for one in given if one.annotation is None and one.arg not in ("self", "cls")]
            if (bare or node.returns is None) and short(path) != "launch/older.py":
                wrong.append(named(path, node))
    assert [] == wrong


def test_settings_are_read_once():
    """Rule 24. One settings object: below scripts nobody else reads the environment (fonts, child processes apart)."""
    wrong = [
        short(path)
        for path in python_files()
        if path.relative_to(ROOT).parts[0] not in ("scripts", "launch", "benchmarks", "xinfu")
        and short(path) not in READERS and re.search(r"os\.(environ|getenv)", path.read_text())
    ]  # fmt: skip
    assert [] == wrong


def test_every_setting_is_read():
    """Rule 24. A setting that nothing reads is a promise not kept."""
    named_there = re.findall(r"^    (\w+):", (ROOT / "settings.py").read_text(), re.MULTILINE)
    texts = [path.read_text() for path in python_files()]
    assert len(named_there) > 10
    assert [] == [name for name in named_there if not any(re.search(rf"\.{name}\b", text) for text in texts)]


def test_logs_have_fixed_words():
    """Rule 24. Logs name the case, never its content: the message is a constant, never an f-string or a sum."""
    told = [
        (path, node)
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in LOGGING
    ]  # fmt: skip
    assert len(told) > 5
    assert [] == [named(path, node) for path, node in told if not isinstance(node.args[0], ast.Constant)]


def test_every_dependency_has_its_reason():
    """Rule 25. Few dependencies, each with a reason."""
    lines = (ROOT / "requirements.in").read_text().splitlines()
    wanted = [line for line in lines if line and not line.startswith(("#", "-"))]
    assert len(wanted) > 20
    assert [] == [line for line in wanted if len(line.partition("#")[2].split()) < 1]


def test_the_page_about_tables_is_fresh():
    """Rule 23. Pages made from code are checked, not remembered."""
    line = [sys.executable, "-m", "scripts.dictionary", "--check"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True)
    assert (0, "") == (done.returncode, done.stdout)


def test_the_worker_knows_every_job():
    """A job whose module the worker does not load would wait for ever."""
    handling = {short(path) for path in python_files() if "@jobs.handles(" in path.read_text()}
    assert handling == {f"{module.__name__.replace('.', '/')}.py" for module in worker.HANDLING}
