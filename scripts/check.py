"""`./xinfu check`: whether everything that is stored still holds together. Reads only."""

import argparse
import json
import os
import sys
from typing import Any

from sqlalchemy.exc import DBAPIError

from checks.book import NoData, opened
from checks.everything import look
from checks.outcome import Outcome
from launch.speech import both, say
from settings import BadSettings, read_settings
from standards.words import T, Text

CLEAN, FOUND, WRONGLY_CALLED = 0, 1, 2
NO_DATA = T("数据文件夹中没有可核对的数据库：{e}", "there is no database to check: {e}")
UNREADABLE = T("数据库无法读取：{e}", "the database cannot be read: {e}")
SETTINGS = T("设置有误：{e}", "settings: {e}")
ALL_WELL = T("核对{tried}项，未见问题", "{tried} things checked, nothing wrong")
NOT_WELL = T("核对{tried}项，发现{failed}个问题", "{tried} things checked, {failed} faults found")


def main(arguments: list[str] | None = None) -> int:
    """Look at one installation; 0 clean, 1 something is wrong, 2 wrongly called."""
    wanted = _arguments(arguments)
    if wanted.data:
        os.environ["XINFU_DATA"] = wanted.data
    try:
        with opened(read_settings()) as book:
            outcomes = look(book)
    except BadSettings as error:
        return _refuse(SETTINGS.format(e=error))
    except NoData as error:
        return _refuse(NO_DATA.format(e=error))
    except DBAPIError as error:
        return _refuse(UNREADABLE.format(e=str(error).splitlines()[0]))
    print(json.dumps(_as_data(outcomes), ensure_ascii=False, indent=1) if wanted.json else _as_text(outcomes))
    return FOUND if any(outcome.faults for outcome in outcomes) else CLEAN


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="xinfu check")
    parser.add_argument("--data", metavar="DIR")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(arguments)


def _refuse(text: Text) -> int:
    say(text)
    return WRONGLY_CALLED


def _as_text(outcomes: list[Outcome]) -> str:
    lines = []
    for outcome in outcomes:
        lines.append(f"{outcome.code:4}{outcome.tried:>9} {len(outcome.faults):>6}  {both(outcome.title)}")
        lines += [f"      ✗ {both(fault)}" for fault in outcome.faults]
        lines += [f"      · {both(note)}" for note in outcome.notes]
    tried, failed = (sum(one.tried for one in outcomes), sum(len(one.faults) for one in outcomes))
    return "\n".join([*lines, both((NOT_WELL if failed else ALL_WELL).format(tried=tried, failed=failed))])


def _as_data(outcomes: list[Outcome]) -> dict[str, Any]:
    """{"clean", "tried", "failed", "invariants": [{"code", "title", "tried", "faults", "notes"}]}; texts in zh, en."""
    told = [
        {"code": one.code, "title": _pair(one.title), "tried": one.tried,
         "faults": [_pair(text) for text in one.faults], "notes": [_pair(text) for text in one.notes]}
        for one in outcomes
    ]  # fmt: skip
    failed = sum(len(one.faults) for one in outcomes)
    return {"clean": not failed, "tried": sum(one.tried for one in outcomes), "failed": failed, "invariants": told}


def _pair(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


if __name__ == "__main__":
    sys.exit(main())
