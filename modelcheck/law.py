"""What must hold on every path: properties typed from the procedure's paper, never derived from the tables."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from modelcheck.node import Node
from standards.words import T, Text
from workflow.actor import Actor

PROPERTIES: dict[str, Text] = {
    "reached": T("每个状态都能到达", "every state is reached"),
    "held": T("未办结的案件总有人能办，或者有期限会起作用", "somebody can act on every open case, or a limit will"),
    "limit": T("等待中的案件总有期限在走", "in every state of waiting a limit runs"),
    "idle": T("期限只在所催的事还能办时走", "a limit runs only while what it presses for can still be done"),
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

    @cached_property
    def opened_by(self) -> frozenset[str]:
        return frozenset(self.steps.split())

    @cached_property
    def needed(self) -> frozenset[str]:
        return frozenset(self.facts.split())

    @cached_property
    def barring(self) -> frozenset[str]:
        return frozenset(word for word in self.unless.split() if not word.endswith("*"))

    @cached_property
    def barring_words(self) -> tuple[str, ...]:
        return tuple(word[:-1] for word in self.unless.split() if word.endswith("*"))

    def lost(self, has: frozenset[str], open_steps: set[str]) -> bool:
        """Whether the right is there in words only, at one of its states; `has` are the facts and deeds of the case."""
        if not self.opened_by.isdisjoint(open_steps) or not self.needed <= has or not self.barring.isdisjoint(has):
            return False
        if self.barring_words and any(one.startswith(self.barring_words) for one in has):
            return False
        return not (self.whole and any(":" not in fact for fact in has - WHOLE))


WHOLE = frozenset("authority_mode no_legal guest anonymous lean".split())  # facts of a draft that lacks nothing


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
    steady: Mapping[str, tuple[frozenset[str], str]]  # limit: states in which it always runs, given this fact
    running: Mapping[str, frozenset[str]]  # limit: the states in which it may run
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
    during: Mapping[str, str] = field(default_factory=dict)  # limit: how a fact begins without which it does not run
    aside: frozenset[str] = frozenset()  # states that only the smaller office with every side-step reaches
    blind: frozenset[str] = frozenset()  # steps that nobody of the accused organisation takes
    once: Mapping[str, str] = field(default_factory=dict)  # step: the deed or fact that says it was done
    fresh: Mapping[str, tuple[str, frozenset[str]]] = field(default_factory=dict)  # step: (milestone, deeds before it)

    @cached_property
    def rights_in(self) -> Mapping[str, tuple[Right, ...]]:
        """The rights of each state."""
        return {state: tuple(one for one in self.rights if state in one.states.split()) for state in self.states}


def steady(text: str) -> dict[str, tuple[frozenset[str], str]]:
    """Lines `limit: states`, or `limit if fact: states`; in a fact = stands for a colon."""
    found = {}
    for line in text.strip().splitlines():
        what, _, states = line.partition(":")
        limit, _, fact = what.partition(" if ")
        found[limit] = frozenset(states.split()), fact.replace("=", ":")
    return found


def running(text: str) -> dict[str, frozenset[str]]:
    """Lines `limit: states`."""
    lines = (line.partition(":") for line in text.strip().splitlines())
    return {name.strip(): frozenset(states.split()) for name, _, states in lines}


def table(text: str) -> dict[str, frozenset[str]]:
    """Lines `ROLES: steps` turned round: for each step the roles."""
    found: dict[str, set[str]] = {}
    for line in text.strip().splitlines():
        roles, _, steps = line.partition(":")
        for step in steps.split():
            found.setdefault(step, set()).update(roles.split())
    return {step: frozenset(roles) for step, roles in found.items()}
