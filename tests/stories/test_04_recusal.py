"""回避: declared by the official himself, or asked for by either side and decided by the head of the organ."""

import datetime as dt

from models.base import db
from models.case import Case
from models.decision import Document
from models.standing import InterestDeclaration
from services import clock, succession
from services.transactions import read_only
from tests.stories.test_03_standing_in import delegates

WHY = "该人员系被处罚单位负责人的近亲属。"


def papers(day):
    with day.office.app.app_context(), read_only():
        return [one.data for one in db.session.execute(db.select(Document)).scalars() if one.paper == "D23"]


def said(day):
    with day.office.app.app_context(), read_only():
        rows = db.session.execute(db.select(InterestDeclaration)).scalars()
        return [(one.person_id, one.conflict) for one in rows]


def holder(day, number):
    with day.office.app.app_context(), read_only():
        return db.session.execute(db.select(Case.assignee_id).where(Case.number == number)).scalar_one()


def a_minute_later(day, who, path, **said):
    day.minutes += 1
    with clock.standing_at(clock.now() + dt.timedelta(minutes=day.minutes)):
        return day.sends(who, path, "", **said)


def asks(day, who, number, against):
    said = {"against": str(day.office.staff[against].id), "reason": WHY}
    return a_minute_later(day, who, f"/cases/{number}/recusal", **said)


def decides(day, who, number, verdict):
    return a_minute_later(day, who, f"/cases/{number}/recusal/1", verdict=verdict, reason="经核实。")


def test_declared_once_at_the_first_step(day):
    number = day.office.a_case("submitted")
    clerk = day.office.staff["clerk"].id
    assert "我与本案无利害关系" in day.opens("clerk", f"/cases/{number}/accept").text

    refused = day.takes("clerk", number, "accept", no_interest="", status=422)
    assert "请声明与本案无利害关系" in refused.text and [] == said(day)
    day.takes("clerk", number, "request_completion", name_1="营业执照", requirement_1="清晰的照片")

    assert [(clerk, False)] == said(day)
    day.takes("applicant", number, "supply", answer_1="已补交")
    assert "我与本案无利害关系" not in day.opens("clerk", f"/cases/{number}/accept").text
    assert [(clerk, False)] == said(day), "the applicant declares nothing"


def test_who_declares_a_conflict_is_out(day):
    number = day.office.a_case("accepted")
    day.sends("officer", f"/cases/{number}", "/claim")
    assert day.office.staff["officer"].id == holder(day, number)

    day.sends("officer", f"/cases/{number}/interest", "", relation="本人配偶任该公司财务。")

    assert holder(day, number) is None, "back to the desk"
    assert "已退出办理" in day.opens("head", "/notices").text
    assert "应当回避" in day.opens("officer", f"/cases/{number}/dispatch", status=403).text
    assert number not in day.opens("officer", "/inbox?tab=team").text
    assert number in day.opens("second_officer", "/inbox?tab=team").text
    day.takes("second_officer", number, "dispatch", **day.facts(number, "dispatch"))


def test_doctor_names_a_case_from_which_everybody_must_stay_out(day):
    number = day.office.a_case("accepted")
    stuck = []
    for who in ("officer", "second_officer"):
        day.sends(who, f"/cases/{number}/interest", "", relation="本人近亲属系当事人。")
        with day.office.app.app_context(), read_only():
            stuck.append(succession.cases_without_holder(clock.today()))

    assert [[], [number]] == stuck


def test_asked_by_the_applicant_and_granted(day):
    number = day.office.a_case("dept_verifying")
    officer = day.office.staff["officer"]
    assert officer.name in day.opens("applicant", f"/cases/{number}/recusal").text

    asks(day, "applicant", number, "officer")
    assert "审查中，调查不停止" in day.opens("applicant", f"/cases/{number}").text
    assert officer.name in day.opens("head", "/notices").text
    decides(day, "head", number, "yes")

    letter = papers(day)[0]
    assert ("你方", "准予回避", "鄂前信避〔2026〕1号") == (letter["asker"], letter["decision"], letter["number"])
    assert "准予回避" in day.opens("applicant", f"/cases/{number}").text
    day.takes("reviewer", number, "report", **day.facts(number, "report"))
    day.takes("department_head", number, "approve_report")
    assert "应当回避" in day.opens("officer", f"/cases/{number}/propose", status=403).text
    day.takes("second_officer", number, "propose", **day.facts(number, "propose"))
    assert "head_review" == day.state(number)


def test_until_decided_the_case_goes_on_but_not_by_his_decision(day):
    number = day.office.a_case("office_review")
    asks(day, "applicant", number, "officer")

    assert "决定作出前" in day.opens("officer", f"/cases/{number}/propose").text
    decides(day, "head", number, "no")
    assert "驳回回避申请" == papers(day)[0]["decision"]
    day.takes("officer", number, "propose", **day.facts(number, "propose"))


