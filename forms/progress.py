"""What somebody without account gives to follow a case."""

from forms.fields import Form, Line, needed
from standards.words import T


class ProgressForm(Form):
    """Number and query code, both on the receipt."""

    number = Line(T("案号", "Case number"), needed("请填写案号", "Give the case number"), longest=40,
                  hint=T("在业务受理单上，如 YB20261123000017", "On the receipt, such as YB20261123000017"),
                  render_kw={"autocomplete": "off"})  # fmt: skip
    code = Line(T("查询码", "Query code"), needed("请填写查询码", "Give the query code"), longest=20,
                hint=T("受理单上的8位字母和数字", "Eight letters and digits on the receipt"),
                render_kw={"autocomplete": "off"})  # fmt: skip
