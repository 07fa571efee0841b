"""What the stories of a repair share: the office with an authority that decides, and a look into the data."""

import datetime as dt

from sqlalchemy import text

from models.base import db
from services import clock, deadlines
from services.transactions import read_only
from tests.stories.conftest import MONDAY

UNMET = {"performed": "no", "duty": "", "proof": "", "finding": "UNMET", "note": "罚款未缴清"}


def one(day, query, **values):
    with day.office.app.app_context(), read_only():
        return db.session.execute(text(query), values).scalar()


def later(day, days: int):
    """The office some days after Monday, the clock's round done."""
    moment = MONDAY + dt.timedelta(days=days)
    with clock.standing_at(moment), day.office.app.app_context():
        deadlines.tick(moment)


def work_off(day):
    """Let the worker do what the minutes of this morning left to be done."""
    with clock.standing_at(MONDAY + dt.timedelta(hours=2)):
        day.works_off()


def per_record(repair, number, **said):
    return {f"{name}_{item}": value for item in repair.items(number) for name, value in said.items()}


def state_of_record(day, record_id):
    return one(day, "SELECT publication_state FROM credit_record WHERE id = :id", id=record_id)


def repaired(day, repair, number):
    """From the credit office's check to the signature."""
    facts = {"facts_found": "条件具备。", "checked": ["competent", "conditions", "people", "papers"]}
    day.takes("officer", number, "propose", **facts, **per_record(repair, number, result="R1_repair"))
    day.takes("head", number, "endorse")
    day.takes("leader", number, "sign")


def messages(day):
    with day.office.app.app_context(), read_only():
        return list(db.session.execute(text("SELECT id FROM correction_message WHERE state = 'sent'")).scalars())


def fresh_draft(day, who: str = "applicant") -> str:
    """Begin a repair through its page; the address of its task list."""
    page = day.opens(who, "/file/repair")
    form = next(form for form in page.forms if "subject" in form.options)
    return day.sends(who, "/file/repair", "", record="", subject=form.options["subject"][0]).url
