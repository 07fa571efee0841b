"""The progress of a real case, as the API tells it to whoever has its query code."""

from sqlalchemy import select

from models.base import db
from models.case import Case
from services.clock import standing_at
from services.transactions import read_only
from tests.banner import NOW
from tests.office import Office


def test_a_case_and_its_stages(app, client):
    with standing_at(NOW):
        number = Office.opened(app).a_case("dept_verifying")
        with app.app_context(), read_only():
            code = db.session.scalar(select(Case.query_code).where(Case.number == number))
        answer = client.get(f"/api/v1/cases/{number}?code={code}")
        assert 200 == answer.status_code
        assert (number, "部门核查中", "With the department") == (
            answer.json["number"], answer.json["state"]["zh"], answer.json["state"]["en"])  # fmt: skip
        assert ["done", "done", "now"] == [stage["state"] for stage in answer.json["stages"][:3]]
        assert "罚款" not in answer.get_data(as_text=True), "nothing of what is disputed"
        assert 404 == client.get(f"/api/v1/cases/{number}?code=ZZZZZZZZ").status_code