def test_officials_ask_too_and_the_head_of_a_department_decides_for_it(day):
    number = day.office.a_case("dept_verifying")
    day.takes("reviewer", number, "report", **day.facts(number, "report"))
    day.takes("department_head", number, "return_report", reason="请补充")
    asks(day, "officer", number, "reviewer")

    day.opens("head", f"/cases/{number}/recusal/1", status=422)
    decides(day, "department_head", number, "yes")

    assert "本机关办案人员" == papers(day)[0]["asker"]
    assert "应当回避" in day.opens("reviewer", f"/cases/{number}/report", status=403).text
    day.takes("second_reviewer", number, "report", **day.facts(number, "report"))


def test_nobody_decides_about_himself(day):
    number = day.office.a_case("awaiting_signoff")
    asks(day, "applicant", number, "head")

    refused = day.opens("head", f"/cases/{number}/recusal/1", status=422)
    assert "回避由机关负责人决定" in refused.text
    decides(day, "leader", number, "no")
    assert "该回避申请已有决定" in day.opens("leader", f"/cases/{number}/recusal/1", status=422).text


def test_strangers_and_claimants_ask_nothing(day):
    number = day.office.a_case("dept_verifying")

    for who in ("rival", "stranger_reviewer", "auditor"):
        day.opens(who, f"/cases/{number}/recusal", status=404)
    day.opens("auditor", f"/cases/{number}/interest", status=403)


def test_who_stays_out_reads_nothing_of_the_case_any_more(day):
    number = day.office.a_case("dept_verifying")
    day.takes("reviewer", number, "report", **day.facts(number, "report"))
    asks(day, "officer", number, "reviewer")
    decides(day, "department_head", number, "yes")

    with day.office.app.app_context(), read_only():
        letters = db.session.execute(db.select(Document.id).where(Document.to_org_id == day.office.town.department))
        paths = [f"/documents/{one}.pdf" for one in letters.scalars()]
    assert paths, "the request that was addressed to his department"
    parts = ("", "/report", "/time", "/time.csv", "/report.pdf", "/recusal", "/files/1")
    for path in (*paths, *(f"/cases/{number}{part}" for part in parts)):
        refused = day.opens("reviewer", path, status=403)
        assert "不得查阅案卷" in refused.text and "第四十三条" in refused.text, path
    for tab in ("team", "mine", "all", "done"):
        assert number not in day.opens("reviewer", f"/inbox?tab={tab}").text
    assert number in day.opens("second_reviewer", "/inbox?tab=all").text
    assert number in day.opens("auditor", f"/cases/{number}").text, "the auditor reads everything"
    day.opens("stranger_reviewer", f"/cases/{number}", status=404)


def test_a_delegate_reads_no_more_than_whom_he_stands_in_for(day):
    delegates(day, "leader", "LD", "lawyer", "sign")
    number = day.office.a_case("awaiting_signoff")
    assert number in day.opens("lawyer", "/inbox?tab=team").text
    day.sends("leader", f"/cases/{number}/interest", "", relation="本人配偶任该公司财务。")

    for who in ("leader", "lawyer"):
        assert "不得查阅案卷" in day.opens(who, f"/cases/{number}", status=403).text
        assert number not in day.opens(who, "/inbox?tab=team").text


def a_head_away(day, *matters):
    """The office head is away and gives these matters to the second officer."""
    said = {"to": str(day.office.staff["second_officer"].id), "first": "2026-11-23", "last": "2026-11-27",
            "ground": "授权委托书（2026年11月20日）", "matters": list(matters)}  # fmt: skip
    day.sends("head", f"/delegations/new/COH/{day.office.town.office}", "", **said)


def test_deciding_it_is_a_matter_that_can_be_delegated_and_the_letter_says_so(day):
    a_head_away(day, "recusal:decide", "objection:endorse")
    assert "决定回避申请" in day.opens("head", "/delegations").text
    number = day.office.a_case("dept_verifying")
    asks(day, "applicant", number, "officer")
    assert "请决定" in day.opens("second_officer", "/notices").text

    decides(day, "second_officer", number, "yes")

    letter, standin, head = papers(day)[0], day.office.staff["second_officer"].name, day.office.staff["head"].name
    assert (standin, f"{head}，委托书鄂前信委〔2026〕1号") == (letter["signatory"], letter["delegated_for"])
    assert "准予回避" in day.opens("applicant", f"/cases/{number}").text


def test_a_delegation_without_the_matter_decides_no_recusal(day):
    a_head_away(day, "objection:endorse")
    number = day.office.a_case("dept_verifying")
    asks(day, "applicant", number, "officer")

    day.opens("second_officer", f"/cases/{number}/recusal/1", status=403)


def test_a_delegate_decides_neither_about_himself_nor_on_his_own_request(day):
    a_head_away(day, "recusal:decide")
    number = day.office.a_case("office_review")
    day.takes("second_officer", number, "propose", **day.facts(number, "propose"))
    asks(day, "applicant", number, "second_officer")
    assert "被申请人不得自行决定" in day.opens("second_officer", f"/cases/{number}/recusal/1", status=422).text

    a_minute_later(day, "second_officer", f"/cases/{number}/recusal", against=str(day.office.staff["officer"].id),
                   reason=WHY)  # fmt: skip
    day.opens("second_officer", f"/cases/{number}/recusal/2", status=422)
