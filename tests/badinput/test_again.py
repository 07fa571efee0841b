"""Double clicks, stale pages and forms of other people: one effect, a sentence, and nothing typed lost."""

import pytest

from scripts.visitor import Page
from tests.office import Office


@pytest.fixture
def office(app):
    return Office.opened(app)


def opened(browser, path):
    """A page and its forms as a visitor reads them."""
    answer = browser.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return Page(answer.status_code, path, answer.data, answer.mimetype)


def form_of(browser, number, step):
    """What the form of a step would send as it stands."""
    form = opened(browser, f"/cases/{number}/{step}").form(f"/{step}")
    return form.action, {name: values[0] for name, values in form.values.items() if values}


def test_a_filing_clicked_twice_is_filed_once(office, client_for):
    browser = client_for(office.staff["applicant"])
    action, values = form_of(browser, office.drafted(), "submit")
    first, second = (browser.post(action, data=values) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302), second.text
    assert first.location == second.location
