"""The rules themselves: two people behind each edition, no two editions of a scope on one day, days and a source."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from checks.book import Book, day
from checks.outcome import Outcome, invariant
from standards.words import T

APPROVED = "approved"
UNITS = frozenset(("WD", "CD", "MONTH", "YEAR"))
PERIODS = ("R-MIN", "R-MAX")  # a shortest or longest publication may be none at all
ALONE = T("规则{code}第{n}版由起草人自己批准", "rules {code}, edition {n}: approved by who drafted them")
NOBODY = T("规则{code}第{n}版已生效但无人批准", "rules {code}, edition {n}: in force, and approved by nobody")
OVERLAP = T("规则{code}第{a}版与第{b}版日期重叠", "rules {code}: editions {a} and {b} are in force on the same day")
NO_DAYS = T("规则{code}第{n}版：期限{limit}为{days}", "rules {code}, edition {n}: the limit {limit} is {days}")
NO_UNIT = T("规则{code}第{n}版：期限{limit}单位不明", "rules {code}, edition {n}: the limit {limit} has no known unit")
NO_SOURCE = T("规则{code}第{n}版：期限{limit}无依据", "rules {code}, edition {n}: the limit {limit} names no source")
STAYS = T("案件{n}所用规则尚未批准", "case {n} goes by rules that nobody approved")
PACKS = "SELECT id, code, edition, valid_from, valid_to, stage, drafted_by, approved_by FROM rule_pack ORDER BY id"


@invariant("I5", T("规则由一人起草、另一人批准", "rules are drafted by one person and approved by another"))
def rules_by_two_people(book: Book, outcome: Outcome) -> None:
    """Every edition that somebody drafted was approved by somebody else; shipped ones have neither."""
    for row in book.rows(PACKS):
        outcome.tried += 1
        if row["drafted_by"] is not None and row["approved_by"] == row["drafted_by"]:
            outcome.fault(ALONE, code=row["code"], n=row["edition"])
        elif row["stage"] == APPROVED and row["drafted_by"] is not None and row["approved_by"] is None:
            outcome.fault(NOBODY, code=row["code"], n=row["edition"])


@invariant("I11", T("同一范围同一日只有一版规则", "one edition of each scope on a day"))
def one_edition_a_day(book: Book, outcome: Outcome) -> None:
    """The days of approved editions of one code do not overlap, and no case goes by a draft."""
    scopes: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in book.rows(PACKS):
        if row["stage"] == APPROVED:
            scopes[row["code"]].append(row)
    for code, rows in scopes.items():
        for row in rows:
            outcome.tried += 1
            later = [other for other in rows if other["id"] > row["id"] and _both(row, other)]
            if later:
                outcome.fault(OVERLAP, code=code, a=row["edition"], b=later[0]["edition"])
    query = "SELECT c.number FROM case_file c JOIN rule_pack p ON p.id = c.pack_id WHERE p.stage <> 'approved'"
    for row in book.rows(query):
        outcome.fault(STAYS, n=row["number"])


def _both(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    """Whether some day lies in both; the first day counts, the last does not."""
    starts = max(day(a["valid_from"]), day(b["valid_from"]))
    ends = [day(one["valid_to"]) for one in (a, b) if one["valid_to"]]
    return all(starts < end for end in ends)


@invariant("I11", T("每项期限有时长和依据", "every limit has its days and its source"))
def limits_have_days(book: Book, outcome: Outcome) -> None:
    """No limit of nothing, none less than nothing, none without the text it rests on."""
    query = """SELECT p.code, p.edition, r.limit_name, r.n, r.unit, r.extend_n, r.source FROM rule r
               JOIN rule_pack p ON p.id = r.pack_id ORDER BY r.id"""
    for row in book.rows(query):
        outcome.tried += 1
        told = {"code": row["code"], "n": row["edition"], "limit": row["limit_name"]}
        least = 0 if row["limit_name"].startswith(PERIODS) else 1
        if row["n"] < least or row["extend_n"] < 0:
            outcome.fault(NO_DAYS, days=f"{row['n']}+{row['extend_n']}", **told)
        if row["unit"] not in UNITS:
            outcome.fault(NO_UNIT, **told)
        if not row["source"].strip():
            outcome.fault(NO_SOURCE, **told)
