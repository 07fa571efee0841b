"""Questions around the shared record: the public query, a look-up for a purpose, a reveal, a class, an effect."""

import re

from flask import request
from wtforms import Field, FileField

from forms.fields import Form, Hidden, Line, Options, Paragraph, Pick, PickOne, Sentence, Tick, choices, needed
from standards.codes import normalise
from standards.words import T

MOST_CODES = 50
_BETWEEN = re.compile(r"[\s,;，；、]+")


class QueryForm(Form):
    """One box; sent as an address, so that a result can be kept as a bookmark."""

    class Meta:
        csrf = False

    q = Line(T("企业名称、统一社会信用代码或决定文书号", "Name, credit code or document number"),
             needed("请填写要查询的名称、代码或文书号", "Say what you look for"), longest=128,
             hint=T("名称和文书号可只写开头；不支持按自然人姓名查询", "The beginning of a name or number will do; "
                    "natural persons cannot be found by name"))  # fmt: skip


class LookupForm(Form):
    """Who is looked up, for whom, what for, and on what consent."""

    codes = Paragraph(T("统一社会信用代码或身份证号码", "Credit codes or identity numbers"), longest=2000,
                      hint=T("每行一个，最多50个；更多的请上传名单",
                             "One a line, at most 50; send a list for more"))  # fmt: skip
    listed = FileField(T("或者上传名单", "Or send a list"),
                       description=T("按模板填写，最多2000户", "By the template, at most 2000 lines"))  # fmt: skip
    org = Pick(T("以哪个单位的名义查询", "On behalf of which organisation"), (),
               needed("请选择单位", "Choose the organisation"))  # fmt: skip
    purpose = Pick(T("查询目的", "Purpose"), (), needed("请选择查询目的", "Choose the purpose"))
    asking_unit = Line(T("提出查询需求的单位或科室", "Unit that asks"),
                       needed("请填写提出需求的单位", "Name the unit that asks"), longest=200)  # fmt: skip
    matter = Line(T("具体事项", "The act it is for"),
                  needed("请填写具体事项，如项目名称、许可事项", "Name the act, e.g. the tender or the licence"),
                  longest=200)  # fmt: skip
    consent = FileField(T("信用主体授权书", "The subject's consent"),
                        description=T("查询非公示信息时必须提供；系统只登记文件的哈希值，不保存文件",
                                      "Needed for what is not public; only its hash is kept"))  # fmt: skip
    promise = Tick(T("仅用于上述目的，查询将留下记录，信用主体可以查看",
                     "For this purpose only. The look-up is recorded, and the subject can see it"),
                   needed("请确认查询用途", "Confirm the purpose"))  # fmt: skip

    def __init__(self, orgs: Options, purposes: Options, **more: object) -> None:
        super().__init__(**more)
        self.org.choices = choices(orgs)
        self.purpose.choices = choices([("", T("请选择", "Please choose")), *purposes])

    def validate_codes(self, field: Field) -> None:
        """Each must be a credit code or an identity number by its shape; a list may stand for them."""
        if not self.wanted and not self.has_list:
            raise Sentence(T("请填写至少一个代码，或者上传名单", "Give at least one code, or send a list"))
        if self.wanted and self.has_list:
            raise Sentence(T("代码和名单只能选择一种", "Either codes or a list, not both"))
        if len(self.wanted) > MOST_CODES:
            raise Sentence(T("一次最多查询50个主体", "At most 50 subjects at a time"))
        wrong = [code for code in self.wanted if len(code) != 18]
        if wrong:
            text = T("“{code}”不是18位的代码或证件号码", "“{code}” is no code or number of 18 characters")
            raise Sentence(text.format(code=wrong[0][:40]))

    @property
    def has_list(self) -> bool:
        """Whether a file was sent in place of codes."""
        sent = request.files.get("listed")
        return bool(sent and sent.filename)

    @property
    def wanted(self) -> list[str]:
        """The codes asked for, normalised, each once."""
        return list(dict.fromkeys(normalise(part) for part in _BETWEEN.split(self.codes.data or "") if part))


class RevealForm(Form):
    """Why an officer needs what is masked."""

    reason = Line(T("查看理由", "Why you need it"), needed("请写明查看理由", "Give the reason"), longest=200)


class SeverityForm(Form):
    """The class of a record that no rule could class."""

    severity = PickOne(
        T("失信程度", "Severity"),
        [("minor", T("轻微：原则上不公示", "Minor: not published in principle")),
         ("general", T("一般：公示3个月至1年", "General: published 3 months to 1 year")),
         ("serious", T("严重：公示1年至3年", "Serious: published 1 to 3 years"))],
        needed("请选择失信程度", "Choose the severity"),
    )  # fmt: skip
    why = Paragraph(T("认定依据", "Grounds"), needed("请写明认定依据", "State the grounds"), longest=1000)


class EffectForm(Form):
    """What was done with what was shown."""

    receipt = Hidden(18)
    effect = PickOne(T("查询结果的使用", "What was done with it"), (), needed("请选择", "Choose one"))
    note = Line(T("说明（决定文号等）", "Note, e.g. the number of the act"), longest=500)

    def __init__(self, effects: Options, **more: object) -> None:
        super().__init__(**more)
        self.effect.choices = choices(effects)
