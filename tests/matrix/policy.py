"""Who may do what, typed by hand from domain.md §9.5 and §6.1; nothing here is read from the program.

An address whose endpoint is not listed fails the test. Actors: PUBLIC nobody signed in · APP who filed · AGT a proven
agent of the same subject · CLAIMED an agent whose standing is not proven · RIVAL a proven enterprise, another subject ·
DR, DH of the department that was asked, _OTHER of another · CO_ELSE officer of another credit office · REC_OTHER
another bank.
"""

from tests.matrix.actors import DESKS, EVERYBODY, NOBODY, OUTSIDE, SIGNED_IN, Rule, some
from tests.matrix.objects import ACCEPTERS

ADM, AUD, PUB, REC, COH, LD = (some(one) for one in ("ADM", "AUD", "PUB", "REC REC_OTHER", "COH", "LD"))
DR, DH = some("DR DR_OTHER"), some("DH DH_OTHER")
CATALOGUE = some("CO CO_ELSE")  # drafts; COH puts in force
RULES_DRAFT = DR | some("CO COH CO_ELSE")
RULES_READ = RULES_DRAFT | LD | DH | AUD
LIGHTS = DR | DH | AUD | some("INT CO COH CO_ELSE LD")  # own unit, the office's, all
IMPORTS = DR | DH | PUB | AUD | some("CO COH CO_ELSE")
ORDERS = DR | DH | PUB | AUD | some("CO COH CO_ELSE")
LIFTERS = DR | DH | some("USR REC REC_OTHER")
CHECKS = DR | DH | some("INT CO COH CO_ELSE USR")  # credit check (S27)
HALF_YEAR = DR | DH | COH | LD | AUD | some("CO CO_ELSE")  # DR writes, DH signs, CO compiles, COH agrees, LD signs
PROPOSING = some("INT CO CO_ELSE")  # renames and mergers of subjects; another person, COH, settles them
REGISTER = PROPOSING | COH | PUB | AUD
OFFICE_READS = DESKS | AUD
CLEAR = DR | DH | some("INT CO COH CO_ELSE AUD")  # applicant's ID number in clear, for a reason
TWO_PERSONS = some("ADM COH LD")
EVERY, SIGNED, APPLICANTS = Rule(EVERYBODY), Rule(SIGNED_IN), Rule(OUTSIDE)
OF_ADM, OF_AUD = Rule(ADM), Rule(AUD)
DRAFT = Rule(SIGNED_IN, "draft")
COMPLAINT = Rule(EVERYBODY, "complaint draft")
SET_UP = Rule(EVERYBODY, "nothing")  # the wizard is over

