"""The virtual environment in `.venv`: made once, filled from the pinned files, refilled when those change."""

import contextlib
import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Iterator

from launch import packages
from launch.speech import CannotGoOn, doing, say
from standards.words import T

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "xinfu.json"
RUNNING, TESTING = "requirements.txt", "requirements-test.txt"  # the second holds all of the first
# Of pip's ambient settings only those stay that say where packages come from and how to reach it.
KEPT_OF_PIP = {f"PIP_{name}" for name in (
    "INDEX_URL", "EXTRA_INDEX_URL", "FIND_LINKS", "NO_INDEX", "CERT", "CLIENT_CERT", "PROXY", "TRUSTED_HOST",
    "DEFAULT_TIMEOUT", "TIMEOUT", "RETRIES", "CACHE_DIR", "NO_CACHE_DIR", "CONFIG_FILE", "KEYRING_PROVIDER",
)}  # fmt: skip
NOT_FOR_CHILDREN = {"PYTHONHOME", "PYTHONSTARTUP", "PYTHONUSERBASE", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__"}


def prepare(testing: bool) -> Path:
    """The environment's Python with everything installed; says what it does; raises CannotGoOn."""
    with _one_at_a_time():
        stamp, version = _stamp(), _version()
        if not version or stamp.get("python", version) != version:  # a moved or renewed Python
            _make()
            stamp, version = {}, _version()
        stamp["python"] = version
        wanted = TESTING if testing else RUNNING
        if not installed(wanted):
            _fill(wanted)
            stamp[wanted] = _digest(wanted)
            stamp[RUNNING] = _digest(RUNNING)
            _write(stamp)
        if not stamp.get("fonts"):
            stamp["fonts"] = _fonts()
            _write(stamp)
    return PYTHON


def installed(name: str) -> bool:
    """Whether the packages of this requirements file, as it reads now, have been installed."""
    return _stamp().get(name) == _digest(name)


def child_environment() -> dict[str, str]:
    """What the product's processes inherit: our code importable from anywhere, nobody else's from the cwd."""
    kept = {name: value for name, value in os.environ.items() if name not in NOT_FOR_CHILDREN}
    own = {"PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1", "PYTHONUTF8": "1"}
    return {"XINFU_FONTS": str(VENV / "fonts"), **kept, **own}


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    handle = os.open(ROOT / "launch", os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _stamp() -> dict[str, object]:
    try:
        return dict(json.loads(STAMP.read_text()))
    except (OSError, ValueError):
        return {}


def _write(stamp: dict[str, object]) -> None:
    with contextlib.suppress(PermissionError):
        STAMP.write_text(json.dumps(stamp, indent=1))


def _digest(name: str) -> str:
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def _version() -> str:
    """The version of the environment's Python, "" when there is none that works and is new enough."""
    ask = "import sys; print(sys.version) if sys.version_info >= (3, 11) else exit(1)"
    try:
        done = subprocess.run([PYTHON, "-I", "-c", ask], capture_output=True, text=True)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _make() -> None:
    place = VENV if VENV.exists() else ROOT
    if not os.access(place, os.W_OK):
        raise CannotGoOn(T("没有写入权限：{d}", "no right to write in {d}").format(d=place))
    if importlib.util.find_spec("ensurepip") is None and not packages.install(packages.ENVIRONMENT):
        line = packages.install_line((packages.ENVIRONMENT,))
        raise CannotGoOn(T("缺少 python3-venv，请执行：{line}", "python3-venv is missing, please run: {line}")
                         .format(line=line))  # fmt: skip
    with doing(T("建立运行环境", "Making the environment")):
        _run([sys.executable, "-m", "venv", "--clear", str(VENV)])


def _fill(name: str) -> None:
    with doing(T("安装依赖 {n}", "Installing the dependencies of {n}").format(n=name)):
        if _wheels() or not (shutil.which("uv") and _with_uv(name)):
            _with_pip(name)


def _wheels() -> list[str]:
    """Options for a machine without a registry: a folder of wheels beside the product."""
    folder = Path(os.environ.get("XINFU_WHEELS", ROOT / "wheels"))
    return ["--no-index", "--find-links", str(folder)] if folder.is_dir() else []


def _with_uv(name: str) -> bool:
    command = ["uv", "pip", "install", "--quiet", "--python", str(PYTHON), "--require-hashes", "-r", name]
    return subprocess.run(command, cwd=ROOT, env=_clean(), capture_output=True).returncode == 0


def _with_pip(name: str) -> None:
    if subprocess.run([PYTHON, "-I", "-c", "import pip"], capture_output=True).returncode:
        _run([str(PYTHON), "-m", "ensurepip"])
    options = ["--quiet", "--no-user", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    _run([str(PYTHON), "-m", "pip", "install", *options, "--require-hashes", *_wheels(), "-r", name])


def _fonts() -> bool:
    packages.refresh()  # the faces come out of a Debian package
    with doing(T("取得文书字体", "Fetching the fonts of the letters")):
        done = subprocess.run([PYTHON, "-m", "scripts.fonts"], env=child_environment(), capture_output=True, text=True)
    if done.returncode:
        print(done.stderr.strip(), file=sys.stderr)
        say(T("文书字体未齐，文书可能无法签发", "fonts of the letters are incomplete; letters may be refused"))
    return done.returncode == 0


def _clean() -> dict[str, str]:
    environment = child_environment()
    del environment["PYTHONPATH"]
    return {k: v for k, v in environment.items() if not k.startswith("PIP_") or k in KEPT_OF_PIP}


def _run(command: list[str]) -> None:
    done = subprocess.run(command, cwd=ROOT, env=_clean(), stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        print(*(done.stdout + done.stderr).strip().splitlines()[-4:], sep="\n", file=sys.stderr)
        raise CannotGoOn(T("未成功：{c}", "did not succeed: {c}").format(c=" ".join(command[1:4])))
