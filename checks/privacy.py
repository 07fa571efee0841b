"""I16: no identity number where people without need could read it; the dispute mark can be derived at any time."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from checks.book import Book, content, moment
from checks.outcome import Outcome, invariant
from checks.steps import DISPUTED
from checks.stories import stories
from standards.words import T

RESIDENT = re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])")
TOKEN = re.compile(r"[0-9A-Za-z]{7,18}")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

NOTICE = T("通知{id}的正文含证件号码{number}", "the text of notice {id} shows the identity number {number}")
LOG = T("日志{file}第{line}行含证件号码{number}", "line {line} of the log {file} shows the identity number {number}")
LETTER = T("案件{n}的文书{paper}含完整证件号码{number}",
           "paper {paper} of case {n} shows the whole identity number {number}")  # fmt: skip


class Numbers:
    """Knows identity numbers: by their check sign, or because a subject here has them."""

    def __init__(self, book: Book) -> None:
        query = "SELECT id_no FROM subject WHERE id_no IS NOT NULL"
        self.known = {row["id_no"].upper() for row in book.rows(query) if len(row["id_no"]) > 6}

    def inside(self, text: str) -> Iterator[str]:
        """Every identity number in a text, masked."""
        whole = {found for found in RESIDENT.findall(text) if is_resident_number(found)}
        whole |= {found for found in TOKEN.findall(text) if found.upper() in self.known} if self.known else set()
        return (f"{found[0]}{'*' * (len(found) - 2)}{found[-1]}" for found in sorted(whole))


def is_resident_number(text: str) -> bool:
    """Whether 18 signs are a resident identity number: check sign right, a real date of birth."""
    try:
        dt.date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    worth = sum(int(sign) * weight for sign, weight in zip(text[:17], WEIGHTS, strict=True))
    return "10X98765432"[worth % 11] == text[17].upper()


@invariant("I16", T("通知与日志中没有证件号码", "no identity number in notices and logs"))
def numbers_stay_out_of_notices_and_logs(book: Book, outcome: Outcome) -> None:
    """Read every notice and every log file of the data folder."""
    numbers = Numbers(book)
    for row in book.rows("SELECT id, zh, en FROM notice ORDER BY id"):
        outcome.tried += 1
        for number in numbers.inside(f"{row['zh']}\n{row['en']}"):
            outcome.fault(NOTICE, id=row["id"], number=number)
    for path in logs(book):
        outcome.tried += 1
        with path.open(encoding="utf-8", errors="replace") as lines:
            for place, line in enumerate(lines, 1):
                for number in numbers.inside(line):
                    outcome.fault(LOG, file=path.name, line=place, number=number)


def logs(book: Book) -> list[Path]:
    """The log files of the data folder."""
    return sorted(path for path in (book.data_dir / "log").rglob("*") if path.is_file())


@invariant("I16", T("文书中的证件号码已隐去", "letters show no whole identity number"))
def letters_hide_numbers(book: Book, outcome: Outcome) -> None:
    """Read the frozen data of every document."""
    numbers = Numbers(book)
    query = "SELECT p.paper, p.data, c.number FROM document p JOIN case_file c ON c.id = p.case_id ORDER BY p.id"
    for row in book.rows(query):
        outcome.tried += 1
        for number in numbers.inside("\n".join(texts_in(content(row["data"])))):
            outcome.fault(LETTER, n=row["number"], paper=row["paper"], number=number)


def texts_in(value: object) -> Iterator[str]:
    """Every text anywhere inside a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts_in(part)


MARK = T("{org}于{at}所见记录{r}的异议标识为{stored}，按当时在办案件应为{wanted}",
         "{org} was shown record {r} at {at} with mark {stored}; the cases open then give {wanted}")  # fmt: skip
SHOWN = """
SELECT p.marked, p.record_id, q.at, r.public_id, o.name FROM receipt_record p
JOIN receipt q ON q.id = p.receipt_id JOIN credit_record r ON r.id = p.record_id JOIN org o ON o.id = q.org_id
ORDER BY p.id
"""
UNSURE = dt.timedelta(seconds=60)  # a step and a look at the same minute may have crossed
Span = tuple[dt.datetime, dt.datetime | None]


@invariant("I16", T("异议标识可由案件推出", "the dispute mark follows from the cases"))
def marks_follow_from_cases(book: Book, outcome: Outcome) -> None:
    """Whether every record was shown with the mark exactly while a case on it was accepted and not carried out."""
    disputed = _disputed(book)
    for row in book.rows(SHOWN):
        outcome.tried += 1
        at, spans = moment(row["at"]), disputed.get(row["record_id"], [])
        crossed = any(abs(at - edge) < UNSURE for span in spans for edge in span if edge is not None)
        wanted = any(begun <= at and (ended is None or at < ended) for begun, ended in spans)
        if bool(row["marked"]) != wanted and not crossed:
            outcome.fault(MARK, org=row["name"], at=at.isoformat(), r=row["public_id"], stored=bool(row["marked"]),
                          wanted=wanted)  # fmt: skip


def _disputed(book: Book) -> dict[int, list[Span]]:
    """For each record the spans of time in which a case on it stood in a disputed state."""
    records: dict[int, set[int]] = defaultdict(set)
    for row in book.rows("SELECT case_id, record_id FROM case_item"):
        records[row["case_id"]].add(row["record_id"])
    found: dict[int, list[Span]] = defaultdict(list)
    for story in stories(book):
        begun: dt.datetime | None = None
        for event in story.events:
            if event.target in DISPUTED:
                begun = begun or event.at
            elif begun is not None:
                for record in records[story.case["id"]]:
                    found[record].append((begun, event.at))
                begun = None
        for record in records[story.case["id"]] if begun is not None else ():
            found[record].append((begun or story.events[-1].at, None))
    return found
