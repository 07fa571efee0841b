"""I7, I8: numbers are given out once, without a gap, and only through the register."""

import re
from itertools import groupby

from checks.book import Book, day
from checks.outcome import Outcome, invariant
from standards.words import T

DOUBLE = T("文号{t}登记了{count}次", "number {t} is in the register {count} times")
TWICE = T("文号{t}用于{count}份文书", "number {t} stands on {count} documents")
STRAY = T("文书{id}的文号{t}不在登记簿中", "number {t} of document {id} is not in the register")
STRAY_DECISION = T("决定的文号{t}不在登记簿中或与其文书不同",
                   "number {t} of a decision is not in the register or not on its paper")  # fmt: skip
UNUSED = T("登记簿中的{t}既无文书也未作废", "number {t} of the register has no document and is not void")


@invariant("I7", T("文号不重复且均已登记", "no number twice, and every number is in the register"))
def numbers_are_unique(book: Book, outcome: Outcome) -> None:
    """Compare documents and decisions with the register of numbers."""
    outcome.tried = book.one("SELECT count(*) FROM number_entry") + book.one("SELECT count(*) FROM document")
    twice = "SELECT {0} AS t, count(*) AS count FROM {1} WHERE {0} IS NOT NULL GROUP BY {0} HAVING count(*) > 1"
    for text, column, table in ((DOUBLE, "text", "number_entry"), (TWICE, "number", "document")):
        for row in book.rows(twice.format(column, table)):
            outcome.fault(text, t=row["t"], count=row["count"])
    unknown = "number IS NOT NULL AND number NOT IN (SELECT text FROM number_entry)"
    for row in book.rows(f"SELECT id, number FROM document WHERE {unknown} ORDER BY id"):
        outcome.fault(STRAY, id=row["id"], t=row["number"])
    paper = "SELECT 1 FROM document p WHERE p.decision_id = d.id AND p.number = d.number"
    for row in book.rows(f"SELECT number FROM decision d WHERE {unknown} OR NOT EXISTS ({paper}) ORDER BY id"):
        outcome.fault(STRAY_DECISION, t=row["number"])
    used = "(SELECT 1 FROM document p WHERE p.number = n.text)"
    for row in book.rows(f"SELECT text FROM number_entry n WHERE void_reason = '' AND NOT EXISTS {used} ORDER BY id"):
        outcome.fault(UNUSED, t=row["text"])


HOLE = T("{org}{series}〔{year}〕：{t}之前缺{wanted}号", "{org} {series} {year}: number {wanted} is missing before {t}")
COUNTER = T("{org}{series}〔{year}〕：计数器为{last}，登记簿至{seq}",
            "{org} {series} {year}: the counter says {last}, the register ends at {seq}")  # fmt: skip
WORDING = T("{t}与其登记的〔{year}〕{seq}号不符", "{t} is not worded as number {seq} of {year}")
REGISTER = """
SELECT n.org_id, o.name AS org, n.series, n.year, n.seq, n.text AS t FROM number_entry n JOIN org o ON o.id = n.org_id
ORDER BY n.org_id, n.series, n.year, n.seq
"""


@invariant("I8", T("文号连续，与计数器一致", "document numbers are contiguous and agree with their counters"))
def document_numbers_are_contiguous(book: Book, outcome: Outcome) -> None:
    """1, 2, 3 … within organ, series and year; a void number is a row, not a hole."""
    counted = book.rows("SELECT org_id, series, year, last FROM number_counter")
    counters = {(row["org_id"], row["series"], row["year"]): row["last"] for row in counted}
    names = {row["id"]: row["name"] for row in book.rows("SELECT id, name FROM org")}
    ends = dict.fromkeys(counters, 0)
    for series, rows in groupby(book.rows(REGISTER), key=lambda row: (row["org_id"], row["series"], row["year"])):
        for wanted, row in enumerate(rows, 1):
            outcome.tried += 1
            said = {name: row[name] for name in ("org", "series", "year", "seq", "t")}
            if row["seq"] != ends.get(series, 0) + 1:
                outcome.fault(HOLE, **said, wanted=wanted)
            if not row["t"].endswith(f"〔{row['year']}〕{row['seq']}号"):
                outcome.fault(WORDING, **said)
            ends[series] = row["seq"]
    for series, seq in ends.items():
        if counters.get(series) != seq:
            outcome.fault(COUNTER, org=names.get(series[0], series[0]), series=series[1], year=series[2],
                          last=counters.get(series), seq=seq)  # fmt: skip


CASE_NUMBER = re.compile(r"(YB|TS|XF)(\d{8})(\d{5})(.)")
NO_CHECK = T("案号{n}的校验位不对", "the check sign of case number {n} is wrong")
FORM = T("已提交的案件号“{n}”不合编号规则", "“{n}” of a filed case is no case number")
CASE_HOLE = T("案号{kind}{day}：{n}之前缺{wanted}号",
              "case numbers {kind} {day}: number {wanted} is missing before {n}")  # fmt: skip
CASE_COUNTER = T("案号{kind}{day}：计数器为{last}，案件至{seq}号",
                 "case numbers {kind} {day}: the counter says {last}, the cases end at {seq}")  # fmt: skip
FILED = "SELECT number FROM case_file WHERE filed_at IS NOT NULL AND state <> 'draft' ORDER BY number"


@invariant("I8", T("案号连续，与计数器一致", "case numbers are contiguous and agree with their counters"))
def case_numbers_are_contiguous(book: Book, outcome: Outcome) -> None:
    """1, 2, 3 … within kind and day of filing."""
    counted = book.rows("SELECT kind, day, last FROM case_counter")
    counters = {(row["kind"], f"{day(row['day']):%Y%m%d}"): row["last"] for row in counted}
    ends = dict.fromkeys(counters, 0)
    for row in book.rows(FILED):
        outcome.tried += 1
        parts = CASE_NUMBER.fullmatch(row["number"])
        if parts is None:
            outcome.fault(FORM, n=row["number"])
            continue
        kind, on, seq = parts[1], parts[2], int(parts[3])
        if check_sign(on + parts[3]) != parts[4]:
            outcome.fault(NO_CHECK, n=row["number"])
        if seq != ends.get((kind, on), 0) + 1:
            outcome.fault(CASE_HOLE, kind=kind, day=on, n=row["number"], wanted=ends.get((kind, on), 0) + 1)
        ends[kind, on] = seq
    for (kind, on), seq in ends.items():
        if counters.get((kind, on)) != seq:
            outcome.fault(CASE_COUNTER, kind=kind, day=on, last=counters.get((kind, on)), seq=seq)


def check_sign(digits: str) -> str:
    """ISO 7064 MOD 11,10: the digit that brings the recursion to one."""
    product = 10
    for digit in map(int, digits):
        total = (product + digit) % 10
        product = 2 * (total if total else 10) % 11
    return str((11 - product) % 10)
