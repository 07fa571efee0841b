"""`./xinfu holidays`: the same checks as the screen, tried dry first, then counted with notice to the people."""

import datetime as dt
import json
from pathlib import Path

import pytest
from sqlalchemy import select

from models.case import Case
from models.outbox import Notice
from models.rules import CalendarYear
from scripts import calendar
from services import clock, jobs, rules
from tests.administration.test_calendar import NOTICE, YEAR

NAMED = ["--source", "国办发明电〔2026〕9号"]
TEMPLATE = Path(__file__).parent.parent.parent / "docs" / "operations" / "holidays-template.csv"


@pytest.fixture
def command(app, tmp_path, monkeypatch):
    """Run the command on the application of the test; its exit code."""
    monkeypatch.setattr(calendar, "create_app", lambda settings: app)
    monkeypatch.setattr(calendar, "read_settings", lambda: app.config["SETTINGS"])

    def run(table: str | bytes, *more: str, year: int = YEAR) -> int:
        path = tmp_path / "notice.csv"
        path.write_bytes(table if isinstance(table, bytes) else table.encode())
        return calendar.main([str(year), str(path), *more])

    return run


def test_a_dry_run_says_what_would_move_and_loads_nothing(app, office, command, stored, capsys):
    with clock.standing_at(dt.datetime(2027, 2, 4, 2, tzinfo=dt.UTC)):
        rules.forget()
        number = office.a_case("dept_verifying")
        assert command(NOTICE, "--dry-run", "--json") == 0
        said = json.loads(capsys.readouterr().out)
        assert (said["year"], said["off"], said["work"], said["loaded"]) == (YEAR, 3, 1, False)
        assert {"case": number, "limit": "O-T5", "before": "2027-02-09", "after": "2027-02-11",
                "provisional": False} in said["moved"]  # fmt: skip
        assert stored(select(CalendarYear.year)) == []
        assert stored(select(Case.due_on))[0][0] == dt.date(2027, 2, 9)

        assert command(NOTICE.encode("gb18030"), *NAMED) == 0
        assert "已载入" in capsys.readouterr().out
        with app.app_context():
            jobs.run_all(clock.now())
        assert stored(select(CalendarYear.year, CalendarYear.source, CalendarYear.loaded_by)) == [
            (YEAR, "国办发明电〔2026〕9号", None)]  # fmt: skip
        assert stored(select(Case.due_on))[0][0] == dt.date(2027, 2, 11)
        assert stored(select(Notice.id).where(Notice.zh.contains("由2027-02-09调整为2027-02-11")))


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (NOTICE + "2027-02-05,放假\n", "重复出现"), (NOTICE + "2027-02-30,放假\n", "不是日期"),
        (NOTICE + "2027-02-04,上班\n", "不是周末"), (NOTICE + "2028-05-01,放假\n", "不在2027年的通知范围内"),
        (NOTICE + "2027-03-01,也许\n", "应为“放假”或“上班”"), ("", "没有可读取的内容"),
    ],
)  # fmt: skip
def test_a_file_with_one_fault_loads_nothing(command, office, stored, capsys, table, why):
    assert command(table, *NAMED) == 1
    said = capsys.readouterr()
    assert why in said.out + said.err
    assert stored(select(CalendarYear.year)) == []


def test_a_year_too_far_away_and_a_load_without_its_source_are_refused(command, office, stored):
    assert command(NOTICE, *NAMED, year=1999) == 1
    with pytest.raises(SystemExit) as wrong:
        command(NOTICE)
    assert wrong.value.code == 2 and stored(select(CalendarYear.year)) == []


def test_the_template_is_a_file_that_can_be_loaded(command, office, stored):
    assert command(TEMPLATE.read_bytes(), *NAMED) == 0
    assert stored(select(CalendarYear.year)) == [(2027,)]
