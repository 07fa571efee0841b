"""The register of subjects: search, a rename, a merger, its undoing, and a second person's word."""

from forms.fields import Form, Line, Options, Paragraph, Pick, PickOne, choices, needed
from standards.words import T

AGREE = (("yes", T("同意，变更生效", "Agree: it comes into force")), ("no", T("不同意", "Refuse")))


class SearchForm(Form):
    """One box and a kind; sent as an address."""

    class Meta:
        csrf = False

    q = Line(T("名称、曾用名、统一社会信用代码或拼音首字母",
               "Name, former name, credit code or pinyin initials"), longest=100,
             hint=T("自然人只能按完整证件号码查找",
                    "Natural persons are found by their whole number only"))  # fmt: skip
    kind = Pick(T("主体类型", "Kind"), ())

    def __init__(self, kinds: Options, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.kind.choices = choices([("", T("全部", "All")), *kinds])


class GroundForm(Form):
    """Why, and on what paper."""

    reason = Paragraph(T("理由", "Reason"), needed("请写明理由", "Give the reason"), longest=1000)
    basis = Line(T("依据（登记通知书等文件名称及文号）", "The paper it rests on, with its number"),
                 needed("请填写依据", "Name the paper"), longest=200)  # fmt: skip


class RenameForm(GroundForm):
    """The new name."""

    name = Line(T("新名称", "New name"), needed("请填写新名称", "Give the new name"), longest=200)


class MergeForm(GroundForm):
    """Which entry stands for this one."""

    into = Line(T("并入的主体：统一社会信用代码、证件号码或者全称",
                  "Merge into: credit code, identity number or whole name"),
                needed("请填写并入的主体", "Say into which entry"), longest=200)  # fmt: skip


class SettleForm(Form):
    """The second person's word."""

    agree = PickOne(T("复核意见", "Your word"), AGREE, needed("请选择复核意见", "Choose one"))
    remark = Paragraph(T("说明（不同意时必填）", "Remark; needed for a refusal"), longest=1000)
