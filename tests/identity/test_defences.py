"""Security defaults (faults.md §5, T6, T20, T29–T33): each line one assertion, on every route where it applies."""

import re

import pytest
from flask import Blueprint

from app import create_app
from routes.guards import Unguarded, guard_of, insist_on_guards, public
from routes.pages import own_address
from routes.security import FORM_BYTES
from services.health import wanted
from settings import BadSettings
from tests.stage import settings_in
from workflow.words import Role

ANY = {"path": "x", "int": "1", "default": "x"}


def address(rule):
    """An address that fits a rule, with something in each of its gaps."""
    listed = re.sub(r"<any\((\w+)[^)]*\):\w+>", r"\1", rule.rule)
    return re.sub(r"<(?:(\w+)(?:\([^)]*\))?:)?\w+>", lambda gap: ANY.get(gap[1] or "default", "x"), listed)


def unsafe(app):
    return [
        (rule, method)
        for rule in app.url_map.iter_rules()
        for method in sorted(rule.methods & {"POST", "PUT", "PATCH", "DELETE"})
        if guard_of(app, rule.endpoint).kind != "api"
    ]


def readable(app):
    return [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and rule.endpoint != "static"]


def test_every_route_has_a_guard(app):
    assert all(guard_of(app, rule.endpoint) for rule in app.url_map.iter_rules())


def test_the_program_does_not_start_with_an_unguarded_route(app):
    app._got_first_request = False
    app.register_blueprint(_blueprint_with("bare", lambda: "open"))
    with pytest.raises(Unguarded, match="bare.view"):
        insist_on_guards(app)


def _blueprint_with(name, view, **options):
    blueprint = Blueprint(name, __name__)
    blueprint.add_url_rule(f"/{name}", "view", view, **options)
    return blueprint


def test_no_unsafe_method_works_without_a_form_token(app, client, client_for, people):
    officer = client_for(people.staff(people.town().office, Role.CO))
    tried = unsafe(app)
    assert len(tried) >= 10
    for browser in (client, officer):
        for rule, method in tried:
            answer = browser.open(address(rule), method=method, csrf=False, data={})
            assert answer.status_code == 400, f"{method} {rule.rule} answered {answer.status_code}"


def test_a_token_of_another_session_is_worth_nothing(client_for, people):
    mine, theirs = client_for(people.enterprise()), client_for(people.enterprise())
    token = theirs.form_token()
    answer = mine.post("/account/second-factor", headers={"X-CSRFToken": token}, csrf=False)
    assert answer.status_code == 400
    assert mine.post("/account/second-factor").status_code == 303


def test_a_forms_cookie_of_another_browser_is_dropped(client_for, people):
    """Cookie tossing: the attacker's forms cookie and token in the victim's browser."""
    victim, attacker = client_for(people.enterprise()), client_for(people.enterprise())
    token = attacker.form_token()
    victim.set_cookie("xinfu-forms", attacker.get_cookie("xinfu-forms").value)
    assert victim.post("/account/second-factor", headers={"X-CSRFToken": token}, csrf=False).status_code == 400


def test_headers_on_every_page_signed_in_or_not(app, client, client_for, people):
    """The page client itself holds each answer against the list; here every route is opened once."""
    officer = client_for(people.staff(people.town().office, Role.CO))
    for browser in (client, officer):
        for rule in readable(app):
            answer = browser.get(address(rule))
            assert answer.status_code < 500, rule.rule
            assert answer.headers["Cache-Control"] == "no-store", rule.rule


def test_headers_on_what_goes_wrong(app, client):
    client.expect_failure = True
    app.view_functions["pages.home"] = public(lambda: 1 / 0)
    for path, method, code in (
        ("/nope", "GET", 404),
        ("/", "GET", 500),
        ("/sign-in", "DELETE", 405),
        ("/account", "GET", 401),
    ):
        answer = client.open(path, method=method)
        assert answer.status_code == code
        assert "ZeroDivisionError" not in answer.text and "Traceback" not in answer.text
        assert answer.headers["X-Request-ID"]


def test_plain_http_sends_no_hsts_and_https_does(make_app):
    assert "Strict-Transport-Security" not in make_app().test_client().get("/").headers
    answer = make_app(public_url="https://xinfu.example.cn").test_client().get("/nope")
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_a_foreign_host_is_refused(client):
    for host in ("evil.example", "127.0.0.1.evil.example", "localhost:80@evil.example"):
        assert client.get("/", headers={"Host": host}).status_code == 400
    assert client.get("/", headers={"Host": "127.0.0.1:8000"}).status_code == 200


