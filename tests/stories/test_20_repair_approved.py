"""An enterprise has paid and put things right; days later the penalty is shown no more.

Rows 1, 6, 7, 12 to 14, 16 and 18 to 20 of domain.md §9.3, in both modes.
"""

import datetime as dt
import io
import re

import pytest
from sqlalchemy import text

from models.base import db
from services import clock
from services.transactions import read_only
from tests.office_repair import RepairOffice
from tests.services.samples import PDF
from tests.stories.conftest import MONDAY


@pytest.fixture(params=["authority", "credit_office"])
def repair(request, day):
    return RepairOffice(day.office, request.param)


def one(day, query, **values):
    with day.office.app.app_context(), read_only():
        return db.session.execute(text(query), values).scalar()


def file_repair(day, public_id) -> str:
    page = day.opens("applicant", "/file/repair")
    subject = next(form.options["subject"][0] for form in page.forms if "subject" in form.options)
    tasks = day.sends("applicant", "/file/repair", "", record="", subject=subject)
    key = tasks.url.rstrip("/").rpartition("/")[2]
    page = day.opens("applicant", f"/repairs/{key}/records")
    form = next(one for one in page.forms if one.values.get("record") == [public_id])
    day.browser("applicant").post(f"/repairs/{key}/records", data=form.values)
    papers = next(
        href for href, _ in day.opens("applicant", f"/repairs/{key}").links if re.search(r"/records/\d+$", href)
    )
    day.sends("applicant", papers, "", performed="罚款已缴清,已整改。")
    sent = {**day.opens("applicant", papers).form("/proof").values, "file": (io.BytesIO(PDF), "缴款凭证.pdf")}
    assert (
        302
        == day.browser("applicant").post(papers + "/proof", data=sent, content_type="multipart/form-data").status_code
    )
    day.sends("applicant", papers, "/commitment", signer="甲某", truthful="y", publication="y")
    day.sends("applicant", f"/repairs/{key}/contact", "", contact_name="甲", contact_phone="13800000000")
    shown = day.sends("applicant", f"/repairs/{key}/check", "/submit")
    return shown.url.rstrip("/").rpartition("/")[2]


def per_record(repair, number, **said):
    return {f"{name}_{item}": value for item in repair.items(number) for name, value in said.items()}


def test_the_whole_way(day, repair):
    record_id, public_id = repair.penalty()
    number = file_repair(day, public_id)
    assert number.startswith("XF20261123")

    day.takes("clerk", number, "forward")
    day.takes("judge", number, "accept")
    assert "信用修复办理中" in day.opens("rival", f"/records/{public_id}").text

    day.takes("judge", number, "opinion", facts_found="罚款已缴清。",
              **per_record(repair, number, performed="yes", duty="缴清罚款", proof="缴款凭证",
                           finding="MET"))  # fmt: skip
    day.takes("judge_head", number, "approve" if repair.mode == "authority" else "give_opinion")
    day.takes("officer", number, "propose", facts_found="罚款已缴清,条件具备。", measure1="限制参加政府采购",
              unit1=str(day.office.town.department), basis1="政府采购法第二十二条",
              checked=["competent", "conditions", "people", "papers"],
              **per_record(repair, number, result="R1_repair"))  # fmt: skip
    day.takes("head", number, "endorse")
    assert "罚款已缴清" in day.opens("leader", f"/cases/{number}/sign").text
    day.takes("leader", number, "sign")

    assert "syncing" == day.state(number)
    assert "archived" == one(day, "SELECT publication_state FROM credit_record WHERE id = :id", id=record_id)
    day.opens("rival", f"/records/{public_id}", 404)
    assert 1 == one(day, "SELECT count(*) FROM correction WHERE record_id = :id AND operation = 'stop'", id=record_id)
    with clock.standing_at(MONDAY + dt.timedelta(hours=2)):
        day.works_off()
    assert "sent" == one(day, "SELECT state FROM measure_lift")
    assert "限制参加政府采购" in day.opens("department_head", "/measures").text
    day.sends("department_head", "/measures", "/lifted")
    assert "lifted" == one(day, "SELECT state FROM measure_lift")
    assert 1 <= one(
        day, "SELECT count(*) FROM correction_message WHERE record_id = :id AND state = 'sent'", id=record_id
    )
