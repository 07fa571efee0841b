"""The commands of `./xinfu`: for each the module that does it and what that needs on the machine."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from launch import environment, packages
from launch.packages import BROWSER, LETTERS, PICTURES, Package
from launch.speech import CannotGoOn, both, say
from standards.words import T, Text


@dataclass(frozen=True)
class Command:
    """A module run inside the environment; `testing` brings the test tools along."""

    module: str
    form: str
    title: Text
    packages: tuple[Package, ...] = LETTERS
    testing: bool = False
    first: tuple[str, ...] = ()


PAPERS = LETTERS + PICTURES
ALL = PAPERS + BROWSER
# fmt: off
COMMANDS = {
    "run": Command("scripts.serve", "[--port P] [--demo|--no-demo]", T("启动", "start"), PAPERS),
    "test": Command("launch.testing", "[-- PYTEST ...]", T("全部测试", "run all tests"), ALL, testing=True),
    "doctor": Command("scripts.doctor", "[--json]", T("体检", "say what is well and what to do"), PAPERS),
    "import": Command("scripts.imports", "KIND FILE [--dry-run] [--today DATE] [--report OUT.json] [--org CODE]",
                      T("导入记录", "import records")),
    "holidays": Command("scripts.calendar", "YEAR FILE.csv --source WORDS [--dry-run] [--json]",
                        T("载入一年的放假安排", "load a year's holidays"), ()),
    "story": Command("scripts.story", "objection|complaint|repair [--mode M] [--url URL]",
                     T("演示一件事的全程", "walk one case through")),
    "check": Command("scripts.check", "[--json]", T("核对全部数据", "check all stored data")),
    "lifecycle": Command("scripts.lifecycle", "check [KIND ...] [--json] [--quick|--whole]",
                         T("检验办理流程", "check the life-cycles of a case"), ()),
    "verify": Command("scripts.verify", "FILE.pdf", T("查验文书", "verify a letter"), ()),
    "audit": Command("scripts.audit", "verify FILE", T("查验审计导出", "verify an audit export"), ()),
    "gallery": Command("scripts.gallery", "OUT", T("文书样张", "draw every letter"), PAPERS),
    "screens": Command("scripts.screens", "[OUT]", T("页面截图", "photograph every page"), ALL, testing=True),
    "bench": Command("scripts.bench", "[NAME] [--json]", T("测速", "measure against floors"), testing=True),
    "prove": Command("scripts.prove", "NAME", T("长时证明", "run a long proof"), ALL, testing=True),
    "receiver": Command("receiver", "[--port P] [--key-file FILE] [--tolerance S]",
                        T("参考接收端", "run the reference receiver"), ()),
    "backup": Command("scripts.backup", "[OUT.tar.gz]", T("备份", "back up"), ()),
    "restore": Command("scripts.restore", "FILE.tar.gz [--force] [--sha256 HEX]", T("恢复", "restore a backup"), ()),
    "upgrade": Command("scripts.upgrade", "", T("升级数据", "bring the data up to this version"), ()),
}
# fmt: on


def main(arguments: list[str]) -> int:
    """Carry out one command line; returns only when nothing was started (0 help, 1 failed, 2 wrongly called)."""
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(usage())
        return 0 if arguments else 2
    command = COMMANDS.get(arguments[0])
    if command is None:
        print(usage(), file=sys.stderr)
        return 2
    try:
        rest = take_data_folder(arguments[1:])
    except ValueError:
        say(T("--data 后面要写一个文件夹", "--data needs a folder"))
        return 2
    return start(command, rest)


def usage() -> str:
    """The table of commands, both languages."""
    lines = [f"  ./xinfu {name} {command.form}\n      {both(command.title)}" for name, command in COMMANDS.items()]
    return "信复 Xinfu\n" + "\n".join(lines) + "\n  --data DIR  " + both(T("数据文件夹", "the data folder"))


def take_data_folder(arguments: list[str]) -> list[str]:
    """Read --data DIR (before any `--`) into XINFU_DATA; the arguments without it. ValueError: no folder given."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    chosen, rest = os.environ.get("XINFU_DATA") or str(environment.ROOT / "instance"), []
    before = iter(arguments[:end])
    for argument in before:
        if argument == "--data":
            chosen = next(before, "")
        elif argument.startswith("--data="):
            chosen = argument.partition("=")[2]
        else:
            rest.append(argument)
        if not chosen or chosen.startswith("-"):
            raise ValueError("no folder")
    os.environ["XINFU_DATA"] = str(Path(chosen).expanduser().resolve())
    return rest + arguments[end:]


def start(command: Command, arguments: list[str]) -> int:
    """Provide for the command and become it."""
    try:
        packages.provide(command.packages)
        python = environment.prepare(command.testing)
    except CannotGoOn as refusal:
        say(refusal.text)
        return 1
    read_installation(Path(os.environ["XINFU_DATA"]) / "xinfu.env")
    line = [str(python), "-m", command.module, *command.first, *arguments]
    os.execve(python, line, environment.child_environment())


def read_installation(path: Path) -> None:
    """XINFU_NAME=value lines of the data folder's own settings file; the environment wins."""
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        name, equals, value = line.strip().partition("=")
        if equals and name.startswith("XINFU_") and name != "XINFU_DATA":
            os.environ.setdefault(name.strip(), value.strip())
