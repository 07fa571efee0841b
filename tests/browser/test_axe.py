"""Every kind of page in every mode: no serious violation, nothing wider than the screen, no error in the console."""

import pytest

pytestmark = pytest.mark.browser
MODES = {
    "zh": {}, "english": {"lang": "en"}, "large print": {"elder": True}, "phone": {"width": 360},
    "large print on a phone": {"elder": True, "width": 360}, "english phone": {"lang": "en", "width": 360},
}  # fmt: skip
MISSING = ("/nowhere",)
STEPS = {
    "submitted": {"clerk": "accept request_completion propose_refusal transfer_out", "applicant": "withdraw"},
    "accepted": {"officer": "dispatch self_check_done"},
    "dept_verifying": {"reviewer": "report return_misrouted", "department_head": "extend", "head": "suspend"},
    "dept_review": {"department_head": "approve_report return_report"},
    "office_review": {"officer": "propose source_revoked", "head": "send_back"},
    "head_review": {"head": "endorse return_draft"},
    "awaiting_signoff": {"leader": "sign reject_draft"},
    "executed": {"clerk": "seal"},
}  # fmt: skip
PLAIN = [
    (None, "/"), (None, "/progress"), (None, "/guide/objection"), (None, "/sign-in"), (None, "/sign-up"),
    ("applicant", "/"), ("applicant", "/notices"), ("applicant", "/file/objection"), ("clerk", "/"),
    ("clerk", "/inbox"), ("clerk", "/inbox?tab=done"), ("clerk", "/file/counter"), ("clerk", "/notices"),
    ("auditor", "/inbox"), ("applicant", "/account"), (None, "/nowhere"), ("leader", "/delegations"),
]  # fmt: skip
DRAFT = ("", "/record", "/points/new?record={record}", "/statement", "/files", "/contact", "/check")


@pytest.fixture(scope="module")
def places(house):
    """(who, path) of every kind of page."""
    found = list(PLAIN)
    for state, whose in STEPS.items():
        number = house.same_at(state)
        found += [(who, f"/cases/{number}/{step}") for who, steps in whose.items() for step in steps.split()]
        found += [(who, f"/cases/{number}") for who in ("applicant", next(iter(whose)))]
    found.append(("applicant", f"/cases/{house.same_at('submitted')}/add"))
    verified = f"/cases/{house.same_at('dept_verifying')}"
    found += [(who, f"{verified}/recusal") for who in ("applicant", "officer")]
    found.append(("officer", f"{verified}/interest"))
    found.append(("leader", f"/delegations/new/LD/{house.office.town.office}"))
    draft = house.draft()
    found += [("applicant", f"/drafts/{draft}" + tail.format(record=house.office.public_id)) for tail in DRAFT]
    return found


@pytest.mark.parametrize("mode", MODES)
def test_every_page_can_be_used_by_everybody(house, places, faults, mode):
    told = MODES[mode]
    wrong, pages = [], {}
    for who, path in places:
        if who not in pages:
            pages[who] = house.page(who, **told)
            pages[who].on("pageerror", lambda error, at=who, to=wrong: to.append((at, "script", str(error))))
        page = pages[who]
        answer = page.goto(house.address + path)
        wrong += [(path, "status", answer.status)] if answer.status != (404 if path in MISSING else 200) else []
        width = page.evaluate("document.documentElement.scrollWidth")
        wrong += [(path, "wide", width)] if width > told.get("width", 1280) else []
        wrong += [(path, *fault) for fault in faults(page)]
    for page in pages.values():
        page.context.close()
    assert [] == wrong
    assert len(places) > 45


def test_the_measure_finds_a_planted_fault(house, faults):
    page = house.page(None)
    page.goto(house.address)
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=x><input>')")
    assert {"image-alt", "label"} <= {fault[1] for fault in faults(page)}
    page.context.close()
