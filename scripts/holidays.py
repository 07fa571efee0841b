"""Write data/holidays.json: the official off days and make-up days of 2004 to 2026, out of chinesecalendar."""

import json
from collections import defaultdict
from datetime import date
from pathlib import Path

from chinese_calendar.constants import holidays, workdays

TARGET = Path(__file__).resolve().parent.parent / "data" / "holidays.json"


def main() -> None:
    """One entry per year of the notices of the State Council's General Office."""
    years: dict[int, dict[str, list[str]]] = defaultdict(lambda: {"off": [], "makeup": []})
    for day in sorted(holidays):
        years[day.year]["off"].append(day.isoformat())
    for day in sorted(workdays):
        years[day.year]["makeup"].append(day.isoformat())
    TARGET.write_text(rendered(years), encoding="utf-8")


def rendered(years: dict[int, dict[str, list[str]]]) -> str:
    """JSON with one line per list, so that a changed year is one changed line."""
    lines = [f'  "{year}": {{\n    "off": {json.dumps(days["off"])},\n    "makeup": {json.dumps(days["makeup"])}\n  }}'
             for year, days in sorted(years.items())]
    source = "State Council General Office notices, as collected by chinesecalendar 1.11.0 (MIT)"
    return f'{{"source": {json.dumps(source)},\n "years": {{\n' + ",\n".join(lines) + "\n}}\n"


if __name__ == "__main__":
    assert date(2026, 1, 1) in holidays, "chinesecalendar is older than the shipped data"
    main()
