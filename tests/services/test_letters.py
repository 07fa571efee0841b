"""Letters state the facts of their case and nothing else; each is numbered once, drawn once, and verifiable."""

import datetime as dt
import re

import pytest

from documents.canonical import digest
from documents.papers import PAPERS, check
from models.base import db
from models.case import Case
from models.decision import Document, DocumentFile
from models.outbox import Job
from models.rules import Setting
from models.subject import Subject
from scripts import verify
from services import casefile, clock, decisions, desk, files, jobs, letterdata, letters, rules
from services.transactions import read_only, writing
from tests.services.conftest import NOW
from workflow.engine import Refused
from workflow.words import Ground, Paper


def documents(number):
    with read_only():
        query = db.select(Document).join(Case, Case.id == Document.case_id).where(Case.number == number)
        return {Paper(one.paper): one for one in db.session.execute(query.order_by(Document.id)).scalars()}


def data_of(number, paper):
    return documents(number)[paper].data


def later(office, **delta):
    return clock.standing_at(NOW + dt.timedelta(**delta))


def result_facts(office, number, result, value=""):
    with office.app.app_context(), read_only():
        items = [str(one.id) for one in casefile.view_of(casefile.row_of(number), clock.today()).items]
    decided = {one: {"result": result, "value": value, "note": "经核查的理由"} for one in items}
    return {"results": decided, "facts_found": "查明的事实。", "reason": "说理。", "basis": ["L01", "L12"]}


def test_an_upheld_case_issues_these_letters_in_this_order(office, here):
    number = office.a_case("sealed")
    jobs.run_all(NOW)
    issued = documents(number)
    assert [paper.value for paper in issued] == ["D01", "D02", "D05", "D06", "D07", "D27"]
    assert [one.number for one in issued.values()] == [
        None, "鄂前信异受〔2026〕1号", "鄂前信协查〔2026〕1号", "鄂前市监异核〔2026〕1号", "鄂前信异决〔2026〕1号",
        "鄂前信异更〔2026〕1号",
    ]  # fmt: skip
    for paper, one in issued.items():
        unnumbered = {} if PAPERS[paper].series_zh else {"number": "1"}
        check(paper, {**one.data, **unnumbered})
        assert one.data["case_number"] == number
        assert one.data_hash == digest(one.data)
        assert one.verify_code == one.data["verification_code"]
        assert one.data["verification_url"].endswith(f"/verify/{one.verify_code}")
        assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}", one.verify_code)


def test_the_facts_are_those_of_the_case(office, here):
    number = office.a_case("sealed")
    receipt, accepted = data_of(number, Paper.D01), data_of(number, Paper.D02)
    assert (receipt["applied_on"], receipt["promised"], receipt["contact_phone"]) == (
        "2026-11-23", "2个工作日内告知是否受理", "0477-0000000")  # fmt: skip
    assert (accepted["limit"], accepted["due_on"]) == ("7个工作日", "2026-12-02")
    assert accepted["department"] == "旗市场监督管理局"
    enquiry = data_of(number, Paper.D05)
    assert (enquiry["addressee"], enquiry["due_on"]) == ("旗市场监督管理局", "2026-11-26")
    rows = {row["title"]: row["value"] for row in enquiry["records"][0]["rows"]}
    assert (rows["罚款金额(万元)"], rows["处罚决定日期"], rows["处罚有效期"]) == ("2", "2026年5月6日", "长期")
    report = data_of(number, Paper.D06)
    assert (report["organ"], report["addressee"]) == ("旗市场监督管理局", "旗信用办")
    assert report["findings"][0]["finding"] == "有误，应更正" and "鄂前信协查〔2026〕1号" in report["request_number"]
    decision = data_of(number, Paper.D07)
    item = decision["items"][0]
    assert (item["old"], item["new"], item["result"]) == ("2", "0.2", "更正")
    assert decision["told"] == ["旗市场监督管理局", "某银行前旗支行"]
    assert decision["adverse"] is False and "court" not in decision


