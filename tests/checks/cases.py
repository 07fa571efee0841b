"""The cases of the little world: one carried through to its archive, one suspended, one extended, one refused."""

import datetime as dt
import hashlib
import json
from typing import Any

from sqlalchemy import select

from documents.canonical import digest
from services.sealer import link_hash
from tests.checks.walking import Walk
from tests.checks.world import TABLES, World, at

GENESIS = "0" * 64
UNSIGNED = {"issued_on": "2026-11-16", "signatory": "wu", "verification_code": "V", "verification_url": "/verify/V",
            "delegated_for": None}  # fmt: skip


def build(world: World) -> None:
    """Everything; run once, then copied for each test."""
    pack = world.rules()
    subjects = _people(world)
    first = world.record("R-1", subjects[0], {"fine": "50000", "basis": "第五十条"}, "he")
    second = world.record("R-2", subjects[0], {"fine": "800", "basis": "第九条"}, "he")
    third = world.record("R-3", subjects[1], {"fine": "100", "basis": "第一条"}, "he")
    _shown(world, first, at(3), False)
    _delegated(world)
    signed = _through(world, pack, subjects[0], first, second)
    _suspended(world, pack, subjects[1], third)
    _refused(world, pack, subjects[0], second)
    _extended(world, pack, subjects[0], second)
    Walk(world, pack, number="draft-key", subject_id=subjects[0], filer_id=world.people["app"], opened_at=at(20))
    _shown(world, third, at(24), True)
    _impartial(world, signed)
    _around(world, signed)


def _people(world: World) -> list[int]:
    world.org("office", "credit_office", organ_word="鄂前信")
    world.org("dept", "department")
    world.org("bank", "bank")
    for name, role, org in (("li", "INT", "office"), ("wang", "INT", "office"), ("zhao", "CO", "office"),
                            ("qian", "COH", "office"), ("leg", "LEG", "office"), ("wu", "LD", "office"),
                            ("sun", "DR", "dept"), ("zhou", "DH", "dept"), ("he", "DR", "dept"),
                            ("adm", "ADM", "office")):  # fmt: skip
        world.person(name, role, org)
    app = world.person("app", kind="applicant")
    firm = world.add("subject", kind="enterprise", name="某公司", uscc="91150623MA0P123428",
                     match_key="uscc:91150623MA0P123428", created_at=at(1))  # fmt: skip
    farmer = world.add("subject", kind="person", name="牧民", id_type="resident", id_no="152724199001010011",
                       match_key="resident:152724199001010011", created_at=at(1))  # fmt: skip
    world.add("agency", user_id=app, subject_id=firm, capacity="legal_rep", stated_name="某公司", state="proven",
              valid_from=dt.date(2026, 1, 1), claimed_at=at(1), proven_at=at(10, 2))  # fmt: skip
    return [firm, farmer]


def _shown(world: World, record: int, when: dt.datetime, marked: bool) -> None:
    receipt = world.add("receipt", org_id=world.orgs["bank"], asking_unit="", purpose="credit", channel="api", batch="",
                        consent_sha256="", at=when)  # fmt: skip
    world.add("receipt_record", receipt_id=receipt, record_id=record, version=1, marked=marked)


def _through(world: World, pack: int, subject: int, first: int, second: int) -> Walk:
    case = Walk(world, pack, number="k1", subject_id=subject, filer_id=world.people["app"], opened_at=at(9))
    items = [case.item(first, "fine"), case.item(first, "basis"), case.item(second, "")]
    submit = case.take("submit", "app", "APP", at(9, 2), case.file(1, at(9, 2)))
    world.paper(case.id, submit, "D01", at(9, 2))
    licence = world.keep(b"%PDF a licence")
    world.add("attachment", case_id=case.id, slot="licence", filename="a.pdf", sha256=licence, size=14, pages=1,
              mime="application/pdf", state="clean", problem="", uploaded_at=at(9), internal=False)  # fmt: skip
    case.take("request_completion", "li", "INT", at(9, 3), missing=["licence"])
    case.take("supply", "app", "APP", at(9, 4), answers=["licence"])
    accept = case.take("accept", "li", "INT", at(10, 2), {"accepted_on": dt.date(2026, 11, 10), "pack_id": pack})
    world.paper(case.id, accept, "D02", at(10, 2), number=world.number("异受", at(10, 2)))
    case.take("dispatch", "zhao", "CO", at(10, 3), {"department_id": world.orgs["dept"]}, department_id="2")
    asked = case.ask(at(10, 3))
    _shown(world, first, at(10, 5), True)
    case.take("report", "sun", "DR", at(11, 2), findings={str(one): {"finding": "MODIFY"} for one in items})
    case.take("approve_report", "zhou", "DH", at(11, 3), {"department_id": None})
    world.change("assignment", asked, ended_at=at(11, 3), answer="REPORTED")
    case.take("propose", "zhao", "CO", at(12, 2), {"drafter_id": world.people["zhao"]}, versions={str(first): 1})
    case.take("send_to_legal", "qian", "COH", at(12, 3), {"reviewer_id": world.people["qian"]})
    case.take("legal_pass", "leg", "LEG", at(12, 4))
    _decide(world, case, items, first, second, seal(world, at(12, 5)))
    return case


