"""`./xinfu test`: house rules, the whole suite on both databases, then the browser; one closing line of sums."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from launch import packages
from launch.environment import ROOT, child_environment
from launch.speech import both
from standards.words import T, Text
from tests import postgres

LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"


@dataclass
class Sum:
    """What has been counted."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, other: "Sum") -> None:
        """Count another step in."""
        self.passed, self.failed = self.passed + other.passed, self.failed + other.failed
        self.skipped += other.skipped

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


@dataclass(frozen=True)
class Step:
    """One thing to run: a house rule, or the suite on one database; `provide` says in words what is missing."""

    title: Text
    command: tuple[str, ...]
    engine: str = ""
    provide: Callable[[], str] = str

    def run(self, environment: dict[str, str]) -> Sum:
        """Run it and count: a rule is one failure at most, the suite counts its tests."""
        if lack := self.provide():
            print(lack)
            return Sum(failed=1)
        if self.engine:
            return _suite(self.command, {**environment, "XINFU_TEST_ENGINE": self.engine})
        return Sum(failed=int(_python(self.command, environment) != 0))


def _server() -> str:
    """Start the PostgreSQL that the tests share; what is wrong if it does not."""
    try:
        postgres.start()
    except (RuntimeError, OSError) as error:
        return f"PostgreSQL: {error}"
    return ""


def _chromium() -> str:
    absent = packages.missing(packages.BROWSER)
    return packages.install_line(absent) if absent else ""


RULES = (
    Step(T("代码规范", "ruff"), ("-m", "ruff", "check", ".")),
    Step(T("类型", "mypy"), ("-m", "mypy")),
    Step(T("引用方向", "lint-imports"), ("-c", LINT_IMPORTS)),
    Step(T("模板规范", "djlint"), ("-m", "djlint", "templates", "--lint", "--quiet")),
)
ON_SQLITE, ON_POSTGRESQL = T("SQLite 测试", "Tests on SQLite"), T("PostgreSQL 测试", "Tests on PostgreSQL")


def steps(chosen: list[str]) -> list[Step]:
    """What to run, in order; with arguments of one's own only pytest, once for each database."""
    arguments = tuple(chosen) or ("-n", "2", "-m", "not browser")
    suites = [Step(ON_SQLITE, arguments, "sqlite"), Step(ON_POSTGRESQL, arguments, "postgresql", _server)]
    if chosen:
        return suites
    browser = Step(T("浏览器测试", "Tests in the browser"), ("-m", "browser"), "sqlite", _chromium)
    return [*RULES, *suites, browser]


def main(arguments: list[str]) -> int:
    """0 when all is well, 1 on any failure, 2 when called wrongly."""
    if arguments and arguments[0] != "--":
        print("usage: ./xinfu test [-- PYTEST ARGUMENTS]", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server of the tests ends too
    lines, total = [], Sum()
    with tempfile.TemporaryDirectory(prefix="xinfu-home-") as home:
        environment = _environment(home)
        for step in steps(arguments[1:]):
            print(f"\n=== {both(step.title)} ===", flush=True)
            started = time.monotonic()
            counted = step.run(environment)
            lines.append(f"{both(step.title)}: {counted} ({time.monotonic() - started:.0f} s)")
            total.add(counted)
    print(f"\n=== {both(T('小结', 'Summary'))} ===", *lines, sep="\n")
    print(total, flush=True)
    return 1 if total.failed or not total.passed else 0


def _environment(home: str) -> dict[str, str]:
    """No installation's settings reach the tests; a person without a home gets one for the while."""
    kept = {name: value for name, value in child_environment().items()
            if not name.startswith("XINFU_") or name == "XINFU_FONTS"}  # fmt: skip
    return kept if os.access(kept.get("HOME") or "/nonexistent", os.W_OK) else {**kept, "HOME": home}


def _python(command: tuple[str, ...], environment: dict[str, str]) -> int:
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL).returncode


def _suite(arguments: tuple[str, ...], environment: dict[str, str]) -> Sum:
    with tempfile.TemporaryDirectory(prefix="xinfu-report-") as folder:
        report = Path(folder) / "report.xml"
        code = _python(("-m", "pytest", f"--junitxml={report}", *arguments), environment)
        counted = _read(report)
    if code and not counted.failed:
        counted.failed = 1  # nothing collected, an interrupted run or a broken report
    return counted


def _read(report: Path) -> Sum:
    """Sums of a JUnit report; nothing when there is none."""
    if not report.exists():
        return Sum()
    counted = Sum()
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        all_of, failed, errors, skipped = (int(suite.get(k, 0)) for k in ("tests", "failures", "errors", "skipped"))
        counted.add(Sum(max(0, all_of - failed - errors - skipped), failed + errors, skipped))
    return counted


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
