"""The design page: every component of the product in every state, with invented data."""

from flask import Blueprint, render_template

from forms.design import example
from routes import design_cases as cases
from routes import design_lists as lists
from routes import design_records as records
from routes.guards import public

bp = Blueprint("design", __name__)


@bp.get("/design")
@public
def index() -> str:
    """Show all components; writes nothing and asks nothing of the database."""
    return render_template(
        "design/index.html", cases=cases, lists=lists, records=records, form=example(), wrong=example(wrong=True)
    )