POLICY: dict[str, Rule] = {
    # everybody
    "static": EVERY, "pages.home": EVERY, "pages.language": EVERY, "pages.elder": EVERY, "guide.objection": EVERY,
    "design.index": EVERY, "health.live": EVERY, "health.ready": EVERY, "health.metrics": EVERY,
    "joining.choose": EVERY, "joining.enterprise": EVERY, "joining.person": EVERY, "recovery.ask": EVERY,
    "recovery.choose": Rule(EVERYBODY, "nothing"), "auth.sign_in": EVERY, "auth.sign_out": EVERY,
    "progress.ask": EVERY, "verify.ask": EVERY, "verify.show": EVERY, "records.query": EVERY,
    "records.show": Rule(EVERYBODY, "public record"), "records.withdrawn": EVERY,
    "rulebook.index": EVERY, "rulebook.pack": EVERY,
    "rulebook.law": EVERY, "rulebook.procedure": EVERY, "api.docs": EVERY, "api.openapi": EVERY,
    "api.case_progress": Rule(EVERYBODY, exact=422), "api.subject_records": Rule(EVERYBODY, exact=401),
    "api.record_times": Rule(EVERYBODY, exact=401),
    "catalogue.index": EVERY, "catalogue.month": Rule(IMPORTS),
    "declaring.declare": Rule(DR, "nothing"), "catalogueedit.begin": Rule(CATALOGUE),
    "catalogueedit.listing": Rule(COH | AUD | CATALOGUE),
    "catalogueedit.show": Rule(COH | AUD | CATALOGUE, "nothing"), "catalogueedit.settle": Rule(COH, "nothing"),
    **{f"catalogueedit.{name}": Rule(CATALOGUE, "nothing") for name in ("keep", "send")},
    "catalogue.month_sheet": Rule(IMPORTS),
    "sendings.send_file": Rule(EVERYBODY, exact=401), "sendings.sent_file": Rule(EVERYBODY, exact=401),
    # every account
    "auth.account": SIGNED, "auth.begin_factor": SIGNED, "auth.code": SIGNED, "auth.end_session": SIGNED,
    "auth.enrol": SIGNED, "auth.password": SIGNED, "notices.listing": SIGNED, "notices.read_all": SIGNED,
    "notices.read": Rule(SIGNED_IN, "notice"), "filing.start": SIGNED,
    # own case: submit, supply, withdraw; drafts are their filer's
    "joining.another": APPLICANTS, "records.mine": APPLICANTS, "records.own": Rule(OUTSIDE, "own record"),
    "filing.counter": Rule(some("INT")), "filing.tasks": DRAFT, "filing.record": DRAFT, "filing.point": DRAFT,
    "filing.remove_point": DRAFT, "filing.statement": DRAFT, "filing.save_statement": DRAFT, "filing.contact": DRAFT,
    "filing.files": DRAFT, "filing.bind": DRAFT, "filing.remove_file": DRAFT, "filing.check": DRAFT,
    # a repair: its draft is its filer's; commitments are published; a unit lifts what it was told to
    "repairs.start": SIGNED, "repairs.counter": Rule(some("INT")), "repairs.register": EVERY, "guide.which_door": EVERY,
    **{f"repairs.{name}": Rule(SIGNED_IN, "repair draft") for name in (
        "tasks", "records", "remove", "papers", "proof", "remove_proof", "commitment", "contact", "check")},
    "repairs.to_lift": Rule(LIFTERS), "repairs.lifted": Rule(LIFTERS, "measure"),
    # a complaint: anybody files, and only who began it goes on; a unit sees what it was asked (P9)
    "complaints.start": EVERY, "complaints.sent": EVERY, "complaints.tell": COMPLAINT, "complaints.files": COMPLAINT,
    "complaints.remove_file": COMPLAINT, "complaints.contact": COMPLAINT, "complaints.check": COMPLAINT,
    "complaints.discard": COMPLAINT, "progress.act": Rule(EVERYBODY, "nothing"),
    "progress.letter": Rule(EVERYBODY, "nothing"), "unitmatters.listing": Rule(DR | DH),
    "unitmatters.question": Rule(DR | DH, "unit question"), "unitmatters.order": Rule(DR | DH, "unit order"),
    # case file read; steps are in test_steps.py
    "cases.show": Rule(SIGNED_IN, "case"), "cases.step": Rule(SIGNED_IN, "accepting"),
    "casetime.show": Rule(SIGNED_IN, "inner case"), "casetime.table": Rule(SIGNED_IN, "inner case"),
    "cases.draft_pdf": Rule(SIGNED_IN, "drafted"), "cases.report_pdf": Rule(SIGNED_IN, "reported"),
    "documents.add": Rule(SIGNED_IN, "adding"),
    "documents.file": Rule(SIGNED_IN, "file"), "documents.view": Rule(SIGNED_IN, "file"),
    "documents.image": Rule(SIGNED_IN, "file"), "documents.pdf": Rule(SIGNED_IN, "letter"),
    "inbox.listing": Rule(DESKS | AUD), "inbox.take_next": Rule(DESKS), "inbox.claim": Rule(DESKS, "held", 422),
    # interest and recusal (P-R): either side asks, officials declare, heads decide; roles delegated in writing (P8)
    "recusals.ask": Rule(SIGNED_IN, "recusable"), "recusals.declare": Rule(DESKS, "officials"),
    "recusals.decide": Rule(COH | LD | DH, "nothing"), "delegations.listing": Rule(DESKS | AUD | ADM),
    "delegations.new": Rule(COH | LD | DH, "nothing"), "delegations.revoke": Rule(COH | LD | DH, "nothing"),
    "signing.order": Rule(some("CO CO_ELSE") | COH, "nothing"),
    # execute on record / push; receivers acknowledge
    "publishing.board": Rule(PUB), "publishing.page": Rule(PUB, "published case"),
    "publishing.push": Rule(PUB, "board message"), "publishing.chase": Rule(PUB, "board message"),
    "corrections.box": Rule(REC), "corrections.notice": Rule(REC, "message"), "corrections.files": Rule(REC),
    "corrections.file": Rule(REC, "nothing"), "corrections.accept": Rule(REC, "nothing"),
    # receivers: ADM asks for a channel, COH or LD allow (four eyes); PUB looks after receivers, COH and AUD read
    "channels.listing": Rule(TWO_PERSONS), "channels.new": OF_ADM, "channels.dead": OF_ADM,
    "channels.page": Rule(TWO_PERSONS, "nothing"), "channels.allow": Rule(COH | LD, "nothing"),
    "channels.refuse": Rule(COH | LD, "nothing"),
    **{f"channels.{name}": Rule(ADM, "nothing") for name in ("stop", "rotate", "test")},
    "receivers.board": Rule(PUB | COH | AUD), "receivers.differing": Rule(PUB | COH | AUD),
    "receivers.show": Rule(PUB | COH | AUD, "nothing"),
    **{f"receivers.{name}": Rule(PUB, "nothing") for name in ("slip", "resend", "resend_all", "settle")},
    # source feedback (N18): DR, DH answer for their unit; the office, leaders and auditors read
    "quality.listing": Rule(DR | DH | COH | LD | AUD | some("CO CO_ELSE")),
    "quality.show": Rule(DR | DH | COH | LD | AUD | some("CO CO_ELSE"), "nothing"),
    "quality.rates": Rule(DH | COH | LD | AUD),
    "toldto.show": Rule(OUTSIDE, "proven record"),
    "updated.show": Rule(EVERYBODY, "nothing"),  # by the code in a mail
    **{f"feed.{name}": Rule(EVERYBODY, exact=401) for name in ("corrections", "answer", "holdings")},  # by token
    # import records of own unit: DR creates, DH approves, PUB loads
    "imports.listing": Rule(IMPORTS), "imports.blank": Rule(IMPORTS), "imports.new": Rule(DR),
    "imports.show": Rule(IMPORTS, "batch"), "imports.rejected": Rule(IMPORTS, "batch"),
    "imports.rejected_sheet": Rule(IMPORTS, "batch"),
    "imports.row": Rule(DR | DH, "batch"), "imports.discard": Rule(DR | DH, "batch"),
    "imports.approve": Rule(DH, "batch"), "imports.load": Rule(PUB, "batch"), "imports.retry": Rule(PUB, "batch"),
    # the shared record for consumers and officers
    "lookup.ask": Rule(CHECKS), "lookup.mine": Rule(CHECKS), "lookup.office": Rule(OFFICE_READS, "office record"),
    "checks.listing": Rule(CHECKS | AUD), "checks.blank": Rule(CHECKS), "checks.show": Rule(CHECKS | AUD, "nothing"),
    "checks.result": Rule(CHECKS | AUD, "nothing"), "checks.slip": Rule(CHECKS, "nothing"),
    "checks.report": Rule(CHECKS, "nothing"), "checks.certificate": Rule(CHECKS, "nothing"),
    "checks.watch": Rule(CHECKS, "nothing"), "checks.followed": Rule(CHECKS),
    "sightings.elsewhere": Rule(some("INT CO CO_ELSE") | PUB, "office record"),
    "halfyear.listing": Rule(HALF_YEAR), "halfyear.task": Rule(HALF_YEAR, "nothing"),
    "halfyear.submit": Rule(DH, "nothing"), "halfyear.send_back": Rule(some("CO CO_ELSE"), "nothing"),
    "halfyear.round": Rule(HALF_YEAR - DR - DH, "nothing"), "halfyear.compiled": Rule(some("CO CO_ELSE"), "nothing"),
    "halfyear.approve": Rule(COH, "nothing"), "halfyear.sign": Rule(LD, "nothing"),
    "halfyear.give_back": Rule(COH | LD, "nothing"),
    "registry.listing": Rule(REGISTER), "registry.suggest": Rule(REGISTER), "registry.show": Rule(REGISTER, "nothing"),
    "registry.rename": Rule(PROPOSING, "nothing"), "registry.merge": Rule(PROPOSING, "nothing"),
    "registry.split": Rule(PROPOSING, "nothing"), "registry.changes": Rule(COH),
    "registry.settle": Rule(COH, "nothing"), "records.file": APPLICANTS,
    "slips.show": Rule(SIGNED_IN, "nothing"), "slips.pdf": Rule(SIGNED_IN, "nothing"),
    "slips.own_report": Rule(OUTSIDE, "nothing"), "slips.own_certificate": Rule(OUTSIDE, "nothing"),
    "lookup.reveal": Rule(CLEAR, "to reveal"), "lookup.unclassified": Rule(DH | PUB),
    "lookup.classify": Rule(DH | PUB, "to class"),
    # a record's two times; orders on it: DR and CO propose, DH and COH approve, PUB executes; the subject's statement
    "recordtimes.office": Rule(OFFICE_READS, "office record"), "recordtimes.own": Rule(OUTSIDE, "proven record"),
    "recordorders.listing": Rule(ORDERS), "recordorders.show": Rule(ORDERS, "order"),
    "recordorders.scan": Rule(ORDERS, "order"), "recordorders.act": Rule(ORDERS - AUD, "order"),
    "recordorders.new": Rule(DR | some("CO CO_ELSE"), "to order"), "recordorders.source": Rule(DR, "to order"),
    "statements.own": Rule(OUTSIDE, "proven record"), "statements.down": Rule(OUTSIDE, "proven record"),
    "statements.waiting": Rule(some("CO COH CO_ELSE")), "statements.settle": Rule(some("CO COH CO_ELSE"), "statement"),
    # rule packs: CO and COH draft, LD activates; a department's DR drafts its own, its DH approves; everybody reads
    "rulebook.confirm": Rule(COH), "rulebook.checklist": Rule(COH),
    "packs.listing": Rule(RULES_READ), "packs.begin": Rule(RULES_DRAFT),
    "packs.show": Rule(RULES_READ, "general draft"), "packs.limit": Rule(RULES_DRAFT, "general draft"),
    "packs.day": Rule(RULES_DRAFT, "general draft"), "packs.send": Rule(RULES_DRAFT, "general draft"),
    "packs.settle": Rule(LD | DH, "general draft"), "packs.trial": Rule(RULES_READ, "general draft"),
    "packmoves.propose": Rule(COH, "nothing", 422), "packmoves.show": Rule(some("CO COH CO_ELSE LD AUD"), "nothing"),
    "packmoves.settle": Rule(LD, "nothing"), "packmoves.undo": Rule(LD, "nothing"),
    # lights and letters that urge
    "lights.settle": Rule(COH), "lights.listing": Rule(LIGHTS), "lights.issue": Rule(COH, "nothing"),
    "lights.drop": Rule(COH, "nothing", 422), "lights.draft_pdf": Rule(COH, "nothing"),
    # audit log and chain
    "audit.events": OF_AUD, "audit.access": OF_AUD, "audit.chain": OF_AUD, "audit.prove": OF_AUD,
    # accounts and roles (four eyes), calendar, dictionaries, the machine room
    "admin.home": OF_ADM, "admin.accounts": OF_ADM, "admin.new_account": OF_ADM, "admin.account": OF_ADM,
    "admin.act": OF_ADM, "admin.link": OF_ADM, "admin.ask_role": OF_ADM, "admin.end_role": OF_ADM,
    "admin.withdraw": OF_ADM, "admin.requests": Rule(TWO_PERSONS), "admin.grant": Rule(TWO_PERSONS),
    "admin.refuse": Rule(TWO_PERSONS),
    "calendars.years": Rule(ADM | COH | AUD), "calendars.year": Rule(ADM | COH | AUD),
    "calendars.preview": Rule(ADM | COH), "calendars.load": Rule(ADM | COH), "operations.settings": OF_ADM,
    "operations.setting": OF_ADM, "operations.mail": OF_ADM, "operations.tokens": OF_ADM, "operations.issue": OF_ADM,
    "operations.revoke": OF_ADM, "operations.jobs": OF_ADM, "operations.retry": OF_ADM, "operations.close": OF_ADM,
    "organisations.listing": OF_ADM, "organisations.add": OF_ADM, "organisations.page": OF_ADM,
    "organisations.end": OF_ADM, "organisations.notices": OF_ADM,
    **{f"setup.{name}": SET_UP for name in ("check", "finish", "mail", "part", "tasks")},
    **{f"setuplists.{name}": SET_UP for name in (
        "add_department", "add_staff", "add_table", "confirm_rules", "departments", "limit", "remove_department",
        "remove_staff", "rules", "staff")},
}  # fmt: skip

