"""Who must sign is a rule: one leader, two together, any of several, or first one and then the other."""

import pytest

from models.base import db
from models.decision import Decision
from models.rules import RulePack
from services import rules
from services.transactions import read_only
from tests import office_complaint
from tests.office_repair import RepairOffice
from tests.stories.test_03_standing_in import delegates
from workflow.words import Role


@pytest.fixture
def three(day):
    """Two more leaders beside the one of the office."""
    for name in ("second_leader", "third_leader"):
        day.office.staff[name] = day.office.people.staff(day.office.town.office, Role.LD)
    return day


def said_in_the_rules(day, kind, signing, *signers):
    names = [day.office.staff[one].username for one in signers]
    with day.office.people.writing():
        for pack in db.session.scalars(db.select(RulePack).where(RulePack.kind == kind)):
            pack.switches = {**pack.switches, "signing": signing, "signers": names}
    rules.forget()


def ruled(day, signing, *signers):
    said_in_the_rules(day, "objection", signing, *signers)
    return day.office.a_case("awaiting_signoff")


def printed(day):
    with day.office.app.app_context(), read_only():
        return db.session.execute(db.select(Decision.__table__)).mappings().one()["data"]["signatory"]


def named(day, *who):
    return "、".join(day.office.staff[one].name for one in who)


def test_two_leaders_sign_together(three):
    number = ruled(three, "countersign", "leader", "second_leader")
    assert "其他签发人须先会签" in three.opens("leader", f"/cases/{number}/sign").text
    assert "会签须由规定的签发人" in three.opens("third_leader", f"/cases/{number}/countersign").text

    three.takes("second_leader", number, "countersign")
    assert "awaiting_signoff" == three.state(number)
    assert "其他签发人须先会签" in three.opens("second_leader", f"/cases/{number}/sign").text, "nobody signs twice"
    three.takes("leader", number, "sign")

    assert "executed" == three.state(number)
    assert named(three, "second_leader", "leader") == printed(three)


def test_a_returned_draft_is_countersigned_anew(three):
    number = ruled(three, "countersign", "leader", "second_leader")
    three.takes("second_leader", number, "countersign")
    three.takes("leader", number, "reject_draft", reason="请补充依据")
    three.takes("officer", number, "propose", **three.facts(number, "propose"))
    three.takes("head", number, "endorse")

    assert "其他签发人须先会签" in three.opens("leader", f"/cases/{number}/sign").text


def test_any_of_several_signs(three):
    number = ruled(three, "either", "second_leader", "third_leader")
    assert "须由规定的签发人签发" in three.opens("leader", f"/cases/{number}/sign").text

    three.takes("third_leader", number, "sign")
    assert named(three, "third_leader") == printed(three)


def test_one_after_the_other(three):
    number = ruled(three, "in_order", "second_leader", "leader", "third_leader")
    assert "按规定的次序" in three.opens("leader", f"/cases/{number}/countersign").text

    three.takes("second_leader", number, "countersign")
    three.takes("leader", number, "countersign")
    assert "其他签发人须先会签" in three.opens("leader", f"/cases/{number}/sign").text
    three.takes("third_leader", number, "sign")

    assert named(three, "second_leader", "leader", "third_leader") == printed(three)


def test_one_leader_alone_countersigns_nothing(day):
    number = day.office.a_case("awaiting_signoff")

    assert "无须会签" in day.opens("leader", f"/cases/{number}/countersign").text
    assert f"/cases/{number}/countersign" not in [href for href, _ in day.opens("leader", f"/cases/{number}").links]


def test_the_office_says_in_its_rules_who_signs(three):
    """A draft of the rules, approved by the leader: from its day on new cases are signed by two."""
    with three.office.app.app_context(), read_only():
        pack = db.session.scalars(db.select(RulePack.id).where(RulePack.kind == "objection")).first()
    made = three.sends("officer", "/rules/drafts", "/rules/drafts", pack=str(pack))
    draft = made.url.rstrip("/").rpartition("/")[2]
    leader, second = (str(three.office.staff[one].id) for one in ("leader", "second_leader"))
    page = f"/rules/drafts/{draft}/signing"

    assert "至少两名不同的签发人" in three.sends("officer", page, "", 422, order="in_order", signer_1=leader).text
    three.sends("officer", page, "", order="in_order", signer_1=second, signer_2=leader)

    with three.office.app.app_context(), read_only():
        switches = db.session.get_one(RulePack, int(draft)).switches
    assert ("in_order", [three.office.staff[one].username for one in ("second_leader", "leader")]) == (
        switches["signing"], switches["signers"])  # fmt: skip


def two_sign(day, number):
    assert "其他签发人须先会签" in day.opens("leader", f"/cases/{number}/sign").text
    day.takes("second_leader", number, "countersign")
    day.takes("leader", number, "sign")
    assert named(day, "second_leader", "leader") == printed(day)


def test_a_reply_to_a_complaint_is_signed_by_two(three):
    office_complaint.staffed(three.office)
    said_in_the_rules(three, "complaint", "countersign", "leader", "second_leader")
    number = office_complaint.walks(three, office_complaint.files(three), "awaiting_signoff")

    two_sign(three, number)
    assert "replied" == three.state(number)


def test_a_repair_is_signed_by_two(three):
    repair = RepairOffice(three.office)
    said_in_the_rules(three, "repair", "in_order", "second_leader", "leader")

    two_sign(three, repair.a_case("awaiting_signoff"))


def news_of(day, who):
    return day.opens(who, "/notices").text


def test_whoever_is_next_hears_of_it_and_so_does_his_delegate(three):
    delegates(three, "leader", "LD", "second_officer", "countersign")
    delegates(three, "leader", "LD", "lawyer", "reject_draft")
    number = ruled(three, "in_order", "second_leader", "leader", "third_leader")
    assert f"案件{number}：轮到您会签" in news_of(three, "second_leader")
    assert "轮到您" not in news_of(three, "leader") + news_of(three, "third_leader")

    three.takes("second_leader", number, "countersign")
    assert f"案件{number}：轮到您会签，已会签1人，共3人" in news_of(three, "leader")
    assert "轮到委托您的签发人会签（委托书鄂前信委〔2026〕1号）" in news_of(three, "second_officer")
    assert "轮到" not in news_of(three, "lawyer"), "who was given another matter is told nothing"
    assert "轮到您" not in news_of(three, "third_leader")
    three.takes("second_officer", number, "countersign")

    assert f"案件{number}：轮到您签发，已会签2人，共3人" in news_of(three, "third_leader")


def test_together_all_hear_of_it_and_the_last_one_that_he_signs(three):
    number = ruled(three, "countersign", "leader", "second_leader", "third_leader")
    for who in ("leader", "second_leader", "third_leader"):
        assert news_of(three, who).count("轮到您会签") == 1

    three.takes("second_leader", number, "countersign")
    three.takes("leader", number, "countersign")
    assert "轮到您签发" in news_of(three, "third_leader") and "轮到您签发" not in news_of(three, "leader")
