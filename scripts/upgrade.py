"""`./xinfu upgrade`: backup first, then migrations, walls and check."""

import argparse
import os
import sys

from launch import folder
from launch.speech import CannotGoOn, doing, say
from scripts.backup import back_up
from scripts.database import prepare, refuse_newer
from scripts.refusing import or_refuse
from scripts.restore import run_check
from settings import read_settings
from standards.words import T


def main() -> int:
    """0 upgraded (or nothing to do) and consistent; 1 not; the folder must not be in use."""
    argparse.ArgumentParser(prog="xinfu upgrade").parse_args()
    os.umask(0o077)
    return or_refuse(_run)


def _run() -> int:
    data = folder.chosen()
    if not folder.is_set_up(data):
        raise CannotGoOn(T("{d} 不是数据文件夹", "{d} is no data folder").format(d=data))
    lock = folder.hold(data)
    settings = read_settings()
    refuse_newer(settings)
    with doing(T("升级", "Upgrading")):
        say(T("备份在 {p}", "the backup is {p}").format(p=back_up(settings)))
        prepare(settings)
    os.close(lock)
    return run_check()


if __name__ == "__main__":
    sys.exit(main())
