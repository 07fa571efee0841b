"""What goes wrong is answered here, once: a page with a sentence, nothing typed lost, no trace shown."""

import logging
from collections.abc import Iterable
from typing import Any

from flask import Flask, Response, current_app, g, got_request_exception, jsonify, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from routes.guards import NoToken, SignInFirst
from routes.security import seconds_to_wait
from services.access import Forbidden, NotFound
from services.desk import KeyReused, NoSuchCase, Stale
from services.transactions import DatabaseTrouble, at_least_reading, let_go, unstorable, worth_retrying
from standards.words import T, Text
from workflow.engine import Refused

log = logging.getLogger(__name__)
PAGES = frozenset({400, 401, 403, 404, 409, 413, 422, 429, 500, 503})
SECRET_FIELDS = ("csrf", "password", "again", "current", "key", "token", "code", "version")
WORDS = {
    400: T("请求不完整", "The request was not complete"),
    401: T("请先登录", "Sign in first"),
    403: T("没有权限", "Not permitted"),
    404: T("找不到", "Not found"),
    405: T("不支持这种请求方式", "This method is not supported"),
    409: T("已由他人处理", "Somebody else was quicker"),
    413: T("提交的内容过大", "Too large"),
    422: T("现在还不能办理", "Not possible now"),
    429: T("操作太频繁", "Too many tries"),
    500: T("系统出了问题", "Something went wrong here"),
    503: T("系统暂时繁忙", "Busy just now"),
}
UNSTORABLE = T("内容过长或含有无法保存的字符", "Something is too long or has a character that cannot be stored")
KEY_REUSED = T("这张表单已提交过，内容与这次不同", "This form was sent before with other content")


def answer_errors(app: Flask) -> None:
    """Map every error to its answer."""
    app.register_error_handler(SecurityError, _foreign_host)
    app.register_error_handler(HTTPException, lambda error: page(error.code or 500, headers=error.get_headers()))
    app.register_error_handler(CSRFError, lambda error: page(400))
    app.register_error_handler(SignInFirst, lambda error: page(401))
    app.register_error_handler(NoToken, lambda error: page(401, headers=[("WWW-Authenticate", "Bearer")]))
    app.register_error_handler(Forbidden, lambda error: page(403, reasons=error.reasons))
    for missing in (NotFound, NoSuchCase):
        app.register_error_handler(missing, lambda error: page(404))
    app.register_error_handler(Stale, lambda error: page(409))
    app.register_error_handler(Refused, lambda error: page(422, reasons=error.reasons))
    app.register_error_handler(KeyReused, lambda error: page(422, reasons=[KEY_REUSED]))
    app.register_error_handler(RecursionError, lambda error: page(400))  # JSON nested to no end
    app.register_error_handler(OverflowError, _too_large)
    app.register_error_handler(DatabaseTrouble, _database)
    app.register_error_handler(Exception, _unforeseen)


def page(code: int, reasons: Iterable[object] = (), headers: Iterable[tuple[str, str]] = ()) -> Response:
    """The answer with this status: a page for people, JSON for machines."""
    shown = code if code in PAGES else 404 if code == 405 else 500 if code >= 500 else 400
    if request.path.startswith("/api/"):
        body = _for_machines(code, reasons)
    else:
        body = Response(_html(shown, list(reasons)), mimetype="text/html")
    body.status_code = code
    if code == 429 and (wait := seconds_to_wait()):
        body.headers["Retry-After"] = str(wait)
    body.headers.extend(
        (name, value) for name, value in headers if name in ("Allow", "Retry-After", "WWW-Authenticate")
    )
    return body


def _html(code: int, reasons: list[object]) -> str:
    told = {"reasons": reasons, "typed": _typed(), "request_id": g.get("request_id"), "back": _back(code)}
    if code == 429:
        told["minutes"] = -(-(seconds_to_wait() or 60) // 60)
    if code >= 500:
        g.bare = True
        return render_template(f"errors/{code}.html", **told)
    with at_least_reading():
        return render_template(f"errors/{code}.html", **told)


def _for_machines(code: int, reasons: Iterable[object]) -> Response:
    word = WORDS.get(code, WORDS[400])
    said = [_both(one) for one in reasons]
    return jsonify(
        error={"status": code, "zh": word.zh, "en": word.en, "reasons": said, "request": g.get("request_id")}
    )


def _both(reason: object) -> dict[str, str]:
    text = reason if isinstance(reason, Text) else getattr(reason, "text", Text(str(reason), str(reason)))
    return {"zh": text.zh, "en": text.en}


def _typed() -> list[dict[str, Any]]:
    """Longer texts that the person had typed, to be copied back; never secrets."""
    try:
        sent = request.form.items(multi=True)
    except HTTPException:
        return []
    long = [value for name, value in sent if len(value) >= 10 and not any(word in name for word in SECRET_FIELDS)]
    label = T("第{n}项", "Entry {n}")
    return [{"label": label.format(n=place), "value": value[:20000]} for place, value in enumerate(long[:20], 1)]


def _back(code: int) -> str | None:
    """Where to go on; None for pages that know it themselves."""
    return None if code in (409, 422) else url_for("pages.home")


def _foreign_host(error: SecurityError) -> Response:
    """Nothing is linked or drawn for a host that is not ours."""
    return Response("Bad host\n", 400, mimetype="text/plain")


def _database(error: DatabaseTrouble) -> Response:
    let_go()
    if unstorable(error):
        return page(422, reasons=[UNSTORABLE])
    if worth_retrying(error):
        return page(503, headers=[("Retry-After", "2")])
    return _unforeseen(error)


def _too_large(error: Exception) -> Response:
    """A number or day in an address that no database and no calendar can hold."""
    let_go()
    return page(400)


def _unforeseen(error: Exception) -> Response:
    if isinstance(getattr(error, "orig", None), OverflowError):
        return _too_large(error)
    got_request_exception.send(current_app._get_current_object(), exception=error)  # for error collectors
    log.error("unforeseen error in %s", request.endpoint, exc_info=error, extra={"request": g.get("request_id")})
    return page(500)
