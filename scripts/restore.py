"""`./xinfu restore FILE`: a verified backup becomes the data folder, migrated, walled and checked."""

import argparse
import datetime as dt
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from launch import folder
from launch.environment import child_environment
from launch.speech import CannotGoOn, doing, say
from scripts import archive, snapshot
from scripts.database import migrate, refuse_newer
from scripts.refusing import or_refuse
from settings import read_settings
from standards.words import T


def main() -> int:
    """0 restored and consistent; 1 refused, or `check` found something; 2 wrongly called."""
    parser = argparse.ArgumentParser(prog="xinfu restore")
    parser.add_argument("file", type=Path)
    parser.add_argument("--force", action="store_true", help="put what is there aside and go on")
    parser.add_argument("--sha256", help="the digest that `backup` printed")
    wanted = parser.parse_args()
    os.umask(0o077)
    return or_refuse(lambda: _run(wanted))


def _run(wanted: argparse.Namespace) -> int:
    with doing(T("恢复", "Restoring")):
        aside = restore(wanted.file, folder.chosen(), wanted.force, wanted.sha256)
    if aside:
        say(T("原有数据移到 {a}", "what was there is now {a}").format(a=aside))
    return run_check()


def restore(file: Path, data: Path, force: bool = False, digest: str | None = None) -> Path | None:
    """Put a backup in place of an empty or absent folder; the path of what was put aside, if anything."""
    if digest and archive.sha256(file) != digest.lower():
        raise CannotGoOn(T("文件与校验值不符", "the file does not have this digest"))
    if data.exists() and any(data.iterdir()) and not force:
        refusal = T("{d} 不是空文件夹（--force 会先移开）", "{d} is not empty (--force puts it aside)")
        raise CannotGoOn(refusal.format(d=data))
    data.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{data.name}-", dir=data.parent) as scratch:
        fresh = Path(scratch) / "data"
        fresh.mkdir(mode=0o700)
        archive.read(file, fresh)
        _fill_database(fresh, force)
        aside = _swap(data, fresh)
    os.environ["XINFU_DATA"] = str(data)
    return aside


def _fill_database(fresh: Path, force: bool) -> None:
    """Inside the folder to be: nothing of the old one is touched until this has gone well."""
    os.environ["XINFU_DATA"] = str(fresh)
    settings = read_settings()
    copy = fresh / snapshot.member_name(settings)
    if not copy.exists():
        raise CannotGoOn(T("备份来自另一种数据库", "the backup comes from the other kind of database"))
    if snapshot.holds_tables(settings) and not force:
        raise CannotGoOn(T("数据库不是空的（--force 会清空）", "the database is not empty (--force empties it)"))
    snapshot.put_back(settings, copy)
    copy.unlink()
    refuse_newer(settings)
    migrate(settings)


def _swap(data: Path, fresh: Path) -> Path | None:
    """The fresh folder gets the name; what had it gets the time of day appended."""
    aside = None
    if data.exists() and not any(data.iterdir()):
        data.rmdir()
    elif data.exists():
        os.close(folder.hold(data))
        aside = data.with_name(f"{data.name}.before-{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S%fZ}")
        data.rename(aside)
    fresh.rename(data)
    archive.sync_folder(data.parent)
    return aside


def run_check() -> int:
    """`./xinfu check` on the data folder now chosen; its exit code."""
    command = [sys.executable, "-m", "scripts.check"]
    code = subprocess.run(command, env=child_environment()).returncode
    text = T("核对无误", "the check found nothing") if code == 0 else T("核对发现问题", "the check found something")
    say(text)
    return code


if __name__ == "__main__":
    sys.exit(main())
