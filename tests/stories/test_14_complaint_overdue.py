"""A complaint nobody looks at: the lights go red, the office is urged, and no letter tells who complained."""

import datetime as dt

from sqlalchemy import text

from checks.book import content
from models.base import db
from services import clock, escalation, urging
from services.people import person
from services.transactions import read_only, writing
from tests.office_complaint import SAID, files, staffed
from tests.stories.conftest import MONDAY


def test_the_office_is_urged(day, app):
    staffed(day.office)
    day._browsers["guest"] = app.test_client()
    number = files(day, "guest")
    late = MONDAY + dt.timedelta(days=12)
    with clock.standing_at(late), app.app_context():
        escalation.tick(late)
        with read_only():
            letters = urging.letters_for(person(day.office.staff["head"].id))
        assert letters and {one.case_number for one in letters} == {number}
        with writing():
            urging.issue(letters[0].row.id, person(day.office.staff["head"].id), late)
        with read_only():
            kept = db.session.execute(text("SELECT data FROM document WHERE paper LIKE 'D20%'")).scalar_one()
        said = str(content(kept))
    assert "投诉" in said and SAID not in said and "投诉人某" not in said
    assert "registered" == day.state(number)
