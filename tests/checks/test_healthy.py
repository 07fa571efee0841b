"""A healthy world is clean, and every invariant has really looked at something."""

import json
import os
import subprocess
import sys
from pathlib import Path

from checks import accused, orders
from checks.outcome import INVARIANTS
from scripts import check

ROOT = Path(__file__).parents[2]


def test_nothing_is_wrong_with_a_healthy_world(healthy, found):
    outcomes = found(healthy)
    assert [] == [f"{one.code}: {fault.en}" for one in outcomes for fault in one.faults]


ELSEWHERE = (accused.accused_stay_out, accused.letters_keep_the_secret, orders.orders_pass_three_people,
             orders.publication_rests_on_paper, orders.removals_hold)  # fmt: skip
OVER_THE_PRODUCT = {title.en for _, title, check in INVARIANTS if check in ELSEWHERE}


def test_every_invariant_tried_something(healthy, found):
    """A test that tried nothing is a failure (the papers' rule for honest figures)."""
    outcomes = found(healthy)
    untried = {one.title.en for one in outcomes if not one.tried}
    assert OVER_THE_PRODUCT == untried  # the little world has none: test_accused.py, test_orders.py try these
    assert {*(f"I{number}" for number in range(1, 17)), "W"} == {one.code for one in outcomes}


def test_nothing_is_written(healthy, found):
    """The whole database stays as it was, byte for byte where it is a file."""
    path = healthy.data_dir / "xinfu.db"
    before = path.read_bytes() if path.exists() else b""
    found(healthy)
    assert before == (path.read_bytes() if path.exists() else b"")


def test_the_command_is_clean(healthy):
    done = _command(healthy)
    said = json.loads(done.stdout)
    assert (0, True, 0) == (done.returncode, said["clean"], said["failed"])
    assert said["tried"] > 300


def test_the_command_is_refused_without_a_database(tmp_path, monkeypatch, capsys):
    (tmp_path / "secret.key").write_text("k" * 40)
    monkeypatch.delenv("XINFU_DATABASE_URL", raising=False)
    assert check.WRONGLY_CALLED == check.main(["--data", str(tmp_path)])
    assert "there is no database" in capsys.readouterr().err


def _command(settings):
    """Run `xinfu check` in a process that has none of the product's listeners on its connections."""
    (settings.data_dir / "secret.key").write_text("k" * 40)
    environment = {**os.environ, "XINFU_DATABASE_URL": settings.database_url, "XINFU_OWNER_URL": settings.owner_url}
    line = [sys.executable, "-m", "scripts.check", "--data", str(settings.data_dir), "--json"]
    done = subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert "" == done.stderr
    return done
