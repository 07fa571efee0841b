"""The facts of the letters that urge who is late (domain.md §4.2, D20)."""

from documents.shapes import Day
from documents.shapes_complaint import Discreet


class D20(Discreet):
    """To the organisation that is late; who filed the case is not its matter here."""

    matter: str
    limit: str
    started_on: Day
    ended_on: Day
    days_over: str
    demand: str
