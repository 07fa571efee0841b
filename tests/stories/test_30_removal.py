"""A record is repaired: within a minute no stranger finds a word of it anywhere, and the auditor still has it all."""

import datetime as dt

import pytest
from sqlalchemy import select

from models.base import db
from models.record import CreditRecord
from models.recordlife import RemovalProof
from models.subject import Subject
from services import access, clock, removal
from services.transactions import read_only, writing
from tests.office_repair import RepairOffice
from tests.records.crawler import asking, crawl, holding

FACTS = "只有这一条记录说的事实"
DOC = "鄂前自然资罚〔2026〕1号"


@pytest.fixture
def repair(day):
    return RepairOffice(day.office)


def seeds(day, public_id):
    with day.office.app.app_context(), read_only():
        subject = db.session.get_one(Subject, day.office.staff["applicant"].subject_id)
        return [f"/records/{public_id}", *asking(subject.name, subject.uscc, subject.name[:4], DOC, DOC[:6])]


def interface(day, public_id):
    """What a bank's token is given: the list of the subject, and the record at two times."""
    now = clock.now()
    with day.office.app.app_context():
        with writing():
            token = access.issue_token(day.office.bank, "核查", ["records"], "", now, now + dt.timedelta(days=9))
        with read_only():
            code = db.session.get_one(Subject, day.office.staff["applicant"].subject_id).uscc
    told = {"headers": {"Authorization": f"Bearer {token}"}}
    browser = day.office.app.test_client()
    answers = [browser.get(f"/api/v1/subjects/{code}/records?purpose=S29-1", **told),
               browser.get(f"/api/v1/records/{public_id}/times?purpose=S29-1", **told)]  # fmt: skip
    return "".join(str(one.get_json()) for one in answers if one.status_code == 200)


def test_a_repaired_record_is_gone_from_every_public_surface_within_a_minute(day, repair):
    record_id, public_id = repair.penalty(violation_facts=FACTS)
    number = repair.a_case("awaiting_signoff", public_id)
    app, words = day.office.app, (public_id, FACTS, DOC)
    before = crawl(app, seeds(day, public_id))
    assert len(holding(before, *words)) >= 5, "while it is published a stranger does find it"
    assert FACTS in interface(day, public_id)

    day.takes("leader", number, "sign")
    with clock.standing_at(clock.now() + dt.timedelta(minutes=2)):
        day.works_off()
        after = crawl(app, seeds(day, public_id))
        assert [] == holding(after, *words)
        assert len(after) >= len(before) - 3 and len(after) > 30
        assert FACTS not in interface(day, public_id) and public_id not in interface(day, public_id)

    with app.app_context(), read_only():
        proof = db.session.scalars(select(RemovalProof)).one()
        assert (record_id, 0) == (proof.record_id, proof.found)
        assert proof.checked_at - proof.removed_at < dt.timedelta(minutes=3)
        assert {"公示页", "按代码查询", "数据接口"} <= {one["surface"]["zh"] for one in proof.surfaces}
    archive = day.opens("auditor", f"/desk/records/{public_id}").text
    assert FACTS in archive and "已停止公示" in archive and "移除核对" in archive
    then = day.opens("auditor", f"/desk/records/{public_id}/times?valid=2026-11-01&known=2026-11-23").text
    assert FACTS in then


def test_the_proof_finds_what_is_still_there(day, repair):
    """The negative control: a record that is shown is found on the surfaces that show it."""
    _, public_id = repair.penalty(violation_facts=FACTS)
    with day.office.app.app_context(), read_only():
        record = db.session.scalars(select(CreditRecord).where(CreditRecord.public_id == public_id)).one()
        seen = {one.surface.zh: one.found for one in removal.look(record)}
    assert [True] * 5 == [seen[name] for name in ("公示页", "按名称查询", "按代码查询", "按文书号查询", "数据接口")]
    assert not seen["首页"] and not seen["信用承诺公示"]


def test_the_guide_does_not_tell_of_what_was_removed(day, repair):
    """Before login a document number answers only for what is published."""
    _, public_id = repair.penalty(violation_facts=FACTS)
    number = repair.a_case("awaiting_signoff", public_id)
    said = {"wrong": "no", "conduct": "no", "performed": "yes", "doc_no": DOC}
    stranger = day.office.app.test_client()
    assert "自然资源局" in stranger.post("/guide/which-door", data=said).text or "晨光" in stranger.post(
        "/guide/which-door", data=said).text  # fmt: skip
    day.takes("leader", number, "sign")
    page = stranger.post("/guide/which-door", data=said).text
    assert "不需要修复" in page and "自然资源局" not in page and "晨光" not in page
