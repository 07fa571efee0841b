"""I3, I4: a case stands where its history leads, and each step was open to the person who took it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from checks.book import SHANGHAI, Book, content, day, moment
from checks.outcome import Outcome, invariant
from checks.steps import FINAL, MOVES
from checks.stories import Event, Story, stories
from standards.words import T, Text

NOBODY = ("CLOCK", "SYSTEM")
APPLICANTS = {"APP": ("legal_rep", "self"), "AGT": ("agent",)}
DEPARTMENT = ("DR", "DH")
Span = tuple[dt.date, dt.date | None]

ROW = T("案件{n}：{what}记为“{stored}”，按办理历史应为“{folded}”",
        "case {n}: {what} is stored as “{stored}”, its history gives “{folded}”")  # fmt: skip
GAP = T("案件{n}：第{seq}步应为第{wanted}步，历史不连续", "case {n}: step {seq} of the history should be step {wanted}")
TORN = T("案件{n}第{seq}步（{step}）自“{source}”起，而上一步止于“{before}”",
         "case {n}, step {seq} ({step}) begins at “{source}”, the one before ended at “{before}”")  # fmt: skip


@invariant("I3", T("案件状态等于其历史", "a case stands where its history leads"))
def cases_stand_where_history_leads(book: Book, outcome: Outcome) -> None:
    """Fold every history and compare it with the row of the case."""
    for story in stories(book):
        outcome.tried += 1
        before = "draft"
        for wanted, event in enumerate(story.events, 1):
            if event.seq != wanted:
                outcome.fault(GAP, n=story.number, seq=event.seq, wanted=wanted)
            if event.source != before:
                outcome.fault(TORN, n=story.number, seq=event.seq, step=event.step, source=event.source, before=before)
            before = event.target
        for what, stored, folded in _differences(story, before):
            outcome.fault(ROW, n=story.number, what=what, stored=stored, folded=folded)


def _differences(story: Story, state: str) -> Iterator[tuple[str, object, object]]:
    row = story.case
    last = story.events[-1] if story.events else None
    folded = {"state": state, "version": len(story.events) + 1, "last_step": last.step if last else "",
              "is_open": state not in FINAL}  # fmt: skip
    stored = {**row, "is_open": bool(row["is_open"])}
    return ((what, stored[what], wanted) for what, wanted in folded.items() if stored[what] != wanted)


UNREVIEWED = T("案件{n}：对申请人不利的决定未经法制审核即签发",
               "case {n}: an adverse decision was signed without legality review")  # fmt: skip
REVIEWED = frozenset(
    "propose propose_denial put_up_revocation source_revoked legal_pass revocation_legal_pass sign sign_denial "
    "sign_revocation".split()
)
ADVERSE = """
SELECT c.id, p.switches FROM case_file c JOIN rule_pack p ON p.id = c.pack_id
JOIN decision_item i ON i.decision_id = c.decision_id
WHERE i.result IN ('O9_not_established', 'O10_unverifiable', 'R2_deny', 'R3_revoke')
"""


@invariant("I4", T("不利决定经法制审核", "adverse decisions passed legality review where the rules ask for it"))
def adverse_decisions_were_reviewed(book: Book, outcome: Outcome) -> None:
    """Between the last draft and the signature legality was confirmed; a revoked source act needs none."""
    asked = {row["id"] for row in book.rows(ADVERSE) if content(row["switches"]).get("legal_review") is True}
    for story in stories(book) if asked else ():
        if story.case["id"] not in asked:
            continue
        outcome.tried += 1
        led = [event.step for event in story.events if event.step in REVIEWED]
        signed = [at for at, step in enumerate(led) if step in ("sign", "sign_denial", "sign_revocation")]
        if signed and led[signed[-1] - 1] in ("propose", "propose_denial", "put_up_revocation"):
            outcome.fault(UNREVIEWED, n=story.number)


UNKNOWN = T("案件{n}第{seq}步：办理流程中没有“{source} → {step} → {target}”",
            "case {n}, step {seq}: the procedure has no “{source} → {step} → {target}”")  # fmt: skip
ROLE = T("案件{n}第{seq}步（{step}）不得由{role}办理", "case {n}, step {seq} ({step}) is not for {role}")
HELD = T("案件{n}第{seq}步（{step}）：{who}当日未在本单位担任{role}",
         "case {n}, step {seq} ({step}): {who} did not hold {role} there on that day")  # fmt: skip
ELSEWHERE = T("案件{n}第{seq}步（{step}）：单位{org}当时不办理本案",
              "case {n}, step {seq} ({step}): organisation {org} did not have the case then")  # fmt: skip
MACHINE = T("案件{n}第{seq}步（{step}）记为{role}所为，却署有人名",
            "case {n}, step {seq} ({step}) by {role} names a person")  # fmt: skip
STRANGER = T("案件{n}第{seq}步（{step}）：{who}当日无权代表该主体",
             "case {n}, step {seq} ({step}): {who} could not act for the subject on that day")  # fmt: skip


ASKED = """
SELECT case_id, org_id, opened_at, ended_at FROM assignment
UNION ALL SELECT case_id, org_id, asked_at, answered_at FROM complaint_enquiry
UNION ALL SELECT case_id, org_id, ordered_at, accepted_at FROM rectification
"""


class People:
    """Who held which role where and when, who acted for whom, and which department had which case."""

    def __init__(self, book: Book) -> None:
        self.roles: dict[tuple[int, int, str], list[Span]] = defaultdict(list)
        for row in book.rows("SELECT user_id, org_id, role, valid_from, valid_to FROM membership"):
            self.roles[row["user_id"], row["org_id"], row["role"]].append(_span(row["valid_from"], row["valid_to"]))
        self.agents: dict[tuple[int, int], list[tuple[str, Span, dt.datetime | None]]] = defaultdict(list)
        for row in book.rows("SELECT user_id, subject_id, capacity, valid_from, valid_to, proven_at FROM agency"):
            proven = moment(row["proven_at"]) if row["proven_at"] else None
            spoken = (row["capacity"], _span(row["valid_from"], row["valid_to"]), proven)
            self.agents[row["user_id"], row["subject_id"]].append(spoken)
        self.asked: dict[tuple[int, int], list[tuple[dt.datetime, dt.datetime | None]]] = defaultdict(list)
        gone = book.rows("SELECT id, successor_id FROM org WHERE successor_id IS NOT NULL")
        heirs = {row["id"]: row["successor_id"] for row in gone}
        for row in book.rows(ASKED):
            ended = moment(row["ended_at"]) if row["ended_at"] else None
            for org_id in _and_heirs(row["org_id"], heirs):
                self.asked[row["case_id"], org_id].append((moment(row["opened_at"]), ended))

    def held(self, event: Event) -> bool:
        """Whether the person (or who delegated it to him) held the role there; the day it ended still counts."""
        spans = self.roles.get((event.for_id or event.person_id or 0, event.org_id or 0, event.role), [])
        return any(_covers(span, event.at) for span in spans)

    def spoke_for(self, event: Event, story: Story) -> bool:
        """Whether the applicant filed the case himself or had proven his authority, which covered the day."""
        own = event.person_id == story.case["filer_id"]
        spoken = self.agents.get((event.person_id or 0, story.case["subject_id"] or 0), [])
        fitting = [one for one in spoken if one[0] in APPLICANTS[event.role] and _covers(one[1], event.at)]
        return any(own or (proven is not None and proven <= event.at) for _, _, proven in fitting)

    def had(self, event: Event) -> bool:
        """Whether the department was asked about the case at that time."""
        spans = self.asked.get((event.case_id, event.org_id or 0), [])
        return any(begun <= event.at and (ended is None or event.at <= ended) for begun, ended in spans)


def _and_heirs(org_id: int, heirs: dict[int, int]) -> list[int]:
    """An organisation and who took over its work, and theirs."""
    chain = [org_id]
    while (heir := heirs.get(chain[-1])) is not None and heir not in chain:
        chain.append(heir)
    return chain


def _span(begun: object, ended: object) -> Span:
    return day(begun), day(ended) if ended else None


def _covers(span: Span, at: dt.datetime) -> bool:
    on = at.astimezone(SHANGHAI).date()
    return span[0] <= on and (span[1] is None or on <= span[1])


@invariant("I4", T("每一步依流程、由当时有权的人办理",
                   "each step is in the procedure, by somebody who might take it then"))  # fmt: skip
def steps_were_open_to_those_who_took_them(book: Book, outcome: Outcome) -> None:
    """Compare every event with the typed table and with the roles, agencies and assignments of its day."""
    people = People(book)
    for story in stories(book):
        for event in story.events:
            outcome.tried += 1
            said = {"seq": event.seq, "step": event.step, "source": event.source, "target": event.target,
                    "role": event.role, "who": event.person_name, "org": event.org_id}  # fmt: skip
            wrong = _wrong(people, story, event)
            if wrong is not None:
                outcome.fault(wrong, n=story.number, **said)


def _wrong(people: People, story: Story, event: Event) -> Text | None:
    roles = MOVES[story.case["kind"]].get((event.source, event.step, event.target))
    if roles is None:
        return UNKNOWN
    if event.role not in roles:
        return ROLE
    if event.role in NOBODY:
        return None if event.person_id is None else MACHINE
    if event.role == "PBL":  # number and query code speak for a filing that is nobody's account
        nobody = (event.person_id, story.case["filer_id"], story.case["subject_id"]) == (None, None, None)
        return None if nobody else STRANGER
    if event.role in APPLICANTS:
        own = event.subject_id is not None and event.subject_id == story.case["subject_id"]
        return None if own and people.spoke_for(event, story) else STRANGER
    if not people.held(event):
        return HELD
    if story.case["kind"] == "complaint" and event.step == "submit":
        return None  # any counter registers; who handles it is fixed thereby
    here = people.had(event) if event.role in DEPARTMENT else event.org_id == story.case["office_id"]
    return None if here else ELSEWHERE
