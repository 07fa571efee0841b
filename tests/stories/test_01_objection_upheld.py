"""An enterprise objects to a fine typed wrong; days later the record says what is true, and everybody was told."""

from sqlalchemy import text

from models.base import db
from services import casefile, clock, sealer
from services.transactions import read_only


def file_objection(day) -> str:
    tasks = day.sends("applicant", "/file/objection", "", record="", subject=_only_subject(day))
    key = tasks.url.rstrip("/").rpartition("/")[2]
    point = f"/drafts/{key}/points/new?record={day.office.public_id}"
    day.sends("applicant", point, "", field="fine_wan", ground="G01", claim="0.2")
    said = "罚款金额应为0.2万元,系单位录入错误。"
    day.sends("applicant", f"/drafts/{key}/statement", "", statement=said)
    day.sends("applicant", f"/drafts/{key}/contact", "", contact_name="甲", contact_phone="13800000000")
    shown = day.sends("applicant", f"/drafts/{key}/check", "/submit")
    return shown.url.rstrip("/").rpartition("/")[2]


def _only_subject(day) -> str:
    page = day.opens("applicant", "/file/objection")
    return next(form.options["subject"][0] for form in page.forms if "subject" in form.options)


def the_record(day) -> dict:
    query = ("SELECT r.version, r.publication_state, v.payload FROM credit_record r JOIN record_version v"
             " ON v.record_id = r.id AND v.version = r.version WHERE r.id = :id")  # fmt: skip
    with day.office.app.app_context(), read_only():
        return dict(db.session.execute(text(query), {"id": day.office.record_id}).mappings().one())


def test_the_whole_way(day):
    number = file_objection(day)
    assert number.startswith("YB20261123")

    day.takes("clerk", number, "accept")
    assert "异议处理中" in day.opens("rival", f"/records/{day.office.public_id}").text

    department = str(day.office.town.department)
    day.takes("officer", number, "dispatch", department_id=department)
    day.takes("reviewer", number, "report", **day.facts(number, "report"))
    day.takes("department_head", number, "approve_report")
    day.takes("officer", number, "propose", **day.facts(number, "propose"))
    day.takes("head", number, "endorse")
    packet = day.opens("leader", f"/cases/{number}/sign")
    assert "录入错误" in packet.text
    day.takes("leader", number, "sign")

    assert "executed" == day.state(number)
    record = the_record(day)
    assert 2 == record["version"]
    assert "异议处理中" not in day.opens("rival", f"/records/{day.office.public_id}").text

    day.takes("clerk", number, "seal", seal_no="2026-001")
    day.takes("clerk", number, "serve", method="direct", served_on="2026-11-23", proof="送达回证")
    day.works_off()
    assert "served" == day.state(number)
    told = day.opens("applicant", f"/cases/{number}").text
    assert "异议处理决定书" in told
    with day.office.app.app_context():
        sealer.seal(clock.now())
        with read_only():
            assert [] == sealer.verify()
            assert 11 == casefile.row_of(number)["version"] - 1
