"""A complaint comes in: with an account or without, anonymously, at the counter (§9.2, rows 1–5, 21)."""

import io

import pytest
from sqlalchemy import text

from models.base import db
from services import casefile, clock
from services.transactions import read_only
from tests.office_complaint import SAID, files, staffed, walks
from tests.services.samples import PDF


@pytest.fixture
def town(day, app):
    """The office with everybody a complaint needs, and a browser in which nobody is signed in."""
    staffed(day.office)
    day._browsers["guest"] = app.test_client()
    return day


def row(day, number: str) -> dict:
    query = "SELECT f.*, c.* FROM case_file f JOIN complaint c ON c.case_id = f.id WHERE f.number = :n"
    with day.office.app.app_context(), read_only():
        return dict(db.session.execute(text(query), {"n": number}).mappings().one())


def papers(day, number: str) -> list[str]:
    query = "SELECT d.paper FROM document d JOIN case_file f ON f.id = d.case_id WHERE f.number = :n ORDER BY d.id"
    with day.office.app.app_context(), read_only():
        return list(db.session.execute(text(query), {"n": number}).scalars())


def test_row_1_filed_with_an_account(town):
    number = files(town)

    assert number.startswith("TS20261123") and town.state(number) == "registered"
    assert papers(town, number) == ["D01C"]
    shown = town.opens("applicant", f"/cases/{number}").text
    assert SAID in shown and row(town, number)["query_code"] in shown
    assert number in town.opens("clerk", "/inbox?tab=team").text


def test_row_1_filed_without_an_account_and_followed_by_its_code(town):
    number = files(town, "guest")
    code = row(town, number)["query_code"]

    found = town.sends("guest", "/progress", "", number=number, code=code)
    assert "已登记待审查" in found.text and "撤回投诉" in found.text
    assert "13912345678" not in found.text and SAID not in found.text


def test_row_1_filed_anonymously_keeps_nothing_of_who_it_was(town):
    number = files(town, "applicant", anonymous="yes")
    kept = row(town, number)

    assert kept["anonymous"] and (kept["filer_id"], kept["subject_id"], kept["agency_id"]) == (None, None, None)
    assert (kept["contact_name"], kept["contact_phone"]) == ("", "")
    town.opens("applicant", f"/cases/{number}", 404)
    with town.office.app.app_context(), read_only():
        events = casefile.history_of(kept["case_id"])
    assert [(one.person_id, str(one.role)) for one in events] == [(None, "PBL")]


def test_row_1_registered_at_the_counter_and_accepted_by_another_clerk(town):
    number = files(town, "clerk")

    assert town.opens("clerk", f"/cases/{number}/accept").text.count("P3")
    town.takes("second_clerk", number, "accept")
    assert "accepted" == town.state(number)


def test_row_1_nothing_typed_is_lost_and_nothing_is_filed_by_halves(town):
    wrong = town.sends("guest", "/file/complaint", "", 422, scope="C06", respondent="other", statement=SAID)
    assert SAID in wrong.text and "请写明被投诉单位名称" in wrong.text


def test_row_1_papers_are_handed_in_without_an_account(town):
    """A photograph of the receipt, taken back, handed in again; nobody else finds the draft."""
    said = {"scope": "C06", "respondent": str(town.office.town.department), "statement": SAID}
    papers_page = town.sends("guest", "/file/complaint", "", **said)
    where = papers_page.url
    for _ in range(2):
        sent = {"slot": "proof", "file": (io.BytesIO(PDF), "收据.pdf")}
        assert town.browser("guest").post(where, data=sent).status_code == 302
    shown = town.opens("guest", where)
    assert shown.text.count("收据.pdf") >= 2
    town.sends("guest", where, "/remove")
    key = where.rstrip("/").split("/")[-2]
    for who in ("clerk", "reviewer", "applicant"):
        town.opens(who, f"/file/complaint/{key}", 404)


def test_whoever_posts_without_end_is_asked_to_wait(town):
    """The door that needs no account is throttled like every other."""
    answers = [town.browser("guest").post("/file/complaint", data={"scope": "C06"}).status_code for _ in range(61)]

    assert set(answers[:60]) == {422} and answers[60] == 429


def test_row_2_an_objection_in_truth_keeps_its_day(town):
    number = files(town)
    with clock.standing_at(clock.now().replace(day=24)):
        town.takes("clerk", number, "classify_as_objection", record=town.office.public_id, ground="G01",
                   reason="所反映的是记录内容有误。")  # fmt: skip

    complaint = row(town, number)
    with town.office.app.app_context(), read_only():
        objection = dict(db.session.execute(text("SELECT * FROM case_file WHERE id = :i"),
                                            {"i": complaint["objection_id"]}).mappings().one())  # fmt: skip
        first = casefile.history_of(objection["id"])[0]
    assert "converted" == town.state(number)
    assert objection["number"].startswith("YB") and objection["state"] == "submitted"
    assert objection["filed_at"] == complaint["filed_at"] and objection["statement"] == SAID
    assert first.day.isoformat() == "2026-11-23" and first.person_id == town.office.staff["applicant"].id
    assert papers(town, number)[-1] == "D16T"


