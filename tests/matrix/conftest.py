"""One place for all cells: what is refused changes nothing, and what is allowed is thrown away."""

from collections.abc import Iterator
from typing import Any

import pytest

from app import create_app
from models.base import db
from routes.security import limiter
from services import rules
from tests.matrix.browsers import Browsers
from tests.matrix.town import Place, built
from tests.stage import settings_in


@pytest.fixture(scope="package")
def place(databases: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Built once for every test of this folder."""
    folder = tmp_path_factory.mktemp("matrix")
    app = create_app(settings_in(folder, databases.urls(folder)))
    rules.forget()
    limiter.enabled = False
    yield built(app)
    limiter.enabled = True
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    databases.drop()


@pytest.fixture(scope="package")
def browsers(place: Place) -> Browsers:
    """A browser for each actor."""
    return Browsers(place.office.app, place)
