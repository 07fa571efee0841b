"""`./xinfu backup [OUT]`: database, files and secrets of a data folder in one verified file."""

import argparse
import datetime as dt
import os
import sys
import tempfile
from pathlib import Path
from typing import Iterator

from launch import folder
from launch.environment import ROOT
from launch.speech import CannotGoOn, doing
from scripts import archive, snapshot
from scripts.refusing import or_refuse
from settings import Settings, read_settings
from standards.words import T

LEFT_OUT = {folder.BACKUPS, folder.LOCK, "log"}


def main() -> int:
    """0 when the backup is written and verified, 1 when not."""
    parser = argparse.ArgumentParser(prog="xinfu backup")
    parser.add_argument("out", nargs="?", type=Path, help="default: backups/ in the data folder")
    wanted = parser.parse_args()
    os.umask(0o077)
    return or_refuse(lambda: _run(wanted.out))


def _run(out: Path | None) -> int:
    if not folder.is_set_up(folder.chosen()):
        raise CannotGoOn(T("{d} 不是数据文件夹", "{d} is no data folder").format(d=folder.chosen()))
    with doing(T("备份", "Backing up")):
        written = back_up(read_settings(), out)
    print(f"{written}\nsha256 {archive.sha256(written)}")
    return 0


def back_up(settings: Settings, out: Path | None = None) -> Path:
    """Write a backup of a living or resting installation and read it back; its path."""
    target = out or _default_path(settings)
    if target.resolve().is_relative_to(settings.data_dir) and target.resolve().parent != _default_path(settings).parent:
        raise CannotGoOn(T("请把备份放在数据文件夹之外", "put the backup outside the data folder"))
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as scratch:
        copy = Path(scratch) / snapshot.member_name(settings)
        snapshot.take(settings, copy)  # first: the files it speaks of are on disk before its rows are
        archive.write(target, _files(settings, copy), about())
    archive.read(target)
    return target


def about() -> dict[str, str]:
    """What a backup says of itself."""
    return {"product": "xinfu", "version": version(), "made": _now().isoformat(timespec="seconds")}


def version() -> str:
    """The version of the product, as in the file VERSION."""
    return (ROOT / "VERSION").read_text().strip()


def _default_path(settings: Settings) -> Path:
    return settings.data_dir / folder.BACKUPS / f"xinfu-{version()}-{_now():%Y%m%dT%H%M%S%fZ}.tar.gz"


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _files(settings: Settings, copy: Path) -> Iterator[tuple[str, Path]]:
    """The database copy, then every plain file of the data folder but the living database and earlier backups."""
    yield copy.name, copy
    living = snapshot.sqlite_path(settings).name if copy.name == snapshot.SQLITE else ""
    for path in sorted(settings.data_dir.rglob("*")):
        name = path.relative_to(settings.data_dir)
        is_database = len(name.parts) == 1 and living and name.name.startswith(living)
        if path.is_file() and not path.is_symlink() and name.parts[0] not in LEFT_OUT and not is_database:
            yield name.as_posix(), path


if __name__ == "__main__":
    sys.exit(main())
