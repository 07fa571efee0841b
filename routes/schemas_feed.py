"""Shapes of the feed for receivers: corrections from a place on, answers to them, and what a receiver holds."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class FeedQuery(BaseModel):
    """From where on."""

    model_config = ConfigDict(extra="forbid")
    after: int = Field(0, ge=0, le=2**62, description="上次的 next / the `next` of the last answer")
    limit: int = Field(100, ge=1, le=500)


class Correction(BaseModel):
    """Record R has status S by decision D; a notice may come twice, the highest sequence of a record counts."""

    id: int
    position: int
    record: str
    sequence: int
    version: int
    status: str
    basis: str
    hash: str = Field(description="SHA-256: record, sequence, version, status, basis")
    effective_at: str
    record_now: dict[str, Any] | None = Field(description="现状；空表示不得再展示 / null: must not be shown any more")


class FeedAnswer(BaseModel):
    """Some corrections in their order."""

    messages: list[Correction]
    next: int


class Result(BaseModel):
    """A word on one correction; a refusal needs its reason."""

    model_config = ConfigDict(extra="forbid")
    id: int
    outcome: Literal["accepted", "rejected", "received"]
    reason: str = Field("", max_length=500)


class ResultsBody(BaseModel):
    """Words on several corrections."""

    model_config = ConfigDict(extra="forbid")
    results: list[Result] = Field(max_length=1000)


class ResultsAnswer(BaseModel):
    """Which of them were this receiver's own."""

    known: list[int]


class Held(BaseModel):
    """One record as the receiver holds it."""

    record: str = Field(max_length=64)
    version: int
    status: str = Field(max_length=32)
    hash: str = Field("", max_length=64)


class HoldingsBody(BaseModel):
    """Everything that came from here and is still held."""

    model_config = ConfigDict(extra="forbid")
    records: list[Held] = Field(max_length=100_000)


class HoldingsAnswer(BaseModel):
    """How many of them differ from what was acknowledged."""

    compared: int
    differences: int
