"""One request, one transaction: reads are rolled back, writes are committed once when the answer is good."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, Response, current_app, flash, g, redirect, request, session
from werkzeug.wrappers import Response as Answer

from services import access
from services.transactions import DatabaseTrouble, read_only, worth_retrying, writing

View = TypeVar("View", bound=Callable[..., Any])
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
TRIES = 5


class _NotGood(Exception):
    """Carries an answer that tells of no success out of the transaction, so that it is rolled back."""

    def __init__(self, response: Response) -> None:
        self.response = response


def own_transactions(view: View) -> View:
    """Mark a view whose POST opens its own, because it does slow work (hashing, drawing) between them."""
    view.own_transactions = True  # type: ignore[attr-defined]
    return view


def turned_down(reasons: Sequence[object], there: str) -> Answer:
    """Back to a page that says why; like an answer of 400 or more, nothing of the request is kept."""
    g.turned_down = True
    flash("；".join(map(str, reasons)), "error")
    return redirect(there, 303)


def wrap_views(app: Flask) -> None:
    """Put every view of the application into its transaction."""
    for endpoint, view in app.view_functions.items():
        if endpoint != "static":
            app.view_functions[endpoint] = _in_transaction(view)


def _in_transaction(view: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(view)
    def handled(*args: Any, **kwargs: Any) -> Response:
        with access.collecting(g.request_id) as pending:
            if request.method in SAFE:
                with read_only():
                    return current_app.make_response(view(*args, **kwargs))
            if getattr(view, "own_transactions", False):
                return current_app.make_response(view(*args, **kwargs))
            return _write(view, args, kwargs, pending)

    return handled


def _write(
    view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any], pending: access.Pending
) -> Response:
    """Commit a good answer. What the database asks to try again is tried again if the form has a key."""
    told = dict(session)
    for tries_left in reversed(range(TRIES if _repeatable() else 1)):
        try:
            return _write_once(view, args, kwargs)
        except DatabaseTrouble as error:
            if not (tries_left and worth_retrying(error)):
                raise
            _rewind(told, pending)
    raise AssertionError("the last try either answers or raises")


def _write_once(view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Response:
    g.turned_down = False
    try:
        with writing():
            response = current_app.make_response(view(*args, **kwargs))
            if response.status_code >= 400 or g.turned_down:
                raise _NotGood(response)
            return response
    except _NotGood as bad:
        return bad.response


def _repeatable() -> bool:
    return "Idempotency-Key" in request.headers or any(name in request.form for name in ("idempotency_key", "key"))


def _rewind(told: dict[str, Any], pending: access.Pending) -> None:
    """Make the request look untouched again."""
    for upload in request.files.values():
        upload.stream.seek(0)
    session.clear()
    session.update(told)
    pending.looks.clear()
    pending.receipts.clear()
