"""What a property may ask of a merged case and of who acts."""

from collections.abc import Callable

from modelcheck.node import Node
from workflow.actor import Actor
from workflow.words import Role

Fact = Callable[[Node, Actor], bool]


def has(*facts: str) -> Fact:
    """All of these facts are there."""
    return lambda node, actor: node.facts.issuperset(facts)


def lacks(*facts: str) -> Fact:
    """None of these facts is there."""
    return lambda node, actor: not node.facts.intersection(facts)


def did(node: Node, deed: str) -> bool:
    """Whether a step of this name was taken."""
    return any(name == deed for name, _ in node.deeds)


def authorised(node: Node, actor: Actor) -> bool:
    """An agent acts within his authority."""
    return actor.role is not Role.AGT or "unauthorised" not in node.facts
