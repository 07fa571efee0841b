"""Every page here × every role: who is not meant to come in meets a closed door (domain.md §9.5)."""

import pytest

DESKS = ("applicant", "clerk", "reviewer", "department_head", "lawyer", "officer", "head", "leader", "publisher",
         "auditor", "administrator", "receiver")  # fmt: skip
ADM, AUD, PUB, REC = ("administrator",), ("auditor",), ("publisher",), ("receiver",)
TABLE = [
    # method, path, whom it is for
    ("GET", "/admin", ADM),
    ("GET", "/admin/accounts", ADM),
    ("GET", "/admin/accounts/new", ADM),
    ("POST", "/admin/accounts/new", ADM),
    ("GET", "/admin/accounts/1", ADM),
    ("POST", "/admin/accounts/1/acts/disable", ADM),
    ("POST", "/admin/accounts/1/link", ADM),
    ("GET", "/admin/accounts/1/roles", ADM),
    ("POST", "/admin/accounts/1/roles", ADM),
    ("POST", "/admin/memberships/1/end", ADM),
    ("GET", "/admin/requests", (*ADM, "head", "leader")),
    ("POST", "/admin/requests/1/grant", (*ADM, "head", "leader")),
    ("POST", "/admin/requests/1/refuse", (*ADM, "head", "leader")),
    ("POST", "/admin/requests/1/withdraw", ADM),
    ("GET", "/admin/organisations", ADM),
    ("GET", "/admin/organisations/new", ADM),
    ("POST", "/admin/organisations/new", ADM),
    ("GET", "/admin/organisations/1", ADM),
    ("GET", "/admin/organisations/1/end", ADM),
    ("POST", "/admin/organisations/1/end", ADM),
    ("GET", "/admin/organisations/1/notices", ADM),
    ("POST", "/admin/organisations/1/notices", ADM),
    ("GET", "/admin/calendar", (*ADM, "head", *AUD)),
    ("GET", "/admin/calendar/2027", (*ADM, "head", *AUD)),
    ("POST", "/admin/calendar/2027/preview", (*ADM, "head")),
    ("POST", "/admin/calendar/2027", (*ADM, "head")),
    ("GET", "/admin/settings", ADM),
    ("GET", "/admin/settings/site", ADM),
    ("POST", "/admin/settings/site", ADM),
    ("POST", "/admin/settings/mail", ADM),
    ("GET", "/admin/tokens", ADM),
    ("GET", "/admin/tokens/new", ADM),
    ("POST", "/admin/tokens/new", ADM),
    ("POST", "/admin/tokens/1/revoke", ADM),
    ("GET", "/admin/jobs", ADM),
    ("POST", "/admin/jobs/1/retry", ADM),
    ("POST", "/admin/jobs/1/close", ADM),
    ("GET", "/audit", AUD),
    ("GET", "/audit/access", AUD),
    ("GET", "/audit/chain", AUD),
    ("POST", "/audit/chain", AUD),
    ("GET", "/publishing", PUB),
    ("GET", "/publishing/YB1", PUB),
    ("POST", "/publishing/messages/1/push", PUB),
    ("POST", "/publishing/messages/1/chase", PUB),
    ("GET", "/corrections", REC),
    ("GET", "/corrections/1", REC),
    ("POST", "/corrections/1", REC),
    ("GET", "/corrections/files", REC),
    ("GET", "/corrections/files/1.json", REC),
    ("POST", "/corrections/files/1/accept", REC),
    ("POST", "/rules/packs/1/confirm", ("head",)),
    ("GET", "/rules/packs/1/checklist", ("head",)),
    ("POST", "/rules/packs/1/checklist", ("head",)),
]
PARTS = ("admin", "organisations", "calendars", "operations", "audit", "publishing",
         "corrections", "rulebook")  # fmt: skip
OPEN = {"rulebook.index", "rulebook.pack", "rulebook.law", "rulebook.procedure"}


@pytest.mark.parametrize("desk", DESKS)
def test_doors(desk, at):
    browser = at(desk)
    for method, path, whom in TABLE:
        answer = browser.open(path, method=method)
        closed = answer.status_code == 403
        assert closed == (desk not in whom), f"{desk} {method} {path} → {answer.status_code}"


def test_a_stranger_is_asked_to_sign_in(client, office):
    for method, path, _ in TABLE:
        assert client.open(path, method=method).status_code == 401, f"{method} {path}"


def test_the_table_names_every_door(app):
    """A route that is not listed here fails the build."""
    wanted = {(rule.endpoint, method) for rule in app.url_map.iter_rules() for method in rule.methods & {"GET", "POST"}
              if rule.endpoint.split(".")[0] in PARTS and rule.endpoint not in OPEN}  # fmt: skip
    adapter = app.url_map.bind("127.0.0.1")
    assert {(adapter.match(path, method)[0], method) for method, path, _ in TABLE} == wanted
