"""The application under gunicorn, telling a pipe when a write transaction begins and when its answer is out."""

import os
import time
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Engine, event

from app import create_app
from settings import read_settings

PIPE = os.open(os.environ["XINFU_VICTIM_PIPE"], os.O_WRONLY | os.O_NONBLOCK)
SLOW = float(os.environ.get("XINFU_VICTIM_SLOW", "0.004"))  # keeps transactions open long enough to be hit


def _tell(word: str) -> None:
    try:
        os.write(PIPE, f"{word} {os.getpid()}\n".encode())
    except OSError:  # the killer has gone
        return


@event.listens_for(Engine, "after_cursor_execute")
def _wrote(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
    if statement.startswith(("UPDATE case_file", "INSERT INTO case_event", "INSERT INTO correction")):
        _tell("BEGUN")
        time.sleep(SLOW)


def _told(inner: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        body = list(inner(environ, start_response))
        if environ["REQUEST_METHOD"] == "POST":
            _tell("ANSWERED")
        return body

    return answer


app = create_app(read_settings())
app.wsgi_app = _told(app.wsgi_app)  # type: ignore[method-assign]
