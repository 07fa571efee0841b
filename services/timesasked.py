"""An identified consumer asks what a record said on a day, as known on another; each read leaves a receipt."""

import datetime as dt

from models.record import CreditRecord
from services import lookup, receipts, timespage
from services.access import NotFound
from services.receipts import Asking
from services.records import fetch, public_only, query
from services.timespage import TimesPage
from standards.masking import Audience


def told(asking: Asking, public_id: str, valid: dt.date | None, known: dt.date | None, now: dt.datetime) -> TimesPage:
    """Of a record that is published now; NotFound of any other, and of natural persons'."""
    audience = Audience.DEPARTMENT if lookup.governmental(asking.org_id) else Audience.PUBLIC
    found = fetch(query().where(CreditRecord.public_id == public_id, public_only()), audience)
    if not found or found[0].subject.natural:
        raise NotFound(public_id)
    one = found[0]
    receipts.write(asking, one.record.subject_id, [(one.record.id, one.record.version, one.marked)], now)
    return timespage.page(one, valid, known, now)
