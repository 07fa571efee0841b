"""What must hold on every path: properties typed from the procedure's paper, never derived from the tables."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from modelcheck.node import Node
from modelcheck.people import DEPARTMENT, TODAY
from modelcheck.world import Take, World
from standards.words import T, Text
from workflow.actor import Actor
from workflow.words import BUSINESS, Role

PROPERTIES: dict[str, Text] = {
    "reached": T("每个状态都能到达", "every state is reached"),
    "held": T("未办结的案件总有人能办，或者有期限会起作用", "somebody can act on every open case, or a limit will"),
    "limit": T("等待中的案件总有期限在走", "in every state of waiting a limit runs"),
    "way_out": T("从每个状态都走得到终点", "from every state an end can be reached"),
    "who": T("每一步由有权的岗位办理（§9.5）", "each step by a role of the permission matrix (§9.5)"),
    "apart": T(
        "拟稿、审核、签发为三人，核查与审核为二人（P1）",
        "drafter, reviewer, signer are three; verifier is not approver (P1)",
    ),
    "own_side": T("申请人一方不作任何认定（P3、P-R）", "the applicant's side decides nothing"),
    "registrar": T("代为登记的人不受理、不签发（P3）", "the registrar neither accepts nor signs (P3)"),
    "importer": T("报送记录的人不独自核查（P2）", "who imported the record is not its verifier (P2)"),
    "delegate": T("受托人只在委托的事项和日期内办理（P8）", "a delegate acts within matters and days only (P8)"),
    "interest": T(
        "应回避、被申请回避、未声明的人不作认定（P-R）", "nobody recused, challenged or undeclared decides (P-R)"
    ),
    "clock": T(
        "时钟只在期限届满后作规定的动作，从不批准、不予、签发",
        "the clock does its own steps after its limit, never approves, refuses, signs",
    ),
    "silence": T("期限届满的后果必然发生", "what follows from a limit does follow"),
    "before": T("每一步所需的事实已经具备", "what a step needs is there"),
    "record": T("记录只因签发的决定而改变", "a record changes by a signed decision only"),
    "passed": T("改变记录、办结之前必经的人都经过了", "nobody who must have a say was passed by"),
    "untouched": T(
        "撤回、不予受理、失效的案件从未改变记录", "a withdrawn, refused or lapsed case never changed a record"
    ),
    "mark": T("记录标注恰在应有的状态（不变量 i）", "the mark is on exactly where it must be (invariant i)"),
    "decision": T("已决案件恰有一份现行决定", "each decided case has exactly one current decision"),
    "told": T("除放弃草稿外，终结必有文书或送达", "no end without a paper or service, but for a discarded draft"),
    "right": T("当事人和审核人的权利不落空", "no right of the party or of a reviewer is empty"),
    "accused": T("被投诉单位的人员不办理本案（P9）", "nobody of the organisation complained of handles the case (P9)"),
    "signatures": T("规定的签发人都已署名", "everybody who must sign has signed"),
    "once": T("一次的只发生一次，重复提交不再办理", "what happens once happens once; a form sent again does nothing"),
}


@dataclass(frozen=True)
class Right:
    """In these states, when the facts are there (and these are not; `x*`: any that begins so), a step is open."""

    states: str
    steps: str
    facts: str = ""
    unless: str = ""
    whole: bool = False  # only for a draft that lacks nothing

    def lost(self, node: Node, open_steps: set[str]) -> bool:
        """Whether the right is there in words only."""
        if self.whole and any(
            ":" not in fact for fact in node.facts - {"authority_mode", "no_legal", "guest", "anonymous", "lean"}
        ):
            return False
        has = node.facts | {deed for deed, _ in node.deeds}
        due = node.state in self.states.split() and set(self.facts.split()) <= has
        barred = any(
            one.startswith(word.rstrip("*")) if word.endswith("*") else one == word
            for word in self.unless.split()
            for one in has
        )
        return due and not barred and not open_steps.intersection(self.steps.split())


@dataclass(frozen=True)
class Law:
    """The typed expectations of one kind. Steps, states, limits and facts by their names."""

    states: frozenset[str]
    ends: frozenset[str]
    marked: frozenset[str]
    decided: frozenset[str]  # states with a decision in force
    undecided: frozenset[str]
    untouched: frozenset[str]  # ends that leave the record as it was
    waiting: Mapping[str, str]  # state: limits of which one runs
    clock: Mapping[str, str]  # step of the clock: the limit that must be over
    silence: Mapping[tuple[str, str], str]  # (state, limit over): what the clock does
    who: Mapping[str, frozenset[str]]
    apart: Mapping[str, frozenset[str]]  # step: deeds of others only
    deciding: frozenset[str]  # steps of officials that somebody with an interest may not take
    weighing: frozenset[str]  # those of them that find, draft, review or sign
    registrar: frozenset[str]
    verifying: frozenset[str]
    before: Mapping[str, Callable[[Node, Actor], bool]]
    signing: frozenset[str]
    executing: frozenset[str]
    told: Mapping[str, str]  # step: the papers it must issue
    rights: tuple[Right, ...] = ()
    must_pass: tuple[tuple[str, str], ...] = ()  # (a step or "record", the steps of which one comes before)
    served_before: frozenset[str] = frozenset(["discard", "close"])  # ends of which nobody need be told anew
    marks: str = "dispute"
    aside: frozenset[str] = frozenset()  # states that only the smaller office with every side-step reaches
    blind: frozenset[str] = frozenset()  # steps that nobody of the accused organisation takes
    once: Mapping[str, str] = field(default_factory=dict)  # step: the deed or fact that says it was done
    fresh: Mapping[str, tuple[str, frozenset[str]]] = field(default_factory=dict)  # step: (milestone, deeds before it)


def table(text: str) -> dict[str, frozenset[str]]:
    """Lines `ROLES: steps` turned round: for each step the roles."""
    found: dict[str, set[str]] = {}
    for line in text.strip().splitlines():
        roles, _, steps = line.partition(":")
        for step in steps.split():
            found.setdefault(step, set()).update(roles.split())
    return {step: frozenset(roles) for step, roles in found.items()}


class Judge:
    """Holds what happens in a world against the law; each answer is the code of a property that fails."""

    def __init__(self, law: Law, world: World) -> None:
        self.law, self.world, self.seats = law, world, world.office.seats

    def of_take(self, take: Take) -> Iterator[str]:
        """Faults of one thing that happens."""
        if not take.step:
            return
        actor, law = self.seats[take.place], self.law
        if str(actor.role) not in law.who.get(take.step, frozenset()):
            yield "who"
        if actor.person_id is None:
            yield from self._of_clock(take, actor)
        else:
            yield from self._of_person(take, actor)
        if take.step in law.before and not law.before[take.step](take.before, actor):
            yield "before"
        if take.step in law.once and self._was(take.before, law.once[take.step]):
            yield "once"
        yield from self._of_record(take)

    def _was(self, node: Node, what: str) -> bool:
        return what in node.facts or any(deed == what for deed, _ in node.deeds)

    def _of_clock(self, take: Take, actor: Actor) -> Iterator[str]:
        if actor.role is Role.CLOCK:
            limit = self.law.clock.get(take.step)
            if limit is None or not any(
                f"over:{one}" in take.before.facts or self._was(take.before, one) for one in limit.split()
            ):
                yield "clock"

    def _of_person(self, take: Take, actor: Actor) -> Iterator[str]:
        law, mine = self.law, set()
        for deed, place in take.before.deeds:
            if actor.people & self.seats[place].people:
                mine.add(deed)
                role = self.seats[place].role
                if role in (Role.APP, Role.AGT) and take.step in law.deciding:
                    yield "own_side"
                elif role is Role.INT and deed == "submit" and take.step in law.registrar:
                    yield "registrar"
        if mine & law.apart.get(take.step, frozenset()):
            yield "apart"
        if take.step in law.fresh and self._had_a_hand(take, actor, *law.fresh[take.step]):
            yield "apart"
        if take.step in law.blind and actor.role in BUSINESS and self._of_accused(actor):
            yield "accused"
        if take.step in law.verifying and self.world.office.importer in actor.people:
            yield "importer"
        yield from self._of_standing(take, actor)

    def _of_accused(self, actor: Actor) -> bool:
        return any(seat.org_id == DEPARTMENT and actor.people & seat.people for seat in self.seats)

    def _had_a_hand(self, take: Take, actor: Actor, milestone: str, hands: frozenset[str]) -> bool:
        names = [deed for deed, _ in take.before.deeds]
        before = take.before.deeds[: names.index(milestone)] if milestone in names else ()
        return any(deed in hands and actor.people & self.seats[place].people for deed, place in before)

    def _of_standing(self, take: Take, actor: Actor) -> Iterator[str]:
        mandate = actor.mandate
        if mandate is not None:
            in_time = mandate.valid_from <= TODAY < mandate.valid_to
            if not in_time or f"{self.world.flow.kind}:{take.step}" not in mandate.matters:
                yield "delegate"
        if self.world.office.challenged in actor.people and actor.role in BUSINESS:
            out = {"who:undeclared", "who:recused"} if take.step in self.law.deciding else set()
            weighed = {"who:challenged"} if take.step in self.law.weighing else set()
            if take.before.facts & (out | weighed):
                yield "interest"
        if take.step in self.law.signing and self._unsigned(take.before, actor):
            yield "signatures"

    def _unsigned(self, node: Node, actor: Actor) -> bool:
        mode = next((fact for fact in node.facts if fact.startswith("mode:")), "")
        names = {who for fact in node.facts if fact.startswith("named:") for who in self.seats[int(fact[6:])].people}
        signers = set(self.world.office.signers)
        if mode == "mode:either":
            return not signers & actor.people
        return bool(mode) and not signers <= names | actor.people

    def _of_record(self, take: Take) -> Iterator[str]:
        was, now = (_record(node) for node in (take.before, take.after))
        if was != now:
            signed = take.step in self.law.signing and take.passing
            if not signed and not (take.step in self.law.executing and "decision" in take.before.facts):
                yield "record"

    def of_papers(self) -> Iterator[tuple[str, str]]:
        """Steps that do not issue the papers they owe, and steps that end a case and owe none."""
        flow = self.world.flow
        for step, papers in self.law.told.items():
            if not set(papers.split()) <= {str(paper) for paper in flow.outcome(step).issues}:
                yield "told", step
        for source, step, target in flow.edges:
            ends = target in self.law.ends and source not in self.law.ends
            if ends and step not in self.law.told and step not in self.law.served_before:
                yield "told", step

    def of_node(self, node: Node, takes: list[Take]) -> Iterator[tuple[str, str]]:
        """Faults of one state and of what can happen there, each with the place in the procedure."""
        law, facts, here = self.law, node.facts, node.state
        steps = {take.step for take in takes if take.step}
        if here in law.ends:
            if here in law.untouched and _record(node):
                yield "untouched", here
        elif not takes:
            yield "held", here
        if here in law.waiting and not any(f"run:{one}" in facts for one in law.waiting[here].split()):
            yield "limit", here
        if (here in law.marked) != (self.world.flow.state_named[here].marks == law.marks):
            yield "mark", here
        if here in (law.undecided if "decision" in facts else law.decided):
            yield "decision", here
        yield from self._of_rights(node, takes, steps)

    def _of_rights(self, node: Node, takes: list[Take], steps: set[str]) -> Iterator[tuple[str, str]]:
        """When the clock is due nobody else is asked."""
        due = [
            step
            for (state, limit), step in self.law.silence.items()
            if node.state == state and f"over:{limit}" in node.facts
        ]
        if due:
            yield from (("silence", f"{node.state}: {one}") for one in due if steps.isdisjoint(due))
        elif not takes or self.seats[takes[0].place].role is not Role.CLOCK or takes[0].step not in self.law.clock:
            for right in self.law.rights:
                if right.lost(node, steps):
                    yield "right", f"{node.state}: {right.steps}"


def _record(node: Node) -> str:
    return next((fact for fact in node.facts if fact.startswith("record:")), "")
