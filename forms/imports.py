"""Questions around an import: the file, what it holds, and a word on single rows."""

from flask import request
from flask_wtf import FlaskForm
from wtforms import Field, FileField

from forms.fields import Form, Hidden, Options, Pick, PickOne, Sentence, Tick, choices, needed
from standards.categories import KINDS
from standards.words import T

NO_FILE = T("请选择文件", "Choose a file")
TYPES = (".csv", ".xlsx", ".xls", ".txt", ".json", ".xml")
MACROS = (".xlsm", ".xltm", ".xlsb")
WRONG_TYPE = T("请上传CSV、XLSX、XLS、JSON或XML文件", "Send a CSV, XLSX, XLS, JSON or XML file")
WITH_MACROS = T("含宏的工作簿不能接收，请另存为不含宏的XLSX", "No workbook with macros; save it as XLSX without")


class a_table:  # noqa: N801  # reads as a sentence where it is used
    """A file is there, and it is a table by its name."""

    field_flags = {"required": True}

    def __call__(self, form: FlaskForm, field: Field) -> None:
        sent = request.files.get(field.name)
        if sent is None or not sent.filename:
            raise Sentence(NO_FILE)
        if sent.filename.lower().endswith(MACROS):
            raise Sentence(WITH_MACROS)
        if not sent.filename.lower().endswith(TYPES):
            raise Sentence(WRONG_TYPE)


class UploadForm(Form):
    """One file of one kind for one unit."""

    kind = PickOne(T("数据类别", "What the file holds"), [(name, one.called) for name, one in KINDS.items()],
                   needed("请选择数据类别", "Choose what it holds"))  # fmt: skip
    org = Pick(T("报送单位", "Sending unit"), (), needed("请选择报送单位", "Choose the sending unit"))
    file = FileField(T("数据文件", "The file"), [a_table()],
                     description=T("UTF-8和GB18030编码均可", "In UTF-8 or GB18030"))  # fmt: skip
    again = Tick(T("同一文件已导入过，仍要再次导入", "It was imported before; import it again"))

    def __init__(self, orgs: Options, **more: object) -> None:
        super().__init__(**more)
        self.org.choices = choices(orgs)


class RowForm(Form):
    """Load a held row, or drop it."""

    row = Hidden(18)
    word = PickOne(T("处理", "What to do"), [("load", T("放行", "Release")), ("drop", T("剔除", "Drop"))],
                   needed("请选择", "Choose one"))  # fmt: skip


class ActForm(Form):
    """A press of one of the buttons of a batch."""
