"""The project's own source files, parsed once for the fences."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PACKAGES = "standards workflow models documents services forms routes scripts checks launch modelcheck receiver".split()
CHINESE = range(0x4E00, 0xA000)


@cache
def python_files(tests: bool = False) -> tuple[Path, ...]:
    """Hand-written Python files; vendored and generated ones left out."""
    found = [path for name in PACKAGES for path in (ROOT / name).rglob("*.py")]
    found += [ROOT / "app.py", ROOT / "settings.py", ROOT / "xinfu", *(ROOT / "benchmarks").rglob("*.py")]
    found += list((ROOT / "tests").rglob("*.py")) if tests else []
    return tuple(sorted(path for path in found if path.exists()))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def named(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function from its def to its end, without its docstring and decorators."""
    first = node.body[0]
    doc = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    said = (first.end_lineno or 0) - first.lineno + 1 if doc else 0
    return (node.end_lineno or 0) - node.lineno + 1 - said


def has_chinese(text: str) -> bool:
    return any(ord(char) in CHINESE for char in text)
