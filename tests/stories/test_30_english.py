"""English pages are English: also the law on which a refusal or a limit rests is told in English there."""

import re

from tests.office_repair import RepairOffice
from tests.stories.repairing import fresh_draft
from tests.stories.test_03_standing_in import delegates

CHINESE = re.compile("[\u4e00-\u9fff]")


def english(day, who, path, status=200):
    """The page in English, as text."""
    return day.opens(who, f"{path}?lang=en", status).text


def test_why_a_step_is_closed_is_told_with_its_rule_in_english(day):
    number = day.office.a_case("awaiting_signoff")  # drafted by the officer
    delegates(day, "leader", "LD", "officer", "sign")
    told = english(day, "officer", f"/cases/{number}/sign")
    assert "[separation of duties P1]" in told and "职责分离" not in told


def test_the_basis_of_a_limit_is_told_in_english(day):
    number = day.office.a_case("dept_verifying")
    page = english(day, "applicant", f"/cases/{number}")
    bases = re.findall(r"Basis: (.{3,60})", page)
    assert bases and not [one for one in bases if CHINESE.search(one)], bases
    day.browser("officer").get("/?lang=en")
    assert not CHINESE.search("".join(re.findall(r"Basis: (.{3,60})", english(day, "officer", f"/cases/{number}"))))


def test_who_must_stay_out_reads_why_in_english(day):
    number = day.office.a_case("accepted")
    day.sends("officer", f"/cases/{number}/interest", "", relation="本人配偶任该公司财务。")
    page = english(day, "officer", f"/cases/{number}", 403)
    assert "must stay out of this case" in page and "Article 43" in page


def test_the_advice_on_a_repair_names_its_rule_in_english(day):
    repair = RepairOffice(day.office)
    repair.penalty()
    page = english(day, "applicant", f"{fresh_draft(day)}/records")
    bases = re.findall(r"Basis\s+(.{3,60})", page)
    assert bases and not [one for one in bases if CHINESE.search(one)], bases
