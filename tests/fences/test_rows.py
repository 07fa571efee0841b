"""Every numbered row of domain.md §9.1 to §9.3 has a story that walks it; a row without one is seen."""

import ast

from tests.fences.sources import ROOT, tree

STORIES = ROOT / "tests" / "stories"
WHOLE_1, WHOLE_3 = "test_01_objection_upheld.test_the_whole_way", "test_20_repair_approved.test_the_whole_way"
ENDS, ON, ROWS = "test_02_other_ends.", "test_03_objection_goes_on.", "test_07_objection_by_rows."
FILED, HANDLED, REVIEWED = "test_10_complaint_filed.", "test_11_complaint_handled.", "test_12_complaint_reviewed."
DECIDED, ENDED = "test_21_repair_decided.", "test_22_repair_ended."
OBJECTION = {
    "1": WHOLE_1, "2": ROWS + "test_row_2_a_draft_is_given_up",
    "3": ENDS + "test_completion_is_asked_once_and_answered", "4": ENDS + "test_completion_is_asked_once_and_answered",
    "5": ENDS + "test_an_unanswered_completion_lapses_after_ten_working_days",
    "6": ENDS + "test_refused_by_two_people",
    "7": ROWS + "test_row_7_what_another_organ_must_decide_is_passed_on", "8": WHOLE_1,
    "9": ENDS + "test_silence_accepts_and_decides_nothing_else",
    "10": ROWS + "test_row_10_the_platforms_own_mistake_needs_no_department", "11": WHOLE_1,
    "12": ROWS + "test_row_12_a_department_returns_what_is_not_its_own_once",
    "13": ROWS + "test_row_13_the_head_of_department_extends_once_and_before_the_day",
    "14": ENDS + "test_a_suspension_does_not_count", "15": ENDS + "test_a_suspension_does_not_count", "16": WHOLE_1,
    "17": ROWS + "test_row_17_an_unclear_finding_goes_back_once_with_two_days",
    "18": ON + "test_rows_18_and_19_what_departments_dispute_goes_to_the_joint_meeting",
    "19": ON + "test_rows_18_and_19_what_departments_dispute_goes_to_the_joint_meeting", "20": WHOLE_1, "21": WHOLE_1,
    "22": ROWS + "test_row_22_the_leader_returns_a_draft", "23": WHOLE_1,
    "24": ROWS + "test_row_24_every_receiver_of_the_last_year_is_told", "25": WHOLE_1,
    "26": ON + "test_rows_26_and_27_a_recheck_is_made_by_other_hands",
    "27": ON + "test_rows_26_and_27_a_recheck_is_made_by_other_hands",
    "28": ON + "test_row_31_a_court_orders_the_case_anew", "29": ENDS + "test_withdrawn_before_the_decision",
    "30": ROWS + "test_row_30_a_revoked_source_act_is_corrected_under_three_days_and_a_signature",
    "31": ON + "test_row_31_a_court_orders_the_case_anew",
}  # fmt: skip
COMPLAINT = {
    "1": FILED + "test_row_1_filed_with_an_account", "2": FILED + "test_row_2_an_objection_in_truth_keeps_its_day",
    "3": FILED + "test_row_3_refused_by_two_people", "4": FILED + "test_row_4_passed_on_but_never_to_the_accused",
    "5": FILED + "test_row_5_accepted_with_two_clocks",
    "6": HANDLED + "test_row_6_the_handler_is_nobody_of_the_accused_unit",
    "7": HANDLED + "test_row_7_questions_go_out_and_answers_come_back",
    "8": HANDLED + "test_rows_8_and_9_mediation_settles", "9": HANDLED + "test_row_9_mediation_fails",
    "10": HANDLED + "test_row_10_each_clock_is_extended_by_its_own_hand_once",
    "11": HANDLED + "test_row_11_suspended_and_resumed",
    "12": HANDLED + "test_rows_12_and_13_drafted_reviewed_and_signed_by_three",
    "13": HANDLED + "test_rows_12_and_13_drafted_reviewed_and_signed_by_three",
    "14": HANDLED + "test_row_14_served_and_then_the_time_to_ask_for_a_review_runs",
    "15": REVIEWED + "test_rows_15_and_16_another_unit_reviews",
    "16": REVIEWED + "test_rows_15_and_16_another_unit_reviews", "17": REVIEWED + "test_rows_17_and_18_the_final_word",
    "18": REVIEWED + "test_rows_17_and_18_the_final_word",
    "19": HANDLED + "test_row_19_what_was_wrong_is_put_right_and_inspected",
    "20": HANDLED + "test_row_20_closed_by_the_clock_when_windows_and_orders_are_over",
    "21": FILED + "test_row_21_withdrawn_by_the_complainant",
}  # fmt: skip
REPAIR = {
    "1": WHOLE_3, "2": DECIDED + "test_row_2_too_early_says_the_day_and_offers_the_objection",
    "3": DECIDED + "test_row_3_and_18_routed_out_and_the_result_comes_back",
    "4": DECIDED + "test_row_4_completed_or_lapsed", "5": DECIDED + "test_row_5_refused_by_two_people",
    "6": WHOLE_3, "7": WHOLE_3, "8": DECIDED + "test_row_8_the_authority_declines_by_two_people",
    "9": DECIDED + "test_row_9_silence_deems_acceptance_and_nothing_else",
    "10": DECIDED + "test_rows_10_and_11_own_systems_and_two_officers_on_site",
    "11": DECIDED + "test_rows_10_and_11_own_systems_and_two_officers_on_site", "12": WHOLE_3,
    "13": DECIDED + "test_rows_13_15_16_and_22_denied_after_being_heard", "14": WHOLE_3,
    "14b": DECIDED + "test_row_14b_sent_back_once",
    "15": DECIDED + "test_rows_13_15_16_and_22_denied_after_being_heard",
    "16": DECIDED + "test_row_16_the_leader_returns_the_draft",
    "17": DECIDED + "test_row_17_extended_once_by_head_and_leader", "18": WHOLE_3, "19": WHOLE_3,
    "20": ENDED + "test_row_20_receivers_acknowledge_or_time_runs_out",
    "21": ENDED + "test_rows_21_and_23_served_published_and_closed",
    "22": DECIDED + "test_rows_13_15_16_and_22_denied_after_being_heard",
    "23": ENDED + "test_rows_21_and_23_served_published_and_closed",
    "24": ENDED + "test_rows_24_and_25_revoked_after_being_heard",
    "25": ENDED + "test_rows_24_and_25_revoked_after_being_heard",
    "26": ENDED + "test_rows_26_and_27_shielded_for_restructuring",
    "27": ENDED + "test_rows_26_and_27_shielded_for_restructuring",
    "28": ENDED + "test_row_28_withdrawn_and_the_mark_is_off",
    "29": ENDED + "test_row_29_publication_ends_by_itself_at_the_longest_period",
}  # fmt: skip
NUMBERED = {"9.1": (OBJECTION, 31, ()), "9.2": (COMPLAINT, 21, ()), "9.3": (REPAIR, 29, ("14b",))}


def told() -> set[str]:
    """Every story there is, as module.function."""
    return {f"{path.stem}.{node.name}" for path in STORIES.glob("test_*.py") for node in ast.walk(tree(path))
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}  # fmt: skip


def missing(rows: dict[str, str], last: int, more: tuple[str, ...], there: set[str]) -> list[str]:
    """Rows from 1 to `last` and `more` that no story walks."""
    wanted = [*map(str, range(1, last + 1)), *more]
    return [row for row in wanted if rows.get(row) not in there]


def test_every_row_has_its_story() -> None:
    there = told()
    for section, (rows, last, more) in NUMBERED.items():
        assert [] == missing(rows, last, more, there), f"§{section}"
        assert last + len(more) == len(rows)


def test_a_row_without_a_story_is_seen() -> None:
    """The negative control."""
    there = told() - {ENDS + "test_withdrawn_before_the_decision"}
    assert ["29"] == missing(OBJECTION, 31, (), there)
    assert ["32"] == missing(OBJECTION, 32, (), told())
