"""The system packages of Debian that the product uses: what is there, what to install, and installing it."""

import ctypes
import functools
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from launch.speech import doing, say
from standards.words import T, Text


@dataclass(frozen=True)
class Package:
    """A Debian package, how to see that its work can be done, and what is lost without it."""

    name: str
    present: Callable[[], bool]
    lost: Text


def _library(name: str) -> Callable[[], bool]:
    def loads() -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return loads


def _program(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def _noto_cjk() -> bool:
    folders = ("/usr/share/fonts", "/usr/local/share/fonts", str(Path.home() / ".local/share/fonts"))
    return any(next(Path(folder).rglob("NotoSerifCJK*"), None) for folder in folders)


NO_LETTERS = T("文书无法生成", "letters cannot be made")
TIME_ZONES = Package("tzdata", Path("/usr/share/zoneinfo/Asia/Shanghai").exists, T("无法计算期限", "no deadlines"))
LETTERS = (
    TIME_ZONES,
    Package("libpango-1.0-0", _library("libpango-1.0.so.0"), NO_LETTERS),
    Package("libpangoft2-1.0-0", _library("libpangoft2-1.0.so.0"), NO_LETTERS),
    Package("libharfbuzz-subset0", _library("libharfbuzz-subset.so.0"), T("文书生成极慢", "letters are very slow")),
    Package("fonts-noto-cjk", _noto_cjk, T("文书缺字", "letters lack characters")),
    Package("fontconfig", _program("fc-match"), T("字体无法检查", "fonts cannot be checked")),
)
PICTURES = (
    Package("poppler-utils", _program("pdftoppm"), T("文书无法转为图片", "letters cannot be shown as pictures")),
)
BROWSER = (
    Package("chromium", _program("chromium", "chromium-browser", "google-chrome"),
            T("浏览器测试无法进行", "browser tests cannot run")),
)  # fmt: skip
ENVIRONMENT = Package("python3-venv", lambda: False, T("无法建立运行环境", "no environment can be made"))


def missing(wanted: tuple[Package, ...]) -> tuple[Package, ...]:
    """Those whose work cannot be done on this machine."""
    return tuple(package for package in wanted if not package.present())


def install_line(wanted: tuple[Package, ...]) -> str:
    """The exact line for an administrator."""
    sudo = "" if os.geteuid() == 0 else "sudo "
    return f"{sudo}apt-get install -y --no-install-recommends {' '.join(package.name for package in wanted)}"


def may_install() -> bool:
    """Root on a machine with apt-get, unless XINFU_NO_INSTALL says no."""
    return os.geteuid() == 0 and bool(shutil.which("apt-get")) and not os.environ.get("XINFU_NO_INSTALL")


def provide(wanted: tuple[Package, ...]) -> bool:
    """Install what is missing where we may, else say the line to run; True when nothing is left out."""
    absent = missing(wanted)
    if absent and may_install():
        _install(absent)
        absent = missing(absent)
    for package in absent:
        say(T("缺少 {n}:{zh}", "{n} is missing: {en}").format(n=package.name, zh=package.lost.zh, en=package.lost.en))
    if absent:
        say(T("请执行：{line}", "please run: {line}").format(line=install_line(absent)))
    return not absent


def install(package: Package) -> bool:
    """Install one package whatever is seen of it; False where we may not or cannot."""
    return may_install() and _install((package,))


def _install(wanted: tuple[Package, ...]) -> bool:
    names = [package.name for package in wanted]
    with doing(T("安装系统软件包 {n}", "Installing system packages {n}").format(n=" ".join(names))):
        refresh()
        return _apt("install", "-y", "--no-install-recommends", *names)


@functools.cache
def refresh() -> None:
    """Ask once for the current lists of packages, where we may."""
    if may_install():
        _apt("update")


def _apt(*arguments: str) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    command = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=120", *arguments]
    try:
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    except OSError as error:
        say(T("apt-get 无法运行：{e}", "apt-get does not run: {e}").format(e=error))
        return False
    if done.returncode:
        tail = " | ".join((done.stderr or done.stdout).strip().splitlines()[-3:])
        say(T("apt-get 未成功：{e}", "apt-get did not succeed: {e}").format(e=tail))
    return done.returncode == 0
