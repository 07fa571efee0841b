"""Settings, tokens shown once, jobs that failed, and the state of the house."""

import re

import pytest
from sqlalchemy import select

from models.outbox import Job
from models.people import ApiToken
from scripts import worker
from services import access, clock, jobs, operations, rules
from tests.identity.test_recovery import letters


@pytest.fixture
def admin(at):
    return at("administrator")


def test_the_front_page_says_how_the_house_stands(admin):
    page = admin.get("/admin").text
    assert "运行状况" in page and "没有心跳" in page and "每一步都有人可办" in page
    assert admin.get("/admin?lang=en").status_code == 200


def test_settings_are_changed_and_keep_what_was_not_asked(app, admin):
    assert admin.get("/admin/settings").status_code == 200
    said = {"contact_person": "王芳", "contact_phone": "0477-7654321", "address": "某街2号", "query_channel": ""}
    assert admin.post("/admin/settings/office", data=said).status_code == 303
    with app.app_context():
        assert rules.setting("office")["contact_person"] == "王芳" and rules.setting("office")["name"] == "旗信用办"
    assert "王芳" in admin.get("/admin/settings").text
    for name in ("site", "office", "remedies"):
        assert admin.get(f"/admin/settings/{name}").status_code == 200
    assert admin.post("/admin/settings/remedies", data={"review_organ": "", "court": ""}).status_code == 422
    assert admin.get("/admin/settings/setup").status_code == 404


def test_mail_is_tried_from_the_settings(admin, tmp_path):
    assert admin.post("/admin/settings/mail", data={"address": "me@example.cn"}).status_code == 303
    assert [letter["To"] for letter in letters(tmp_path)] == ["me@example.cn"]
    admin.post("/admin/settings/mail", data={"address": "nowhere"})
    assert "正确的邮箱" in admin.get("/admin/settings").text


TOKEN = {"name": "审批系统", "scopes": ["records"], "purpose": "S27-1", "days": "30"}


def test_a_token_is_shown_once_and_revoked_at_once(app, admin, office, stored):
    assert admin.get("/admin/tokens/new").status_code == 200
    page = admin.post("/admin/tokens/new", data=TOKEN | {"org": str(office.bank)})
    assert page.status_code == 200
    token = re.search(r"xf_[\w-]+", page.text)[0]
    with app.app_context():
        assert access.client_for(token, clock.now()).org_id == office.bank
    listed = admin.get("/admin/tokens").text
    assert "审批系统" in listed and token not in listed
    number = stored(select(ApiToken.id))[0][0]
    assert admin.post(f"/admin/tokens/{number}/revoke").status_code == 303
    with app.app_context():
        assert access.client_for(token, clock.now()) is None
    assert admin.post("/admin/tokens/999/revoke").status_code == 404


@pytest.mark.parametrize("change", [{"scopes": []}, {"scopes": ["all"]}, {"days": "0"}, {"days": "3650"},
                                    {"name": ""}, {"purpose": "S99"}, {"org": "999"}])  # fmt: skip
def test_a_token_without_bounds_is_not_issued(change, admin, office, stored):
    assert admin.post("/admin/tokens/new", data=TOKEN | {"org": str(office.bank)} | change).status_code == 422
    assert stored(select(ApiToken.id)) == []


def fail_a_job(within):
    def make():
        jobs.add("mail", {"to": "x", "subject": ["a", "b"], "body": ["a", "b"]}, clock.now())

    within(make)
    within(lambda: jobs.db.session.execute(jobs.update(jobs.JOB).values(dead_at=clock.now(), error="<b>refused</b>")))


def test_a_failed_job_is_tried_again_or_closed(admin, within, stored):
    fail_a_job(within)
    page = admin.get("/admin/jobs").text
    assert "发送邮件" in page and "&lt;b&gt;refused" in page
    number = stored(select(Job.id))[0][0]
    assert admin.post(f"/admin/jobs/{number}/retry").status_code == 303
    assert stored(select(Job.dead_at, Job.tries))[0] == (None, 0)
    assert admin.post(f"/admin/jobs/{number}/close").status_code == 404
    within(lambda: jobs.db.session.execute(jobs.update(jobs.JOB).values(dead_at=clock.now())))
    assert admin.post(f"/admin/jobs/{number}/close").status_code == 303
    assert "没有失败任务" in admin.get("/admin/jobs").text
    assert stored(select(Job.done_at))[0][0] is not None
    assert admin.post(f"/admin/jobs/{number}/retry").status_code == 404


def test_every_kind_of_job_has_a_title_in_both_languages():
    ours = {module.__name__ for module in worker.HANDLING}
    kinds = {kind for kind, handler in jobs.HANDLERS.items() if handler.__module__ in ours}
    assert {"render", "scan", "deliver"} <= kinds
    for title in map(operations.title_of, kinds):
        assert re.search("[一-龥]", title.zh) and re.fullmatch("[A-Z][ -~]+", title.en)
