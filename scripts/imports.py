"""`./xinfu import`: judge a file of records row by row, and load what is accepted unless it is a dry run."""

import argparse
import datetime as dt
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy import select

from app import create_app
from launch.speech import both, say
from models.base import db
from models.organisation import Org
from models.record import ImportRow
from services import clock, importing
from services.transactions import read_only
from services.variants import variants
from settings import BadSettings, read_settings
from standards.categories import KINDS
from standards.columns import check_columns
from standards.readers import read_table
from standards.text import BadFile
from standards.verdicts import judge
from standards.words import T

WELL, FOUND, WRONG = 0, 1, 2
TICK = 2000
SUMMARY = T("{n}行：通过{accept}，待人工确认{warn}，不通过{reject}",
            "{n} rows: {accept} accepted, {warn} held, {reject} rejected")  # fmt: skip
LOADED = T("装入：新{new}，无变化{unchanged}，来源更正{corrected}，转存档{archived}，按决定阻止{blocked}，待处理{held}",
           "loaded: {new} new, {unchanged} unchanged, {corrected} corrected, {archived} archived, {blocked} kept out, "
           "{held} waiting")  # fmt: skip
AGAIN = T("同一文件已于批次{n}导入过", "the same file was imported before as batch {n}")
NO_ORG = T("没有代码为{code}的机构", "no organisation has the code {code}")
NO_DATA = T("数据文件夹还不能使用，请先运行 ./xinfu run：{why}",
            "the data folder cannot be used; run ./xinfu run first: {why}")  # fmt: skip

Told = tuple[int, str, list[str], str]


class Report:
    """{"rows": [{"row", "verdict", "codes", "message"}]}, written row by row."""

    def __init__(self, path: Path | None) -> None:
        self.stream = path.open("w", encoding="utf-8") if path else None
        self.count: Counter[str] = Counter()

    def write(self, rows: Iterable[Told]) -> None:
        """Write all rows, with progress on standard error."""
        if self.stream:
            self.stream.write('{"rows": [')
        for number, (row, verdict, codes, message) in enumerate(rows):
            self.count[verdict] += 1
            if self.stream:
                said = {"row": row, "verdict": verdict, "codes": codes, "message": message}
                self.stream.write(("," if number else "") + "\n" + json.dumps(said, ensure_ascii=False))
            if number % TICK == TICK - 1:
                progress(number + 1)
        if self.stream:
            self.stream.write("\n]}\n")
            self.stream.close()


def main(arguments: list[str] | None = None) -> int:
    """0 all accepted, 1 some held or rejected or the file cannot be read, 2 wrongly called."""
    wanted = _arguments(arguments)
    if wanted.data:
        os.environ["XINFU_DATA"] = str(wanted.data.resolve())
    try:
        return _dry(wanted) if wanted.dry_run else _really(wanted)
    except BadFile as bad:
        say(bad.sentence)
        return FOUND


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="xinfu import")
    parser.add_argument("kind", choices=sorted(KINDS))
    parser.add_argument("file", type=Path)
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("--report", type=Path)
    parser.add_argument("--today", type=dt.date.fromisoformat)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--org", default="", metavar="CODE")
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args(arguments)
    if not wanted.file.is_file():
        parser.error(f"{wanted.file}: no such file")
    if wanted.report and not wanted.report.resolve().parent.is_dir():
        parser.error(f"{wanted.report}: no such folder")
    return wanted


def _dry(wanted: argparse.Namespace) -> int:
    """Judge without a database."""
    category = KINDS[wanted.kind]
    table = read_table(wanted.file, wanted.file.name)
    check_columns(category, table.headers)
    report = Report(wanted.report)
    verdicts = judge(category, table.rows, wanted.today or clock.today(), variants())
    report.write((one.row, one.verdict, one.codes, one.message.zh) for one in verdicts)
    return _end(wanted, report, {})


def _really(wanted: argparse.Namespace) -> int:
    try:
        app = create_app(read_settings())
    except (BadSettings, OSError) as fault:
        say(NO_DATA.format(why=fault))
        return WRONG
    with app.app_context():
        with read_only():
            org_id = db.session.scalar(select(Org.id).where(Org.code == wanted.org)) if wanted.org else None
            before = importing.seen_before(wanted.file, org_id)
            known = before.id if before else 0
        if wanted.org and org_id is None:
            say(NO_ORG.format(code=wanted.org))
            return WRONG
        if known:
            say(AGAIN.format(n=known))
        return _import(wanted, org_id)


def _import(wanted: argparse.Namespace, org_id: int | None) -> int:
    """Stage and load as the system operator: there is no person, and whoever may run this owns the machine."""
    now = clock.now()
    today = wanted.today or clock.today()
    batch = importing.bring(wanted.kind, wanted.file.name, wanted.file, org_id, today, now, progress)
    report = Report(wanted.report)
    with read_only():
        report.write(_judged(batch))
        outcomes = {name: number for name, number in importing.counts(batch).items() if name in importing.OUTCOMES}
    return _end(wanted, report, {name: outcomes.get(name, 0) for name in importing.OUTCOMES} | {"batch": batch})


def _judged(batch_id: int) -> Iterator[Told]:
    query = select(ImportRow.row, ImportRow.verdict, ImportRow.codes, ImportRow.message)
    query = query.where(ImportRow.batch_id == batch_id).order_by(ImportRow.row)
    for row, verdict, codes, message in db.session.execute(query.execution_options(yield_per=TICK)):
        yield row, verdict, codes, message["zh"]


def _end(wanted: argparse.Namespace, report: Report, outcomes: dict[str, int]) -> int:
    count = {name: report.count[name] for name in importing.VERDICTS} | {"n": report.count.total()}
    if wanted.json:
        print(json.dumps({"rows": count.pop("n"), **count, **outcomes}))
    else:
        print(both(SUMMARY.format(**count)))
        if outcomes:
            print(both(LOADED.format(**outcomes)))
    return FOUND if report.count["warn"] or report.count["reject"] or outcomes.get("held") else WELL


def progress(rows: int) -> None:
    """How far it is, on standard error."""
    print(f"{rows}", file=sys.stderr, end="\r", flush=True)


if __name__ == "__main__":
    sys.exit(main())
