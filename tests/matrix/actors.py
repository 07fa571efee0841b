"""Who comes to a door of the matrix, and what a door may ask; see policy.py."""

from dataclasses import dataclass

OUTSIDE = frozenset("APP AGT CLAIMED RIVAL".split())
OFFICE = frozenset("INT CO COH LD".split())
DESKS = OFFICE | frozenset("DR DR_OTHER DH DH_OTHER LEG PUB CO_ELSE".split())
STAFF = DESKS | frozenset("AUD ADM USR REC REC_OTHER".split())
SIGNED_IN = OUTSIDE | STAFF
EVERYBODY = SIGNED_IN | {"PUBLIC"}
NOBODY: frozenset[str] = frozenset()


def some(said: str) -> frozenset[str]:
    """A set of actors by their names."""
    found = frozenset(said.split())
    assert found <= EVERYBODY, found - EVERYBODY
    return found


@dataclass(frozen=True)
class Rule:
    """`who` passes the door of the page (others 403, PUBLIC 401); `of` names the objects, each with who may see it.

    `otherwise` is the answer for an object that is not one's own; `exact` is everybody's answer when it is not a page.
    """

    who: frozenset[str]
    of: str = ""
    otherwise: int = 404
    exact: int = 0
