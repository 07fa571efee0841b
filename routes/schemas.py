"""Shapes of API v1. Field names are ours and stay; Chinese and English stand side by side where people read them."""

import datetime as dt
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class RecordsQuery(BaseModel):
    """Why records are asked for."""

    model_config = ConfigDict(extra="forbid")
    purpose: str = Field(max_length=32, description="查询目的代码 / code of a purpose, e.g. S27-2")
    asking_unit: str = Field("", max_length=200, description="提出需求的单位 / unit on whose behalf it is asked")
    consent_sha256: str = Field("", pattern=r"^([0-9a-f]{64})?$", description="授权书哈希值 / hash of the consent file")


class TimesQuery(RecordsQuery):
    """Two days: the one the record speaks of, and the one by whose end it had to be known; today where left out."""

    valid_on: dt.date | None = Field(None, description="哪一天的内容 / what it said on this day")
    known_on: dt.date | None = Field(None, description="截至哪一天已知 / as known at the end of this day")


class ProgressQuery(BaseModel):
    """The code printed on the filing receipt."""

    model_config = ConfigDict(extra="forbid")
    code: str = Field(max_length=32, description="查询码 / query code")


class FieldShown(BaseModel):
    """One field of a record, masked for whoever asks."""

    id: str
    zh: str
    en: str
    value: str


class NoteShown(BaseModel):
    """What was objected, and what a check could not confirm."""

    objection: str
    checked: str
    at: str


class RecordShown(BaseModel):
    """One published record in its latest version."""

    id: str
    category: str
    document_number: str
    decided_on: str = Field(description="ISO 8601")
    authority: str
    version: int
    state: str
    in_dispute: bool = Field(description="异议处理中 / being checked after an objection")
    in_repair: bool = Field(description="信用修复办理中 / a repair is accepted and not decided yet")
    dispute_outcome: Literal["resolved", "resolved_disagreed"] | None = Field(
        description="异议已处理；主体是否不同意 / objection decided, and whether the subject disagrees")
    statement: str | None = Field(description="主体声明，不超过300字 / the subject's own words")
    severity: str | None
    published_until: str | None
    fields: list[FieldShown]
    notes: list[NoteShown]


class FieldThen(BaseModel):
    """One field as it stood, and the decision or report behind it."""

    zh: str
    en: str
    value: str
    because: str
    recorded_at: str


class TimesAnswer(BaseModel):
    """A record at two times; known is false where nothing of it was known or valid yet."""

    id: str
    valid_on: str
    known_on: str
    known: bool
    version: int | None
    state: str | None
    in_dispute: bool
    in_repair: bool
    fields: list[FieldThen]


class SubjectShown(BaseModel):
    """A subject by its code."""

    code: str
    name: str


class RecordsAnswer(BaseModel):
    """A subject's published records; subject is null where nothing is known under the code."""

    subject: SubjectShown | None
    records: list[RecordShown]
    purpose: str
    at: str


class Words(BaseModel):
    """A word in two languages."""

    zh: str
    en: str


class Stage(BaseModel):
    """One stage of the procedure."""

    title: Words
    state: str = Field(description="done, now, next")
    date: str | None


class ProgressAnswer(BaseModel):
    """Where a case stands."""

    number: str
    kind: Words
    state: Words
    holder: str
    stages: list[Stage]


class Problem(BaseModel):
    """What went wrong, in two languages."""

    status: int
    zh: str
    en: str
    reasons: list[Words]
    request: str | None


class ProblemAnswer(BaseModel):
    """The body of every answer of 400 or more."""

    error: Problem


def words(text: Any) -> dict[str, str]:
    """A Text as the API gives it."""
    return {"zh": text.zh, "en": text.en}
