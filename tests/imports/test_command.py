"""`./xinfu import`: exit codes, the report, a dry run that needs no database, and a load from the command line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import imports

ROOT = Path(__file__).parent.parent.parent
DATA = ROOT / "tests" / "data"
EXPECTED = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))


def run(*arguments, **environment):
    line = [sys.executable, "-m", "scripts.imports", *map(str, arguments)]
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, env={"PATH": "/usr/bin:/bin", **environment})


GIVEN = [("penalties", "penalties", 1), ("penalties-gb18030", "penalties", 1), ("permits", "permits", 0)]
WRONG = [("nonsense", "x.csv"), ("penalties",), ("penalties", "no-such-file.csv"),
         ("penalties", str(DATA / "penalties.csv"), "--today", "yesterday"),
         ("penalties", str(DATA / "penalties.csv"), "--report", "/no/such/folder/x")]  # fmt: skip


@pytest.mark.parametrize(("name", "kind", "code"), GIVEN)
def test_a_dry_run_reports_exactly_what_is_expected(name, kind, code, tmp_path):
    report = tmp_path / "out.json"
    wanted = ("--dry-run", "--today", "2026-11-23", "--report", report, "--data", tmp_path / "nothing", "--json")
    done = run(kind, DATA / f"{name}.csv", *wanted)
    assert code == done.returncode, done.stderr
    said = json.loads(report.read_text(encoding="utf-8"))
    assert ["rows"] == list(said)
    assert all(["row", "verdict", "codes", "message"] == list(row) for row in said["rows"])
    found = [(row["row"], row["verdict"], row["codes"]) for row in said["rows"]]
    assert [(one["row"], one["expect"], [one["why"]] if one["why"] else []) for one in EXPECTED[kind]] == found
    assert 240 == json.loads(done.stdout)["rows"] and not (tmp_path / "nothing").exists()


def test_the_day_decides(tmp_path):
    report = tmp_path / "out.json"
    run("penalties", DATA / "penalties.csv", "--dry-run", "--today", "2030-01-01", "--report", report)
    codes = [code for row in json.loads(report.read_text())["rows"] for code in row["codes"]]
    assert "decision_date_in_future" not in codes and "date_not_real" in codes


@pytest.mark.parametrize("arguments", WRONG)
def test_wrongly_called(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        imports.main(list(arguments))
    assert 2 == ended.value.code and "usage" in capsys.readouterr().err


def test_a_file_that_is_no_table(tmp_path, capsys):
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"a,b\n1,2\n")
    assert 1 == imports.main(["penalties", str(bad), "--dry-run"])
    assert "必填列" in capsys.readouterr().err


def test_from_the_command_line_to_the_record(app, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(imports, "create_app", lambda _settings: app)
    monkeypatch.setattr(imports, "read_settings", lambda: app.config["SETTINGS"])
    file, report = str(DATA / "permits.csv"), tmp_path / "out.json"
    assert 1 == imports.main(["permits", file, "--json", "--report", str(report)]), "no authority is registered yet"
    said = json.loads(capsys.readouterr().out)
    assert (240, 240, 0) == (said["rows"], said["held"], said["new"])
    assert 240 == len(json.loads(report.read_text(encoding="utf-8"))["rows"])
    assert 2 == imports.main(["permits", file, "--org", "11150623116000109L"])
    assert "没有代码" in capsys.readouterr().err
    imports.main(["permits", file])
    assert "同一文件已于批次1导入过" in capsys.readouterr().err
