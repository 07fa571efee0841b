"""Who has to be told when a record changes."""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import or_, select, union

from models.base import db
from models.outbox import Subscription
from models.record import CreditRecord, Receipt, ReceiptRecord

SHOWN_WITHIN = dt.timedelta(days=366)


def receivers_of(record_ids: Iterable[int], now: dt.datetime) -> list[tuple[int, int]]:
    """(organisation, record) for all who were shown a record in the 12 months up to now or subscribe to its kind."""
    ids = list(record_ids)
    shown = (
        select(Receipt.org_id, ReceiptRecord.record_id)
        .join(ReceiptRecord, ReceiptRecord.receipt_id == Receipt.id)
        .where(ReceiptRecord.record_id.in_(ids), Receipt.at > now - SHOWN_WITHIN, Receipt.at <= now)
    )
    subscribed = select(Subscription.org_id, CreditRecord.id).where(
        CreditRecord.id.in_(ids), or_(Subscription.category == "", Subscription.category == CreditRecord.category)
    )
    return sorted((org_id, record_id) for org_id, record_id in db.session.execute(union(shown, subscribed)))
