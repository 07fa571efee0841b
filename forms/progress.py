"""What somebody without account gives to follow a case."""

from forms.fields import Form, Hidden, Line, needed
from standards.words import T


class ProgressForm(Form):
    """Number and query code, both on the receipt."""

    number = Line(T("案号", "Case number"), needed("请填写案号", "Give the case number"), longest=40,
                  hint=T("在业务受理单上，如 YB20261123000017", "On the receipt, such as YB20261123000017"),
                  render_kw={"autocomplete": "off"})  # fmt: skip
    code = Line(T("查询码", "Query code"), needed("请填写查询码", "Give the query code"), longest=20,
                hint=T("受理单上的8位字母和数字", "Eight letters and digits on the receipt"),
                render_kw={"autocomplete": "off"})  # fmt: skip


class GuestLetterForm(Form):
    """Which letter of which case, and the end of the telephone number that was left with the complaint."""

    number, code = Hidden(), Hidden()
    document = Hidden()
    phone = Line(T("联系电话后四位", "Last four digits of your telephone number"), longest=4,
                 hint=T("提交投诉时留下的电话；匿名投诉不需要填写", "As you left it; none if anonymous"),
                 render_kw={"autocomplete": "off", "inputmode": "numeric"})  # fmt: skip
