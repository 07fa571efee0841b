"""Shapes of what departments' machines are told of the files they send."""

from pydantic import BaseModel, ConfigDict, Field


class StatusQuery(BaseModel):
    """Where the page of errors begins."""

    model_config = ConfigDict(extra="forbid")
    after: int = Field(0, ge=0, le=10_000_000, description="从该行之后列出 / list errors after this row")


class SentAnswer(BaseModel):
    """A file was taken in."""

    batch: int
    address: str = Field(description="查询结果的地址 / where to ask for the result")


class FindingShown(BaseModel):
    """One remark on one cell."""

    column: str
    code: str


class RowShown(BaseModel):
    """One row that was not accepted as it came."""

    row: int
    verdict: str = Field(description="reject, warn")
    codes: list[str]
    zh: str
    en: str
    findings: list[FindingShown]


class BatchAnswer(BaseModel):
    """A batch and what became of its rows."""

    batch: int
    kind: str
    state: str
    rows: int
    problem: str
    answer_due: str | None = Field(description="错误退回期限 / last day to give errors back")
    counts: dict[str, int]
    next: int | None = Field(description="下一页的after / where the next page begins")
    errors: list[RowShown]