def test_a_drawn_letter_is_on_disk_and_is_drawn_once(office, here):
    number = office.a_case("accepted")
    jobs.run_all(NOW)
    one = documents(number)[Paper.D02]
    with read_only():
        pdf = letters.pdf_of(one.id)
        kept = db.session.execute(db.select(DocumentFile).where(DocumentFile.document_id == one.id)).scalars().all()
    assert pdf is not None and pdf.startswith(b"%PDF-1.7") and len(kept) == 1
    assert files.read(kept[0].sha256) == pdf and kept[0].size == len(pdf) and kept[0].pages >= 1
    with writing():
        db.session.execute(db.update(Job).values(done_at=None))
    jobs.run_all(NOW)
    with read_only():
        again = db.session.execute(db.select(DocumentFile).where(DocumentFile.document_id == one.id)).scalars().all()
    assert len(again) == 1


def test_what_no_font_draws_of_an_applicants_words_is_named(office, here):
    number = office.a_case("submitted")
    with writing():
        said = "见附图😀，喆公司"
        db.session.execute(db.update(Case).where(Case.number == number).values(statement=said))
    office.act("clerk", number, "accept")
    office.act("officer", number, "dispatch", **office.facts(number, "dispatch"))
    jobs.run_all(NOW)
    enquiry = documents(number)[Paper.D05]
    assert enquiry.data["statement"] == "见附图〔U+1F600〕，喆公司"
    with read_only():
        assert jobs.dead() == [] and letters.pdf_of(enquiry.id)


def test_what_no_font_draws_of_an_officers_words_is_refused_before_it_is_said(office, here):
    number = office.a_case("accepted")
    department = str(office.town.department)
    with pytest.raises(Refused, match="\U0001f600"):
        office.act("officer", number, "dispatch", department_id=department, questions="是否属实\U0001f600")
    with read_only():
        assert "accepted" == casefile.row_of(number)["state"]
    assert Paper.D05 not in documents(number)


def test_a_decision_against_the_applicant_names_the_remedies(office, here):
    number = office.a_case("office_review")
    office.act("officer", number, "propose", **result_facts(office, number, "O9_not_established"))
    with read_only():
        paper, data = letterdata.decision_data(casefile.row_of(number)["id"])
    assert paper is Paper.D07 and data["adverse"] is True
    assert (data["review_organ"], data["court"]) == ("鄂前旗人民政府", "鄂前旗人民法院")
    assert data["legal_basis"] == ["《内蒙古自治区社会信用条例》第三十九条", "《中华人民共和国行政处罚法》第四十八条"]
    assert data["items"][0]["old"] == data["items"][0]["new"] == "2"
    assert "内容不变" in data["effect_record"] and data["told"] == ["旗市场监督管理局"]


def test_no_adverse_letter_while_nobody_has_named_the_remedies(office, here):
    number = office.a_case("submitted")
    with writing():
        db.session.execute(db.delete(Setting).where(Setting.name == "remedies"))
    rules.forget()
    office.act("clerk", number, "propose_refusal", refusal_ground="court", reason="属法院执行信息")
    with pytest.raises(Refused, match="尚未设置复议机关"):
        office.act("head", number, "approve_refusal")


def test_what_cannot_be_confirmed_becomes_a_notice_of_its_own(office, here):
    number = office.a_case("office_review")
    office.act("officer", number, "propose", **result_facts(office, number, "O10_unverifiable"))
    with read_only():
        paper, data = letterdata.decision_data(casefile.row_of(number)["id"])
        hashes = {decisions.draft_hash(decisions.draft(casefile.row_of(number)["id"])[1])}
    assert paper is Paper.D08 and data["records"] == ["行政处罚（鄂前市监罚〔2026〕7号）"]
    check(paper, data, draft=True)
    with later(office, days=3), read_only():
        hashes.add(decisions.draft_hash(decisions.draft(casefile.row_of(number)["id"])[1]))
    assert len(hashes) == 1, "the draft does not change while it waits"


