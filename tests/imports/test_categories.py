"""Every category on its way to a record: new once, unchanged the second time, where the catalogue puts it."""

import csv
import datetime as dt
import io

import pytest
from sqlalchemy import func, select, update

from models.base import db
from models.organisation import Org, OrgKind
from models.record import CreditRecord, FingerprintBlock, ImportRow, RecordVersion
from services import importing
from services.transactions import writing
from standards.categories import KINDS
from tests.banner import NOW
from tests.imports.test_loading import CODE, ROW, outcomes
from tests.standards.test_categories import COMMON, OLD_PENALTY, OLD_PERMIT, ROWS

AUTHORITY = {"authority_name": "旗市监局", "authority_uscc": CODE, "source_dept_name": "旗市监局",
             "source_dept_uscc": CODE}  # fmt: skip
OLD = {"penalties-2015": OLD_PENALTY, "permits-2015": OLD_PERMIT}
RECENT = {"decision_date": "2026/10/05", "source_updated_on": "2026/10/08", "authority_name": "旗市监局"}


@pytest.fixture
def department(app):
    with app.app_context():
        with writing():
            db.session.add(Org(kind=OrgKind.DEPARTMENT.value, name="旗市监局", code=CODE))
        yield app


def bring(kind, row, now=NOW):
    stream = io.StringIO()
    writer = csv.DictWriter(stream, [field.id for field in KINDS[kind].fields], extrasaction="ignore")
    writer.writeheader()
    writer.writerow(row)
    batch = importing.stage(kind, "a.csv", stream.getvalue().encode(), None, None, now.date(), now)
    for held in db.session.scalars(select(ImportRow).where(ImportRow.batch_id == batch, ImportRow.verdict == "warn")):
        held.released = True
    db.session.commit()
    assert importing.load(batch, now)
    return outcomes(batch)


def record():
    found = db.session.scalars(select(CreditRecord)).one()
    return found.category, found.publication_state, found.severity, found.publish_max_until


PLACES = {
    "incentives": ("incentive", "published", "", None), "honours": ("honour", "published", "", None),
    "blacklist": ("blacklist", "published", "serious", dt.date(2029, 1, 5)),
    "judgments": ("judgment", "published", "", dt.date(2029, 1, 5)),
    "arrears": ("arrears", "published", "", dt.date(2029, 1, 5)), "commitments": ("commitment", "published", "", None),
    "contracts": ("contract", "published", "", None), "inspections": ("inspection", "published", "", None),
    "abnormal": ("abnormal", "archived", "minor", dt.date(2026, 4, 5)),
}  # fmt: skip


@pytest.mark.parametrize("kind", ROWS)
def test_a_record_of_each_category_is_new_once(department, kind):
    row = {**ROWS[kind], **AUTHORITY}
    first = bring(kind, row)
    assert first in (["new"], ["archived"]) and record() == PLACES[kind]
    assert ["unchanged"] == bring(kind, row)
    assert ["corrected"] == bring(kind, {**row, "remarks": "补充"})
    assert 1 == db.session.scalar(select(func.count(CreditRecord.id)))


def test_a_person_s_record_is_kept_for_those_who_may_ask(department):
    person = {"counterparty_type": "自然人", "uscc": "", "counterparty_name": "张三", "person_id_type": "身份证",
              "person_id_no": "152724199001010011"}  # fmt: skip
    bring("honours", {**ROWS["honours"], **AUTHORITY, **person})
    assert (2, "internal_only") == db.session.execute(
        select(CreditRecord.usage_scope, CreditRecord.publication_state)).one()  # fmt: skip


@pytest.mark.parametrize(("changes", "state", "severity"), [
    ({}, "published", "general"), ({"usage_scope": "1"}, "internal_only", "general"),
    ({"source_status": "1"}, "internal_only", "general"), ({"penalty_kinds": "行政拘留"}, "staged", ""),
    ({"penalty_kinds": "行政拘留", "source_severity": "3"}, "published", "serious"),
    ({"penalty_kinds": "罚款"}, "staged", ""), ({"source_severity": "3"}, "published", "general"),
])
def test_a_penalty_of_2015_goes_where_todays_would(department, changes, state, severity):
    row = {**OLD_PENALTY, **RECENT, "penalty_kinds": "没收违法所得", **changes}
    assert ["new"] == bring("penalties-2015", row)
    assert ("penalty", state, severity) == record()[:3]
    payload = db.session.scalar(select(RecordVersion.payload))
    named = ("authority_uscc", "source_dept_uscc", "source_dept_name")
    assert [CODE, CODE, "旗市监局"] == [payload[name] for name in named]


def test_one_act_is_one_record_in_either_layout(department):
    assert ["new"] == bring("penalties", ROW)
    old = {**OLD_PENALTY, **RECENT, "penalty_doc_no": ROW["penalty_doc_no"], "decision_date": ROW["decision_date"]}
    assert ["corrected"] == bring("penalties-2015", old)
    coded = {**old, "uscc": "", "org_code": "MA0P12342"}
    assert "new" not in bring("penalties-2015", coded), "the organisation code leads to the same party"
    assert 1 == db.session.scalar(select(func.count(CreditRecord.id)))


@pytest.mark.parametrize(("state", "step"), [("deleted", "delete_soft"), ("withdrawn", "withdraw")])
def test_what_is_gone_comes_back_in_neither_layout(department, state, step):
    bring("penalties", ROW)
    with writing():
        db.session.execute(update(CreditRecord).values(publication_state=state, last_step=step))
    old = {**OLD_PENALTY, **RECENT, "penalty_doc_no": ROW["penalty_doc_no"]}
    assert ["blocked"] == bring("penalties", ROW) == bring("penalties", {**ROW, "remarks": "x"})
    assert ["blocked"] == bring("penalties-2015", old) and [] == db.session.scalars(select(FingerprintBlock)).all()
    assert (1, 1) == db.session.execute(select(func.count(), func.max(RecordVersion.version))).one()


def test_what_was_merged_into_another_does_not_come_back(department):
    bring("penalties", ROW)
    bring("penalties", {**ROW, "penalty_doc_no": "二号"})
    first, second = db.session.scalars(select(CreditRecord.id).order_by(CreditRecord.id)).all()
    db.session.rollback()
    with writing():
        db.session.execute(update(CreditRecord).where(CreditRecord.id == second).values(merged_into=first))
    assert ["blocked"] == bring("penalties", {**ROW, "penalty_doc_no": "二号", "remarks": "x"})
    assert ["unchanged"] == bring("penalties", ROW)


def test_an_authority_without_a_code_waits_with_a_sentence(department):
    with writing():
        db.session.execute(update(Org).values(code=None))
    assert ["held"] == bring("penalties-2015", {**OLD_PENALTY, **RECENT})
    assert "没有统一社会信用代码" in db.session.scalar(select(ImportRow.message))["zh"]


def test_common_columns_are_those_of_the_rows():
    assert set(COMMON) <= {field.id for field in KINDS["honours"].fields}