# Where §9.5 grants more than this release opens; never the other way round.
NARROWER = (
    "accounts, audit log: §9.5 lets AUD read accounts, the office and departments their own log; here ADM, AUD",
)

# domain.md §9.1: who takes which step (CLOCK and SYSTEM apart).
FILER = some("APP AGT INT")
STEPS: dict[str, frozenset[str]] = {
    "submit": FILER, "discard": FILER, "supply": FILER, "withdraw": FILER,
    "request_completion": ACCEPTERS, "accept": ACCEPTERS, "extend_completion": some("INT"),
    "propose_refusal": some("INT CO"), "transfer_out": some("INT CO"),
    "approve_refusal": COH, "return_refusal": COH, "suspend": COH, "resume": COH, "send_back": COH,
    "return_draft": COH, "send_to_legal": COH, "endorse": COH,
    "self_check_done": some("CO"), "propose": some("CO"), "dispatch": some("CO COH"),
    "return_misrouted": some("DR"), "report": some("DR"), "extend": some("DH"), "approve_report": some("DH"),
    "return_report": some("DH"), "legal_pass": some("LEG"), "legal_object": some("LEG"),
    "source_revoked": some("DR CO"), "sign": some("LD"), "countersign": some("LD"), "reject_draft": some("LD"),
    "execute": some("PUB"), "confirm_publication": some("PUB"), "seal": some("INT CO"), "serve": some("INT CO"),
    "exclude": some("DH COH"), "include_again": some("DR DH COH"), "consult": some("CO COH"),
    "answer_consultation": some("DR"), "confirm_answer": some("DH"), "end_consultation": some("CO COH"),
    "escalate_to_meeting": COH, "resolve": COH, "request_recheck": FILER, "propose_recheck": some("CO"),
    "endorse_above": some("COH LD"), "legal_above": some("COH LD"), "hand_up_recheck": some("COH LD"),
    "recheck_from_above": some("INT CO"), "refuse_after_closing": some("LD"),
    "return_recheck": COH, "endorse_recheck": COH, "sign_recheck": some("LD"), "reject_recheck": some("LD"),
    "propose_revocation": COH, "refuse_revocation": some("LD"), "refuse_recall": some("LD"),
    "sign_revocation": some("LD"), "take_back": some("PUB"), "note_slip": some("CO COH"), "issue_slip": some("LD"),
    "reopen_by_order": COH, "external_result": some("INT CO"),
    "close": some("INT"), "lapse": NOBODY, "deem_accept": NOBODY, "no_such_step": NOBODY,
}  # fmt: skip
FROM: dict[str, str] = {  # the states of CASES in which a step may begin
    "submit": "draft", "discard": "draft", "request_completion": "submitted", "accept": "submitted",
    "propose_refusal": "submitted", "transfer_out": "submitted", "return_misrouted": "dept_verifying",
    "extend": "dept_verifying", "suspend": "dept_verifying", "report": "dept_verifying",
    "source_revoked": "dept_verifying", "legal_pass": "legal_review", "legal_object": "legal_review",
    "sign": "awaiting_signoff", "reject_draft": "awaiting_signoff", "confirm_publication": "executed served",
    "consult": "dept_verifying", "exclude": "dept_verifying", "request_recheck": "served",
    "propose_revocation": "executed served", "note_slip": "executed served",
    "seal": "executed", "serve": "executed", "close": "served",
    "withdraw": "submitted dept_verifying legal_review awaiting_signoff",
}  # fmt: skip
