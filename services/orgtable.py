"""A table of organisations, pasted or uploaded: read row by row, each fault said with its row."""

from dataclasses import asdict, dataclass

from models.organisation import OrgKind
from standards.codes import check_uscc
from standards.decoding import text_rows
from standards.readers import read_table
from standards.text import BadFile, BadText, clean
from standards.words import T, Text

MOST = 300
TITLES = {
    "name": ("名称", "单位名称", "机构名称", "单位", "name"),
    "code": ("统一社会信用代码", "信用代码", "代码", "code"),
    "organ_word": ("机关代字", "代字", "organ word", "organ_word"),
    "kind": ("类型", "单位类型", "类别", "kind"),
}
KINDS = {word: kind for kind in (OrgKind.DEPARTMENT, OrgKind.TOWN, OrgKind.ZONE, OrgKind.COURT, OrgKind.SUPERVISOR,
                                 OrgKind.PUBLISHER, OrgKind.BANK, OrgKind.AGENCY, OrgKind.PLATFORM, OrgKind.RECEIVER,
                                 OrgKind.QUERYING)
         for word in (kind.value, kind.label.zh, kind.label.en.casefold())}  # fmt: skip
KINDS |= {"": OrgKind.DEPARTMENT, **dict.fromkeys(("镇", "苏木", "街道", "乡", "镇（苏木）"), OrgKind.TOWN)}
ROW = T("第{row}行：{why}", "Row {row}: {why}")
NO_NAME = T("缺少单位名称", "the name is missing")
TOO_LONG = T("名称、代字不能超过200、20个字符", "the name or organ word is too long (200, 20)")
NO_KIND = T("不认识的类型“{kind}”", "unknown kind “{kind}”")
TWICE = T("“{name}”重复出现", "“{name}” stands there twice")
CODE_TWICE = T("代码{code}重复出现", "the code {code} stands there twice")
TOO_MANY = T("一次最多导入{n}个单位", "at most {n} organisations at once")
NO_TITLES = T("表头中没有“名称”一列", "There is no column “名称” (name)")
NOTHING = T("没有可读取的内容", "There is nothing to read")


@dataclass(frozen=True, slots=True)
class OrgRow:
    """One organisation of the table; `kind` is an OrgKind code."""

    name: str
    code: str = ""
    organ_word: str = ""
    kind: str = OrgKind.DEPARTMENT.value

    def as_data(self) -> dict[str, str]:
        return asdict(self)


def from_text(pasted: str) -> tuple[list[OrgRow], list[Text]]:
    """(rows, faults) of lines with name, code, organ word and kind between tabs or commas; a title row may lead."""
    lines = [line.replace("，", ",") for line in pasted.splitlines() if line.strip()]
    if not lines:
        return [], [NOTHING]
    data = "\n".join(lines).encode()
    cells = [[cell.strip() for cell in row] for row in text_rows(data, "utf-8")]
    places = _places(cells[0])
    if "name" in places:
        return _judge([(number, {key: _cell(row, at) for key, at in places.items()})
                       for number, row in enumerate(cells[1:], 2)])  # fmt: skip
    keys = tuple(TITLES)
    return _judge([(number, dict(zip(keys, row, strict=False))) for number, row in enumerate(cells, 1)])


def from_file(data: bytes, filename: str) -> tuple[list[OrgRow], list[Text]]:
    """(rows, faults) of a CSV, XLSX or XLS file with a title row. Raises BadFile."""
    table = read_table(data, filename)
    places = _places(list(table.headers))
    if "name" not in places:
        raise BadFile(NO_TITLES)
    named = {key: table.headers[at] for key, at in places.items()}
    return _judge([(number, {key: row.get(title, "") for key, title in named.items()}) for number, row in table.rows])


def _cell(row: list[str], at: int) -> str:
    return row[at] if at < len(row) else ""


def _places(titles: list[str]) -> dict[str, int]:
    """Which column is which, by its title."""
    low = [title.strip().lstrip("\ufeff").casefold() for title in titles]
    found = {key: next((low.index(one) for one in names if one in low), -1) for key, names in TITLES.items()}
    return {key: at for key, at in found.items() if at >= 0}


def _judge(rows: list[tuple[int, dict[str, str]]]) -> tuple[list[OrgRow], list[Text]]:
    if len(rows) > MOST:
        return [], [TOO_MANY.format(n=MOST)]
    good: list[OrgRow] = []
    faults: list[Text] = []
    for number, cells in rows:
        row, why = _row(cells)
        why = why or (row and _twice(row, good))
        if why:
            faults.append(ROW.format(row=number, why=why))
        elif row:
            good.append(row)
    return good, faults if good or faults else [NOTHING]


def _row(cells: dict[str, str]) -> tuple[OrgRow | None, Text | None]:
    """(row, none), or (none, what is wrong with it)."""
    try:
        said = {key: clean(cells.get(key, "")) for key in TITLES}
    except BadText as error:
        return None, error.sentence
    kind = KINDS.get(said["kind"].casefold())
    if not said["name"]:
        return None, NO_NAME
    if len(said["name"]) > 200 or len(said["organ_word"]) > 20:
        return None, TOO_LONG
    if kind is None:
        return None, NO_KIND.format(kind=said["kind"])
    code, wrong = _code(said["code"])
    return (None, wrong) if wrong else (OrgRow(said["name"], code, said["organ_word"], kind.value), None)


def _code(text: str) -> tuple[str, Text | None]:
    if not text:
        return "", None
    verdict = check_uscc(text)
    return (verdict.value or "", verdict.error)


def _twice(row: OrgRow, others: list[OrgRow]) -> Text | None:
    if any(one.name == row.name for one in others):
        return TWICE.format(name=row.name)
    if row.code and any(one.code == row.code for one in others):
        return CODE_TWICE.format(code=row.code)
    return None

