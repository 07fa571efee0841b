"""One chain over all events: what was changed, cut, swapped or made up afterwards is found and named."""

import contextlib
import datetime as dt
import json
import sqlite3
import threading
import time

import pytest
from sqlalchemy import create_engine, make_url, text

from models.base import db
from models.case import CaseEvent
from scripts import audit
from services import sealer
from services.chain import GENESIS
from services.sealer import EVENT, LINK, link_hash
from services.transactions import read_only, writing
from tests.services.conftest import NOW


@pytest.fixture
def sealed(office, here):
    """Two cases, every event sealed, the chain anchored."""
    office.a_case("office_review")
    office.a_record(penalty_doc_no="鄂前市监罚〔2026〕8号")
    with writing():
        db.session.execute(text("UPDATE case_item SET ground = 'G02'"))
    office.a_case("dept_verifying")
    assert seal_all(8) == 8
    assert sealer.anchor(NOW)
    assert found() == []
    return here


def seal_all(count):
    """Seal until so many are added; on PostgreSQL transactions of other databases make the sealer wait, too."""
    until, added = time.monotonic() + 20, 0
    while added < count and time.monotonic() < until:
        added += sealer.seal(NOW)
    return added


def found():
    with read_only():
        return sealer.verify()


def as_owner(app, *statements):
    """Past walls and foreign keys, as somebody with the keys of the machine could."""
    url = make_url(app.config["SETTINGS"].owner_url)
    if url.get_backend_name() == "sqlite":
        with contextlib.closing(sqlite3.connect(url.database or "")) as raw, raw:
            walls = raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
            raw.executescript("; ".join([*(f"DROP TRIGGER {name}" for (name,) in walls), *statements]))
        return
    engine = create_engine(url)
    with engine.begin() as connection:
        for obstacle in connection.execute(text(OBSTACLES)).scalars().all():
            connection.execute(text(obstacle))
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


OBSTACLES = """
SELECT format('DROP TRIGGER %I ON %s', tgname, CAST(tgrelid AS regclass)) FROM pg_trigger WHERE NOT tgisinternal
UNION SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', CAST(conrelid AS regclass), conname)
FROM pg_constraint WHERE contype = 'f' AND confrelid = CAST('case_event' AS regclass)
"""


def test_links_follow_the_events_in_order(sealed):
    with read_only():
        links = db.session.execute(db.select(LINK.c.id, LINK.c.event_id, LINK.c.hash).order_by(LINK.c.id)).all()
        events = db.session.execute(db.select(EVENT.c.id, EVENT.c.hash).order_by(EVENT.c.id)).all()
    assert [link.id for link in links] == list(range(1, 9))
    assert [link.event_id for link in links] == [event.id for event in events]
    assert links[0].hash == link_hash(GENESIS, events[0].hash)
    assert links[7].hash == link_hash(links[6].hash, events[7].hash)


def test_sealing_twice_adds_nothing(sealed):
    assert sealer.seal(NOW) == 0


TAMPERING = {
    "an event edited": ("UPDATE case_event SET person_name = '另一人' WHERE seq = 2", "was changed"),
    "facts edited": ("UPDATE case_event SET facts = '{\"findings\": {}}' WHERE step = 'report'", "was changed"),
    "an event deleted": ("DELETE FROM chain_link WHERE event_id = 3; DELETE FROM case_event WHERE id = 3", "missing"),
    "the last link cut": ("DELETE FROM chain_link WHERE id = 8", "anchor of 8 links"),
    "a link cut": ("DELETE FROM chain_link WHERE id = 4", "links are missing"),
    "a link edited": ("UPDATE chain_link SET hash = '" + "0" * 64 + "' WHERE id = 4", "link 4"),
    "a link turned to another event": ("UPDATE chain_link SET event_hash = '" + "1" * 64 + "' WHERE id = 5", "link 5"),
    "the tail cut off": ("DELETE FROM chain_link WHERE id > 6; DELETE FROM case_event WHERE id > 6", "has"),
    "an anchor edited": ("UPDATE anchor SET count = 7", "anchor of 7 links"),
    "a case set ahead": ("UPDATE case_file SET version = version + 1 WHERE id = 1", "case 1: stands at version"),
}


@pytest.mark.parametrize("name", TAMPERING)
def test_tampering_is_found_and_named(sealed, name):
    statements, words = TAMPERING[name]
    as_owner(sealed, *statements.split("; "))
    faults = found()
    assert [fault for fault in faults if words in fault], faults


def test_a_history_rewritten_with_all_its_hashes_still_differs_from_its_anchors(sealed):
    rewrite(sealed)
    assert found() != []
    assert all("anchor" in fault for fault in found()), "only the anchors know"
    for path in sealer.anchors_dir().iterdir():
        path.unlink()
    as_owner(sealed, "DELETE FROM anchor")
    assert found() == [], "negative control: without anchors nobody could tell"


