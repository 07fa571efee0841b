"""A decision from draft to signature: what is shown to the signer is what is hashed, numbered and printed."""

import datetime as dt
import json
import logging
import secrets
from collections.abc import Callable
from typing import Any

from flask import current_app
from sqlalchemy import RowMapping, func, insert, select

from documents.canonical import canonical, digest
from documents.fonts import locate, undrawable
from documents.papers import PAPERS
from documents.render import EngineMissing, MissingGlyph, Rendered, RenderFailed, preview, render
from models.audit import ChainLink
from models.base import db, shanghai_day
from models.case import Case, CaseItem, ItemResult
from models.decision import Decision, DecisionItem
from models.organisation import Org
from models.record import CreditRecord, RecordVersion
from services import casefile, files, letterdata, letters, numbers, outpost, repairdata, revocations
from services.act import Act, Prepared
from services.decisiondata import PUT_UP
from services.dossier import Dossier
from services.letters_complaint import reply_data
from services.signatures import signatories
from services.texts import text_of
from standards.words import Text
from workflow.actor import Actor
from workflow.engine import Refused
from workflow.words import Paper, Result

log = logging.getLogger(__name__)
UNSIGNED = ("number", "issued_on", "signatory", "verification_code", "verification_url", "audit_head", "delegated_for")
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHANGED = Text("决定草案已变化，请重新打开核对后再签发。", "The draft has changed; open and check it again.")
BUSY = Text("编号正被占用，请稍后再试。", "Numbers are being taken just now; please try again.")
OVERTAKEN = Text(
    "“{field}”已由数据提供单位更新为“{now}”，与草案所依据的“{then}”不同，请退回重拟。",
    "“{field}” was updated by its source to “{now}”; the draft rests on “{then}”. Return it for rework.",
)


UNDRAWN = Text(
    "文书字体中没有这些字符，请改写后再呈报：{characters}",
    "No font of the letters has these characters; please rewrite: {characters}",
)
NOT_DRAWN = Text(
    "文书暂时无法生成，请稍后再试；如仍不行，请管理员运行体检（doctor）。",
    "The letter cannot be made just now; try again later, or have an administrator run doctor.",
)


DRAFTS: dict[str, Callable[[int], tuple[Paper, dict[str, Any]]]] = {"objection": letterdata.decision_data,
                                                                  "complaint": reply_data,
                                                                  "repair": repairdata.decision}


class NumberMoved(Exception):
    """Another document took the number this one was rendered with; render again."""


def draft(case_id: int) -> tuple[Paper, dict[str, Any]]:
    """The decision as it would be signed, without number, date, signature and code."""
    kind = db.session.execute(select(Case.kind).where(Case.id == case_id)).scalar_one()
    paper, data = DRAFTS[kind](case_id)
    return paper, {**data, **dict.fromkeys(UNSIGNED)}


def draft_hash(data: dict[str, Any]) -> str:
    """Hash of what is decided, the same before and after signature; 64 hexadecimal digits."""
    return digest({name: value for name, value in data.items() if name not in UNSIGNED})


def preview_pdf(case_id: int) -> bytes:
    """The draft as a PDF: the pages that will be signed but for number, date, signature and code."""
    paper, data = draft(case_id)
    return drawn(preview, paper, data).pdf


def preview_report(case_id: int, head: Actor, now: dt.datetime) -> bytes:
    """A department's report as its head would issue it, as a PDF without number, date and code."""
    case = Dossier(case_id, now, inner=True)
    data = letterdata.common(case) | letterdata.report_data(case, head, case.today)
    return drawn(preview, Paper.D06, data).pdf


def drawn(draw: Callable[..., Rendered], paper: Paper, data: dict[str, Any]) -> Rendered:
    """The letter, or a sentence why it cannot be made."""
    try:
        return draw(paper, data)
    except MissingGlyph as missing:
        raise Refused([UNDRAWN.format(characters=" ".join(missing.characters))]) from missing
    except (RenderFailed, EngineMissing) as trouble:
        log.error("decision not drawn", exc_info=trouble)
        raise Refused([NOT_DRAWN]) from trouble


def check_drawable(facts: dict[str, Any]) -> None:
    """Every character of a draft can be printed; raises Refused naming those that cannot."""
    said = json.dumps(facts, ensure_ascii=False)
    if missing := undrawable(said, locate()):
        raise Refused([UNDRAWN.format(characters=" ".join(missing))])


def prepare(number: str, actor: Actor, now: dt.datetime) -> Prepared:
    """Render the decision outside any lock with the number it is expected to get, and keep its bytes."""
    row = casefile.row_of(number)
    paper, data = draft(row["id"])
    office = db.session.get_one(Org, row["office_id"])
    code = "-".join("".join(secrets.choice(CROCKFORD) for _ in range(4)) for _ in range(4))
    address = current_app.config["SETTINGS"].public_url + "/verify/" + code
    said = {"number": numbers.expected(office.id, letters.word_of(office), paper, now),
            "issued_on": shanghai_day(now).isoformat(), "signatory": signatories(row["id"], actor),
            "verification_code": code, "verification_url": address, "audit_head": last_seal()}  # fmt: skip
    full = {**data, **said}
    full["delegated_for"] = letters.delegated_for(actor)
    letter = drawn(render, paper, full)
    kept = files.keep(letter.pdf)
    return Prepared(paper, said["number"], draft_hash(full), full, code, kept, len(letter.pdf), letter.pages)


