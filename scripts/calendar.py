"""`./xinfu holidays`: look at a year's official calendar in a CSV file, and load it unless it is a dry run."""

import argparse
import json
import os
import sys
from pathlib import Path

from app import create_app
from launch.speech import CannotGoOn, both
from scripts.refusing import or_refuse
from services import calendars, clock, recount, rules
from services.calendars import Notice
from services.duedays import Shift
from services.transactions import read_only, writing
from settings import read_settings
from standards.text import BadFile
from standards.words import T
from workflow.flow import Limit

WELL, FOUND = 0, 1
LARGEST = 1 << 20
READ = T("{year}年：放假{off}天，调休上班{work}天", "{year}: {off} days off, {work} days worked instead")
SHIFT = T("案件{number}“{limit}”：{old}→{new}{still}", "case {number}, {limit}: {old} -> {new}{still}")
STILL = T("（仍为暂定）", " (still provisional)")
MOVED = T("将重新计算在办案件期限{n}项", "{n} limits of open cases will be counted again")
DRY = T("仅试算，未载入", "dry run: nothing was loaded")
LOADED = T("已载入；后台将重新计算并告知有关人员", "loaded; the worker counts again and tells the people concerned")
NO_YEAR = T("只能载入2004年至后年的放假安排", "only years from 2004 to the year after next can be loaded")
LARGE = T("文件超过1 MB", "the file is larger than 1 MB")
SHOWN = 40


def main(arguments: list[str] | None = None) -> int:
    """0 read (and loaded), 1 refused with every fault of the file, 2 wrongly called."""
    wanted = _arguments(arguments)
    if wanted.data:
        os.environ["XINFU_DATA"] = str(wanted.data.resolve())
    return or_refuse(lambda: _carry_out(wanted))


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="xinfu holidays")
    parser.add_argument("year", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--source", default="", metavar="WORDS", help="the notice, e.g. 国办发明电〔2026〕9号")
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args(arguments)
    if not wanted.file.is_file():
        parser.error(f"{wanted.file}: no such file")
    if not (wanted.dry_run or wanted.source.strip()):
        parser.error("--source: name the notice the days come from")
    return wanted


def _carry_out(wanted: argparse.Namespace) -> int:
    """Read and judge the whole file first; then count; then, unless it is a dry run, load it in one transaction."""
    try:
        notice = _read(wanted)
    except BadFile as bad:
        raise CannotGoOn(bad.sentence) from None
    with create_app(read_settings()).app_context():
        with read_only():
            moved = recount.trial(rules.calendar().with_year(notice.year, notice.off, notice.makeup), clock.today())
        if not wanted.dry_run:
            with writing():
                calendars.load(notice, wanted.source.strip()[:200], None, clock.now())
    _tell(wanted, notice, moved)
    return WELL


def _read(wanted: argparse.Namespace) -> Notice:
    if not calendars.loadable(wanted.year, clock.today()):
        raise BadFile(NO_YEAR)
    if wanted.file.stat().st_size > LARGEST:
        raise BadFile(LARGE)
    return calendars.read(wanted.file.read_bytes(), wanted.year)


def _tell(wanted: argparse.Namespace, notice: Notice, moved: list[tuple[str, Shift]]) -> None:
    """What was read, which limits move, and whether it counts now."""
    if wanted.json:
        told = {"year": notice.year, "off": len(notice.off), "work": len(notice.makeup), "loaded": not wanted.dry_run,
                "moved": [_as_data(*one) for one in moved]}  # fmt: skip
        print(json.dumps(told, ensure_ascii=False))
        return
    print(both(READ.format(year=notice.year, off=len(notice.off), work=len(notice.makeup))))
    for number, one in moved[:SHOWN]:
        limit: Limit = one.after.limit
        still = STILL if one.after.provisional else T("", "")
        print(both(SHIFT.format(number=number, limit=limit.label, old=one.before.due_on, new=one.after.due_on,
                                still=still)))  # fmt: skip
    print(both(MOVED.format(n=len(moved))))
    print(both(DRY if wanted.dry_run else LOADED))


def _as_data(number: str, one: Shift) -> dict[str, object]:
    return {"case": number, "limit": one.after.limit.name, "before": one.before.due_on.isoformat(),
            "after": one.after.due_on.isoformat(), "provisional": one.after.provisional}  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
