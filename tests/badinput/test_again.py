"""Double clicks, stale pages, others' forms, guessed addresses: one effect, a sentence, nothing typed lost."""

import secrets

import pytest

from models.base import db
from models.case import Case, CaseEvent
from scripts.visitor import Page
from services.transactions import read_only
from tests.office import Office, state_of

TYPED = "申请人提交的材料不完整，缺少加盖公章的情况说明。"


@pytest.fixture
def office(app):
    return Office.opened(app)


@pytest.fixture
def clerk(office, client_for):
    return client_for(office.staff["clerk"])


def opened(browser, path):
    """A page and its forms as a visitor reads them."""
    answer = browser.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return Page(answer.status_code, path, answer.data, answer.mimetype)


def form_of(browser, number, step, **more):
    """What the form of a step would send as it stands, with some fields filled in."""
    form = opened(browser, f"/cases/{number}/{step}").form(f"/{step}")
    return form.action, {name: values[0] for name, values in form.values.items() if values} | more


def events(app, number):
    """The steps of a case."""
    with app.app_context(), read_only():
        query = db.select(CaseEvent.step).join(Case, Case.id == CaseEvent.case_id).where(Case.number == number)
        return list(db.session.scalars(query.order_by(CaseEvent.seq)))


def test_a_filing_clicked_twice_is_filed_once(office, client_for, app):
    browser = client_for(office.staff["applicant"])
    action, values = form_of(browser, office.drafted(), "submit")
    first, second = (browser.post(action, data=values) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302), second.text
    assert first.location == second.location
    assert ["submit"] == events(app, first.location.rsplit("/", 1)[1])


def test_a_step_clicked_twice_is_taken_once(office, clerk, app):
    number = office.a_case(at="submitted")
    action, values = form_of(clerk, number, "accept")
    first, second = (clerk.post(action, data=values) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert ["submit", "accept"] == events(app, number)
    assert "未重复办理" in clerk.get(second.location).text


def test_a_key_used_before_with_other_words_is_refused_with_the_words(office, clerk, app):
    number = office.a_case(at="submitted")
    action, values = form_of(clerk, number, "request_completion", name_1="执照", requirement_1="原件")
    assert clerk.post(action, data=values).status_code == 302
    again = clerk.post(action, data=values | {"name_1": "公章证明", "requirement_1": TYPED})
    assert again.status_code == 422 and TYPED in again.text
    assert ["submit", "request_completion"] == events(app, number)


def test_the_key_of_another_person_is_refused(office, clerk, client_for, app):
    number = office.a_case(at="submitted")
    action, values = form_of(clerk, number, "request_completion", name_1="执照", requirement_1="原件")
    assert clerk.post(action, data=values).status_code == 302
    other = client_for(office.staff["second_clerk"])
    del values["csrf_token"]  # theirs comes with the browser
    assert other.post(action, data=values).status_code == 422
    assert ["submit", "request_completion"] == events(app, number)


def test_a_stale_page_is_refused_and_gives_back_what_was_typed(office, clerk, app):
    """Meanwhile the applicant has withdrawn, or completion was asked for and answered."""
    number = office.a_case(at="submitted")
    action, values = form_of(clerk, number, "request_completion", name_1="情况说明", requirement_1=TYPED)
    office.act("applicant", number, "withdraw", reason="不再坚持")
    late = clerk.post(action, data=values)
    assert late.status_code in (409, 422) and TYPED in late.text
    assert state_of(app, number) == "withdrawn"


def test_a_form_of_an_older_state_can_be_sent_again_as_it_stands_now(office, clerk, app):
    number = office.a_case(at="submitted")
    action, values = form_of(clerk, number, "request_completion", name_1="情况说明", requirement_1=TYPED)
    office.act("second_clerk", number, "request_completion", missing=[{"name": "执照", "requirement": "原件"}])
    office.act("applicant", number, "supply", answers={"1": "已补交"})
    late = clerk.post(action, data=values)
    assert late.status_code == 409 and TYPED in late.text
    form = Page(409, action, late.data, late.mimetype).form("/request_completion")
    fresh = {name: said[0] for name, said in form.values.items() if said}
    assert clerk.post(action, data=fresh).status_code == 302
    assert events(app, number).count("request_completion") == 2


def test_the_back_button_shows_a_page_that_acts_no_more(office, clerk, app):
    """After accepting, the former page is sent once more under a key of its own."""
    number = office.a_case(at="submitted")
    action, values = form_of(clerk, number, "accept")
    assert clerk.post(action, data=values).status_code == 302
    again = clerk.post(action, data=values | {"key": secrets.token_urlsafe(24)})
    assert again.status_code in (409, 422)
    assert ["submit", "accept"] == events(app, number)


@pytest.mark.parametrize("broken", [{"version": "x"}, {"version": ""}, {"version": "９"}, {"version": "9" * 400},
                                    {"key": ""}, {"key": "short"}, {"key": "k" * 5000}])  # fmt: skip
def test_an_incomplete_page_is_refused(office, clerk, app, broken):
    number = office.a_case(at="submitted")
    action, values = form_of(clerk, number, "transfer_out", competent_organ="法院", reason=TYPED)
    answer = clerk.post(action, data=values | broken)
    assert answer.status_code in (409, 422) and TYPED in answer.text
    assert ["submit"] == events(app, number)


def test_the_case_number_of_another_enterprise_leads_nowhere(office, client_for, app):
    number = office.a_case(at="submitted")
    rival = client_for(office.staff["rival"])
    for path in ("", "/withdraw", "/supply", "/accept", "/add", "/files/1", "/files/1/view", "/draft.pdf"):
        assert rival.get(f"/cases/{number}{path}").status_code == 404, path
    assert rival.post(f"/cases/{number}/withdraw", data={"reason": TYPED}).status_code == 404
    assert ["submit"] == events(app, number)


GUESSED = ("/admin.php", "/.env", "/cases", "/cases/", "/cases/YB20261123000017", "/cases/../etc/passwd", "/cases/%00",
           "/cases/YB%2520", "/drafts/draft-AAAAAAAAAAAAAAAA", "/documents/1.pdf", "/documents/-1.pdf",
           "/documents/99999999999999999999.pdf", "/records/nothing-of-that-name", "/my/records/x", "/rules/packs/0",
           "/rules/procedure/nothing", "/verify/0000-0000-0000-0000", "/api/v1/nothing", "/static/../app.py",
           "/static/%2e%2e/app.py", "/setup/token", "/recover/token", "/design/x")  # fmt: skip


@pytest.mark.parametrize("path", GUESSED)
def test_guessed_addresses_are_answered_with_a_sentence(office, client_for, client, path):
    for browser in (client, client_for(office.staff["applicant"]), client_for(office.staff["officer"])):
        answer = browser.get(path)
        assert 400 <= answer.status_code < 500, answer.status_code
        assert answer.mimetype in ("text/html", "application/json") and len(answer.data) > 100
