"""Somebody who only claims to act for a subject, or no longer does, learns nothing that not everybody knows."""

import datetime as dt
import secrets

import pytest
from sqlalchemy import insert, update

from models.base import db
from models.decision import Document
from models.people import Agency, Membership
from models.record import CreditRecord
from models.subject import Subject
from services import clock, filing
from services.people import person
from services.transactions import read_only
from tests.office import DECIDED_ON, Office
from workflow.engine import Refused
from workflow.words import Ground, Role

TAX_NO = "152724197907051021"
SOLE = {"counterparty_type": "个体工商户", "tax_reg_no": TAX_NO}


@pytest.fixture
def office(app):
    return Office.opened(app)


def claimant(office, **more):
    """Somebody who signs up with the applicant's code and proves nothing."""
    with office.people.writing():
        code = db.session.get_one(Subject, office.staff["applicant"].subject_id).uscc
    return office.people.enterprise(code=code, proven=False, **more)


def draft_of(office, who, record, item="tax_reg_no"):
    with office.people.writing():
        somebody = person(who.id)
        key = filing.begin(somebody, office.staff["applicant"].subject_id, clock.now())
        case = filing.draft(somebody, key)
        filing.add_item(case, record, item, Ground.G01, "9")
        filing.say(case, "记载有误。")
        filing.reach(case, filing.Contact("某人", "13800000000"))
        return key


def submitted(office, browser, key):
    page = browser.get(f"/drafts/{key}/check").get_data(as_text=True)
    version = page.split('name="version"')[1].split('value="')[1].split('"')[0]
    sent = browser.post(f"/cases/{key}/submit", data={"version": version, "key": secrets.token_hex(10)})
    return sent.location.rsplit("/", 1)[1]


def test_a_claimant_reads_a_disputed_value_masked_on_every_page(office, client_for):
    _, record = office.a_record(penalty_doc_no="鄂前市监罚〔2026〕8号", **SOLE)
    rogue = claimant(office)
    browser, key = client_for(rogue), draft_of(office, rogue, record)
    for page in ("check", "record", "points/new?record=" + record):
        assert TAX_NO not in browser.get(f"/drafts/{key}/{page}").get_data(as_text=True)
    number = submitted(office, browser, key)
    assert TAX_NO not in browser.get(f"/cases/{number}").get_data(as_text=True)
    assert TAX_NO not in client_for(office.staff["clerk"]).get(f"/cases/{number}").get_data(as_text=True)


def test_the_proven_applicant_reads_it_in_full(office, client_for):
    _, record = office.a_record(penalty_doc_no="鄂前市监罚〔2026〕8号", **SOLE)
    key = draft_of(office, office.staff["applicant"], record)
    browser = client_for(office.staff["applicant"])
    assert TAX_NO in browser.get(f"/drafts/{key}/check").get_data(as_text=True)
    assert TAX_NO in browser.get(f"/cases/{submitted(office, browser, key)}").get_data(as_text=True)


def test_who_claims_to_be_a_person_does_not_learn_the_name(office, client_for):
    real = office.people.person(number=TAX_NO)
    with office.people.writing():
        name = db.session.get_one(Subject, real.subject_id).name
    rogue = office.people.person(number=TAX_NO, proven=False)
    assert rogue.subject_id == real.subject_id and rogue.name != name
    browser = client_for(rogue)
    assert name not in browser.get("/file/objection").get_data(as_text=True)
    started = browser.post("/file/objection", data={"subject": str(real.subject_id), "record": ""})
    for page in (started.location, f"{started.location}/check", "/", "/account"):
        assert name not in browser.get(page).get_data(as_text=True), page


