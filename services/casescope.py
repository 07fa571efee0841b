"""What records a case is about: the category and the source whose own rules may apply to it."""

from sqlalchemy import select

from models.base import db
from models.case import CaseItem
from models.record import CreditRecord


def of(case_id: int) -> tuple[str, int | None]:
    """(category, source organisation) of the records of a case; "" and None where they differ or there are none."""
    query = select(CreditRecord.category, CreditRecord.source_dept_id).distinct()
    rows = db.session.execute(query.join(CaseItem, CaseItem.record_id == CreditRecord.id)
                              .where(CaseItem.case_id == case_id)).all()  # fmt: skip
    categories, sources = {row.category for row in rows}, {row.source_dept_id for row in rows}
    return (categories.pop() if len(categories) == 1 else "", sources.pop() if len(sources) == 1 else None)
