"""The feed for receivers: take corrections by cursor, answer them, and tell what is held, with a token."""

from flask import Blueprint, Response, jsonify, request
from spectree import Response as Answers

from routes.api import PROBLEMS, spec
from routes.guards import api, current_client
from routes.schemas_feed import FeedAnswer, FeedQuery, HoldingsAnswer, HoldingsBody, ResultsAnswer, ResultsBody
from routes.security import rate
from services import access, clock, feeding, machineanswers, reconciling

bp = Blueprint("feed", __name__, url_prefix="/api/v1")
MOST_BYTES = 16 << 20


@bp.get("/corrections")
@api(feeding.SCOPE)
@rate("api")
@spec.validate(query=FeedQuery, resp=Answers(HTTP_200=FeedAnswer, **PROBLEMS), tags=["corrections"])
def corrections() -> Response:
    """更正通知 / corrections for this receiver

    从 after 之后依次取；同一记录以 sequence 最大者为准 / in their order; of one record the highest sequence counts.
    """
    client, asked = current_client(), request.context.query
    told = feeding.after(client.org_id, asked.after, asked.limit)
    access.note("feed", asked.after, "corrections", org_id=client.org_id, api_token_id=client.token_id)
    return jsonify(messages=told, next=told[-1]["position"] if told else asked.after)


@bp.post("/corrections/answers")
@api(feeding.SCOPE)
@rate("api")
@spec.validate(json=ResultsBody, resp=Answers(HTTP_200=ResultsAnswer, **PROBLEMS), tags=["corrections"])
def answer() -> Response:
    """答复更正通知 / answers to corrections

    accepted 已更新；rejected 不接受并写明理由；received 已收到 / a refusal needs its reason.
    """
    client = current_client()
    said = machineanswers.results_of([one.model_dump() for one in request.context.json.results])
    known = machineanswers.apply(client.org_id, said, clock.now())
    access.enter("correction", f"{len(known)} answers", "by token", org_id=client.org_id)
    return jsonify(known=sorted(known))


@bp.post("/holdings")
@api(feeding.SCOPE)
@rate("api")
@spec.validate(json=HoldingsBody, resp=Answers(HTTP_200=HoldingsAnswer, **PROBLEMS), tags=["corrections"])
def holdings() -> Response:
    """对账清单 / what is held

    每日报送全部所持记录，逐条比对 / tell everything held, once a day; it is compared line by line.
    """
    client = current_client()
    theirs = reconciling.holdings([one.model_dump() for one in request.context.json.records])
    found = reconciling.compare(client.org_id, theirs, "told", clock.now())
    access.enter("holdings", f"{len(theirs)} records", "by token", org_id=client.org_id)
    return jsonify(compared=len(theirs), differences=found)


holdings.max_bytes = MOST_BYTES  # type: ignore[attr-defined]
