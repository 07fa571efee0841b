"""I16 for complaints: the organisation complained of learns neither who complains nor of what (P9)."""

from collections import defaultdict

from checks.book import Book, content, day, moment, shanghai_day
from checks.outcome import Outcome, invariant
from checks.privacy import texts_in
from checks.stories import stories
from standards.words import T

OWN = ("answer", "rectify")  # what the organisation itself says
OUTSIDE = ("APP", "AGT", "PBL", "CLOCK", "SYSTEM")
TO_UNIT = ("D05C", "D20C")
ACTED = T("投诉{n}：被投诉单位的{who}办理了“{step}”",
          "complaint {n}: {who} of the organisation complained of took “{step}”")  # fmt: skip
TOLD = T("投诉{n}的文书{paper}向单位透露了投诉人信息",
         "letter {paper} of complaint {n} tells the organisation who complains")  # fmt: skip
LOOKED = T("投诉{n}：被投诉单位的{who}查看过案卷",
           "complaint {n}: {who} of the organisation complained of opened the file")  # fmt: skip
MEMBERS = """
SELECT c.case_id, m.user_id, m.valid_from, m.valid_to FROM complaint c
JOIN org o ON o.id = c.respondent_id OR o.id = (SELECT successor_id FROM org WHERE id = c.respondent_id)
JOIN membership m ON m.org_id = o.id
"""
LETTERS = """
SELECT p.paper, p.data, c.number, c.statement, c.contact_name, c.contact_phone, c.contact_email, s.name, s.uscc, s.id_no
FROM document p JOIN case_file c ON c.id = p.case_id LEFT JOIN subject s ON s.id = c.subject_id
WHERE p.paper IN ('D05C', 'D20C') ORDER BY p.id
"""
LOOKS = """
SELECT f.id, f.number, f.filer_id, a.user_id, a.at, u.name FROM access_entry a JOIN case_file f ON f.number = a.target
JOIN "user" u ON u.id = a.user_id WHERE f.kind = 'complaint' AND a.kind = 'case' ORDER BY a.id
"""
SHORTEST = 4  # characters of a statement that can give somebody away


class Members:
    """Who belonged to the organisation complained of, on which day."""

    def __init__(self, book: Book) -> None:
        self.spans = defaultdict(list)
        for row in book.rows(MEMBERS):
            until = day(row["valid_to"]) if row["valid_to"] else None
            self.spans[row["case_id"], row["user_id"]].append((day(row["valid_from"]), until))

    def had(self, case_id: int, person: int, on: object) -> bool:
        """Whether the person belonged to it on a day, by the moment of what he did."""
        there = shanghai_day(on)
        return any(a <= there and (b is None or there < b) for a, b in self.spans[case_id, person])


@invariant("I16", T("被投诉单位的人员不办理、不查看投诉",
                    "nobody of the organisation complained of handles or opens it"))  # fmt: skip
def accused_stay_out(book: Book, outcome: Outcome) -> None:
    """Compare every step and every look at a complaint with who belonged to the organisation then."""
    members = Members(book)
    for story in stories(book):
        if story.case["kind"] != "complaint":
            continue
        for event in story.events:
            outcome.tried += 1
            official = event.role not in OUTSIDE and event.step not in OWN and event.person_id is not None
            if official and members.had(event.case_id, event.person_id or 0, event.at):
                outcome.fault(ACTED, n=story.number, who=event.person_name, step=event.step)
    for row in book.rows(LOOKS):
        outcome.tried += 1
        if row["user_id"] != row["filer_id"] and members.had(row["id"], row["user_id"], moment(row["at"])):
            outcome.fault(LOOKED, n=row["number"], who=row["name"])


@invariant("I16", T("致单位的函件不透露投诉人", "letters to an organisation do not tell who complains"))
def letters_keep_the_secret(book: Book, outcome: Outcome) -> None:
    """Read the frozen data of every letter to an organisation for name, code, telephone, address and statement."""
    for row in book.rows(LETTERS):
        outcome.tried += 1
        said = "\n".join(texts_in(content(row["data"])))
        names = ("contact_name", "contact_phone", "contact_email", "name", "uscc", "id_no", "statement")
        given = [(name, str(row[name])) for name in names if row[name]]
        secrets = [text for name, text in given if name != "statement" or len(text) >= SHORTEST]
        if any(secret in said for secret in secrets):
            outcome.fault(TOLD, n=row["number"], paper=row["paper"])
