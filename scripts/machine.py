"""The doctor's questions about the machine: Python, libraries, fonts, clock."""

import datetime as dt
import shutil
import subprocess
import sys
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from documents.fonts import CANDIDATES, locate
from launch import packages
from launch.environment import PYTHON, ROOT, RUNNING, installed
from launch.packages import LETTERS, PICTURES, Package
from scripts.findings import Finding, Question, judge, note, ok, todo
from standards.words import T

EARLIEST = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)  # no honest clock is before the first release
FACES = {"fang": T("仿宋", "FangSong"), "hei": T("黑体", "Hei"), "kai": T("楷体", "Kai"), "song": T("宋体", "Song"),
         "title": T("小标宋", "title face")}  # fmt: skip


def python() -> Finding:
    """The interpreter the product runs on."""
    version = sys.version.split()[0]
    return judge(sys.version_info >= (3, 11), T("{v}", "{v}").format(v=version),
                 T("{v} 太旧，需要 3.11", "{v} is too old, 3.11 is needed").format(v=version))  # fmt: skip


def environment() -> Finding:
    """Whether the installed packages are those of the pinned file."""
    differs = T("依赖与 {n} 不符：请再执行 ./xinfu run", "not as in {n}: start ./xinfu run again")
    return judge(PYTHON.exists() and installed(RUNNING), T("与 {n} 一致", "as in {n}").format(n=RUNNING),
                 differs.format(n=RUNNING))  # fmt: skip


def library(package: Package) -> Question:
    """One system package."""

    def ask() -> Finding:
        lost = T("{zh}。请执行：{line}", "{en}; please run: {line}").format(
            zh=package.lost.zh, en=package.lost.en, line=packages.install_line((package,)))  # fmt: skip
        return judge(package.present(), T("已安装", "installed"), lost)

    return Question(package.name, T("系统软件包 {n}", "system package {n}").format(n=package.name), ask)


def face(role: str) -> Question:
    """One face of the letters."""

    def ask() -> Finding:
        found = locate()
        own = {name: face.path.name for name, face in found.roles}.get(role)
        return ok(T("{f}", "{f}").format(f=own)) if own else todo(
            T("缺少字体：{a}", "the face is missing: {a}").format(a="; ".join(found.missing)))  # fmt: skip

    return Question(f"font-{role}", T("字体 {f}", "font: {f}").format(f=FACES[role]), ask)


def clock() -> Finding:
    """The machine's time: the legal deadlines hang on it."""
    try:
        here = dt.datetime.now(ZoneInfo("Asia/Shanghai"))
    except ZoneInfoNotFoundError:
        return todo(T("缺少时区数据：apt-get install tzdata", "time zones are missing: apt-get install tzdata"))
    shown = f"{here:%Y-%m-%d %H:%M %z}"
    if here < EARLIEST:
        return todo(T("时间不可信：{s}", "the time cannot be right: {s}").format(s=shown))
    if _unsynchronised():
        return note(T("{s}，但未与时间服务器同步", "{s}, but not synchronised with a time server").format(s=shown))
    return ok(T("{s}", "{s}").format(s=shown))


def _unsynchronised() -> bool:
    if shutil.which("timedatectl") is None:
        return False
    command = ["timedatectl", "show", "-p", "NTPSynchronized", "--value"]
    return subprocess.run(command, capture_output=True, text=True).stdout.strip() == "no"


def disk() -> Finding:
    """Room for files and the database."""
    free = shutil.disk_usage(ROOT).free >> 20
    return judge(free > 500, T("剩余 {m} MB", "{m} MB free").format(m=free),
                 T("磁盘只剩 {m} MB", "only {m} MB are left on the disk").format(m=free))  # fmt: skip


QUESTIONS = (
    Question("python", T("Python 版本", "Python"), python),
    Question("environment", T("运行环境", "environment"), environment),
    *(library(package) for package in (*LETTERS, *PICTURES)),
    *(face(role) for role in CANDIDATES),
    Question("clock", T("系统时间", "clock"), clock),
    Question("disk", T("磁盘", "disk"), disk),
)
