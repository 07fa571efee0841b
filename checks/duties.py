"""I5: who files, verifies, drafts, reviews and signs are different people."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from checks.book import Book, day, moment
from checks.outcome import Outcome, invariant
from checks.steps import SIGNING
from checks.stories import Event, Story, stories
from standards.words import T, Text

APPLICANTS = ("APP", "AGT")
DRAFTING = ("propose", "source_revoked", "propose_recheck", "recheck_from_above", "draft_reply", "propose_denial",
            "put_up_revocation")  # fmt: skip
REVIEWING = ("send_to_legal", "endorse", "legal_pass", "endorse_recheck")
OPINION = ("opinion", "approve", "deny", "give_opinion")  # of the authority, on a repair
REVOKING = ("propose_revocation", "put_up_revocation", "endorse_revocation", "revocation_to_legal",
            "revocation_legal_pass")  # fmt: skip
VERIFYING = ("report", "approve_report", *OPINION)
DECIDING = (
    "request_completion", "propose_refusal", "approve_refusal", "transfer_out", "accept", "self_check_done", "report",
    "approve_report", "propose", "send_to_legal", "endorse", "legal_pass", "source_revoked", "sign", "resolve",
    "endorse_above", "legal_above", "recheck_from_above",
    "answer_consultation", "confirm_answer", "propose_recheck", "endorse_recheck", "sign_recheck",
    "propose_revocation", "sign_revocation", "countersign", "classify_as_objection", "transfer", "assign", "mediate",
    "require_answer", "draft_reply", "route_out", "forward", "onsite_check", *OPINION, "propose_decline",
    "approve_decline",     "intend_denial", "propose_denial", "sign_denial", "put_up_revocation", "endorse_revocation",
)  # fmt: skip

# step: earlier steps whose takers may not take it (duty P1 of the papers, §6.2)
APART: dict[str, tuple[str, ...]] = {
    "approve_refusal": ("propose_refusal",),
    "approve_report": ("report",),
    "approve_decline": ("propose_decline",),
    **dict.fromkeys(("approve", "deny", "give_opinion"), ("opinion",)),
    "propose_denial": VERIFYING,
    "endorse_revocation": ("propose_revocation", "put_up_revocation"),
    "revocation_legal_pass": ("propose_revocation", "put_up_revocation"),
    "propose": VERIFYING,
    "send_to_legal": (*DRAFTING, *VERIFYING),
    "endorse": (*DRAFTING, *VERIFYING),
    "legal_pass": (*DRAFTING, *VERIFYING),
    "endorse_recheck": (*DRAFTING, *VERIFYING, "sign"),
    "review_done": ("draft_review",),
    "final_done": ("draft_final", "draft_review", "review_done"),
    "draft_review": (*DRAFTING, *REVIEWING, "sign", "answer"),
    "draft_final": (*DRAFTING, *REVIEWING, "sign", "answer", "draft_review", "review_done"),
    "accept_rectification": ("rectify",),
    "sign_revocation": REVOKING,
    "sign_denial": (*DRAFTING, *VERIFYING, *REVIEWING, "propose_refusal"),
    "propose_revocation": ("sign", "sign_recheck"),
    "sign_recheck": (*DRAFTING, *VERIFYING, *REVIEWING, "propose_refusal", "self_check_done"),
    "sign": (*DRAFTING, *VERIFYING, *REVIEWING, "propose_refusal", "self_check_done"),
    "countersign": (*DRAFTING, *VERIFYING, *REVIEWING, "propose_refusal", "self_check_done"),
}

BOTH = T("案件{n}：{who}先办理“{first}”，又办理“{then}”，两者不得为同一人",
         "case {n}: {who} took “{first}” and then “{then}”, which must be two people")  # fmt: skip
OWN = T("案件{n}：申请人一方的{who}办理了“{then}”", "case {n}: {who}, on the applicant's side, took “{then}”")
REGISTRAR = T("案件{n}：代为登记的{who}又办理“{then}”", "case {n}: {who} registered the filing and took “{then}”")
IMPORTER = T("案件{n}：报送该记录的{who}又核查本案", "case {n}: {who} brought in the record and verified it")


@invariant("I5", T("受理、核查、拟稿、审核、签发各为其人",
                   "filing, verifying, drafting, reviewing, signing: different people"))  # fmt: skip
def duties_are_apart(book: Book, outcome: Outcome) -> None:
    """Look for a person in two duties of one case."""
    importers = _importers(book)
    for story in stories(book):
        outcome.tried += 1
        for text, event, first in (*_apart(story), *_own_side(story), *_registrars(story)):
            outcome.fault(text, n=story.number, who=event.person_name, first=first, then=event.step)
        for event in story.took("report"):
            if any(who in event.people and at <= event.at for who, at in importers.get(event.case_id, [])):
                outcome.fault(IMPORTER, n=story.number, who=event.person_name)


def _apart(story: Story) -> Iterator[tuple[Text, Event, str]]:
    for place, event in enumerate(story.events):
        for earlier in story.events[:place]:
            if event.people & earlier.people and earlier.step in APART.get(event.step, ()):
                yield BOTH, event, earlier.step


def _own_side(story: Story) -> Iterator[tuple[Text, Event, str]]:
    own = {one for event in story.events if event.role in APPLICANTS for one in event.people}
    return ((OWN, event, "") for event in story.took(*DECIDING) if event.people & own)


def _registrars(story: Story) -> Iterator[tuple[Text, Event, str]]:
    """Duty P3: the clerk who registered a filing on somebody's behalf neither accepts nor signs."""
    filed: set[int] = set()
    for event in story.events:
        if event.step in ("submit", "supply") and event.role == "INT":
            filed |= event.people
        elif event.step in ("accept", *SIGNING) and event.people & filed:
            yield REGISTRAR, event, ""


