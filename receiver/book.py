"""The receiver's copy of the shared record: one row per record, and a line for each time it was changed.

A notice says "record R has status S by decision D" with its place in R's order. So it may come twice, late, or after a
younger one, and the copy is right all the same.
"""

import json
import sqlite3
import threading
from pathlib import Path
from typing import Any

TABLES = """
CREATE TABLE IF NOT EXISTS copy (record TEXT PRIMARY KEY, sequence INTEGER NOT NULL, version INTEGER NOT NULL,
    status TEXT NOT NULL, basis TEXT NOT NULL, hash TEXT NOT NULL, face TEXT);
CREATE TABLE IF NOT EXISTS applied (line INTEGER PRIMARY KEY, message INTEGER NOT NULL, record TEXT NOT NULL,
    sequence INTEGER NOT NULL, status TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS applied_message ON applied (message);
"""
KEPT = ("sequence", "version", "status", "basis", "hash")
NEEDED = {"id": int, "record": str, "sequence": int, "version": int, "status": str, "basis": str, "hash": str}
KNOWN = ("published", "internal_only", "suspended", "archived", "withdrawn", "deleted")


class Book:
    """The file with the copy; one connection, used by one thread at a time."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.lock = threading.Lock()
        self.db = sqlite3.connect(path, check_same_thread=False)
        self.db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;" + TABLES)

    def take(self, messages: list[Any]) -> list[dict[str, Any]]:
        """Apply a delivery in one transaction; a result for each message that has an id."""
        with self.lock, self.db:
            return [self._one(one) for one in messages if isinstance(one, dict) and type(one.get("id")) is int]

    def _one(self, message: dict[str, Any]) -> dict[str, Any]:
        wrong = [name for name, kind in NEEDED.items() if type(message.get(name)) is not kind]
        if wrong:
            return {"id": message["id"], "outcome": "rejected", "reason": f"missing or wrong: {', '.join(wrong)}"}
        if message["status"] not in KNOWN:
            return {"id": message["id"], "outcome": "rejected", "reason": f"unknown status {message['status']}"}
        self._apply(message)
        return {"id": message["id"], "outcome": "accepted"}

    def _apply(self, message: dict[str, Any]) -> None:
        """Change the copy if the notice is younger than what is known, or if the copy is not what it says."""
        columns = ", ".join(KEPT)
        known = self.db.execute(f"SELECT {columns} FROM copy WHERE record = ?", (message["record"],)).fetchone()
        said = tuple(message[name] for name in KEPT)
        if known is not None and (known[0] > message["sequence"] or known == said):
            return
        face = json.dumps(message.get("record_now"), ensure_ascii=False)
        self.db.execute("INSERT OR REPLACE INTO copy VALUES (?, ?, ?, ?, ?, ?, ?)", (message["record"], *said, face))
        line = (message["id"], message["record"], message["sequence"], message["status"])
        self.db.execute("INSERT INTO applied (message, record, sequence, status) VALUES (?, ?, ?, ?)", line)

    def holdings(self, after: str, limit: int) -> list[dict[str, Any]]:
        """What is held, by record, after a cursor; for the sender's daily comparison."""
        query = f"SELECT record, {', '.join(KEPT)} FROM copy WHERE record > ? ORDER BY record LIMIT ?"
        with self.lock:
            rows = self.db.execute(query, (after, limit)).fetchall()
        return [dict(zip(("record", *KEPT), row, strict=True)) for row in rows]
