"""What becomes of rows: new records, versions by their source, acts kept out by decision, broken loads that go on."""

import csv
import datetime as dt
import io
import json
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from models.base import db
from models.organisation import Org, OrgKind
from models.record import CreditRecord, ImportBatch, ImportRow, RecordEvent, RecordVersion
from models.subject import Subject
from services import catalogue, classification, importing, loading, publication
from services.transactions import writing
from tests.banner import NOW

DATA = Path(__file__).parent.parent / "data"
CODE = "11150623116000109L"
ROW = {
    "counterparty_name": "测试有限公司", "counterparty_type": "法人及非法人组织", "uscc": "91150623MA0P123428",
    "legal_rep_name": "测试甲", "penalty_doc_no": "鄂前罚〔2026〕1号", "violation_type": "类型",
    "violation_facts": "事实", "penalty_basis": "依据", "penalty_kinds": "责令停产停业", "penalty_content": "内容",
    "decision_date": "2026/01/05", "penalty_valid_to": "2099/12/31", "authority_name": "旗市监局",
    "authority_uscc": CODE, "source_dept_name": "旗市监局", "source_dept_uscc": CODE,
}  # fmt: skip


def table(*rows):
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(ROW) + ["fine_wan", "person_id_type", "person_id_no", "publish_until"])
    writer.writeheader()
    writer.writerows({**ROW, **row} for row in rows)
    return stream.getvalue().encode("utf-8-sig")


@pytest.fixture
def department(app):
    with app.app_context(), writing():
        db.session.add(Org(kind=OrgKind.DEPARTMENT.value, name="旗市监局", code=CODE))
    return app


def bring(*rows, now=NOW):
    """Import as the system operator; (batch, outcomes in the order of the rows)."""
    batch = importing.stage("penalties", "a.csv", table(*rows), None, None, now.date(), now)
    assert importing.load(batch, now)
    return batch, outcomes(batch)


def outcomes(batch):
    found = db.session.execute(select(ImportRow.outcome).where(ImportRow.batch_id == batch).order_by(ImportRow.row))
    return list(found.scalars())


def record(doc_no="鄂前罚〔2026〕1号"):
    return db.session.execute(select(CreditRecord.__table__).where(CreditRecord.doc_no == doc_no)).mappings().one()


def versions(record_id):
    query = select(RecordVersion.version, RecordVersion.kind, RecordVersion.payload)
    return db.session.execute(query.where(RecordVersion.record_id == record_id).order_by(RecordVersion.version)).all()


def path_of(record_id):
    query = select(RecordEvent.step, RecordEvent.source, RecordEvent.target).where(RecordEvent.record_id == record_id)
    return [tuple(row) for row in db.session.execute(query.order_by(RecordEvent.id))]


def test_a_record_comes_to_be_in_steps(department):
    with department.app_context():
        assert ["new"] == bring({})[1]
        one = record()
        assert ("published", 0, "serious") == (one["publication_state"], one["usage_scope"], one["severity"])
        assert (dt.date(2026, 1, 5), dt.date(2027, 1, 5), dt.date(2029, 1, 5)) == (
            one["publish_from"], one["publish_min_until"], one["publish_max_until"])  # fmt: skip
        assert [("validate_ok", "imported", "staged"), ("publish", "staged", "published")] == path_of(one["id"])
        said = versions(one["id"])
        assert [(1, "import")] == [tuple(v[:2]) for v in said]
        hashes = db.session.execute(select(RecordVersion.hash)).scalars().all()
        assert [publication.payload_hash(said[0][2])] == hashes == [one["content_hash"]]


def test_each_sort_of_row_comes_to_rest_where_it_must(department):
    person = {"counterparty_type": "自然人", "uscc": "", "legal_rep_name": "", "counterparty_name": "张三",
              "person_id_type": "身份证", "person_id_no": "152724199001010011"}  # fmt: skip
    rows = [
        {"penalty_doc_no": "a", "penalty_kinds": "警告"},
        {"penalty_doc_no": "b", "penalty_kinds": "警告", "decision_date": "2026/11/01"},
        {"penalty_doc_no": "c", "penalty_kinds": "罚款", "fine_wan": "2", "decision_date": "2026/11/01"},
        {"penalty_doc_no": "d", "penalty_kinds": "行政拘留"},
        {"penalty_doc_no": "e", "penalty_kinds": "限制从业", **person},
        {"penalty_doc_no": "f", "publish_until": "2026/06/01"},
        {"penalty_doc_no": "g", "penalty_kinds": "罚款", "fine_wan": "60"},
    ]  # fmt: skip
    with department.app_context():
        assert ["archived", "new", "new", "new", "new", "archived", "new"] == bring(*rows)[1]
        found = {row.doc_no: (row.severity, row.publication_state, row.usage_scope)
                 for row in db.session.execute(select(CreditRecord)).scalars()}  # fmt: skip
    assert {
        "a": ("minor", "archived", 1), "b": ("minor", "internal_only", 1), "c": ("general", "published", 0),
        "d": ("", "staged", 1), "e": ("serious", "internal_only", 2), "f": ("serious", "archived", 0),
        "g": ("", "staged", 1),
    } == found  # fmt: skip


def test_one_subject_for_one_code_whatever_the_name(department):
    with department.app_context():
        bring({}, {"penalty_doc_no": "二号", "counterparty_name": "改了名字的公司"})
        bring({"penalty_doc_no": "三号", "uscc": "９１150623ma0p123428"})
        assert [("测试有限公司", "91150623MA0P123428")] == [
            tuple(row) for row in db.session.execute(select(Subject.name, Subject.uscc))]  # fmt: skip
        assert 3 == db.session.scalar(select(func.count(CreditRecord.id)))