def _importers(book: Book) -> dict[int, list[tuple[int, dt.datetime]]]:
    """For each case who brought in versions of its records, and when."""
    query = """
        SELECT i.case_id, v.person_id, v.recorded_at FROM case_item i
        JOIN record_version v ON v.record_id = i.record_id WHERE v.person_id IS NOT NULL"""
    found: dict[int, list[tuple[int, dt.datetime]]] = defaultdict(list)
    for row in book.rows(query):
        found[row["case_id"]].append((row["person_id"], moment(row["recorded_at"])))
    return found


NAMED = T("案件{n}：{what}记为{stored}，按办理历史应为{wanted}",
          "case {n}: its {what} is stored as person {stored}, the history gives {wanted}")  # fmt: skip
SIGNED = T("决定{d}（{n}）：{what}记为{stored}，按办理历史应为{wanted}",
           "decision {d} ({n}): its {what} is stored as person {stored}, the history gives {wanted}")  # fmt: skip
ALIKE = T("案件{n}：拟稿、审核、签发不是三个人", "case {n}: drafter, reviewer and signer are not three people")


@invariant("I5", T("拟稿人、审核人、签发人与历史一致", "drafter, reviewer and signer are those of the history"))
def names_on_the_case_are_those_of_its_history(book: Book, outcome: Outcome) -> None:
    """Compare the three names on case and decision with the steps that led to the signature."""
    query = "SELECT id, number, drafter_id, reviewer_id, signer_id FROM decision"
    decisions = {row["id"]: row for row in book.rows(query)}
    for story in stories(book):
        outcome.tried += 1
        wanted, signed = _trio(story), _trio(story, up_to_signature=True)
        three = [one for one in wanted.values() if one is not None]
        if len(set(three)) < len(three):
            outcome.fault(ALIKE, n=story.number)
        for what, person in wanted.items():
            if story.case[what] != person:
                outcome.fault(NAMED, n=story.number, what=what, stored=story.case[what], wanted=person)
            decision = decisions.get(story.case["decision_id"])
            if decision is not None and decision[what] != signed[what]:
                outcome.fault(SIGNED, n=story.number, d=decision["number"], what=what, stored=decision[what],
                              wanted=signed[what])  # fmt: skip


def _trio(story: Story, up_to_signature: bool = False) -> dict[str, int | None]:
    """Drafter, reviewer and signer as the steps tell them; a new draft forgets its former reviewer."""
    places = [place for place, event in enumerate(story.events, 1) if event.step in SIGNING]
    events = story.events[: places[-1]] if up_to_signature and places else story.events
    trio: dict[str, int | None] = {"drafter_id": None, "reviewer_id": None, "signer_id": None}
    for event in events:
        if event.step in ("take_back", "reopen_by_order"):
            trio = dict.fromkeys(trio)
        elif event.step in DRAFTING or (event.step == "propose_revocation" and story.case["kind"] == "objection"):
            trio |= {"drafter_id": event.person_id, "reviewer_id": None}
        elif event.step in ("endorse", "send_to_legal", "endorse_recheck", "endorse_revocation", "revocation_to_legal"):
            trio["reviewer_id"] = event.person_id
        elif event.step in SIGNING:
            trio["signer_id"] = event.person_id
    return trio


MIXED = T("用户{who}同时担任系统管理员和{role}", "user {who} is administrator and {role} at the same time")
ALONE = T("导入批次{b}由报送人自行审核", "import batch {b} was approved by the person who sent it")
ADMIN = """
SELECT u.username, m.role, a.valid_from AS a_from, a.valid_to AS a_to, m.valid_from, m.valid_to
FROM membership a JOIN membership m ON m.user_id = a.user_id AND m.role <> 'ADM'
JOIN "user" u ON u.id = a.user_id WHERE a.role = 'ADM'
"""


@invariant("I5", T("管理员不兼办业务，导入不自批",
                   "administrators hold no business role, imports need a second person"))  # fmt: skip
def roles_do_not_mix(book: Book, outcome: Outcome) -> None:
    """Duty P5, and the approval of imports."""
    outcome.tried = book.one("SELECT count(*) FROM membership") + book.one("SELECT count(*) FROM import_batch")
    for row in book.rows(ADMIN):
        ends_before = row["a_to"] is not None and day(row["a_to"]) <= day(row["valid_from"])
        begins_after = row["valid_to"] is not None and day(row["valid_to"]) <= day(row["a_from"])
        if not ends_before and not begins_after:
            outcome.fault(MIXED, who=row["username"], role=row["role"])
    for row in book.rows("SELECT id FROM import_batch WHERE person_id = approved_by"):
        outcome.fault(ALONE, b=row["id"])
