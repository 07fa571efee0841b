"""API v1 for machines: a subject's published records, the progress of a case, and the description of both."""

import copy
from typing import Any

from flask import Blueprint, Response, abort, jsonify, render_template, request
from spectree import Response as Answers
from spectree import SpecTree

from routes import errors
from routes.guards import api, current_client, public
from routes.schemas import (
    ProblemAnswer,
    ProgressAnswer,
    ProgressQuery,
    RecordsAnswer,
    RecordsQuery,
    TimesAnswer,
    TimesQuery,
    words,
)
from routes.security import rate
from services import clock, lookup, progress, records, timesasked, timespage, tokens
from services.access import ApiClient, NotFound
from services.receipts import Asking
from standards.codes import normalise
from standards.words import T

bp = Blueprint("api", __name__, url_prefix="/api/v1")
WRONG = T("参数“{name}”有误：{why}", "Parameter “{name}”: {why}")


def _refuse(_request: Any, _response: Any, error: Any, _instance: Any, adapter: Any) -> None:
    """A query that does not fit its schema is answered like every other error."""
    if error is not None:
        faults = [(".".join(map(str, one["loc"])), one["msg"]) for one in error.errors()]
        abort(errors.page(422, reasons=[WRONG.format(name=name, why=why) for name, why in faults]))


spec = SpecTree("flask", mode="strict", before=_refuse, title="Xinfu API", version="1", annotations=False,
                validation_error_model=ProblemAnswer, naming_strategy=lambda model: str(model.__name__),
                nested_naming_strategy=lambda _parent, child: child)  # fmt: skip
PROBLEMS = {f"HTTP_{code}": ProblemAnswer for code in (401, 403, 404, 429)}


@bp.get("/subjects/<code>/records")
@api(tokens.RECORDS)
@rate("api")
@spec.validate(query=RecordsQuery, resp=Answers(HTTP_200=RecordsAnswer, **PROBLEMS), tags=["records"])
def subject_records(code: str) -> Response:
    """主体的公示记录 / a subject's published records

    每次查询都留下回执，信用主体可以查看 / every read leaves a receipt, which the subject can see.
    """
    client, asked = current_client(), request.context.query
    tokens.check_purpose(client, asked.purpose)
    now = clock.now()
    found = lookup.published(_asking(client, asked), normalise(code), now)
    subject = {"code": found.subject.uscc or "", "name": found.subject.name} if found.records else None
    told = [records.as_payload(one) for one in found.records]
    return jsonify(subject=subject, records=told, purpose=asked.purpose, at=now.isoformat())


@bp.get("/records/<public_id>/times")
@api(tokens.RECORDS)
@rate("api")
@spec.validate(query=TimesQuery, resp=Answers(HTTP_200=TimesAnswer, **PROBLEMS), tags=["records"])
def record_times(public_id: str) -> Response:
    """某日的记录内容 / what a record said on a day, as known on another

    仅限正在公示的记录；每次查询都留下回执 / only records published now; every read leaves a receipt.
    """
    client, asked, now = current_client(), request.context.query, clock.now()
    tokens.check_purpose(client, asked.purpose)
    told = timesasked.told(_asking(client, asked), public_id, asked.valid_on, asked.known_on, now)
    return jsonify(timespage.as_payload(told))


def _asking(client: ApiClient, asked: Any) -> Asking:
    return Asking(org_id=client.org_id, purpose=asked.purpose, channel="api", token_id=client.token_id,
                  asking_unit=asked.asking_unit, consent=asked.consent_sha256)  # fmt: skip


@bp.get("/cases/<number>")
@public
@rate("progress")
@spec.validate(query=ProgressQuery, resp=Answers(HTTP_200=ProgressAnswer, **PROBLEMS), tags=["cases"])
def case_progress(number: str) -> Response:
    """办件进度 / progress of a case

    凭案号和查询码；有误时答复相同 / by number and query code; a wrong number and a wrong code are answered alike.
    """
    found = progress.find(number, request.context.query.code, clock.now())
    if found is None:
        raise NotFound(number)
    stages = [{"title": words(one["title"]), "state": one["state"], "date": _day(one.get("date"))}
              for one in found["nodes"]]  # fmt: skip
    return jsonify(number=found["number"], kind=words(found["kind"]), state=words(found["state"].label),
                   holder=found["holder"], stages=stages)  # fmt: skip


def _day(value: Any) -> str | None:
    return value.isoformat() if value else None


def description() -> dict[str, Any]:
    """The OpenAPI document of these operations."""
    told: dict[str, Any] = copy.deepcopy(spec.spec)
    told["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    for path, ways in told["paths"].items():
        for one in ways.values() if path != f"{bp.url_prefix}/cases/{{number}}" else ():
            one["security"] = [{"token": []}]
    return told


@bp.get("/openapi.json")
@public
def openapi() -> Response:
    """The description for machines."""
    return jsonify(description())


@bp.get("/docs")
@public
def docs() -> str:
    """The same for people; nothing is loaded from elsewhere."""
    told = description()
    operations = [(path, method, one) for path, ways in told["paths"].items() for method, one in ways.items()]
    return render_template("api/docs.html", operations=operations, schemas=told["components"]["schemas"])