WAYS_OUT = [
    # who        step                  from         facts                                        paper, what it says
    ("clerk", "request_completion", "submitted", {"missing": [{"name": "授权书", "requirement": "盖章"}]}, "D03", {
        "gaps": [{"name": "授权书", "requirement": "盖章"}], "limit": "10个工作日", "supply_by": "2026-12-07"}),
    ("clerk", "transfer_out", "submitted", {"competent_organ": "人民银行", "reason": "属信贷信息。"}, "D04", {
        "competent_organ": "人民银行", "court": "鄂前旗人民法院",
        "ground": "所提事项依法由其他机关处理。属信贷信息。"}),
    ("department_head", "extend", "dept_verifying", {"reason": "需调档。"}, "D18", {
        "reason": "需调档。", "original_due_on": "2026-11-26", "due_on": "2026-12-01"}),
    ("head", "suspend", "dept_verifying", {"hold_ground": "testing", "evidence": "鉴定委托书",
                                             "until": "2026-12-31"}, "D19", {
        "action": "suspend", "evidence": ["鉴定委托书"], "effective_on": "2026-11-23"}),
    ("applicant", "withdraw", "accepted", {"reason": "已和解"}, "D19", {
        "action": "end", "ground": "申请人撤回异议申请：已和解"}),
]  # fmt: skip


@pytest.mark.parametrize(("who", "step", "state", "facts", "paper", "said"), WAYS_OUT, ids=lambda one: str(one)[:20])
def test_other_letters_say_what_was_done(office, here, who, step, state, facts, paper, said):
    number = office.a_case(state)
    office.act(who, number, step, **facts)
    data = data_of(number, Paper(paper))
    assert {name: data[name] for name in said} == said


def test_resuming_says_until_when(office, here):
    number = office.a_case("dept_verifying")
    office.act("head", number, "suspend", hold_ground="testing", evidence="鉴定委托书", until="2026-12-31")
    with later(office, days=2):
        office.act("head", number, "resume")
    data = data_of(number, Paper.D19)
    assert (data["action"], data["effective_on"], data["due_on"]) == ("resume", "2026-11-25", "2026-12-04")


def test_the_clock_issues_letters_of_its_own(office, here):
    number = office.a_case("submitted")
    with later(office, days=4), writing():
        assert desk.settle(casefile.row_of(number), clock.now()) == ["deem_accept"]
    data = data_of(number, Paper.D02)
    assert (data["accepted_on"], data["issued_on"]) == ("2026-11-26", "2026-11-27")


def test_a_natural_persons_number_is_masked_in_every_letter(office, here):
    one = office.people.person()
    with writing():
        db.session.execute(db.text("UPDATE credit_record SET subject_id = :s"), {"s": one.subject_id})
        number = db.session.get_one(Subject, one.subject_id).id_no
    office.staff["applicant"] = one
    data = data_of(office.a_case("accepted"), Paper.D02)
    assert data["subject_code_title"] == "身份证号码"
    assert data["subject_code"] == f"{number[:6]}********{number[-4:]}" and number not in str(data)


def test_letters_of_a_trial_say_so(office, here):
    with writing():
        db.session.execute(db.text("UPDATE org SET trial = :t WHERE id = :o"), {"t": True, "o": office.town.office})
    assert data_of(office.a_case("accepted"), Paper.D02)["test"] is True


def test_a_disputed_identity_number_is_masked_in_the_decision(office, here):
    office.record_id, office.public_id = office.a_record(
        penalty_doc_no="甲〔2026〕9号", violation_facts="当事人身份证150623198001011234，电话13812345678。")
    number = office.act("applicant", office.drafted(item="violation_facts", ground=Ground.G03), "submit")
    assert "13812345678" not in str(documents(number))
    with read_only():
        case_id = casefile.row_of(number)["id"]
    for who, step in (("clerk", "accept"), ("officer", "dispatch")):
        office.act(who, number, step, **office.facts(number, step))
    said = str(data_of(number, Paper.D05))
    assert "13812345678" not in said and "150623198001011234" not in said and case_id


def test_a_pdf_is_told_genuine_changed_or_unknown(office, here):
    number = office.a_case("sealed")
    one = documents(number)[Paper.D07]
    with read_only():
        pdf = letters.pdf_of(one.id)
        genuine, changed, unknown = verify.look(pdf), verify.look(pdf + b"\n"), verify.look(b"%PDF-1.7 nothing")
        status = genuine.status
    assert (genuine.genuine, genuine.number, genuine.title) == (True, "鄂前信异决〔2026〕1号", "异议处理决定书")
    assert len(status) == 1 and status[0].endswith("2026-11-23")
    assert (changed.genuine, changed.number) == (False, "鄂前信异决〔2026〕1号")
    assert (unknown.genuine, unknown.sentence) == (False, verify.UNKNOWN)
