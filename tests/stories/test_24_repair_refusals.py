"""What a repair refuses in words, nothing half done: half its papers, another's record, twice, late, alone."""

import pytest

from services import clock, commitments, repairfiling
from services.people import person
from services.transactions import writing
from tests.office_repair import RepairOffice
from tests.stories.repairing import later, one, per_record
from workflow.engine import Refused


@pytest.fixture
def repair(day):
    return RepairOffice(day.office)


def half_filed(day, repair):
    """A draft with a record, and neither of its papers; (key, item id)."""
    public_id = repair.penalty()[1]
    with day.office.app.app_context(), writing():
        somebody = person(day.office.staff["applicant"].id)
        key = repairfiling.begin(somebody, day.office.staff["applicant"].subject_id or 0, clock.now())
        case = repairfiling.draft(somebody, key)
        repairfiling.add(case, public_id, clock.now())
        return key, repairfiling.lines(case, clock.now())[0].item.id


def test_a_clerk_files_for_somebody_and_another_checks(day, repair):
    """P3: the counter registers; whoever registered does not forward."""
    number = repair.drafted(repair.penalty()[1], who="clerk")
    number = day.office.act("clerk", number, "submit")
    assert "代为登记" in day.opens("clerk", f"/cases/{number}/forward").text
    day.takes("second_clerk", number, "forward")

    assert "at_authority" == day.state(number)


def test_without_its_two_papers_nothing_is_filed(day, repair):
    key, _ = half_filed(day, repair)
    with pytest.raises(Refused) as refused:
        day.office.act("applicant", key, "submit")

    said = " ".join(map(str, refused.value.reasons))
    assert "证明材料" in said and "信用承诺书" in said and "draft" == day.state(key)


def test_a_commitment_needs_both_consents(day, repair):
    key, item = half_filed(day, repair)
    page = day.sends("applicant", f"/repairs/{key}/records/{item}", "/commitment", 422, signer="甲某", truthful="y")

    assert "同意公示" in page.text
    assert 0 == one(day, "SELECT count(*) FROM commitment")


def test_records_of_two_authorities_are_two_filings(day, repair):
    key, _ = half_filed(day, repair)
    other = repair.penalty(of=day.office.town.department)[1]
    page = next(form for form in day.opens("applicant", f"/repairs/{key}/records").forms
                if form.values.get("record") == [other])  # fmt: skip
    answer = day.browser("applicant").post(f"/repairs/{key}/records", data=page.values)

    assert 422 == answer.status_code and "另一单位认定" in answer.get_data(as_text=True)


def test_measures_need_unit_and_basis(day, repair):
    number = repair.a_case("office_confirm")
    facts = {"facts_found": "条件具备。", "checked": ["competent", "conditions", "people", "papers"]}
    page = day.takes("officer", number, "propose", 422, **facts, measure1="限制参加政府采购",
                     **per_record(repair, number, result="R1_repair"))  # fmt: skip

    assert "执行单位" in page.text and "office_confirm" == day.state(number)


def test_the_checklist_is_gone_through_wholly(day, repair):
    number = repair.a_case("office_confirm")
    page = day.takes("officer", number, "propose", 422, facts_found="条件具备。", checked=["papers"],
                     **per_record(repair, number, result="R1_repair"))  # fmt: skip

    assert "逐项核对" in page.text


def test_an_approval_is_not_served_before_the_seal(day, repair):
    number = repair.a_case("syncing")
    later(day, 4)
    assert "用印" in day.opens("clerk", f"/cases/{number}/serve").text


def test_no_silence_approves_or_denies(day, repair):
    """A hundred days in each waiting state before the signature: accepted at most, never decided."""
    for state in ("submitted", "at_authority", "accepted", "authority_decision", "office_confirm", "awaiting_signoff"):
        repair.a_case(state, repair.penalty()[1])
    later(day, 100)

    assert 0 == one(day, "SELECT count(*) FROM decision")
    assert 0 == one(day, "SELECT count(*) FROM case_file WHERE state IN ('approved', 'denied', 'refused')")


def test_the_text_signed_is_the_text_kept(day, repair):
    key, item = half_filed(day, repair)
    day.sends("applicant", f"/repairs/{key}/records/{item}", "/commitment", signer="甲某", truthful="y",
              publication="y")
    with day.office.app.app_context(), writing():
        kept = commitments.of(item)

        assert kept.clauses[4] == "自愿接受监督，同意将本承诺书向社会公示。" and kept.truthful and kept.publication