def _decide(world: World, case: Walk, items: list[int], first: int, second: int, head: str) -> None:
    when, number = at(13, 2), world.number("异决", at(13, 2))
    data: dict[str, Any] = {"facts": "查明罚款为5000元", "items": items}
    full = {**data, **UNSIGNED, "number": number, "audit_head": head}
    people = {name: world.people[who] for name, who in (("drafter_id", "zhao"), ("reviewer_id", "qian"),
                                                         ("signer_id", "wu"))}  # fmt: skip
    decision = world.add("decision", case_id=case.id, number=number, data=full, data_hash=digest(data), signed_at=when,
                         template_version="1", signer_name="wu", audit_head=head, **people)  # fmt: skip
    results = (("O1_correct", True, "50000", "5000", first, "fine"),
               ("O9_not_established", False, "第五十条", "第五十条", first, "basis"),
               ("O2_delete", True, "", "", second, ""))  # fmt: skip
    rows = [world.add("decision_item", decision_id=decision, item_id=item, record_id=record, field=field, result=result,
                      upheld=upheld, before=before, after=after, reason="")
            for item, (result, upheld, before, after, record, field) in zip(items, results, strict=True)]  # fmt: skip
    sign = case.take("sign", "wu", "LD", when, {"decision_id": decision, "signer_id": world.people["wu"]},
                     draft_hash=digest(data))  # fmt: skip
    paper = world.paper(case.id, sign, "D07", when, number=number, decision_id=decision, data=full)
    execute = case.take("execute", "系统", "SYSTEM", when, after="sign")
    _correct(world, decision, rows, execute, first, second, when)
    _serve(world, case, paper)


def _correct(world: World, decision: int, items: list[int], event: int, first: int, second: int,
             when: dt.datetime) -> None:  # fmt: skip
    world.move_record(first, "correct", "published", when, decision)
    world.version(first, {"fine": "5000", "basis": "第五十条"}, "correction", "published", when, decision_id=decision)
    world.move_record(second, "delete_soft", "deleted", when, decision)
    world.version(second, {"fine": "800", "basis": "第九条"}, "correction", "deleted", when, decision_id=decision)
    fingerprint = world.row("credit_record", second)["fingerprint"]
    world.add("fingerprint_block", fingerprint=fingerprint, record_id=second, decision_id=decision)
    for item, record, operation in ((items[0], first, "correct"), (items[2], second, "delete_soft")):
        world.add("correction", decision_item_id=item, record_id=record, operation=operation, version_before=1,
                  version_after=2, event_id=event, at=when)  # fmt: skip
    number = world.row("decision", decision)["number"]
    body = {"record": "R-1", "version": 2, "decision": number, "status": "published", "effective_at": when.isoformat()}
    world.add("correction_message", org_id=world.orgs["bank"], record_id=first, decision_id=decision, version=2,
              body=body, created_at=when, state="accepted", answer="")  # fmt: skip


def _serve(world: World, case: Walk, paper: int) -> None:
    case.take("seal", "wang", "INT", at(13, 3), seal_no="12")
    world.add("document_event", document_id=paper, kind="sealed", day=dt.date(2026, 11, 13), at=at(13, 3), facts={})
    served = dt.date(2026, 11, 13)
    case.take("serve", "wang", "INT", at(16, 2), day=served, method="hand", served_on="2026-11-13", proof="签收单")
    world.add("document_event", document_id=paper, kind="served", day=served, at=at(16, 2), facts={})
    case.take("close", "期限时钟", "CLOCK", at(1, 2, 12), limit="O-T10")


def _delegated(world: World) -> None:
    """The head of the office is away for a week; an officer approves refusals for him."""
    head = world.people["qian"]
    world.add("delegation", number="D-1", from_id=head, role="COH", org_id=world.orgs["office"],
              to_id=world.people["zhao"], matters=["objection:approve_refusal"], valid_from=dt.date(2026, 11, 9),
              valid_to=dt.date(2026, 11, 16), ground="委托书", granted_by=head, granted_at=at(8))  # fmt: skip