def last_seal() -> str:
    """The last sealed head of the audit chain; zeros before the first."""
    latest = select(func.max(ChainLink.id)).scalar_subquery()
    return db.session.execute(select(ChainLink.hash).where(ChainLink.id == latest)).scalar() or "0" * 64


def compare(act: Act) -> None:
    """The draft that is countersigned is the one that was shown; raises Refused when it has changed."""
    _not_overtaken(act)
    if act.facts["draft_hash"] != draft_hash(draft(act.case_id)[1]):
        raise Refused([CHANGED])


def decide(act: Act) -> None:
    """Compare what was shown with what is, take the number, write the decision; raises Refused or NumberMoved."""
    prepared = act.prepared
    if (closed := outpost.signing_closed(act.now)) is not None:
        raise Refused([closed])
    _not_overtaken(act)
    paper, data = draft(act.case_id)
    now_hash = draft_hash(data)
    if prepared is None or act.facts["draft_hash"] != now_hash or prepared.draft_hash != now_hash:
        raise Refused([CHANGED])
    office = db.session.get_one(Org, act.row["office_id"])
    number = numbers.take(office.id, letters.word_of(office), paper, act.now)
    if number != prepared.number:
        raise NumberMoved(number)
    act.columns["decision_id"] = _write(act, paper, prepared)
    act.columns["signer_id"] = act.actor.person_id


def _write(act: Act, paper: Paper, prepared: Prepared) -> int:
    values = {
        "case_id": act.case_id, "number": prepared.number, "data": _plain(prepared.data),
        "data_hash": prepared.draft_hash, "template_version": PAPERS[paper].version,
        "drafter_id": act.row["drafter_id"], "reviewer_id": act.row["reviewer_id"],
        "signer_id": act.actor.person_id, "signer_name": act.actor.name, "delegation": act.actor.delegation,
        "signed_at": act.now, "audit_head": prepared.data["audit_head"],
    }  # fmt: skip
    decision_id = db.session.execute(insert(Decision.__table__).values(values).returning(Decision.id)).scalar_one()
    turned = act.step.name == "sign_revocation" and act.flow.kind == "objection"
    decided = revocations.restored(act.case_id) if turned else decided_items(act.case_id)
    items = [{**item, "decision_id": decision_id} for item in decided]
    if items:
        db.session.execute(insert(DecisionItem.__table__), items)
    return int(decision_id)


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    """The data in the types JSON has, as it was hashed."""
    return dict(json.loads(canonical(data)))


def issue(act: Act) -> None:
    """The decision's paper, whose bytes are on disk already."""
    if act.prepared is None:
        raise Refused([CHANGED])
    letters.decision_document(act, act.prepared, act.columns["decision_id"])


def results_of(case_id: int) -> list[RowMapping]:
    """Per item of the case: the latest result with the record's value it rests on and the value now."""
    newest = select(func.max(ItemResult.id)).where(ItemResult.item_id == CaseItem.id).correlate(CaseItem)
    query = (
        select(CaseItem.id.label("item_id"), CaseItem.record_id, CaseItem.field, CaseItem.version_seen,
               ItemResult.result, ItemResult.value, ItemResult.note, CreditRecord.version, CreditRecord.category,
               RecordVersion.payload)
        .join(ItemResult, ItemResult.id == newest.scalar_subquery())
        .join(CreditRecord, CreditRecord.id == CaseItem.record_id)
        .join(RecordVersion, (RecordVersion.record_id == CreditRecord.id)
              & (RecordVersion.version == CreditRecord.version))
        .where(CaseItem.case_id == case_id).order_by(CaseItem.id)
    )  # fmt: skip
    return list(db.session.execute(query).mappings())


def decided_items(case_id: int) -> list[dict[str, Any]]:
    """Rows of decision_item: the result, and the field's value before and after."""
    rows = []
    for one in results_of(case_id):
        before = text_of(one["payload"].get(one["field"], "")) if one["field"] else ""
        result = Result(one["result"])
        rows.append({
            "item_id": one["item_id"], "record_id": one["record_id"], "field": one["field"],
            "result": one["result"], "upheld": result.upheld, "before": before,
            "after": _after(one, result, before), "reason": one["note"],
        })  # fmt: skip
    return rows


def _after(one: RowMapping, result: Result, before: str) -> str:
    """What the field says once the result is carried out."""
    if result is Result.O13:
        return revocations.before_it(one["item_id"], one["record_id"], one["field"])
    return str(one["value"]) if result in (Result.O1, Result.O3) else before


def versions_of(case_id: int) -> dict[str, int]:
    """The version of each disputed record a draft rests on; kept with the event that puts it up."""
    query = select(CreditRecord.id, CreditRecord.version).join(CaseItem, CaseItem.record_id == CreditRecord.id)
    return {str(one): version for one, version in db.session.execute(query.where(CaseItem.case_id == case_id))}


def _not_overtaken(act: Act) -> None:
    """Refuse when the source has sent a newer value of a disputed field since the draft was put up."""
    put_up = act.view.last(*PUT_UP)
    versions = put_up.facts["versions"] if put_up else {}
    for one in results_of(act.case_id):
        drafted_on = versions.get(str(one["record_id"]), one["version"])
        if one["field"] and one["version"] != drafted_on:
            query = select(RecordVersion.payload).where(
                RecordVersion.record_id == one["record_id"], RecordVersion.version == drafted_on
            )
            old = text_of(db.session.execute(query).scalar_one().get(one["field"], ""))
            new = text_of(one["payload"].get(one["field"], ""))
            if old != new:
                raise Refused([OVERTAKEN.format(field=one["field"], now=new, then=old)])
