"""Rules of a department or a category before the general ones; open cases tried under others, moved, moved back."""

from sqlalchemy import select

from models.case import Case, ClockEvent
from models.clocks import PackMove
from models.outbox import Notice
from services import clock, rules
from tests.administration.rulemaking import LIMIT, from_day, in_force

WHY = {"reason": "本地细则自今日起施行，在办案件一并适用。"}


def test_a_department_settles_the_limits_it_owes_itself(app, at, office, drafted, stored):
    """A department's own edition applies to records of that department alone, after its head approved it."""
    number = drafted("reviewer", place=str(office.town.department))
    reviewer, chief = at("reviewer"), at("department_head")
    change = LIMIT | {"n": "2"}
    assert reviewer.post(f"/rules/drafts/{number}/limits/O-T5", data=change).status_code == 303
    theirs = reviewer.post(f"/rules/drafts/{number}/limits/O-T2", data=LIMIT | {"extend_max": "0"})
    assert theirs.status_code == 422 and "只能设定本单位承担的期限" in theirs.text
    with app.app_context():
        today = clock.today()
    assert from_day(at, number, today, "reviewer").status_code == 303
    assert reviewer.post(f"/rules/drafts/{number}/submit").status_code == 303
    assert at("leader").get(f"/rules/drafts/{number}").status_code == 404
    assert chief.post(f"/rules/drafts/{number}/approve").status_code == 303
    with app.app_context():
        place, unit, other = office.town.office, office.town.department, office.town.other_department
        assert rules.pack_for("objection", today, place, "penalty", unit).id == number
        assert rules.pack_for("objection", today, place, "penalty", other).id != number
    assert stored(select(Case.pack_id).where(Case.number == office.a_case("accepted"))) == [(number,)]


def test_rules_of_a_category_go_before_the_general_ones(app, at, office, drafted):
    number = drafted(category="permit")
    in_force(app, at, number)
    with app.app_context():
        today, place = clock.today(), office.town.office
        assert rules.pack_for("objection", today, place, "permit").id == number
        assert rules.pack_for("objection", today, place, "penalty").id != number
        assert rules.pack_for("objection", today, place).id != number


def due(stored, case):
    return stored(select(Case.due_on, Case.pack_id).where(Case.number == case))[0]


def test_open_cases_are_tried_dry_moved_and_moved_back(app, at, office, drafted, general, stored):
    case, old = office.a_case("dept_verifying"), general()
    number = drafted()
    head, leader = at("head"), at("leader")
    assert head.post(f"/rules/drafts/{number}/limits/O-T5", data=LIMIT | {"n": "1"}).status_code == 303
    before = due(stored, case)
    tried = head.get(f"/rules/drafts/{number}/trial")
    assert tried.status_code == 200 and case in tried.text and "次日起1个工作日" in tried.text
    assert due(stored, case) == before and not stored(select(ClockEvent.id).where(ClockEvent.act == "migrate"))
    early = head.post(f"/rules/moves/to/{number}", data=WHY | {"cases": case})
    assert early.status_code == 422 and "尚未批准" in early.text
    in_force(app, at, number, LIMIT | {"n": "1"})
    assert due(stored, case) == before  # a case keeps its rules until somebody moves it
    for wrong, why in ((WHY, "至少选择一件"), (WHY | {"cases": "YB0"}, "不适用这份规则"), ({"cases": case}, "理由")):
        answer = head.post(f"/rules/moves/to/{number}", data=wrong)
        assert answer.status_code == 422 and why in answer.text
    assert head.post(f"/rules/moves/to/{number}", data=WHY | {"cases": case}).status_code == 303
    move = stored(select(PackMove.id))[0][0]
    assert head.post(f"/rules/moves/{move}/approve").status_code == 403
    assert leader.get(f"/rules/moves/{move}").status_code == 200
    assert leader.post(f"/rules/moves/{move}/approve").status_code == 303
    assert due(stored, case).pack_id == number and due(stored, case).due_on < before.due_on
    lines = stored(select(ClockEvent.limit, ClockEvent.due_on, ClockEvent.pack_id, ClockEvent.person_id)
                   .where(ClockEvent.act == "migrate").order_by(ClockEvent.limit))  # fmt: skip
    assert [line.limit for line in lines] == ["O-T5", "O-TOTAL"]
    assert {line.pack_id for line in lines} == {number} and lines[0].due_on == due(stored, case).due_on
    assert len(stored(select(Notice.id).where(Notice.zh.contains("改按新规则办理")))) == 2
    assert leader.post(f"/rules/moves/{move}/undo").status_code == 422
    assert leader.post(f"/rules/moves/{move}/undo", data={"reason": "迁移有误。"}).status_code == 303
    assert due(stored, case) == before
    assert len(stored(select(ClockEvent.id).where(ClockEvent.act == "undo"))) == 2
    assert leader.post(f"/rules/moves/{move}/undo", data={"reason": "再次。"}).status_code == 422
    assert old == before.pack_id


def test_the_leader_may_decline_a_move(app, at, office, drafted, stored):
    case, number = office.a_case("dept_verifying"), drafted()
    in_force(app, at, number, LIMIT | {"n": "1"})
    before = due(stored, case)
    at("head").post(f"/rules/moves/to/{number}", data=WHY | {"cases": case})
    assert at("leader").post(f"/rules/moves/{stored(select(PackMove.id))[0][0]}/decline").status_code == 303
    assert due(stored, case) == before
