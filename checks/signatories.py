"""I5, continued: where several leaders sign, all of them did, each for himself, in the order of the rules."""

from checks.book import Book, content
from checks.outcome import Outcome, invariant
from checks.steps import SIGNING
from checks.stories import Event, Story, stories
from standards.words import T

MISSING = T("案件{n}：“{step}”缺少规定签发人{who}的签名",
            "case {n}: “{step}” lacks the signature of {who}, whom the rules name")  # fmt: skip
STRANGER = T("案件{n}：“{step}”由规定以外的人签名",
             "case {n}: “{step}” bears the name of somebody whom the rules do not name")  # fmt: skip
ORDER = T("案件{n}：“{step}”的签名次序与规定不符",
          "case {n}: the signatures of “{step}” are not in the order of the rules")  # fmt: skip
DOUBLE = T("案件{n}：“{step}”由同一人签名两次", "case {n}: one person signed “{step}” twice")
PACKS = "SELECT id, switches FROM rule_pack"


@invariant("I5", T("规定数人签发的，签名齐全、次序相符", "where several sign, all did, in the order of the rules"))
def every_signature_is_there(book: Book, outcome: Outcome) -> None:
    """Compare the signatures on each decision with the signers that the case's rule pack names."""
    people = {row["username"]: row["id"] for row in book.rows('SELECT id, username FROM "user"')}
    packs = {row["id"]: content(row["switches"]) for row in book.rows(PACKS)}
    for story in stories(book):
        switches = packs.get(story.case["pack_id"], {})
        for signatures in _signed(story):
            outcome.tried += 1
            _compare(story, signatures, switches, people, outcome)


def _signed(story: Story) -> list[list[Event]]:
    """For each decision the countersignatures just before it and the signature, in their order."""
    found: list[list[Event]] = []
    beside: list[Event] = []
    for event in story.events:
        beside = [*beside, event] if event.step in ("countersign", *SIGNING) else []
        if event.step in SIGNING:
            found.append(beside)
            beside = []
    return found


def _compare(
    story: Story, signed: list[Event], switches: dict[str, object], people: dict[str, int], outcome: Outcome
) -> None:
    said = {"n": story.number, "step": signed[-1].step}
    how, names = str(switches.get("signing", "single")), [str(one) for one in switches.get("signers") or ()]  # type: ignore[attr-defined]
    if len({event.person_id for event in signed}) < len(signed):
        outcome.fault(DOUBLE, **said)
    if how == "single":
        return
    wanted = [people.get(name, 0) for name in names]
    if not all(event.people & set(wanted) for event in signed):
        outcome.fault(STRANGER, **said)
    if how == "either":
        return
    for name, who in zip(names, wanted, strict=True):
        if not any(who in event.people for event in signed):
            outcome.fault(MISSING, **said, who=name)
    in_turn = [next((at for at, event in enumerate(signed) if who in event.people), len(signed)) for who in wanted]
    if how == "in_order" and in_turn != sorted(in_turn):
        outcome.fault(ORDER, **said)
