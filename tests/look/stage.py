"""A stage for the screens: layout, components and error pages with invented surroundings, no database behind them."""

import datetime as dt
from typing import Any

from flask import Blueprint, Flask, render_template, request
from werkzeug.wrappers import Response

from routes import design
from standards.words import T, set_language

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
SHANGHAI = dt.timezone(dt.timedelta(hours=8))
ERRORS = (400, 401, 403, 404, 409, 413, 422, 429, 500, 503)


def build_stage() -> Flask:
    """An application with the design page at /design and each error page at /error/<code>."""
    app = Flask(__name__, root_path=str(design.__file__).rsplit("/", 2)[0])
    app.secret_key = "only for the stage, nothing is signed with it"
    app.config["PROPAGATE_EXCEPTIONS"] = True
    app.jinja_env.globals.update(t=T, static_url=_static_url, csrf_token=lambda: "token")
    app.register_blueprint(design.bp)
    app.register_blueprint(_stand_ins("pages", ("home", "language", "elder")))
    app.register_blueprint(_stand_ins("auth", ("sign_in", "sign_out", "account")))
    app.register_blueprint(_stand_ins("api", ("docs",)))
    app.add_url_rule("/error/<int:code>", view_func=_error)
    app.before_request(lambda: set_language(request.args.get("lang", "zh")))
    app.context_processor(_context)
    app.after_request(_defend)
    return app


def _static_url(name: str) -> str:
    return f"/static/{name}"


def _stand_ins(name: str, endpoints: tuple[str, ...]) -> Blueprint:
    blueprint = Blueprint(name, __name__)
    for endpoint in endpoints:
        rule = f"/{endpoint}/<to>" if endpoint == "language" else f"/{endpoint}"
        blueprint.add_url_rule(rule, endpoint, lambda **_: "", methods=["GET", "POST"])
    return blueprint


def _error(code: int) -> str:
    typed = [{"label": T("核查意见", "Finding"), "value": "<b>typed text</b>"}]
    reasons = [T("还缺核查意见", "The finding is missing")]
    return render_template(f"errors/{code}.html", typed=typed, reasons=reasons, back="/", request_id="7f3a91c2")


def _context() -> dict[str, Any]:
    return {
        "site": {
            "name": T("旗信用办", "Credit office"),
            "phone": "0477-0000000",
            "email": "office@example.cn",
            "demo": True,
        },
        "me": {"name": "Wang Fang", "role_titles": [T("信用办经办", "Credit officer")]},
        "menu": [(T("工作台", "Desk"), "/design", True, 12), (T("案件", "Cases"), "/cases", False, None)],
        "lang": request.args.get("lang", "zh"),
        "elder": request.args.get("elder") == "1",
        "page_id": "design",
        "now": dt.datetime(2026, 11, 23, 10, 5, tzinfo=SHANGHAI),
    }


def _defend(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = CSP
    return response
