"""Small questions at the check desk."""

from forms.fields import Form, Hidden


class RowForm(Form):
    """A press of a button beside a line, or beside one record of it."""

    record = Hidden(64)
