"""The register of letters: number series, template, needed facts, and the check that they are there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args, get_origin, get_type_hints, is_typeddict

from documents.shapes import D01, D02, D03, D04, D05, D06, D07, D07V, D08, D18, D19, D23, D27
from workflow.words import Paper

# What signing adds; None in a draft.
SIGNED = ("number", "issued_on", "signatory", "delegated_for", "verification_code", "verification_url", "audit_head")
BLANK = ("old", "new", "recorded", "verified", "value")  # what a record's field may lack
ACTIONS = ("suspend", "resume", "end")


@dataclass(frozen=True, slots=True)
class PaperKind:
    """How a paper is issued: series word of its number ("" = not numbered), template, needed facts."""

    code: str
    title: str
    series_zh: str
    template: str
    shape: type
    remedies: bool = False
    version: str = "1"


class MissingField(ValueError):
    """A letter lacks facts it must state; `names` are their paths, as items.0.reason."""

    def __init__(self, paper: Paper, names: list[str]) -> None:
        self.paper, self.names = paper, names
        super().__init__(f"{paper} lacks {', '.join(names)}")


def _kind(paper: Paper, title: str, series: str, shape: type, remedies: bool = False) -> PaperKind:
    return PaperKind(paper.value, title, series, f"{paper.value.lower()}.html", shape, remedies)


PAPERS: dict[Paper, PaperKind] = {
    Paper.D01: _kind(Paper.D01, "异议业务受理单", "", D01),
    Paper.D02: _kind(Paper.D02, "异议受理通知书", "异受", D02),
    Paper.D03: _kind(Paper.D03, "异议申请补正通知书", "异补", D03),
    Paper.D04: _kind(Paper.D04, "异议不予受理通知书", "异不受", D04, remedies=True),
    Paper.D05: _kind(Paper.D05, "关于协助核查异议信息的函", "协查", D05),
    Paper.D06: _kind(Paper.D06, "异议核查意见书", "异核", D06),
    Paper.D07: _kind(Paper.D07, "异议处理决定书", "异决", D07, remedies=True),
    Paper.D07V: _kind(Paper.D07V, "撤销异议处理决定书", "异撤", D07V, remedies=True),
    Paper.D08: _kind(Paper.D08, "异议处理告知书", "异告", D08, remedies=True),
    Paper.D18: _kind(Paper.D18, "异议办理延期告知书", "异延", D18),
    Paper.D19: _kind(Paper.D19, "异议办理通知书", "异中", D19),
    Paper.D23: _kind(Paper.D23, "回避决定书", "避", D23),
    Paper.D27: _kind(Paper.D27, "信用记录更正通知", "异更", D27),
}


def document_number(organ_word: str, paper: Paper, year: int, sequence: int) -> str:
    """The number of a letter, as 鄂前信异决〔2026〕1号 (domain.md §4.1)."""
    return f"{organ_word}{PAPERS[paper].series_zh}〔{year}〕{sequence}号"


def fields(paper: Paper) -> tuple[str, ...]:
    """Names of the facts this paper cannot be issued without."""
    required: frozenset[str] = PAPERS[paper].shape.__required_keys__  # type: ignore[attr-defined]
    unnumbered = {"number"} if not PAPERS[paper].series_zh else set()
    return tuple(name for name in get_type_hints(PAPERS[paper].shape) if name in required - unnumbered)


def check(paper: Paper, data: Mapping[str, Any], *, draft: bool = False) -> None:
    """Refuse data that lacks a needed fact; a draft may lack what signing adds. Raises MissingField."""
    hints = get_type_hints(PAPERS[paper].shape)
    names = [name for name in fields(paper) if not (draft and name in SIGNED)]
    if PAPERS[paper].remedies and data.get("adverse", True):
        names += ["review_organ", "court"]
    missing = [path for name in names for path in _gaps(name, data.get(name), hints[name])]
    if paper is Paper.D19 and data.get("action") not in ACTIONS:
        missing.append("action")
    if missing:
        raise MissingField(paper, sorted(set(missing)))


def _gaps(path: str, value: Any, hint: Any) -> Iterator[str]:
    """Paths of what is missing in a value of this type."""
    if value is None or value == [] or (value == "" and path.rpartition(".")[2] not in BLANK):
        yield path
    elif isinstance(value, str) and not value.strip() and value:
        yield path
    elif get_origin(hint) is list:
        for at, item in enumerate(value):
            yield from _gaps(f"{path}.{at}", item, get_args(hint)[0])
    elif is_typeddict(hint):
        for name, inner in get_type_hints(hint).items():
            yield from _gaps(f"{path}.{name}", value.get(name), inner)
