"""An office whose bank is told by machine: the reference receiver behind a real socket."""

import threading
from dataclasses import dataclass

import pytest

from models.base import db
from receiver.book import Book
from receiver.server import Server
from services import channels, clock, courier
from services.channels import Wanted
from services.people import person
from services.transactions import writing
from tests.office import Office


@dataclass
class There:
    """The receiver: its address, its copy, its keys; `down()` and `up()` as in life."""

    path: object
    keys: list[str]
    port: int = 0
    server: Server | None = None

    def up(self):
        self.server = Server(("127.0.0.1", self.port), Book(self.path), lambda: self.keys, 0)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def down(self):
        self.server.shutdown()
        self.server.server_close()
        self.server.book.db.close()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/in"

    def rows(self, query):
        with self.server.book.lock:
            return self.server.book.db.execute(query).fetchall()


@pytest.fixture
def app(make_app):
    return make_app(receivers_in=("127.0.0.0/8",))


@pytest.fixture
def office(app):
    return Office.opened(app)


@pytest.fixture
def there(tmp_path):
    found = There(tmp_path / "receiver.db", []).up()
    yield found
    if found.server:
        found.down()


@pytest.fixture
def pushed(office, there):
    """The bank's channel, asked for by the administrator and allowed by the office's head."""
    there.keys.append(open_channel(office, Wanted(office.bank, "webhook", there.url))[1])
    return office


def open_channel(office, wanted):
    """A channel in use; (id, key)."""
    with office.app.app_context(), writing():
        made, key = channels.propose(wanted, person(office.staff["administrator"].id), clock.now())
        channels.settle(made, True, "", person(office.staff["head"].id), clock.now())
    return made, key


@pytest.fixture
def stored(app):
    def ask(query):
        with app.app_context():
            found = db.session.execute(query).all()
            db.session.rollback()
            return found

    return ask


@pytest.fixture
def carried(pushed):
    """A decision carried out; the bank is not told yet."""
    pushed.number = pushed.a_case("executed")
    return pushed


def go(app, now=None):
    """One round of the courier."""
    with app.app_context():
        return courier.tick(now or clock.now())