def test_no_more_proxies_are_believed_than_there_are(make_app):
    """`x_for=2` behind one proxy lets the client choose its own address."""
    seen = []

    def spy(app):
        app.before_request_funcs.setdefault(None, []).append(
            lambda: seen.append(__import__("flask").request.remote_addr)
        )
        return app.test_client()

    forged = {"X-Forwarded-For": "6.6.6.6, 203.0.113.5"}
    spy(make_app(proxies=0)).get("/health/live", headers=forged)
    spy(make_app(proxies=1)).get("/health/live", headers=forged)
    assert seen == ["127.0.0.1", "203.0.113.5"]


BAD_NEXT = """//evil.example /\\evil.example \\\\evil.example https://evil.example http:evil.example ///evil.example
/%0d%0aSet-Cookie:x javascript:alert(1) JaVaScRiPt:alert(1) data:text/html,x //evil.example/%2f.. /\\/evil.example
/\t/evil.example http://localhost@evil.example https:///evil.example .evil.example @evil.example evil.example
/ok//evil.example ftp://evil.example //\\evil.example ////evil.example /.//evil.example https://127.0.0.1.evil.example
?next=//evil.example #//evil.example /\u2028evil //evil%E3%80%82example http://[::1] //google。com ｈttp://evil.example
/%00/evil blob:x mailto:x@y tel:1 vbscript:x file:///etc/passwd \\evil \x01//evil.example /a\\..\\evil""".split()


@pytest.mark.parametrize(
    "payload", [*BAD_NEXT, " //evil.example", "\t//evil.example", "/\n/evil.example", "", "x" * 2000]
)
def test_nobody_is_sent_elsewhere(payload, app, client, people):
    with app.test_request_context():
        sent = own_address(payload)
    assert sent.startswith("/") and not sent.startswith("//") and "\\" not in sent and "//" not in sent
    answer = client.get("/language/en", query_string={"back": payload})
    assert answer.status_code in (303, 400)
    assert re.fullmatch(r"/[^/\\].*|/|", answer.headers.get("Location", "/"))


def test_signing_in_goes_on_to_where_one_was(app, client, people):
    who = people.enterprise()
    assert "/sign-in?next=/account" in client.get("/account").text
    for asked, sent in (("/account", "/account"), ("//evil.example", "/"), ("https://evil.example/", "/")):
        answer = app.test_client().post(
            "/sign-in", data={"login": who.username, "password": who.password, "next": asked}
        )
        assert answer.headers["Location"] == sent


def test_big_bodies_are_refused_on_every_form(app, client):
    """600 kB in one url-encoded field, and 100,000 parameters: multipart limits alone let both pass."""
    for rule, method in unsafe(app):
        if getattr(app.view_functions[rule.endpoint], "max_bytes", FORM_BYTES) > FORM_BYTES:
            continue
        for body in ("login=" + "x" * 600_000, "&".join(f"a{n}=1" for n in range(100_000))):
            answer = client.open(address(rule), method=method, csrf=False, data=body,
                                 content_type="application/x-www-form-urlencoded")  # fmt: skip
            assert answer.status_code in (400, 413), rule.rule
    assert client.post("/sign-in", data={"login": "x" * 600_000}).status_code == 413


def test_a_number_larger_than_a_database_holds_leads_nowhere(app, make_app):
    from routes.security import StoredInteger

    assert app.url_map.converters["int"] is StoredInteger
    assert StoredInteger(app.url_map).max == 2**63 - 1


def test_debugging_is_off_and_exceptions_stay_inside(app):
    assert not app.debug and app.config["PROPAGATE_EXCEPTIONS"] is False


def test_keys_differ_by_purpose(app):
    settings = app.config["SETTINGS"]
    keys = {app.config["SECRET_KEY"], app.config["WTF_CSRF_SECRET_KEY"], settings.secret_key}
    assert len(keys) == 3


@pytest.mark.parametrize(
    "changes", [{"secret_key": "short"}, {"secret_key": ""}, {"public_url": "http://xinfu.example.cn"}]
)
def test_unsafe_settings_refuse_to_start(changes, tmp_path):
    with pytest.raises(BadSettings):
        create_app(settings_in(tmp_path, ("sqlite://", "sqlite://"), **changes))


def test_the_path_prefix_works_stripped_or_not(make_app, people):
    app = make_app(public_url="http://127.0.0.1:8000/credit")
    browser = app.test_client()
    for path in ("/credit/sign-in", "/sign-in"):
        page = browser.get(path, base_url="http://localhost")
        assert page.status_code == 200 and 'action="/credit/sign-in"' in page.text and "/credit/static/" in page.text


def test_health_and_metrics(app, client, client_for, people):
    assert client.get("/health/live").json == {"alive": True}
    assert client.get("/health/ready").json == {"ready": True}
    assert "xinfu_answers_total" in client.get("/metrics").text
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "203.0.113.9"}).status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404
    assert {"user", "case_file", "credit_record"} <= wanted()


def test_nothing_heavy_is_loaded_at_start():
    import subprocess
    import sys

    heavy = ("weasyprint", "PIL", "xlsxwriter", "openpyxl")
    code = f"import sys, app; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