def test_row_2_where_no_record_is_named_the_draft_waits_for_the_complainant(town):
    number = files(town)
    town.takes("clerk", number, "classify_as_objection", reason="所反映的是记录内容有误。")
    filed = row(town, number)["filed_at"]
    with clock.standing_at(clock.now().replace(day=25)):
        town._browsers.pop("applicant")  # signs in anew on Wednesday
        tasks = town.sends("applicant", "/file/objection", "", record="",
                           subject=str(town.office.staff["applicant"].subject_id))  # fmt: skip
        key = tasks.url.rstrip("/").rpartition("/")[2]
        town.sends("applicant", f"/drafts/{key}/points/new?record={town.office.public_id}", "", field="fine_wan",
                   ground="G01", claim="0.2")  # fmt: skip
        shown = town.sends("applicant", f"/drafts/{key}/check", "/submit")

    objection = shown.url.rstrip("/").rpartition("/")[2]
    with town.office.app.app_context(), read_only():
        kept = casefile.row_of(objection)["filed_at"].isoformat()
    assert kept[:16] == str(filed)[:16].replace(" ", "T")  # SQLite gives text, PostgreSQL a moment


def test_row_3_refused_by_two_people(town):
    number = files(town)
    town.takes("clerk", number, "propose_refusal", refusal_ground="court", reason="已向法院起诉。")
    town.takes("head", number, "approve_refusal")

    assert "refused" == town.state(number) and papers(town, number)[-1] == "D16N"


def test_row_3_finally_rechecked_is_a_ground_only_where_it_was(town):
    number = files(town)
    refused = town.takes("clerk", number, "propose_refusal", 422, refusal_ground="final", former="TS202611230000019",
                         reason="同一事实。")  # fmt: skip
    assert "复核终结" in refused.text and "registered" == town.state(number)


def test_row_4_passed_on_but_never_to_the_accused(town):
    number = files(town)
    own = town.takes("clerk", number, "transfer", 422, destination="other", competent_organ="旗市场监督管理局",
                     reason="由该局处理。")  # fmt: skip
    assert "被投诉单位" in own.text
    town.takes("clerk", number, "transfer", destination="discipline", competent_organ="旗监察委员会",
               reason="涉嫌违纪。")  # fmt: skip

    assert "transferred" == town.state(number) and papers(town, number)[-1] == "D16T"


def test_row_5_accepted_with_two_clocks(town):
    number = walks(town, files(town), "accepted")

    shown = town.opens("head", f"/cases/{number}").text
    assert "2026-12-14" in shown and "2027-01-22" in shown
    assert papers(town, number)[-1] == "D16"


def test_row_21_withdrawn_by_the_complainant(town):
    number = walks(town, files(town), "investigating")
    town.takes("applicant", number, "withdraw", reason="已经解决。")

    assert "withdrawn" == town.state(number) and papers(town, number)[-1] == "D19C"


def test_row_21_withdrawn_without_an_account_by_number_and_code(town):
    number = files(town, "guest")
    code = row(town, number)["query_code"]
    town.sends("guest", "/progress", "", number=number, code=code)
    page = town.browser("guest").post("/progress/act/withdraw", data={"number": number, "code": code})
    assert page.status_code == 200 and "理由" in page.get_data(as_text=True)
    version = str(row(town, number)["version"])
    sent = {"number": number, "code": code, "version": version, "key": "k" * 20, "reason": "已解决"}
    assert town.browser("guest").post("/progress/act/withdraw", data=sent).status_code == 303

    assert "withdrawn" == town.state(number)
    assert town.browser("guest").post("/progress/act/withdraw", data=sent | {"code": "AAAAAAAA"}).status_code == 404


def test_row_21_the_office_goes_on_by_itself(town):
    """What was withdrawn may still be looked into, as a case of its own that names the former."""
    number = walks(town, files(town), "investigating")
    town.takes("applicant", number, "withdraw", reason="不想追究了。")
    wrong = town.sends("clerk", "/file/complaint", "", 422, scope="C06", statement="继续核查。", former="TS1",
                       respondent=str(town.office.town.department))  # fmt: skip
    assert "没有找到该案号" in wrong.text
    again = files(town, "clerk", anonymous="yes", former=number)

    assert row(town, again)["former_id"] == row(town, number)["case_id"] and "registered" == town.state(again)


def test_a_complaint_about_the_credit_office_goes_to_another_house(town):
    number = files(town, respondent=str(town.office.town.office))

    assert row(town, number)["office_id"] == town.office.town.supervisor
    for who in ("clerk", "officer", "head", "leader"):
        town.opens(who, f"/cases/{number}", 404)
    assert number in town.opens("other_clerk", "/inbox?tab=team").text
    town.takes("other_clerk", number, "accept")
    town.takes("other_head", number, "assign", handler_id=str(town.office.staff["other_officer"].id))
    assert "investigating" == town.state(number)
