"""The application under gunicorn, telling a pipe when a write transaction begins, is committed, and is answered."""

import os
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection, Engine, event

from app import create_app
from settings import read_settings

PIPE = os.open(os.environ["XINFU_VICTIM_PIPE"], os.O_WRONLY | os.O_NONBLOCK)
SLOW = 0.003  # seconds after each written row: keeps transactions open long enough to be hit
MANY_COMMITS = os.environ.get("XINFU_VICTIM_COMMITS") == "many"  # the negative control: no step is one transaction
WRITES = ("INSERT", "UPDATE", "DELETE")
_here = threading.local()  # .posting: a POST is being answered; .begun: it has written


def _tell(word: str) -> None:
    try:
        os.write(PIPE, f"{word} {os.getpid()} {threading.get_ident()}\n".encode())
    except OSError:  # the killer has gone
        return


@event.listens_for(Engine, "before_cursor_execute")
def _commit_early(connection: Connection, *_rest: Any) -> None:
    if MANY_COMMITS and getattr(_here, "begun", False):
        connection.connection.dbapi_connection.commit()  # type: ignore[union-attr]


@event.listens_for(Engine, "after_cursor_execute")
def _wrote(_connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
    if not getattr(_here, "posting", False) or not statement.startswith(WRITES):
        return
    if not _here.begun:
        _here.begun = True
        _tell("BEGUN")
    time.sleep(SLOW)


@event.listens_for(Engine, "commit")
def _committed(_connection: Connection) -> None:
    if getattr(_here, "begun", False):
        _tell("COMMITTED")


def _told(inner: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        _here.posting, _here.begun = environ["REQUEST_METHOD"] == "POST", False
        body = list(inner(environ, start_response))
        if _here.begun:
            time.sleep(SLOW)
            _tell("ANSWERED")
        _here.posting = False
        return body

    return answer


app = create_app(read_settings())
app.wsgi_app = _told(app.wsgi_app)  # type: ignore[method-assign]
