"""The facts of the letter that tells who makes a re-check."""

from documents.shapes import Common, Day


class D02U(Common):
    """The re-check was handed to another organ, since nobody here may lawfully make it."""

    former_number: str
    destination: str
    reason: str
    handed_on: Day
    limit: str
    due_on: Day
    mark: str
