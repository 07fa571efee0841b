"""Violations by people: steps they could not take, and two duties in one hand."""

from tests.checks.numbers import FIRST, FOURTH, SECOND, THIRD
from tests.checks.planted import case, person, plant, step

SECOND_OFFICER = f"UPDATE case_event SET person_id = {person('sun')}, person_name = 'sun' WHERE "
PEOPLE_PLANTS = [
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
