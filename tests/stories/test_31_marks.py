"""What stands beside a record: the marks of open cases, the outcome after the decision, the subject's own words.

A statement is looked at before it is shown; refused with a reason, it is changed and sent again.
"""

import datetime as dt

import pytest
from sqlalchemy import select

from models.base import db
from models.recordlife import RecordStatement
from models.subject import Subject
from services import access, clock, recordface
from services.transactions import read_only, writing

WORDS = "已于2026年6月整改完毕，欢迎监督。"


def api(day):
    """The record as a bank's token is given it."""
    now = clock.now()
    with day.office.app.app_context():
        with writing():
            token = access.issue_token(day.office.bank, "核查", ["records"], "", now, now + dt.timedelta(days=9))
        with read_only():
            code = db.session.get_one(Subject, day.office.staff["applicant"].subject_id).uscc
    answer = day.office.app.test_client().get(f"/api/v1/subjects/{code}/records?purpose=S29-1",
                                              headers={"Authorization": f"Bearer {token}"})  # fmt: skip
    return answer.json["records"][0]


def surfaces(day):
    """The text of every page that shows the record."""
    public_id = day.office.public_id
    pages = {"public": ("rival", f"/records/{public_id}"), "own": ("applicant", f"/my/records/{public_id}"),
             "list": ("applicant", "/my/records"), "office": ("head", f"/desk/records/{public_id}"),
             "query": ("rival", "/query?q=鄂前市监罚〔2026〕7号")}  # fmt: skip
    return {name: day.opens(who, path).text for name, (who, path) in pages.items()}


def decided(day, result="O9_not_established"):
    """An objection that is turned down, carried out and served."""
    number = day.office.drafted()
    for who, step in WAY:
        facts = day.office.facts(number, step)
        if step == "propose":
            against = {"result": result, "value": "", "note": "原始文书一致"}
            facts["results"] = {one: against for one in facts["results"]}
        number = day.office.act(who, number, step, **facts)
    return number


WAY = (("applicant", "submit"), ("clerk", "accept"), ("officer", "dispatch"), ("reviewer", "report"),
       ("department_head", "approve_report"), ("officer", "propose"), ("head", "send_to_legal"),
       ("lawyer", "legal_pass"), ("leader", "sign"))  # fmt: skip


def states(day):
    with day.office.app.app_context(), read_only():
        return list(db.session.scalars(select(RecordStatement.state).order_by(RecordStatement.id)))


def write(day, words, status=200, **more):
    return day.sends("applicant", f"/my/records/{day.office.public_id}/statement", "", status, words=words, **more)


def settle(day, word, remark="", status=200):
    page = day.opens("head", "/desk/statements")
    address = next(href for href, _ in page.links if href.startswith("/desk/statements/"))
    return day.sends("head", address, "", status, word=word, remark=remark)


def test_a_statement_is_looked_at_and_then_stands_everywhere(day):
    write(day, WORDS)
    assert all(WORDS not in text for text in surfaces(day).values()) and api(day)["statement"] is None
    settle(day, "show")
    shown = surfaces(day)
    assert [] == [name for name, text in shown.items() if WORDS not in text]
    assert WORDS == api(day)["statement"]
    assert "您对记录“鄂前市监罚〔2026〕7号”的声明已随记录显示" in day.opens("applicant", "/notices").text
    day.sends("applicant", f"/my/records/{day.office.public_id}/statement", "/down")
    assert all(WORDS not in text for text in surfaces(day).values()) and ["taken_back"] == states(day)


def test_a_refused_statement_is_changed_and_sent_again(day):
    write(day, "对方经办人某某态度恶劣。")
    settle(day, "refuse", status=422)
    settle(day, "refuse", "含有他人姓名")
    page = day.opens("applicant", f"/my/records/{day.office.public_id}/statement").text
    assert "未予显示" in page and "含有他人姓名" in page
    write(day, WORDS)
    write(day, WORDS + "谢谢。")
    settle(day, "show")
    assert ["refused", "replaced", "shown"] == states(day)
    write(day, "新的声明。")
    settle(day, "show")
    assert ["refused", "replaced", "replaced", "shown"] == states(day)
    assert "新的声明。" in surfaces(day)["public"] and WORDS not in surfaces(day)["public"]


@pytest.mark.parametrize(("words", "why"), [
    ("身份证150623198503120183可查", "证件号码"), ("请拨打１３８　００００　００００", "手机号码"),
    ("详见https://example.cn", "网址"), ("长" * 301, "300"), ("  ", "请填写"),
])  # fmt: skip
def test_a_statement_with_numbers_links_or_too_much_is_refused_with_words(day, words, why):
    assert why in write(day, words, 422).text
    assert [] == states(day)


def test_nobody_speaks_for_another_nor_disagrees_with_what_was_not_decided(day):
    address = f"/my/records/{day.office.public_id}/statement"
    assert [404, 403] == [day.browser(who).get(address).status_code for who in ("rival", "head")]
    answer = day.browser("applicant").post(address, data={"words": WORDS, "disagrees": "y"})
    assert 422 == answer.status_code and [] == states(day)


def test_the_marks_follow_the_case_and_the_outcome_stays(day):
    number = day.office.act("applicant", day.office.drafted(), "submit")
    assert "异议处理中" not in surfaces(day)["public"]
    day.office.act("clerk", number, "accept")
    assert all("异议处理中" in text for text in surfaces(day).values())
    assert (True, None) == (api(day)["in_dispute"], api(day)["dispute_outcome"])
    day.office.act("applicant", number, "withdraw", reason="不再异议")
    assert all("异议处理中" not in text and "异议已处理" not in text for text in surfaces(day).values())

    decided(day)
    shown = surfaces(day)
    assert [] == [name for name, text in shown.items() if "异议已处理" not in text or "异议处理中" in text]
    assert (False, "resolved") == (api(day)["in_dispute"], api(day)["dispute_outcome"])
    write(day, "不认可处理结果，已申请行政复议。", disagrees="y")
    settle(day, "show")
    assert all("信用主体不同意处理结果" in text for text in surfaces(day).values())
    assert "resolved_disagreed" == api(day)["dispute_outcome"]
    with day.office.app.app_context(), read_only():
        face = recordface.face(day.office.record_id)
        assert ["异议已处理，信用主体不同意处理结果", "主体声明：不认可处理结果，已申请行政复议。"] == [
            one.zh for one in face.words()]  # fmt: skip
        assert {"in_dispute": False, "in_repair": False, "dispute_outcome": "resolved_disagreed",
                "statement": "不认可处理结果，已申请行政复议。"} == face.as_body()  # fmt: skip
