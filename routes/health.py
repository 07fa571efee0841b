"""For those who watch over the installation: does it live, is it ready, how is it doing."""

import time
from ipaddress import ip_address

from flask import Blueprint, Flask, Response, current_app, g, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Counter, Histogram, generate_latest

from routes.guards import public
from services import access, clock
from services.health import database_ready
from services.transactions import at_least_reading

bp = Blueprint("health", __name__)
ANSWERS = Counter("xinfu_answers_total", "Answers given", ["view", "status"])
SECONDS = Histogram("xinfu_answer_seconds", "Time to answer", ["view"])


@bp.get("/health/live")
@public
def live() -> Response:
    """The process answers."""
    return jsonify(alive=True)


@bp.get("/health/ready")
@public
def ready() -> tuple[Response, int]:
    """The database answers and is complete."""
    well = database_ready()
    return jsonify(ready=well), 200 if well else 503


@bp.get("/metrics")
@public
def metrics() -> tuple[Response, int]:
    """Figures for Prometheus: for this machine itself, or with a token of scope "metrics"."""
    if not (_from_here() or _with_token()):
        return Response("not found\n", mimetype="text/plain"), 404
    return Response(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST), 200


def _from_here() -> bool:
    """From loopback, and not passed on by a proxy that we do not know of."""
    address = request.remote_addr or "0.0.0.0"
    passed_on = "X-Forwarded-For" in request.headers and not current_app.config["SETTINGS"].proxies
    return ip_address(address).is_loopback and not passed_on


def _with_token() -> bool:
    _, _, token = request.headers.get("Authorization", "").partition(" ")
    with at_least_reading():
        client = access.client_for(token.strip(), clock.now()) if token else None
    return client is not None and "metrics" in client.scopes


def measure(app: Flask) -> None:
    """Count every answer and its time, by view and never by address."""
    app.before_request(_start)
    app.after_request(_stop)


def _start() -> None:
    g.begun = time.perf_counter()


def _stop(response: Response) -> Response:
    view = request.endpoint or "none"
    ANSWERS.labels(view, response.status_code).inc()
    if "begun" in g:
        SECONDS.labels(view).observe(time.perf_counter() - g.begun)
    return response