def _impartial(world: World, case: Walk) -> None:
    """Every official has declared himself, and one recusal was asked for and rejected."""
    events = TABLES["case_event"]
    query = select(events.c.case_id, events.c.person_id).distinct()
    officials = query.where(events.c.person_id.is_not(None), events.c.role.not_in(["APP", "AGT"]))
    for case_id, person_id in world.connection.execute(officials.order_by(events.c.case_id)).all():
        world.add("interest_declaration", case_id=case_id, person_id=person_id, conflict=False, relation="", at=at(9))
    asked = world.add("recusal_request", case_id=case.id, side="applicant", asked_by=world.people["app"],
                      asked_at=at(10, 4), against_id=world.people["zhao"], role="CO", org_id=world.orgs["office"],
                      reason="x")  # fmt: skip
    world.add("recusal_decision", request_id=asked, granted=False, reason="x", decided_by=world.people["qian"],
              decided_at=at(11))  # fmt: skip


def _suspended(world: World, pack: int, subject: int, record: int) -> None:
    case = Walk(world, pack, number="k2", subject_id=subject, filer_id=world.people["li"], opened_at=at(9),
                capacity="counter")  # fmt: skip
    case.item(record, "fine")
    case.take("submit", "li", "INT", at(9, 5), case.file(2, at(9, 5)))
    case.take("accept", "wang", "INT", at(10, 5), {"accepted_on": dt.date(2026, 11, 10), "pack_id": pack})
    case.take("dispatch", "qian", "COH", at(10, 6), {"department_id": world.orgs["dept"]}, department_id="2")
    case.ask(at(10, 6))
    case.take("suspend", "qian", "COH", at(11, 6), hold_ground="court", evidence="x", until="2026-12-31")


def _refused(world: World, pack: int, subject: int, record: int) -> None:
    case = Walk(world, pack, number="k3", subject_id=subject, filer_id=world.people["app"], opened_at=at(9))
    case.item(record, "basis")
    case.take("submit", "app", "APP", at(9, 6), case.file(3, at(9, 6)))
    case.take("propose_refusal", "wang", "INT", at(10, 7), refusal_ground="court", reason="x")
    refusal = case.take("approve_refusal", "zhao", "COH", at(10, 8), under="D-1")
    world.paper(case.id, refusal, "D04", at(10, 8), number=world.number("异不受", at(10, 8)))


def _extended(world: World, pack: int, subject: int, record: int) -> None:
    case = Walk(world, pack, number="k4", subject_id=subject, filer_id=world.people["app"], opened_at=at(9))
    case.item(record, "fine")
    case.take("submit", "app", "APP", at(9, 7), case.file(4, at(9, 7)))
    case.take("accept", "wang", "INT", at(10, 9), {"accepted_on": dt.date(2026, 11, 10), "pack_id": pack})
    case.take("dispatch", "zhao", "CO", at(11, 1), {"department_id": world.orgs["dept"]}, department_id="2")
    asked = case.ask(at(11, 1))
    case.take("extend", "zhou", "DH", at(12, 9), reason="x")
    world.change("assignment", asked, due_on=case.due_of("O-T5"))


def _around(world: World, case: Walk) -> None:
    """Jobs, notices, the log, the seal over all events and its anchor."""
    world.add("job", kind="render", payload={}, created_at=at(13, 2), run_after=at(13, 2), tries=1, error="",
              done_at=at(13, 3))  # fmt: skip
    world.add("notice", user_id=world.people["app"], role="", case_id=case.id, zh="案件已办结", en="The case is closed",
              at=at(16, 2))  # fmt: skip
    (world.folder / "log").mkdir()
    (world.folder / "log" / "web.log").write_text("GET /cases/YB20261109000017 200\n")
    head = seal(world, at(2, 1, 12))
    links = TABLES["chain_link"]
    count = len(world.connection.execute(select(links.c.id)).all())
    world.add("anchor", count=count, head=head, at=at(2, 1, 12), where="2026.jsonl")
    (world.folder / "anchors").mkdir()
    line = json.dumps({"count": count, "head": head, "at": at(2, 1, 12).isoformat()})
    (world.folder / "anchors" / "2026.jsonl").write_text(line + "\n")


def seal(world: World, when: dt.datetime) -> str:
    """Chain every event that is not sealed yet; the head."""
    links, events = TABLES["chain_link"], TABLES["case_event"]
    known = world.connection.execute(select(links).order_by(links.c.id)).mappings().all()
    count, head = (known[-1]["id"], known[-1]["hash"]) if known else (0, GENESIS)
    sealed = {link["event_id"] for link in known}
    for row in world.connection.execute(select(events.c.id, events.c.hash).order_by(events.c.id)).mappings().all():
        if row["id"] not in sealed:
            count, head = count + 1, link_hash(head, row["hash"])
            world.add("chain_link", id=count, event_id=row["id"], event_hash=row["hash"], hash=head, at=when)
    return str(head)


def digest_of(text: str) -> str:
    """SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()
