"""Violations outside the rows: files, logs, anchor files, triggers; and what is only noted."""

import hashlib
import os

import pytest
from sqlalchemy import text

from tests.checks.conftest import past_the_walls
from tests.checks.test_planted import faults

PLACE = "SELECT f.sha256 FROM document_file f JOIN document p ON p.id = f.document_id WHERE p.paper = 'D07'"


@pytest.fixture
def letter(healthy):
    """The PDF of the decision."""
    with past_the_walls(healthy) as connection:
        digest = connection.execute(text(PLACE)).scalar_one()
    return healthy.data_dir / "files" / digest[:2] / digest


def one(outcomes):
    """The only thing found."""
    (found,) = faults(outcomes)
    return found


def test_a_lost_file_is_found(healthy, found, letter):
    letter.unlink()
    code, said = one(found(healthy))
    assert "I9" == code and said.endswith("is not on disk") and "D07 鄂前信异决〔2026〕1号" in said


def test_a_flipped_bit_is_found(healthy, found, letter):
    data = bytearray(letter.read_bytes())
    data[100] ^= 1
    letter.write_bytes(data)
    assert "is damaged or has been changed" in one(found(healthy))[1]


def test_a_file_that_is_no_pdf_is_found(healthy, found, letter):
    """Even when somebody made hash and size fit."""
    data = b"%PDF-1.7 but nothing else"
    digest = hashlib.sha256(data).hexdigest()
    place = healthy.data_dir / "files" / digest[:2] / digest
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(data)
    with past_the_walls(healthy) as connection:
        fitting = {"new": digest, "size": len(data), "old": letter.name}
        connection.execute(text("UPDATE document_file SET sha256 = :new, size = :size WHERE sha256 = :old"), fitting)
    assert "is no readable PDF" in one(found(healthy))[1]


def test_an_old_orphan_is_found_and_a_young_one_is_not(healthy, found):
    young = healthy.data_dir / "files" / "ab" / ("ab" * 32)
    young.parent.mkdir(exist_ok=True)
    young.write_bytes(b"of an act still under way")
    assert [] == faults(found(healthy))
    os.utime(young, (1e9, 1e9))
    code, said = one(found(healthy))
    assert "I10" == code and f"no row knows the file files/ab/{'ab' * 32}" in said


def test_an_identity_number_in_a_log_is_found(healthy, found):
    with (healthy.data_dir / "log" / "web.log").open("a") as log:
        log.write("POST /subjects id_no=15272419900101001X 200\nPOST /subjects id_no=152724199001010011 200\n")
    code, said = one(found(healthy))
    assert ("I16", "line 3 of the log web.log shows the identity number 1****************1") == (code, said)


@pytest.mark.parametrize("line", ['{"count": 3, "head": "00"}', '{"count": 3, "he'])
def test_a_false_line_in_an_anchor_file_is_found(healthy, found, line):
    with (healthy.data_dir / "anchors" / "2026.jsonl").open("a") as anchors:
        anchors.write(line + "\n")
    code, said = one(found(healthy))
    assert "I6" == code and "in the anchor file 2026.jsonl does not match" in said


def test_a_missing_trigger_is_found(healthy, found):
    with past_the_walls(healthy, for_good="wall_case_event_never_update"):
        pass
    assert ("W", "trigger wall_case_event_never_update is missing in the database") == one(found(healthy))


def test_a_waiting_job_is_noted_and_no_fault(healthy, found):
    with past_the_walls(healthy) as connection:
        connection.execute(text("UPDATE job SET done_at = NULL"))
    outcomes = found(healthy)
    assert [] == faults(outcomes)
    assert ["1 jobs are waiting, the oldest for 40 days, 22:00:00"] == [n.en for o in outcomes for n in o.notes]
