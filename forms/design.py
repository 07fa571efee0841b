"""The form of the design page: one field of every kind, never sent anywhere."""

from wtforms import (
    BooleanField,
    DateField,
    FileField,
    Form,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from standards.words import T

MUST = [InputRequired()]


class Example(Form):
    """Fields in their usual state."""

    name = StringField(T("企业名称", "Enterprise"), MUST, description=T("与营业执照一致", "As on the business licence"))
    code = StringField(T("统一社会信用代码", "Unified credit code"), MUST, description=T("18 位", "18 characters"))
    phone = StringField(T("联系电话", "Telephone"))
    day = DateField(T("决定日期", "Date of the decision"), MUST)
    amount = IntegerField(T("罚款数额", "Amount of the fine"))
    kind = SelectField(T("信息类别", "Category"), MUST)
    statement = TextAreaField(T("事实和理由", "Facts and reasons"), MUST)
    ground = RadioField(T("为什么认为这条记录有误？", "Why is this record wrong?"), MUST)
    fields = SelectMultipleField(
        T("哪些内容有误", "Which parts are wrong"),
        MUST,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    proof = FileField(
        T("证明材料", "Evidence"), MUST, description=T("判决书、决定书或缴款凭证", "Judgment, decision or receipt")
    )
    pledge = BooleanField(T("我承诺以上内容和材料真实", "I declare that all this is true"), MUST)
    password = PasswordField(T("密码", "Password"), MUST)


KINDS = (("penalty", T("行政处罚", "Penalty")), ("permit", T("行政许可", "Permit")))
GROUNDS = (
    ("G01", T("与事实不符", "Not consistent with the facts")),
    ("G04", T("超期公示", "Published beyond its period")),
    ("G10", T("主体错误", "Wrong subject")),
)
PARTS = (("amount", T("罚款金额", "Amount")), ("subject", T("处罚对象", "Subject")), ("basis", T("处罚依据", "Basis")))


def example(*, wrong: bool = False) -> Example:
    """The example form, filled in; with `wrong` the way it comes back after a refused submission."""
    form = Example(
        prefix="wrong-" if wrong else "plain-",
        data={
            "name": str(T("鄂前旗绿源农牧有限公司", "Lüyuan Agriculture and Livestock Ltd")),
            "ground": "G01",
            "fields": ["amount"],
        }
    )
    form.kind.choices = [SelectChoice(value, str(text)) for value, text in KINDS]
    form.ground.choices = [SelectChoice(value, str(text)) for value, text in GROUNDS]
    form.fields.choices = [SelectChoice(value, str(text)) for value, text in PARTS]
    if wrong:
        form.code.errors = [
            T("信用代码的校验位不对，请核对第 18 位", "The check character is wrong; look at position 18")
        ]
        form.ground.errors = [T("请选择一项理由", "Choose one ground")]
        form.proof.errors = [T("请上传至少一份证明材料", "Upload at least one piece of evidence")]
    return form
