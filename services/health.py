"""Whether this installation can work now."""

import logging
from functools import lru_cache

from sqlalchemy import inspect, select
from sqlalchemy.exc import SQLAlchemyError

from models.base import Base, db

log = logging.getLogger(__name__)


def database_ready() -> bool:
    """Whether the database answers and has every table."""
    try:
        db.session.execute(select(1))
        return wanted() <= set(inspect(db.session.connection()).get_table_names())
    except SQLAlchemyError as error:
        log.error("database not ready: %s", type(error).__name__)
        return False


@lru_cache
def wanted() -> frozenset[str]:
    """Names of the tables that must be there."""
    return frozenset(Base.metadata.tables)
