"""Whoever imported a file has no last word on the rows that his head did not approve."""

import pytest
from sqlalchemy import select, update

from models.base import db
from models.people import User
from models.record import ImportBatch, ImportRow
from services.clock import standing_at
from tests.banner import NOW, Banner


@pytest.fixture
def banner(make_app):
    with standing_at(NOW):
        yield Banner(make_app(demo=True))


def imported_by(banner, username, state):
    """A held row of a batch of this person, in this state."""
    batch, row = banner.all(select(ImportRow.batch_id, ImportRow.id).where(ImportRow.verdict == "warn"))[0]
    with banner.app.app_context():
        person = db.session.scalar(select(User.id).where(User.username == username))
        db.session.execute(update(ImportBatch).where(ImportBatch.id == batch).values(person_id=person, state=state))
        db.session.commit()
    return batch, row


@pytest.mark.parametrize(("state", "who", "answer"), [
    ("judged", "market.dr1", 303), ("approved", "market.dr1", 422), ("loaded", "market.dr1", 422),
    ("rejected", "market.dh1", 422), ("loaded", "market.dh1", 303),
])  # fmt: skip
def test_held_rows_are_released_by_the_importer_only_before_approval(banner, state, who, answer):
    batch, row = imported_by(banner, "market.dr1", state)
    browser = banner.browser(who)
    assert browser.post(f"/imports/{batch}/rows", data={"row": str(row), "word": "load"}).status_code == answer
    offered = "放行" in browser.get(f"/imports/{batch}?only=warn").get_data(as_text=True)
    assert offered is (answer == 303)


@pytest.mark.parametrize("said", ["²", "x"])
def test_an_odd_row_number_changes_nothing(banner, said):
    batch, _ = imported_by(banner, "market.dr1", "judged")
    sent = banner.browser("market.dh1").post(f"/imports/{batch}/rows", data={"row": said, "word": "load"})
    assert sent.status_code == 303
