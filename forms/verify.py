"""Checking a letter: by the code printed on it, or by the file itself."""

from wtforms import FileField

from forms.fields import Form, Line, needed
from standards.words import T


class CodeForm(Form):
    """The code printed beside the QR code; sent as an address."""

    class Meta:
        csrf = False

    code = Line(T("核验码", "Verification code"), needed("请填写核验码", "Give the code"), longest=40,
                hint=T("印在文书二维码旁，共16位，如 7Q2M-K9TX-3HVB-0000",
                       "16 signs beside the QR code, such as 7Q2M-K9TX-3HVB-0000"))  # fmt: skip


class CompareForm(Form):
    """A file to be compared; it is read and forgotten."""

    file = FileField(T("文书文件", "The letter as a file"),
                     description=T("只在内存中比对哈希值，不保存", "Compared in memory; nothing is kept"))  # fmt: skip
