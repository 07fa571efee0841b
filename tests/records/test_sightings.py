"""Where else a record is shown: looked at by the office, told to its subject, and stale once our record changes."""

import pytest
from sqlalchemy import select

from models.base import db
from models.checking import Sighting
from models.record import CreditRecord
from models.subject import Subject
from services import sightings
from services.clock import standing_at
from services.records import fetch, query
from services.transactions import read_only
from standards.masking import Audience
from tests.banner import NOW, Banner
from tests.records.test_checks import CODE


@pytest.fixture
def banner(make_app):
    with standing_at(NOW):
        yield Banner(make_app(demo=True))


def record_of(banner):
    ours = CreditRecord.subject_id == select(Subject.id).where(Subject.uscc == CODE).scalar_subquery()
    return banner.all(select(CreditRecord.public_id).where(ours, CreditRecord.publication_state == "published"))[0][0]


def test_a_look_is_kept_and_told_to_the_subject(banner):
    record = record_of(banner)
    page, told = f"/desk/records/{record}/elsewhere", {"place": "national", "state": "differs", "note": "金额不同"}
    officer, owner = banner.browser("officer1"), f"/my/records/{record}"
    assert "尚未核对" in banner.browser("chengmao").get(owner).get_data(as_text=True)
    assert 422 == officer.post(page, data={**told, "place": "nowhere"}).status_code
    assert 303 == officer.post(page, data=told).status_code
    assert 303 == officer.post(page, data={**told, "state": "same", "note": ""}).status_code
    shown = banner.browser("chengmao").get(owner).get_data(as_text=True)
    assert "有展示，内容一致" in shown and "内容不一致" not in shown and "信用中国" in shown
    assert [("differs",), ("same",)] == banner.all(select(Sighting.state).order_by(Sighting.id))
    for who, status in (("market.dr1", 403), ("bank.usr1", 403), ("chengmao", 403), ("", 401)):
        assert status == banner.browser(who).post(page, data=told).status_code, who


def test_it_is_stale_once_our_record_has_another_version(banner):
    record = record_of(banner)
    banner.browser("officer1").post(f"/desk/records/{record}/elsewhere", data={"place": "gsxt", "state": "same"})
    with banner.app.app_context(), read_only():
        one = fetch(query().where(CreditRecord.public_id == record), Audience.DEPARTMENT)[0]
        assert [line.stale for line in sightings.of(one) if line.at] == [False]
        with db.session.no_autoflush:
            one.record.version += 1
            assert [line.stale for line in sightings.of(one) if line.at] == [True]
