"""Joins the parts. Nothing imports this but the entry points and the tests."""

import hashlib
import hmac
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import models  # noqa: F401  # every table is known from here on
from models.base import db
from routes import BLUEPRINTS
from routes.context import set_the_scene
from routes.errors import answer_errors
from routes.guards import insist_on_guards, login
from routes.health import measure
from routes.security import defend, exempt_machines
from routes.transactions import wrap_views
from settings import Settings

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
YEAR_SECONDS = 365 * 24 * 3600


def create_app(settings: Settings) -> Flask:
    """The application for one installation. Raises BadSettings or Unguarded rather than run unsafely."""
    app = Flask(__name__, root_path=str(Path(__file__).parent))
    app.config.update(_config(settings.checked()))
    db.init_app(app)
    login.init_app(app, add_context_processor=False)
    measure(app)
    defend(app)
    modules = [import_module(name) for name in BLUEPRINTS]
    for module in modules:
        app.register_blueprint(module.bp)
    set_the_scene(app, [entry for module in modules for entry in getattr(module, "MENU", ())])
    answer_errors(app)
    insist_on_guards(app)
    wrap_views(app)
    exempt_machines(app)
    app.wsgi_app = _mounted(app.wsgi_app, settings)  # type: ignore[method-assign]
    return app


def _config(settings: Settings) -> dict[str, Any]:
    keys = [_derived(key, "forms") for key in (settings.secret_key, *settings.secret_fallbacks)]
    return {
        "SETTINGS": settings,
        "SECRET_KEY": keys[0],
        "SECRET_KEY_FALLBACKS": keys[1:],
        "WTF_CSRF_SECRET_KEY": _derived(settings.secret_key, "form tokens"),
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(settings),
        "SESSION_COOKIE_NAME": "__Host-xinfu-forms" if settings.https else "xinfu-forms",
        "SESSION_COOKIE_SECURE": settings.https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "APPLICATION_ROOT": settings.prefix or "/",
        "PREFERRED_URL_SCHEME": "https" if settings.https else "http",
        "TRUSTED_HOSTS": _hosts(settings),
        "SEND_FILE_MAX_AGE_DEFAULT": YEAR_SECONDS,
        "PROPAGATE_EXCEPTIONS": False,
        "DEBUG": False,
        "TESTING": settings.testing,
    }


def _engine_options(settings: Settings) -> dict[str, Any]:
    if settings.database_url.startswith("sqlite"):
        return {}
    return {"pool_size": 10, "max_overflow": 10, "pool_timeout": 10, "pool_pre_ping": True}


def _derived(key: str, purpose: str) -> str:
    """A key for one purpose only, so that nothing signed for one is good for another."""
    return hmac.new(key.encode(), purpose.encode(), hashlib.sha256).hexdigest()


def _hosts(settings: Settings) -> list[str]:
    """The hosts we answer to: the public one, those of the settings, and loopback for health checks."""
    public = urlsplit(settings.public_url).hostname or ""
    return list(dict.fromkeys([public, *settings.trusted_hosts, *LOOPBACK]))


def _mounted(wsgi: Callable[..., Iterable[bytes]], settings: Settings) -> Callable[..., Iterable[bytes]]:
    """Believe as many proxies as there are, and stand under the path prefix, whether it was stripped or not."""
    inner = ProxyFix(wsgi, x_for=settings.proxies, x_proto=settings.proxies, x_host=0, x_port=0, x_prefix=0)

    def mounted(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if settings.prefix:
            environ["SCRIPT_NAME"] = settings.prefix
            if path == settings.prefix or path.startswith(f"{settings.prefix}/"):
                environ["PATH_INFO"] = path[len(settings.prefix) :] or "/"
        return inner(environ, start_response)

    return mounted
