"""The register of letters: number series, template, needed facts, and the check that they are there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args, get_origin, get_type_hints, is_typeddict

from documents.shapes import D01, D02, D03, D04, D05, D06, D07, D07S, D07V, D08, D18, D19, D23, D27
from documents.shapes_clock import D20
from documents.shapes_complaint import D01C, D05C, D16, D16N, D16T, D17, D17F, D17R, D18C, D19C, D20C
from documents.shapes_hearing import D17M, Hearing
from documents.shapes_recheck import D02U
from documents.shapes_repair import D10, D11, D13, D14, D15
from documents.shapes_slips import D25, D25S, D26, D28
from workflow.words import Paper

# What signing adds; None in a draft.
SIGNED = ("number", "issued_on", "signatory", "delegated_for", "verification_code", "verification_url", "audit_head")
BLANK = ("old", "new", "recorded", "verified", "value")  # what a record's field may lack
ACTIONS = ("suspend", "resume", "end")
MEDIATED = ("settle", "fail")


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


def _kind(
    paper: Paper, title: str, series: str, shape: type, remedies: bool = False, template: str = ""
) -> PaperKind:
    return PaperKind(paper.value, title, series, template or f"{paper.value.lower()}.html", shape, remedies)


PAPERS: dict[Paper, PaperKind] = {
    Paper.D01: _kind(Paper.D01, "异议业务受理单", "", D01),
    Paper.D02: _kind(Paper.D02, "异议受理通知书", "异受", D02),
    Paper.D02U: _kind(Paper.D02U, "异议复核移交告知书", "异移", D02U),
    Paper.D03: _kind(Paper.D03, "异议申请补正通知书", "异补", D03),
    Paper.D04: _kind(Paper.D04, "异议不予受理通知书", "异不受", D04, remedies=True),
    Paper.D05: _kind(Paper.D05, "关于协助核查异议信息的函", "协查", D05),
    Paper.D06: _kind(Paper.D06, "异议核查意见书", "异核", D06),
    Paper.D07: _kind(Paper.D07, "异议处理决定书", "异决", D07, remedies=True),
    Paper.D07S: _kind(Paper.D07S, "决定书笔误更正通知书", "异误", D07S),
    Paper.D07V: _kind(Paper.D07V, "撤销异议处理决定书", "异撤", D07V, remedies=True),
    Paper.D08: _kind(Paper.D08, "异议处理告知书", "异告", D08, remedies=True),
    Paper.D18: _kind(Paper.D18, "异议办理延期告知书", "异延", D18),
    Paper.D19: _kind(Paper.D19, "异议办理通知书", "异中", D19),
    Paper.D20: _kind(Paper.D20, "催办单", "督", D20),
    Paper.D20S: _kind(Paper.D20S, "督办函", "督", D20, template="d20.html"),
    Paper.D23: _kind(Paper.D23, "回避决定书", "避", D23),
    Paper.D01R: _kind(Paper.D01R, "信用修复业务受理单", "", D01, template="d01.html"),
    Paper.D02R: _kind(Paper.D02R, "信用修复受理通知书", "修受", D02),
    Paper.D03R: _kind(Paper.D03R, "信用修复申请补正通知书", "修补", D03, template="d03.html"),
    Paper.D04R: _kind(Paper.D04R, "信用修复不予受理通知书", "修不受", D04, remedies=True, template="d04.html"),
    Paper.D10: _kind(Paper.D10, "信用修复申请表", "", D10),
    Paper.D11: _kind(Paper.D11, "信用承诺书", "", D11),
    Paper.D13: _kind(Paper.D13, "准予信用修复决定书", "修准", D13, remedies=True),
    Paper.D14: _kind(Paper.D14, "不予信用修复决定书", "修否", D14, remedies=True),
    Paper.D15: _kind(Paper.D15, "撤销信用修复决定书", "修撤", D15, remedies=True),
    Paper.D14H: _kind(Paper.D14H, "信用修复陈述申辩告知书", "修听", Hearing, template="hearing.html"),
    Paper.D15H: _kind(Paper.D15H, "撤销信用修复陈述申辩告知书", "修撤听", Hearing, template="hearing.html"),
    Paper.D18R: _kind(Paper.D18R, "信用修复办理延期告知书", "修延", D18, template="d18.html"),
    Paper.D19R: _kind(Paper.D19R, "信用修复办理通知书", "修中", D19),
    Paper.D25: _kind(Paper.D25, "公共信用信息报告", "报", D25),
    Paper.D25S: _kind(Paper.D25S, "信用信息状态证明", "证", D25S),
    Paper.D26: _kind(Paper.D26, "信用核查结果单", "核", D26),
    Paper.D27: _kind(Paper.D27, "信用记录更正通知", "异更", D27),
    Paper.D28: _kind(Paper.D28, "社会信用体系建设工作进展报告", "展", D28),
    Paper.D01C: _kind(Paper.D01C, "投诉登记单", "", D01C),
    Paper.D05C: _kind(Paper.D05C, "关于请说明有关问题的函", "询", D05C),
    Paper.D16: _kind(Paper.D16, "投诉受理告知书", "诉受", D16),
    Paper.D16N: _kind(Paper.D16N, "投诉不予受理告知书", "诉不受", D16N, remedies=True),
    Paper.D16T: _kind(Paper.D16T, "投诉转办告知书", "诉转", D16T),
    Paper.D17: _kind(Paper.D17, "投诉处理答复书", "诉复", D17),
    Paper.D17R: _kind(Paper.D17R, "投诉复查意见书", "诉查", D17R),
    Paper.D17F: _kind(Paper.D17F, "投诉复核意见书", "诉核", D17F),
    Paper.D17M: _kind(Paper.D17M, "投诉调解文书", "诉调", D17M),
    Paper.D18C: _kind(Paper.D18C, "投诉办理延期告知书", "诉延", D18C),
    Paper.D19C: _kind(Paper.D19C, "投诉办理告知书", "诉中", D19C),
    Paper.D20C: _kind(Paper.D20C, "整改通知书", "改", D20C),
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
    if paper in (Paper.D19, Paper.D19C, Paper.D19R) and data.get("action") not in ACTIONS:
        missing.append("action")
    if paper is Paper.D17M and data.get("action") not in MEDIATED:
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
