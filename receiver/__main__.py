"""`./xinfu receiver [--port P] [--key-file FILE] [--tolerance SECONDS]`: run the reference receiver.

Its copy is receiver/receiver.db below the data folder; its keys, one a line, receiver/keys unless --key-file says.
"""

import argparse
import os
import signal
import sys
from pathlib import Path

from receiver.book import Book
from receiver.server import Server

TOLERANCE = 300  # seconds


def main(arguments: list[str] | None = None) -> int:
    """Serve until a signal comes; 2 when there is no key."""
    parser = argparse.ArgumentParser(prog="xinfu receiver")
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--key-file", type=Path)
    parser.add_argument("--tolerance", type=int, default=TOLERANCE, help="seconds; 0 accepts signatures of any age")
    wanted = parser.parse_args(arguments)
    folder = Path(os.environ.get("XINFU_DATA", "instance")) / "receiver"
    keys = wanted.key_file or folder / "keys"
    if not keys.is_file():
        print(f"put the key shown by the administrator's page into {keys}, one key a line", file=sys.stderr)
        return 2
    server = Server(("127.0.0.1", wanted.port), Book(folder / "receiver.db"), lambda: keys.read_text().split(),
                    wanted.tolerance)  # fmt: skip
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    print(f"receiver on http://127.0.0.1:{server.server_port}/", flush=True)
    server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
