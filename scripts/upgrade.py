"""`./xinfu upgrade`: backup first, then migrations, walls and check."""

import argparse
import os
import sys

from launch import folder
from launch.speech import CannotGoOn, doing, say
from scripts.archive import BadArchive
from scripts.backup import back_up
from scripts.database import prepare, refuse_newer
from scripts.restore import run_check
from settings import BadSettings, read_settings
from standards.words import T


def main() -> int:
    """0 upgraded (or nothing to do) and consistent; 1 not; the folder must not be in use."""
    argparse.ArgumentParser(prog="xinfu upgrade").parse_args()
    os.umask(0o077)
    data = folder.chosen()
    try:
        if not folder.is_set_up(data):
            raise CannotGoOn(T("{d} 不是数据文件夹", "{d} is no data folder").format(d=data))
        lock = folder.hold(data)
        settings = read_settings()
        refuse_newer(settings)
        with doing(T("升级", "Upgrading")):
            say(T("备份在 {p}", "the backup is {p}").format(p=back_up(settings)))
            prepare(settings)
        os.close(lock)
    except (CannotGoOn, BadSettings, BadArchive, OSError) as error:
        say(error.text if isinstance(error, CannotGoOn) else T("未升级:{e}", "not upgraded: {e}").format(e=error))
        return 1
    return run_check()


if __name__ == "__main__":
    sys.exit(main())
