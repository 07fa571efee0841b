"""What is said about rules: a draft begun, one limit of it, its first day, and the words of who settles it."""

from typing import Any

from forms.administration import Several
from forms.fields import Day, Form, Line, Options, Paragraph, Pick, Sentence, Tick, Whole, choices, needed
from standards.words import T
from workflow.clockwords import UNITS
from workflow.words import Exclusion

GROUNDS = tuple((str(one), one.label) for one in Exclusion)
UNIT = tuple(UNITS.items())
WHY = T("理由", "Reason")
NO_WHY = needed("请写明理由", "Give the reason")


def given(form: Form, field: Whole) -> None:
    """A number is there; 0 is one, and the rules say whether it may be."""
    if field.data is None and not field.errors:
        raise Sentence(T("请填写时长", "Give the length"))


given.field_flags = {"required": True}  # type: ignore[attr-defined]  # as WTForms asks of its validators


class BeginForm(Form):
    """From which rules, and for whom."""

    pack = Pick(T("以哪一版规则为底", "Made from"), (), needed("请选择规则", "Choose the rules"))
    place = Pick(T("适用单位", "For whom"), ())
    category = Pick(T("适用信息类别", "For which records"), ())

    @classmethod
    def of(cls, packs: Options, places: Options, categories: Options) -> "BeginForm":
        """The form with what may be chosen."""
        form = cls()
        form.pack.choices, form.place.choices = choices(packs), choices(places)
        form.category.choices = choices(categories)
        return form


class PackLimitForm(Form):
    """One limit of a draft, whole."""

    n = Whole(T("时长", "Length"), given, low=0, high=3660)
    unit = Pick(T("单位", "Unit"), UNIT, needed("请选择单位", "Choose the unit"),
                hint=T("按月、按年的期限到期日遇休息日顺延", "Months and years end on a working day"))  # fmt: skip
    extend_max = Pick(T("可否延期", "Extension"), (("0", T("不可延期", "none")), ("1", T("可延期一次", "once"))))
    extend_n = Whole(T("延长时长", "Longer by"), low=0, high=3660, hint=T("与期限同一单位", "In the same unit"))
    exclusions = Several(T("不计入期限的情形", "What does not count"), GROUNDS)
    most_n = Whole(T("法定上限", "Legal maximum"), low=1, high=3660, hint=T("没有的不填", "Empty when there is none"))
    most_unit = Pick(T("上限单位", "Unit of the maximum"), UNIT)
    most_source = Line(T("上限依据", "Text that sets it"), longest=120)
    most_analogy = Tick(T("参照适用", "By analogy"))
    source = Line(T("本地规定名称", "Local text"), needed("请写明所依据的规定", "Name the text"), longest=200)
    article = Line(T("条款", "Article"), longest=200)

    @property
    def most(self) -> str:
        """The legal maximum as it is written down."""
        if not self.most_n.data:
            return ""
        said = f"{self.most_n.data} {self.most_unit.data or 'WD'}"
        if not self.most_source.data:
            return said
        return f"{said}：{'参照' if self.most_analogy.data else ''}{self.most_source.data}"


class PackDayForm(Form):
    """From which day, and the switches that are on."""

    valid_from = Day(T("施行日期", "In force from"), needed("请填写施行日期", "Give the day"),
                     hint=T("不早于今天；已受理案件仍按原规则", "Not before today; cases keep theirs"))  # fmt: skip
    switches = Several(T("开关", "Switches"))

    @classmethod
    def of(cls, switches: Options, **start: Any) -> "PackDayForm":
        """The form with the switches of the rules."""
        form = cls(**start)
        form.switches.choices = choices(switches)
        return form


class WhyForm(Form):
    """A word with its reason."""

    reason = Paragraph(WHY, NO_WHY, longest=1000)


class MoveForm(Form):
    """Which cases go on under other rules, and why."""

    cases = Several(T("案件", "Cases"))
    reason = Paragraph(T("迁移理由", "Why they move"), NO_WHY, longest=1000)


class LightsForm(Form):
    """When a limit is near, and when it is supervised."""

    near_days = Whole(T("预警：剩余工作日不多于", "Near: working days left at most"), needed("请填写", "Needed"), low=0,
                      high=30)  # fmt: skip
    near_percent = Whole(T("预警：剩余比例不多于（%）", "Near: share left at most (%)"),
                         needed("请填写", "Needed"), low=0, high=90)  # fmt: skip
    supervise_days = Whole(T("督办：超期工作日不少于", "Supervised: working days over, at least"),
                           needed("请填写", "Needed"), low=1, high=60)  # fmt: skip
    supervise_times = Whole(T("督办：同案第几次超期起", "Supervised: which time over in a case"),
                            needed("请填写", "Needed"), low=1, high=10)  # fmt: skip
