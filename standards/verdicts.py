"""Every row of a table judged: accepted, held for a person, or rejected, with the rules it broke."""

from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Iterable, Iterator, Literal, Mapping

from standards.columns import OVERFLOW, match_columns
from standards.notes import Level, Note, Parser
from standards.papers import check_paper
from standards.schema import Category, Field, Paper, Payload, When
from standards.seen import SeenRows
from standards.text import match_key
from standards.values import parser_for
from standards.variants import NO_VARIANTS, Variants
from standards.words import T, Text

Verdict = Literal["accept", "warn", "reject"]
Plan = tuple[tuple[str, Field, Parser], ...]

_ACCEPTED = T("通过", "Accepted")
_MISSING = T("必填项为空", "This must be filled in")
_OVERFLOW = T("单元格多于表头的列，可能有未加引号的逗号", "More cells than columns; perhaps a comma without quotes")
_WITHOUT_USCC = T("自然人没有统一社会信用代码，允许", "A natural person without a credit code: allowed")
_FUTURE = T("日期晚于今天", "The date lies in the future")
_BACKWARDS = T("早于{earlier}", "Before: {earlier}")
_DUPLICATE = T("与第{row}行重复（机关代码、文号、相对人相同）", "Repeats row {row} (same authority, number and party)")
_ONE_OF = T("各项代码至少填写一项", "At least one of the codes must be filled in")
_CONFIRM = T("来源标注为“{value}”，须由人工确认", "Its source says “{value}”: a person must confirm")
NO_NUMBER = T("空", "none").zh  # the word of the layout of 2015 for a decision without a number
_BRACKETS = str.maketrans("[]{}()\u3014\u3015\u3010\u3011\uff3b\uff3d\u2768\u2769", "()" * 7)


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark on one cell: field id, column as the file titles it, level, code, sentence, what stood there."""

    field: str
    column: str
    level: Level
    code: str
    message: Text
    original: str


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """The judgement on one row; the payload holds ISO dates, decimal strings and lists of kinds."""

    row: int
    verdict: Verdict
    codes: list[str]
    message: Text
    findings: list[Finding]
    payload: Payload
    fingerprint: str
    key: str
    source: Mapping[str, str]
    same_as_row: int | None = None


def judge(
    category: Category, rows: Iterable[tuple[int, Mapping[str, str]]], today: date, variants: Variants = NO_VARIANTS
) -> Iterator[RowVerdict]:
    """Judge (row number, {header: cell}) pairs one by one; a later repetition of an act is rejected."""
    bench = _Bench(category, today, variants)
    for number, row in rows:
        yield bench.judge(number, row)


def act_key(category: Category, payload: Payload) -> str:
    """What makes an act one act: authority, number of the decision, party; "" while one of them lacks."""
    authority, number = (str(payload.get(name, "")) for name in category.act)
    party = category.party(payload)
    if number == NO_NUMBER:
        number = f"{number} {payload.get('power_item_code', '')} {payload.get('decision_date', '')}"
    if not (authority and number and party):
        return ""
    return f"{authority}|{match_key(number).translate(_BRACKETS)}|{match_key(party)}"


def act_fingerprint(category: Category, key: str) -> str:
    """32 hexadecimal signs that stay the same for the same act; "" for no key."""
    return blake2b(f"{category.code}|{key}".encode(), digest_size=16).hexdigest() if key else ""


class _Bench:
    """The rules of one category at work on one file."""

    def __init__(self, category: Category, today: date, variants: Variants) -> None:
        self.category, self.today, self.seen = category, today, SeenRows()
        self.parsers = {field.id: parser_for(field, variants.of(field.stem, today)) for field in category.fields}
        self.needed = [(field, field.required) for field in category.every if field.required]
        self.labels = {field.id: field for field in category.every}
        self.confirmed = [field for field in category.fields if field.confirm]
        self.headers: tuple[str, ...] = ()
        self.plan: Plan = ()
        self.columns: dict[str, str] = {}

    def judge(self, number: int, row: Mapping[str, str]) -> RowVerdict:
        self._prepare(tuple(row))
        findings: list[Finding] = []
        payload = self._read(row, findings)
        if self.category.derive:
            self.category.derive(payload)
        if OVERFLOW in row:
            findings.append(Finding("", OVERFLOW, Level.ERROR, "too_many_cells", _OVERFLOW, row[OVERFLOW]))
        wrong = {finding.field for finding in findings if finding.level is Level.ERROR} if findings else set()
        findings += self._check_papers(payload, wrong, row)
        findings += self._check_needed(payload, wrong)
        findings += self._check_groups(payload, wrong)
        findings += self._check_dates(payload, row)
        key = act_key(self.category, payload)
        earlier = self._check_repetition(number, key, findings)
        return self._verdict(number, row, payload, findings, key, earlier)

    def _prepare(self, headers: tuple[str, ...]) -> None:
        if headers == self.headers:
            return
        fields = match_columns(self.category, headers).fields
        self.headers = headers
        self.plan = tuple((header, field, self.parsers[field.id]) for header, field in fields.items())
        self.columns = {field.id: header for header, field in fields.items()}
        for field in self.category.more:
            if field.of in self.columns:
                self.columns.setdefault(field.id, self.columns[field.of])

    def _read(self, row: Mapping[str, str], findings: list[Finding]) -> Payload:
        payload: Payload = {}
        for header, field, parse in self.plan:
            cell = row[header]
            if not cell or cell.isspace():
                continue
            parsed = parse(cell)
            if parsed.notes:
                findings += [self._finding(field.id, note, cell) for note in parsed.notes]
            if parsed.value:
                payload[field.id] = parsed.value if isinstance(parsed.value, str) else list(parsed.value)
        return payload

    def _check_papers(self, payload: Payload, wrong: set[str], row: Mapping[str, str]) -> Iterator[Finding]:
        for paper in self.category.papers:
            if paper.number in payload and paper.kind not in wrong:
                yield from self._check_paper(paper, payload, wrong, row)

    def _check_paper(self, paper: Paper, payload: Payload, wrong: set[str],
                     row: Mapping[str, str]) -> Iterator[Finding]:
        verdict = check_paper(str(payload.get(paper.kind, "")), str(payload[paper.number]), self.today)
        original = self._cell(row, paper.number)
        payload[paper.number] = verdict.value
        if verdict.error:
            wrong.add(paper.number)
            yield self._finding(paper.number, Note(Level.ERROR, paper.code, verdict.error), original)
        for code, sentence in verdict.warnings:
            yield self._finding(paper.number, Note(Level.WARN, code, sentence), original)

    def _check_needed(self, payload: Payload, wrong: set[str]) -> Iterator[Finding]:
        for field, needed in self.needed:
            if field.id in payload or field.id in wrong:
                continue
            if not isinstance(needed, When):
                yield self._finding(field.id, Note(Level.ERROR, "required_missing", _MISSING), "")
            elif needed.holds(payload):
                yield self._finding(field.id, Note(Level.ERROR, needed.code, _MISSING), "")
        if "uscc" not in payload and "uscc" not in wrong and self.category.is_person(payload):
            yield self._finding("uscc", Note(Level.INFO, "natural_person_without_uscc", _WITHOUT_USCC), "")

    def _check_groups(self, payload: Payload, wrong: set[str]) -> Iterator[Finding]:
        """One of several codes is enough, and a value that needs a person's word waits for it."""
        for group in self.category.groups:
            if wrong.isdisjoint(group.fields) and not any(payload.get(name) for name in group.fields):
                yield self._finding(group.fields[0], Note(Level.ERROR, group.code, _ONE_OF), "")
        for field in self.confirmed:
            value = str(payload.get(field.id, ""))
            if value in field.confirm:
                said = _CONFIRM.format(value=next(one.label for one in field.options if one.value == value))
                yield self._finding(field.id, Note(Level.WARN, f"{field.stem}_to_be_confirmed", said), value)

    def _cell(self, row: Mapping[str, str], name: str) -> str:
        """What stood in the file where a field was read from; "" where it was put together from others."""
        return row.get(self.columns.get(name, ""), "")

    def _check_dates(self, payload: Payload, row: Mapping[str, str]) -> Iterator[Finding]:
        today = self.today.isoformat()
        for name in self.category.past:
            if str(payload.get(name, "")) > today:
                yield self._finding(name, Note(Level.ERROR, f"{name}_in_future", _FUTURE), self._cell(row, name))
        for order in self.category.orders:
            later, earlier = payload.get(order.later), payload.get(order.earlier)
            if later and earlier and str(later) < str(earlier):
                sentence = _BACKWARDS.format(earlier=self.labels[order.earlier].label)
                yield self._finding(order.later, Note(Level.ERROR, order.code, sentence), self._cell(row, order.later))

    def _check_repetition(self, number: int, key: str, findings: list[Finding]) -> int | None:
        """Only rows without an error take a place, so that a corrected row may follow a rejected one."""
        if not key or any(finding.level is Level.ERROR for finding in findings):
            return None
        earlier = self.seen.first(key, number)
        if earlier is not None:
            note = Note(Level.ERROR, "duplicate_of_another_row", _DUPLICATE.format(row=earlier))
            findings.append(self._finding(self.category.act[1], note, key))
        return earlier

    def _finding(self, field: str, note: Note, original: str) -> Finding:
        column = self.columns.get(field) or self.labels[field].zh
        return Finding(field, column, note.level, note.code, note.message, original)

    def _verdict(self, number: int, row: Mapping[str, str], payload: Payload, findings: list[Finding],
                 key: str, earlier: int | None) -> RowVerdict:
        fingerprint = act_fingerprint(self.category, key)
        if not findings:
            return RowVerdict(number, "accept", [], _ACCEPTED, findings, payload, fingerprint, key, row)
        verdict = _worst(findings)
        told = [one for one in findings if verdict != "reject" or one.level is not Level.INFO]
        codes = list(dict.fromkeys(one.code for one in told))
        return RowVerdict(number, verdict, codes, self._message(told), told, payload, fingerprint, key, row, earlier)

    def _message(self, findings: list[Finding]) -> Text:
        labels = [self.labels[one.field].label if one.field else T("本行", "This row") for one in findings]
        zh = ";".join(f"{label.zh}:{one.message.zh}" for label, one in zip(labels, findings, strict=True))
        en = "; ".join(f"{label.en}: {one.message.en}" for label, one in zip(labels, findings, strict=True))
        return Text(zh, en)


def _worst(findings: list[Finding]) -> Verdict:
    levels = {finding.level for finding in findings}
    return "reject" if Level.ERROR in levels else "warn" if Level.WARN in levels else "accept"
