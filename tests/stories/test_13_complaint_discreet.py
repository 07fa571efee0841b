"""P9: the organisation complained of sees the questions put to it, and of the complaint nothing at all."""

import datetime as dt
import re

import pytest
from sqlalchemy import select

from models.base import db
from models.case import Case
from models.decision import Document
from services import clock, letters
from services.transactions import read_only
from tests.office_complaint import SAID, facts, files, staffed, walks
from tests.stories.test_10_complaint_filed import row
from tests.stories.test_11_complaint_handled import answers

ACCUSED = ("reviewer", "second_reviewer", "department_head", "accused_auditor", "accused_clerk", "two_hats")
MOST_PAGES = 120


@pytest.fixture
def town(day, app):
    staffed(day.office)
    day._browsers["guest"] = app.test_client()
    return day


def secrets(day, number: str) -> list[str]:
    """What would give the complainant away: his names, code, telephone, and what he said."""
    kept = row(day, number)
    return [SAID, kept["contact_name"], kept["contact_phone"], kept["query_code"]]


def walked(day, who: str, more: list[str]) -> dict[str, str]:
    """Every page somebody reaches from the front page and from the addresses he might guess, by address."""
    seen: dict[str, str] = {}
    ahead = ["/", "/inbox", "/inbox?tab=team", "/inbox?tab=all", "/inbox?tab=done", "/unit-matters", "/notices", *more]
    while ahead and len(seen) < MOST_PAGES:
        path = ahead.pop(0)
        if path in seen:
            continue
        answer = day.browser(who).get(path)
        seen[path] = answer.get_data(as_text=True) if answer.mimetype in ("text/html", "application/json") else ""
        if answer.status_code == 302:
            ahead.append(answer.location)
        links = re.findall(r'href="(/[^"#]*)"', seen[path])
        ahead += [one for one in links if not one.startswith(("/static", "/file/", "/design", "/language"))]
    return seen


def guessed(number: str, day) -> list[str]:
    """Addresses of the case that somebody could type."""
    steps = ("accept", "assign", "draft_reply", "sign", "answer", "rectify", "withdraw", "draft_review")
    audit = [f"/audit/events?number={number}", "/audit/events", "/audit/access", f"/audit/access?target={number}"]
    letters_of = [f"/documents/{one}.pdf" for one in range(1, 12)]
    own = [f"/cases/{number}", f"/cases/{number}/draft.pdf", f"/cases/{number}/add", f"/cases/{number}/files/1",
           f"/cases/{number}/files/1/view"]  # fmt: skip
    return [*own, *(f"/cases/{number}/{step}" for step in steps), *audit, *letters_of, f"/query?q={number}",
            f"/progress?number={number}", f"/api/v1/cases/{number}?code=AAAAAAAA"]  # fmt: skip


@pytest.mark.parametrize("until", ["investigating", "served"])
def test_every_page_is_blind_to_the_accused(town, until):
    """Each of its people walks everywhere; who complains, and of what, is on none of the pages."""
    number = walks(town, files(town), "investigating")
    town.takes("officer", number, "require_answer", **facts(town, "require_answer"))
    answers(town)
    if until == "served":
        walks(town, number, "served")
        town.takes("head", number, "order_rectification", **facts(town, "order_rectification"))
    town.works_off()
    hidden, name = secrets(town, number), town.office.staff["applicant"].name

    def hides(path: str) -> list[str]:
        """The register names every legal representative; which cases there are of him it must not say."""
        return [*hidden, number] if path.startswith("/registry/") else [*hidden, name]

    for who in ACCUSED:
        pages = walked(town, who, guessed(number, town))
        assert len(pages) > 30
        for path, said in pages.items():
            found = [one for one in hides(path) if one in said]
            assert not found, f"{who} reads {found} at {path}"
        assert 404 == town.browser(who).get(f"/cases/{number}").status_code


def test_the_negative_control_the_handler_reads_it_all(town):
    """The same walk by somebody who handles the case does find it, so the walk can fail."""
    number = walks(town, files(town), "investigating")
    pages = walked(town, "officer", guessed(number, town))

    assert any(SAID in said for said in pages.values())


def test_letters_to_the_unit_carry_no_identity(town):
    number = walks(town, files(town), "investigating")
    town.takes("officer", number, "require_answer", **facts(town, "require_answer"))
    walks(town, number, "served")
    town.takes("head", number, "order_rectification", **facts(town, "order_rectification"))
    with clock.standing_at(clock.now() + dt.timedelta(hours=8)):
        town.works_off()
    hidden = secrets(town, number)
    with town.office.app.app_context(), read_only():
        found = [one for one in _letters(number) if one.paper in ("D05C", "D20C")]
        assert ["D05C", "D20C"] == [one.paper for one in found]
        for one in found:
            said = str(one.data)
            assert not [secret for secret in hidden if secret in said]
            assert "subject_name" not in one.data and letters.pdf_of(one.id)


def _letters(number: str) -> list:
    query = select(Document).join(Case, Case.id == Document.case_id).where(Case.number == number)
    return list(db.session.execute(query).scalars())


@pytest.mark.parametrize("who", ["reviewer", "department_head"])
@pytest.mark.parametrize("step", ["answer", "withdraw", "accept", "draft_reply"])
def test_the_accused_takes_no_step_of_the_case(town, who, step):
    number = walks(town, files(town), "investigating")
    answer = town.browser(who).post(f"/cases/{number}/{step}", data={"version": "4", "key": "k" * 20, "reason": "x"})

    assert answer.status_code == 404


def test_one_unit_does_not_see_what_another_was_asked(town):
    number = walks(town, files(town), "investigating")
    town.takes("officer", number, "require_answer", **facts(town, "require_answer"))
    page = town.opens("reviewer", "/unit-matters")
    href = next(one for one, _ in page.links if "/unit-matters/questions/" in one)

    town.opens("stranger_reviewer", href, 404)
    assert number not in town.opens("stranger_reviewer", "/unit-matters").text