def test_an_unknown_authority_waits_with_a_sentence_and_is_loaded_later(department):
    other = {"authority_uscc": "11150623116000205X", "authority_name": "旗应急局"}
    with department.app_context():
        batch, found = bring(other)
        assert ["held"] == found
        said = db.session.scalar(select(ImportRow.message))
        assert "旗应急局" in said["zh"] and "机构目录" in said["zh"] and "not in the register" in said["en"]
        with writing():
            db.session.add(Org(kind="department", name="旗应急局"))  # known by its name alone
            assert 1 == importing.try_held_again(db.session.get_one(ImportBatch, batch))
        assert importing.load(batch, NOW) and ["new"] == outcomes(batch)


def test_a_source_may_send_anew_and_a_version_says_so(department):
    with department.app_context():
        bring({})
        batch, found = bring({"violation_facts": "更正后的事实", "penalty_kinds": "罚款", "fine_wan": "1.5"})
        assert ["corrected"] == found
        one = record()
        said = versions(one["id"])
        assert [(1, "import"), (2, "source_correction")] == [tuple(v[:2]) for v in said]
        assert ("更正后的事实", "general", 2) == (said[1][2]["violation_facts"], one["severity"], one["version"])
        reason = db.session.scalar(select(RecordVersion.reason).where(RecordVersion.version == 2))
        assert "违法事实" in reason and "a.csv" in reason
        same = {"violation_facts": "更正后的事实", "penalty_kinds": "罚款", "fine_wan": "1.5"}
        assert ["unchanged"] == bring(same)[1]


def test_a_broken_load_goes_on_where_it_stopped(department, monkeypatch):
    monkeypatch.setattr(loading, "CHUNK", 10)
    rows = [{"penalty_doc_no": f"第{n}号"} for n in range(35)]
    with department.app_context():
        batch = importing.stage("penalties", "a.csv", table(*rows), None, None, NOW.date(), NOW)
        calls = iter(range(100))
        assert not importing.load(batch, NOW, until=lambda: next(calls) >= 2)
        assert (20, "judged") == db.session.execute(select(ImportBatch.done, ImportBatch.state)).one()
        monkeypatch.setattr(loading.Loader, "_add", _dies_once(loading.Loader._add))
        with pytest.raises(KeyboardInterrupt):
            importing.load(batch, NOW)
        assert 20 == db.session.scalar(select(func.count(CreditRecord.id))), "the broken chunk left nothing behind"
        assert importing.load(batch, NOW)
        assert (35, "loaded") == db.session.execute(select(ImportBatch.done, ImportBatch.state)).one()
        assert {"new": 35, "accept": 35} == importing.counts(batch)
        assert 35 == db.session.scalar(select(func.count(CreditRecord.id)))


def _dies_once(original):
    died = []

    def add(self, items, sources):
        original(self, items, sources)
        if not died:
            died.append(True)
            raise KeyboardInterrupt

    return add


def test_rows_of_an_abolished_department_belong_to_its_successor(department):
    with department.app_context():
        with writing():
            heir = db.session.scalar(select(Org.id).where(Org.code == CODE))
            db.session.execute(insert(Org).values(kind="department", name="旗工商局", successor_id=heir,
                                                  valid_to=dt.date(2019, 3, 1), trial=False))  # fmt: skip
        old = {"source_dept_name": "旗工商局", "source_dept_uscc": "11150623116000205X"}
        batch = importing.stage("penalties", "a.csv", table(old), heir, None, NOW.date(), NOW)
        importing.load(batch, NOW)
        assert ["new"] == outcomes(batch)


def test_periods_end_on_the_day_of_the_month():
    months = classification.add_months
    assert dt.date(2026, 2, 28) == months(dt.date(2025, 11, 30), 3)
    assert dt.date(2027, 1, 5) == months(dt.date(2026, 1, 5), 12)
    terms = catalogue.standard("penalty")
    period = classification.period("general", dt.date(2026, 1, 5), dt.date(2026, 3, 1), terms)
    assert (dt.date(2026, 3, 1), dt.date(2026, 3, 1)) == (period.at_least, period.at_most), "an earlier own end wins"
    late = classification.period("general", dt.date(2026, 1, 5), dt.date(2036, 3, 1), terms)
    assert dt.date(2027, 1, 5) == late.at_most, "a later one does not"


def test_expected_counts_of_the_sample(department):
    with department.app_context():
        batch = importing.stage("penalties", "p.csv", DATA / "penalties.csv", None, None, NOW.date(), NOW)
        wanted = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))["penalties"]
        found = {one: sum(row["expect"] == one for row in wanted) for one in ("accept", "warn", "reject")}
        assert found == importing.counts(batch)


def test_one_pass_loads_the_same_and_a_second_pass_nothing(department):
    rows = [{"penalty_doc_no": f"第{n}号"} for n in range(5)] + [{"penalty_doc_no": "坏", "decision_date": "昨天"}]
    with department.app_context():
        batch = importing.bring("penalties", "a.csv", table(*rows), None, NOW.date(), NOW)
        assert {"accept": 5, "reject": 1, "new": 5} == importing.counts(batch)
        stands = select(ImportBatch.state, ImportBatch.rows, ImportBatch.done)
        assert ("loaded", 6, 5) == db.session.execute(stands).one()
        linked = select(func.count()).select_from(ImportRow).join(CreditRecord, CreditRecord.id == ImportRow.record_id)
        assert 5 == db.session.scalar(linked)
        again = importing.bring("penalties", "a.csv", table(*rows), None, NOW.date(), NOW)
        assert {"accept": 5, "reject": 1, "unchanged": 5} == importing.counts(again)
        assert 5 == db.session.scalar(select(func.count(RecordVersion.id)))
