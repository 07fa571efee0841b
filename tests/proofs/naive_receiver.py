"""The negative control: a receiver that applies whatever arrives, as often as it arrives."""

import sys
from typing import Any

from receiver import __main__ as program
from receiver.book import KEPT, Book


class NaiveBook(Book):
    """No look at what is known already."""

    def _apply(self, message: dict[str, Any]) -> None:
        said = tuple(message[name] for name in KEPT)
        self.db.execute("INSERT OR REPLACE INTO copy VALUES (?, ?, ?, ?, ?, ?, ?)", (message["record"], *said, ""))
        line = (message["id"], message["record"], message["sequence"], message["status"])
        self.db.execute("INSERT INTO applied (message, record, sequence, status) VALUES (?, ?, ?, ?)", line)


if __name__ == "__main__":
    program.Book = NaiveBook  # type: ignore[misc]
    sys.exit(program.main())
