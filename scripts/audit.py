"""`./xinfu audit export OUT.jsonl` and `./xinfu audit verify FILE.jsonl`: the sealed chain as a file of its own.

A bundle is JSON lines: a head {"format", "count", "head", "at"}, then for each link {"link", "hash", "event"}, at the
end one {"anchor", "head"} per anchor. Verifying it needs this program and the file, no database; with --anchors FILE
the anchors come from a copy that was kept elsewhere, with --head HEX a head printed on a decision is looked for.
"""

import argparse
import datetime as dt
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app import create_app
from launch.speech import both
from models.base import db
from services import clock, sealer
from services.chain import GENESIS, HASHED
from services.sealer import EVENT, LINK, Walk, read_anchors
from services.transactions import read_only
from settings import read_settings
from standards.words import T

FORMAT = "xinfu-audit/1"
MOST_SHOWN = 50


def main(arguments: list[str] | None = None) -> int:
    """0 everything holds (or was written), 1 something does not, 2 wrongly called."""
    wanted = _arguments(arguments)
    if wanted.act == "export":
        with create_app(read_settings()).app_context():
            count = export(Path(wanted.file))
        print(both(T("已导出 {n} 条事件", "{n} events exported").format(n=count)))
        return 0
    try:
        with open(wanted.file, encoding="utf-8") as lines:
            elsewhere = Path(wanted.anchors).read_text(encoding="ascii").splitlines() if wanted.anchors else []
            faults, count = verify(lines, read_anchors(elsewhere), wanted.head)
    except (OSError, UnicodeDecodeError) as error:
        print(both(T("无法读取：{e}", "cannot be read: {e}").format(e=error)), file=sys.stderr)
        return 2
    return _tell(faults, count)


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="xinfu audit")
    parser.add_argument("act", choices=("export", "verify"))
    parser.add_argument("file")
    parser.add_argument("--anchors", default="")
    parser.add_argument("--head", default="")
    return parser.parse_args(arguments)


def _tell(faults: list[str], count: int) -> int:
    for fault in faults[:MOST_SHOWN]:
        print(fault)
    if faults:
        print(both(T("{n} 处不符", "{n} faults").format(n=len(faults))))
        return 1
    print(both(T("{n} 条事件，全部相符", "{n} events, all as sealed").format(n=count)))
    return 0


def export(target: Path) -> int:
    """Seal what waits, then write the bundle, on disk before it gets its name; how many events."""
    sealer.seal(clock.now())
    part = target.with_name(target.name + ".part")
    count = 0
    with read_only(), open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        for line in _lines():
            out.write(json.dumps(line, ensure_ascii=False, sort_keys=True, default=_plain) + "\n")
            count += "link" in line
        out.flush()
        os.fsync(out.fileno())
    part.replace(target)
    return count


def _lines() -> Iterator[dict[str, Any]]:
    last = db.session.execute(select(LINK.c.id, LINK.c.hash).order_by(LINK.c.id.desc()).limit(1)).first()
    count, head = (last.id, last.hash) if last else (0, GENESIS)
    yield {"format": FORMAT, "count": count, "head": head, "at": clock.now()}
    columns = [EVENT.c[name] for name in (*HASHED, "id", "prev_hash", "hash")]
    query = select(LINK.c.id.label("link"), LINK.c.hash.label("sealed"), *columns)
    query = query.join(EVENT, EVENT.c.id == LINK.c.event_id).where(LINK.c.id <= count).order_by(LINK.c.id)
    for row in db.session.execute(query.execution_options(yield_per=2000)).mappings():
        event = {name: row[name] for name in (*HASHED, "id", "prev_hash", "hash")}
        yield {"link": row["link"], "hash": row["sealed"], "event": event}
    for _, anchored, head in sealer.anchors():
        yield {"anchor": anchored, "head": head}


def _plain(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return str(value.isoformat())


def verify(lines: Iterable[str], elsewhere: list[tuple[int, str]], head: str = "") -> tuple[list[str], int]:
    """Recompute a bundle; what is wrong, in words, and how many events it holds."""
    walk, heads, faults = Walk(), [GENESIS], list[str]()
    told, anchors = {"count": -1, "head": ""}, list(elsewhere)
    for number, text in enumerate(lines, 1):
        try:
            _take(json.loads(text), walk, heads, faults, told, anchors)
        except (ValueError, KeyError, TypeError) as error:
            faults.append(f"line {number}: not part of a bundle ({type(error).__name__})")
    if (told["count"], told["head"]) != (len(heads) - 1, heads[-1]):
        faults.append(f"the bundle holds {len(heads) - 1} events but says {told['count']}, or another head")
    faults += [f"anchor of {count} links: the chain does not agree with it" for count, anchored in anchors
               if not 0 <= count < len(heads) or heads[count] != anchored]  # fmt: skip
    if head and head not in heads:
        faults.append(f"head {head}: not in this chain")
    return faults, len(heads) - 1


def _take(
    said: Mapping[str, Any], walk: Walk, heads: list[str], faults: list[str], told: dict[str, Any],
    anchors: list[tuple[int, str]],
) -> None:  # fmt: skip
    if "format" in said:
        if said["format"] != FORMAT:
            faults.append(f"format {said['format']!r} is not known")
        told |= {"count": said["count"], "head": said["head"]}
    elif "anchor" in said:
        anchors.append((int(said["anchor"]), said["head"]))
    else:
        event = said["event"]
        row = {**event, "at": dt.datetime.fromisoformat(event["at"]),
               "effective_on": dt.date.fromisoformat(event["effective_on"])}  # fmt: skip
        faults += walk.event(row)
        faults += walk.link(said["link"], event["id"], event["hash"], said["hash"], event["hash"])
        heads.append(said["hash"])


if __name__ == "__main__":
    sys.exit(main())
