"""Checking a letter: by the code printed on it, or by the file itself."""

from flask import request
from flask_wtf import FlaskForm
from wtforms import Field, FileField

from forms.fields import Form, Line, Sentence, needed
from standards.words import T

NO_FILE = T("请选择文件", "Choose a file")


class CodeForm(Form):
    """The code printed beside the QR code; sent as an address."""

    class Meta:
        csrf = False

    code = Line(T("核验码", "Verification code"), needed("请填写核验码", "Give the code"), longest=40,
                hint=T("印在文书二维码旁，共16位，如 7Q2M-K9TX-3HVB-0000",
                       "16 signs beside the QR code, such as 7Q2M-K9TX-3HVB-0000"))  # fmt: skip


class there:  # noqa: N801  # reads as a sentence where it is used
    """A file was chosen."""

    field_flags = {"required": True}

    def __call__(self, form: FlaskForm, field: Field) -> None:
        sent = request.files.get(field.name)
        if sent is None or not sent.filename:
            raise Sentence(NO_FILE)


class CompareForm(Form):
    """A file to be compared; it is read and forgotten."""

    file = FileField(T("文书文件", "The letter as a file"), [there()],
                     description=T("只在内存中比对哈希值，不保存", "Compared in memory; nothing is kept"))  # fmt: skip
