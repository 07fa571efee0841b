"""An office with its people, and a browser for each."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.office import Office
from tests.pagecheck import PageClient


@pytest.fixture
def office(app: Flask) -> Office:
    return Office.opened(app)


@pytest.fixture
def as_(office: Office, client_for: Any) -> Callable[[str], PageClient]:
    """A browser in which one of the office's people is signed in."""
    return lambda who: client_for(office.staff[who])