def rewrite(app):
    """Change an event and rebuild every hash after it, as a database administrator could."""
    as_owner(app, "UPDATE case_event SET person_name = '另一人' WHERE id = 1")
    with read_only():
        rows = [dict(row) for row in db.session.execute(db.select(EVENT).order_by(EVENT.c.id)).mappings()]
    heads, statements, chain = {}, [], GENESIS
    for number, row in enumerate(rows, 1):
        former = heads.get(row["case_id"], GENESIS)
        heads[row["case_id"]] = new = sealer.event_hash(former, row)
        chain = link_hash(chain, new)
        statements.append(f"UPDATE case_event SET prev_hash = '{former}', hash = '{new}' WHERE id = {row['id']}")
        statements.append(f"UPDATE chain_link SET event_hash = '{new}', hash = '{chain}' WHERE id = {number}")
    as_owner(app, *statements)


def test_one_anchor_a_day_in_the_file_and_in_the_database(sealed):
    assert sealer.anchor(NOW + dt.timedelta(hours=13, minutes=59)) is False
    assert sealer.anchor(NOW + dt.timedelta(hours=14)) is True  # midnight in Shanghai
    lines = [json.loads(line) for line in (sealer.anchors_dir() / "2026.jsonl").read_text().splitlines()]
    with read_only():
        heads = db.session.execute(db.select(LINK.c.hash).order_by(LINK.c.id)).scalars().all()
    assert [(line["count"], line["head"]) for line in lines] == [(8, heads[7])] * 2
    assert found() == []


def test_a_lost_anchor_line_is_noticed(sealed):
    (sealer.anchors_dir() / "2026.jsonl").write_text('{"count": 8, "head"')
    assert any("2026.jsonl" in fault for fault in found())


def test_two_sealers_at_once_make_one_chain(office, here):
    office.a_case("office_review")
    added, ready, until = [], threading.Barrier(4), time.monotonic() + 20

    def work():
        with here.app_context():
            ready.wait()
            while sum(added) < 5 and time.monotonic() < until:
                added.append(sealer.seal(NOW))
            db.session.remove()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(added) == 5
    assert found() == []


def test_an_event_of_an_open_transaction_is_waited_for(office, here):
    """PostgreSQL gives ids out before the commit: a later event may be visible while an earlier one is not."""
    number = office.a_case("accepted")
    seal_all(2)
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite lets one transaction write at a time")
    with db.engine.connect() as slow:
        held = slow.execute(text("SELECT nextval(pg_get_serial_sequence('case_event', 'id')), txid_current()")).one()
        office.act("officer", number, "dispatch", **office.facts(number, "dispatch"))
        assert sealer.seal(NOW) == 0, "an event of the slow transaction might still come first"
        slow.rollback()
    assert seal_all(1) == 1
    with read_only():
        assert db.session.execute(db.select(db.func.max(LINK.c.event_id))).scalar() > held[0]


@pytest.fixture
def bundle(sealed, tmp_path):
    path = tmp_path / "bundle.jsonl"
    assert audit.export(path) == 8
    return path


def judged(path, **more):
    with open(path, encoding="utf-8") as lines:
        return audit.verify(lines, more.get("elsewhere", []), more.get("head", ""))


def test_a_bundle_is_verified_without_a_database(bundle):
    assert judged(bundle) == ([], 8)
    assert audit.main(["verify", str(bundle)]) == 0
    head = json.loads(bundle.read_text().splitlines()[0])["head"]
    assert judged(bundle, head=head) == ([], 8)
    assert judged(bundle, elsewhere=[(8, head)]) == ([], 8)


def test_a_changed_bundle_is_found_out(bundle, tmp_path):
    lines = bundle.read_text(encoding="utf-8").splitlines()
    changed = {
        "edited": [*lines[:3], lines[3].replace('"role": "CO"', '"role": "LD"'), *lines[4:]],
        "deleted": [*lines[:4], *lines[5:]],
        "swapped": [*lines[:4], lines[5], lines[4], *lines[6:]],
        "cut": [*lines[:7], lines[-1]],
        "garbled": [*lines[:4], "{", *lines[5:]],
    }
    for name, content in changed.items():
        assert content != lines, name
        path = tmp_path / f"{name}.jsonl"
        path.write_text("\n".join(content), encoding="utf-8")
        assert judged(path)[0] != [], name
        assert audit.main(["verify", str(path)]) == 1, name
    assert judged(bundle, elsewhere=[(8, "f" * 64)])[0] and judged(bundle, head="f" * 64)[0]
    assert audit.main(["verify", str(tmp_path / "nowhere")]) == 2


def test_every_column_of_an_event_is_under_the_hash(sealed):
    bare = {"id", "prev_hash", "hash"}
    assert {column.name for column in CaseEvent.__table__.columns} - bare == set(sealer.HASHED)
