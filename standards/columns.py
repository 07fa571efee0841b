"""Which column of a file is which field: by Chinese title, national code or our own id, in any order."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Sequence

from standards.schema import Category, Field
from standards.text import BadFile
from standards.words import T, Text

REASON = T("错误原因", "Reason for rejection")
OVERFLOW = "(overflow)"
_PUNCTUATION = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Columns:
    """Headers that are fields, headers nobody knows, and always-required fields without a column."""

    fields: dict[str, Field]
    unknown: tuple[str, ...]
    missing: tuple[Field, ...]


def match_columns(category: Category, headers: Sequence[str]) -> Columns:
    """Match headers to the category's fields. Raises BadFile where two columns are the same field."""
    names = _names(category)
    fields: dict[str, Field] = {}
    for header in headers:
        field = names.get(_key(header))
        if field in fields.values() and field is not None:
            raise BadFile(T("表头中“{name}”出现了两次", "The column “{name}” stands twice in the header")
                          .format(name=field.label))
        if field is not None:
            fields[header] = field
    unknown = tuple(header for header in headers
                    if header and header not in fields and header not in (REASON.zh, OVERFLOW))
    missing = tuple(field for field in category.fields
                    if field.required is True and field not in fields.values())
    return Columns(fields, unknown, missing)


def check_columns(category: Category, headers: Sequence[str]) -> Columns:
    """Match headers. Raises BadFile naming every required column that the file lacks."""
    columns = match_columns(category, headers)
    if columns.missing:
        zh = "、".join(field.zh for field in columns.missing)
        en = ", ".join(field.en for field in columns.missing)
        raise BadFile(T(f"表中缺少必填列：{zh}。请使用{category.label.zh}的标准模板",
                        f"The table lacks required columns: {en}. Use the template: {category.label.en}"))
    return columns


def _names(category: Category) -> dict[str, Field]:
    names: dict[str, Field] = {}
    for field in category.fields:
        for name in (field.id, field.code, field.label, *field.aliases):
            for spelling in (name.zh, name.en) if isinstance(name, Text) else (name,):
                names.setdefault(_key(spelling), field)
    return names


def _key(header: str) -> str:
    return _PUNCTUATION.sub("", unicodedata.normalize("NFKC", header)).casefold()
