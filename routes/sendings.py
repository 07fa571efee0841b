"""API v1 for departments: send a file of records as JSON, XML or CSV, and ask what became of its rows."""

from flask import Blueprint, Response, jsonify, request, url_for
from spectree import Response as Answers

from routes.api import PROBLEMS, spec
from routes.guards import api, current_client
from routes.schemas import ProblemAnswer
from routes.security import accepts_files, rate
from routes.sendingschemas import BatchAnswer, SentAnswer, StatusQuery
from routes.transactions import own_transactions
from services import clock, sendings, tokens

bp = Blueprint("sendings", __name__, url_prefix="/api/v1")
NAMES = {"application/json": "rows.json", "application/xml": "rows.xml", "text/xml": "rows.xml", "text/csv": "rows.csv"}


@bp.post("/imports/<kind>")
@api(tokens.IMPORTS)
@rate("api")
@accepts_files(5)
@own_transactions
@spec.validate(resp=Answers(HTTP_202=SentAnswer, HTTP_422=ProblemAnswer, **PROBLEMS), tags=["imports"])
def send_file(kind: str) -> tuple[Response, int]:
    """报送数据 / send records of the own unit

    正文为JSON数组、XML信封或CSV，至多60 MB；逐行校验，单位负责人审批后装入 /
    the body is a JSON array, an XML envelope or CSV of at most 60 MB; loaded once the unit's head approves.
    """
    data = request.get_data(cache=False)
    name = request.headers.get("X-Filename") or NAMES.get(request.mimetype, "rows")
    batch = sendings.send(current_client(), kind, name, data, clock.today(), clock.now())
    address = url_for("sendings.sent_file", batch=batch)
    return jsonify(batch=batch, address=address), 202


@bp.get("/imports/<int:batch>")
@api(tokens.IMPORTS)
@rate("api")
@spec.validate(query=StatusQuery, resp=Answers(HTTP_200=BatchAnswer, **PROBLEMS), tags=["imports"])
def sent_file(batch: int) -> Response:
    """报送结果 / what became of a file

    状态、各类行数和不通过的行 / state, counts and the rows that were not accepted.
    """
    return jsonify(sendings.status(current_client(), batch, request.context.query.after))
