"""The administrator names who handles complaints about the credit office, and who reviews replies."""

from services import clock, complaintorgs
from services.transactions import read_only
from tests.office import Office


def test_the_organs_are_set_up_and_followed(app, client_for):
    office = Office.opened(app)
    browser = client_for(office.staff["administrator"])
    chosen = {"other_office": str(office.town.banner), "review_organ": str(office.town.other_department),
              "final_organ": str(office.town.supervisor)}  # fmt: skip
    assert browser.post("/admin/settings/complaints", data=chosen).status_code == 303
    shown = browser.get("/admin/settings").get_data(as_text=True)
    assert "旗自然资源局" in shown and "旗纪委监委" in shown

    with app.app_context(), read_only():
        now = clock.now()
        assert complaintorgs.office_for(office.town.office, now).id == office.town.banner
        assert complaintorgs.office_for(office.town.department, now).id == office.town.office
        assert complaintorgs.reviewer_for(office.town.office, (), False, now).id == office.town.other_department
        out = (office.town.department, office.town.other_department)
        assert complaintorgs.reviewer_for(office.town.office, out, True, now).id == office.town.supervisor


def test_without_set_up_the_supervisor_and_the_government_stand_in(app):
    office = Office.opened(app)
    with app.app_context(), read_only():
        now = clock.now()
        assert complaintorgs.office_for(office.town.office, now).id == office.town.supervisor
        assert complaintorgs.reviewer_for(office.town.office, (), False, now).id == office.town.banner
        found = complaintorgs.reviewer_for(office.town.office, (office.town.banner,), True, now)
        assert found.id == office.town.supervisor


def test_an_organisation_nobody_knows_is_refused_in_words(app, client_for):
    office = Office.opened(app)
    answer = client_for(office.staff["administrator"]).post("/admin/settings/complaints", data={"review_organ": "999"})
    assert answer.status_code == 422 and "请选择列出的一项" in answer.get_data(as_text=True)
