"""API v1: tokens and scopes, records with mark and receipt, progress without an account, problems in two languages."""

import datetime as dt

import pytest
from sqlalchemy import select

from models.base import db
from models.organisation import Org
from models.record import CreditRecord, Receipt, ReceiptRecord
from services import access
from services.clock import standing_at
from services.transactions import writing
from tests.banner import NOW, Banner

CODE = "91150623L3NT5GD65N"
RECORDS = f"/api/v1/subjects/{CODE}/records"


@pytest.fixture
def banner(make_app):
    with standing_at(NOW):
        yield Banner(make_app(demo=True))


def token(banner, scopes=("records",), purpose="", days=1, kind="bank"):
    with banner.app.app_context(), writing():
        org = db.session.scalar(select(Org.id).where(Org.kind == kind))
        return access.issue_token(org, "测试", list(scopes), purpose, NOW, NOW + dt.timedelta(days=days))


def ask(banner, given, path=RECORDS, **query):
    query = {"purpose": "S27-2"} | query
    return banner.browser().get(path, query_string=query, headers={"Authorization": f"Bearer {given}"})


def test_published_records_come_with_version_mark_and_receipt(banner):
    answer = ask(banner, token(banner), asking_unit="风控部")
    assert 200 == answer.status_code and answer.mimetype == "application/json"
    said = answer.json
    public = {row[0]: row[1] for row in banner.all(select(CreditRecord.public_id, CreditRecord.id).where(
        CreditRecord.publication_state == "published"))}  # fmt: skip
    assert CODE == said["subject"]["code"] and len(said["records"]) >= 4
    for one in said["records"]:
        assert one["id"] in public and 1 == one["version"] and one["in_dispute"] is False and one["notes"] == []
        fields = {field["id"]: field["value"] for field in one["fields"]}
        assert "legal_rep_id_no" not in fields and "150623198503120183" not in str(fields)
    receipt = banner.all(select(Receipt.purpose, Receipt.channel, Receipt.asking_unit, Receipt.token_id))
    assert [("S27-2", "api", "风控部", 1)] == receipt
    shown = {row[0] for row in banner.all(select(ReceiptRecord.record_id))}
    assert {public[one["id"]] for one in said["records"]} == shown


def test_nothing_is_told_of_who_is_not_published(banner):
    given = token(banner)
    for code in ("152724197907051021", "91150623MA0P123428", "nonsense"):
        said = ask(banner, given, f"/api/v1/subjects/{code}/records").json
        assert (None, []) == (said["subject"], said["records"])
    assert 3 == len(banner.all(select(Receipt.id))), "an empty answer is an answer"


@pytest.mark.parametrize(("query", "status"), [({"purpose": ""}, 422), ({"purpose": "S99"}, 422),
                                               ({"purpose": "x" * 99}, 422), ({"consent_sha256": "zz"}, 422),
                                               ({"stranger": "1"}, 422)])  # fmt: skip
def test_a_bad_question_is_a_problem_in_two_languages(banner, query, status):
    answer = ask(banner, token(banner), **query)
    problem = answer.json["error"]
    assert status == answer.status_code == problem["status"]
    assert problem["zh"] and problem["en"] and problem["reasons"] and problem["request"]
    assert [] == banner.all(select(Receipt.id))


def test_a_token_counts_for_its_scope_purpose_and_time_only(banner):
    assert 401 == banner.browser().get(f"{RECORDS}?purpose=S27-2").status_code
    assert 401 == ask(banner, "xf_wrong").status_code
    assert 403 == ask(banner, token(banner, scopes=("cases",))).status_code
    assert 403 == ask(banner, token(banner, purpose="S27-1")).status_code
    assert 200 == ask(banner, token(banner, purpose="S27-2")).status_code
    assert 401 == ask(banner, token(banner, days=-1)).status_code
    assert 401 == banner.browser("bank.usr1").get(f"{RECORDS}?purpose=S27-2").status_code, "a cookie is no token"


def test_progress_needs_number_and_code_and_answers_alike_otherwise(banner):
    wrong = [banner.browser().get(f"/api/v1/cases/{number}?code={code}")
             for number, code in (("YB20261123000017", "ABCDEFGH"), ("nonsense", "x"))]  # fmt: skip
    assert [404, 404] == [answer.status_code for answer in wrong]
    bodies = [{**answer.json["error"], "request": ""} for answer in wrong]
    assert bodies[0] == bodies[1]
    assert 422 == banner.browser().get("/api/v1/cases/YB20261123000017").status_code


def test_progress_is_throttled(banner):
    browser = banner.browser()
    answers = [browser.get("/api/v1/cases/YB20261123000017?code=ABCDEFGH").status_code for _ in range(35)]
    assert 404 == answers[0] and 429 == answers[-1]


def test_the_description_fits_what_is_there(banner):
    told = banner.browser().get("/api/v1/openapi.json").json
    paths = {"/api/v1/subjects/{code}/records", "/api/v1/records/{public_id}/times", "/api/v1/cases/{number}",
             "/api/v1/imports/{kind}", "/api/v1/imports/{batch}", "/api/v1/corrections", "/api/v1/corrections/answers",
             "/api/v1/holdings"}  # fmt: skip
    assert paths == set(told["paths"])
    operation = told["paths"]["/api/v1/subjects/{code}/records"]["get"]
    assert {"code", "purpose", "asking_unit", "consent_sha256"} == {one["name"] for one in operation["parameters"]}
    assert {"200", "401", "403", "404", "422", "429"} <= set(operation["responses"])
    assert 'href="/api/v1/docs"' in banner.browser().get("/").get_data(as_text=True), "the foot of each page links it"
    page = banner.browser().get("/api/v1/docs").get_data(as_text=True)
    assert "asking_unit" in page and "openapi.json" in page
    assert 200 == banner.browser().get("/api/v1/docs?lang=en").status_code