def test_the_receipt_of_a_claimed_person_bears_the_name_he_gave(office):
    real = office.people.person(number=TAX_NO)
    rogue = office.people.person(number=TAX_NO, proven=False)
    with office.people.writing():
        update_record = update(CreditRecord).where(CreditRecord.id == office.record_id)
        db.session.execute(update_record.values(subject_id=real.subject_id))
    office.staff["rogue"] = rogue
    with office.people.writing():
        somebody = person(rogue.id)
        key = filing.begin(somebody, real.subject_id, clock.now())
        case = filing.draft(somebody, key)
        filing.add_item(case, office.public_id, "fine_wan", Ground.G01, "0.2")
        filing.say(case, "不是我。")
        filing.reach(case, filing.Contact("某人", "13800000000"))
    office.act("rogue", key, "submit")
    with office.app.app_context(), read_only():
        data = db.session.scalars(db.select(Document)).one().data
    assert data["subject_name"] == rogue.name and real.name not in str(data)


def test_an_ended_agency_opens_nothing_any_more(office, client_for):
    _, record = office.a_record(penalty_doc_no="鄂前市监罚〔2026〕8号", **SOLE)
    former = office.staff["applicant"]
    key = draft_of(office, former, record)
    with office.people.writing():
        ended = update(Agency).where(Agency.id == former.agency_id)
        db.session.execute(ended.values(valid_from=DECIDED_ON, valid_to=clock.today()))
        user_agency = {"user_id": former.id, "subject_id": former.subject_id, "capacity": "agent", "state": "claimed",
                       "stated_name": "某公司", "valid_from": DECIDED_ON, "claimed_at": clock.now()}
        db.session.execute(insert(Agency).values(user_agency))
    browser = client_for(former)
    assert TAX_NO not in browser.get(f"/drafts/{key}/check").get_data(as_text=True)
    assert TAX_NO not in browser.get(f"/drafts/{key}/record").get_data(as_text=True)
    assert browser.post(f"/cases/{key}/discard", data={"version": "0", "key": secrets.token_hex(10)}).status_code == 409
    assert browser.post(f"/cases/{key}/discard", data={"version": "1", "key": secrets.token_hex(10)}).status_code == 302
    with office.people.writing():
        fresh = filing.begin(person(former.id), former.subject_id, clock.now())
        assert fresh != key and not filing.is_proven(filing.draft(person(former.id), fresh))


def test_a_claimant_does_not_read_the_numbers_of_other_peoples_cases(office, client_for):
    number = office.a_case("submitted")
    rogue = claimant(office)
    key = draft_of(office, rogue, office.public_id, "fine_wan")
    assert number not in client_for(rogue).get(f"/drafts/{key}/check").get_data(as_text=True)
    assert client_for(rogue).get(f"/cases/{number}").status_code == 404


def test_a_counter_draft_is_masked_noted_and_closed_to_a_former_clerk(office, client_for):
    _, record = office.a_record(penalty_doc_no="鄂前市监罚〔2026〕8号", **SOLE)
    clerk = office.staff["clerk"]
    key = draft_of(office, clerk, record)
    browser = client_for(clerk)
    assert TAX_NO not in browser.get(f"/drafts/{key}/record").get_data(as_text=True)
    assert TAX_NO not in browser.get(f"/drafts/{key}/points/new?record={record}").get_data(as_text=True)
    auditor = client_for(office.staff["auditor"])
    assert record in auditor.get("/audit/access?kind=record").get_data(as_text=True)
    with office.people.writing():
        ended = update(Membership).where(Membership.user_id == clerk.id, Membership.role == Role.INT.value)
        db.session.execute(ended.values(valid_to=clock.today() - dt.timedelta(days=1), valid_from=DECIDED_ON))
    assert browser.get(f"/drafts/{key}").status_code == 404


@pytest.mark.parametrize("accepted", [False, True])
def test_only_an_accepted_claim_bars_the_subject_itself(office, client_for, accepted):
    """A stranger's filing on the same record and ground is a claim; once it is accepted it is a case."""
    rogue, real = claimant(office), office.staff["applicant"]
    number = submitted(office, client_for(rogue), draft_of(office, rogue, office.public_id, "fine_wan"))
    if accepted:
        office.act("clerk", number, "accept")

    mine = draft_of(office, real, office.public_id, "fine_wan")

    if accepted:
        with pytest.raises(Refused, match="同一记录同一事由已有在办异议"):
            office.act("applicant", mine, "submit")
    else:
        assert office.act("applicant", mine, "submit")
