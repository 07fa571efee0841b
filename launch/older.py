"""For a `python3` that is too old: find a newer one on this machine, or say what is missing."""

import os
import shutil
import sys

NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")


def hand_over():
    """Start again under Python 3.11 or newer; ends this process either way."""
    for name in NEWER:
        path = shutil.which(name)
        if path:
            os.execv(path, [path] + sys.argv)
    print("需要 Python 3.11 或更新版本 / Python 3.11 or newer is needed: apt-get install python3", file=sys.stderr)
    sys.exit(1)
