"""Violations by people: steps they could not take, and two duties in one hand."""

import json

from tests.checks.numbers import FIRST, FOURTH, SECOND, THIRD
from tests.checks.planted import case, person, plant, step

SECOND_OFFICER = f"UPDATE case_event SET person_id = {person('sun')}, person_name = 'sun' WHERE "
SAID = f"UPDATE interest_declaration SET conflict = TRUE, relation = 'x' WHERE case_id = {case(FIRST)} AND person_id = "
SILENT = f"DELETE FROM interest_declaration WHERE case_id = {case(FIRST)} AND person_id = {person('qian')}"
RECUSAL = "UPDATE recusal_decision SET "
def signing(how: str, *names: str) -> str:
    """The rules ask several leaders for their names."""
    said = json.dumps({"legal_review": True, "signing": how, "signers": names})
    return f"UPDATE rule_pack SET switches = '{said}'"


PEOPLE_PLANTS = [
    plant("I5", f"case {FIRST}: “sign” lacks the signature of li, whom the rules name",
          signing("countersign", "wu", "li")),
    plant("I5", f"case {FIRST}: “sign” bears the name of somebody whom the rules do not name", signing("either", "li")),
    plant(
        "I5",
        f"case {FIRST}: the signatures of “sign” are not in the order of the rules",
        signing("in_order", "wu", "qian"),
        f"UPDATE case_event SET step = 'countersign' WHERE {step(FIRST, 'legal_pass')}",
        f"UPDATE case_event SET person_id = {person('qian')} WHERE {step(FIRST, 'countersign')}",
        also="I3 I4 I6 I12",
    ),
    plant(
        "I5",
        f"case {FIRST}: one person signed “sign” twice",
        f"UPDATE case_event SET step = 'countersign', person_id = {person('wu')} WHERE {step(FIRST, 'legal_pass')}",
        also="I3 I4 I6 I12",
    ),
    plant("I5", f"case {THIRD}, step 3 (approve_refusal): there is no delegation D-1",
          "DELETE FROM delegation", also="I4"),
    plant("I5", "(approve_refusal): delegation D-1 does not give that role to zhao",
          f"UPDATE delegation SET to_id = {person('li')}"),
    plant("I5", "(approve_refusal): delegation D-1 was not in force on that day",
          "UPDATE delegation SET valid_to = '2026-11-10'"),
    plant("I5", "(approve_refusal): delegation D-1 was not in force on that day",
          f"UPDATE delegation SET revoked_at = '2026-11-10 07:00:00', revoked_by = {person('qian')}"),
    plant("I5", "(approve_refusal): delegation D-1 does not cover it",
          """UPDATE delegation SET matters = '["repair:approve_refusal"]'"""),
    plant("I5", "delegation D-1 was given by li, who did not hold the role",
          f"UPDATE delegation SET granted_by = {person('li')}"),
    plant(
        "I5",
        f"case {THIRD}: zhao took “propose_refusal” and then “approve_refusal”",
        f"UPDATE case_event SET person_id = {person('qian')}, person_name = 'qian'"
        f" WHERE {step(THIRD, 'propose_refusal')}",
        also="I4 I6 I12",
    ),
    plant("I5", f"case {FIRST}, step 8 (propose): zhao had to stay out then", SAID + person("zhao")),
    plant("I5", f"case {FIRST}, step 8 (propose): zhao had to stay out then", RECUSAL + "granted = TRUE"),
    plant("I5", f"case {FIRST}, step 8 (propose): the recusal of zhao was not decided yet",
          RECUSAL + "decided_at = '2026-11-20 00:00:00'"),
    plant("I5", "(send_to_legal): qian had not declared whether he had an interest", SILENT),
    plant("I5", f"case {FIRST}: zhao decided about his own recusal", RECUSAL + f"decided_by = {person('zhao')}"),
    plant("I5", f"case {FIRST}: li decided a recusal, but was head of nothing that day",
          RECUSAL + f"decided_by = {person('li')}"),
    plant(
        "I4",
        f"case {FOURTH}, step 4: the procedure has no “dept_verifying → accept → dept_verifying”",
        f"UPDATE case_event SET step = 'accept' WHERE {step(FOURTH, 'extend')}",
        also="I3 I6 I11",
    ),
    plant(
        "I4",
        f"case {FOURTH}, step 4 (extend) is not for COH",
        f"UPDATE case_event SET role = 'COH' WHERE {step(FOURTH, 'extend')}",
        also="I6",
    ),
    plant(
        "I4",
        f"case {THIRD}, step 2 (propose_refusal): wang did not hold INT there",
        f"UPDATE membership SET valid_to = '2026-11-01' WHERE user_id = {person('wang')}",
    ),
    plant(
        "I4",
        f"case {FOURTH}, step 4 (extend): organisation 2 did not have the case then",
        f"UPDATE assignment SET org_id = 1 WHERE case_id = {case(FOURTH)}",
    ),
    plant(
        "I4",
        f"case {FIRST}, step 1 (submit): app could not act for the subject",
        "UPDATE agency SET valid_to = '2026-11-01'",
    ),
    plant(
        "I4",
        f"case {FIRST}, step 15 (close) by CLOCK names a person",
        f"UPDATE case_event SET person_id = 1 WHERE {step(FIRST, 'close')}",
        also="I6",
    ),
    plant(
        "I4",
        f"case {FIRST}: an adverse decision was signed without legality review",
        f"UPDATE case_event SET step = 'endorse' WHERE {step(FIRST, 'legal_pass')}",
        also="I3 I5 I6",
    ),
    plant(
        "I5",
        f"case {FIRST}: sun took “report” and then “approve_report”",
        SECOND_OFFICER + step(FIRST, "approve_report"),
        also="I4 I6 I12",
    ),
    plant(
        "I5",
        f"case {FIRST}: sun took “report” and then “sign”",
        SECOND_OFFICER + step(FIRST, "sign"),
        also="I1 I4 I6 I12",
    ),
    plant(
        "I5",
        f"case {THIRD}: wang took “propose_refusal” and then “approve_refusal”",
        f"UPDATE case_event SET person_id = {person('wang')}, person_name = 'wang'"
        f" WHERE {step(THIRD, 'approve_refusal')}",
        also="I4 I6 I12",
    ),
    plant(
        "I5",
        f"case {SECOND}: li registered the filing and took “accept”",
        f"UPDATE case_event SET person_id = {person('li')}, person_name = 'li' WHERE {step(SECOND, 'accept')}",
        also="I6 I12",
    ),
    plant(
        "I5",
        f"case {FIRST}: app, on the applicant's side, took “propose”",
        f"UPDATE case_event SET person_id = {person('app')}, person_name = 'app' WHERE {step(FIRST, 'propose')}",
        also="I4 I6 I12",
    ),
    plant(
        "I5",
        f"case {FIRST}: sun brought in the record and verified it",
        f"UPDATE record_version SET person_id = {person('sun')} WHERE kind = 'import'",
    ),
    plant(
        "I5",
        f"case {FIRST}: its drafter_id is stored as person",
        f"UPDATE case_file SET drafter_id = {person('sun')} WHERE number = '{FIRST}'",
    ),
    plant(
        "I5", f"({FIRST}): its reviewer_id is stored as person", f"UPDATE decision SET reviewer_id = {person('leg')}"
    ),
    plant(
        "I5",
        "user adm is administrator and CO",
        f"INSERT INTO membership (user_id, org_id, role, valid_from) VALUES ({person('adm')}, 1, 'CO', '2026-06-01')",
    ),
]
