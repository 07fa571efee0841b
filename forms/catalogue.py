"""What is said of a line of the catalogue: which one, how it is classed, and its periods."""

from typing import Any

from forms.administration import ANY
from forms.fields import Day, Form, Options, Paragraph, Pick, Tick, Whole, choices, needed
from standards.words import T, Text

MONTHS = 1200  # a hundred years
PARTS = ("publish", "least", "most")


class LineForm(Form):
    """A new edition: of which category, for whom, classed how."""

    category = Pick(T("信息类别", "Category"), (), needed("请选择信息类别", "Choose the category"))
    org = Pick(T("适用单位", "Authority"), (), hint=T("不限即适用于全部单位", "Any: for all of them"))
    rule = Pick(T("失信程度如何判定", "How it is classed"), (), needed("请选择判定方式", "Choose how it is classed"))

    @classmethod
    def of(cls, categories: Options, orgs: Options, rules: Options) -> "LineForm":
        """The form with what may be chosen."""
        form = cls()
        form.category.choices, form.rule.choices = choices(categories), choices(rules)
        form.org.choices = choices([ANY, *orgs])
        return form


class TermsForm(Form):
    """From which day, within which days it is sent, and on what law."""

    valid_from = Day(T("施行日期", "In force from"), needed("请填写施行日期", "Give the day"),
                     hint=T("不早于今天", "Not before today"))  # fmt: skip
    report_days = Whole(T("作出决定后几个工作日内公示", "Published within how many working days"), low=0, high=365,
                        hint=T("不填或填0为按月报送", "Empty or 0: sent monthly"))  # fmt: skip
    legal_basis = Paragraph(T("依据", "Legal basis"), needed("请写明依据", "Name the legal basis"), longest=1000)
    names: tuple[str, ...] = ()

    def told(self, name: str) -> tuple[bool, int, int | None]:
        """(published, months at least, months at most) of a class."""
        publish, least, most = self.of_class(name)
        return publish.data, least.data or 0, most.data

    def of_class(self, name: str) -> list[Any]:
        """The three fields of a class."""
        return [self[f"{part}_{name or 'all'}"] for part in PARTS]


def terms_form(classes: dict[str, Text], start: dict[str, Any] | None = None) -> TermsForm:
    """The form with three fields for each class, filled with `start` by field."""
    made: dict[str, Any] = {"names": tuple(classes)}
    for name, of in classes.items():
        kind = name or "all"
        made[f"publish_{kind}"] = Tick(T("{of}：向社会公示", "{of}: published").format(of=of))
        made[f"least_{kind}"] = Whole(T("{of}：最短几个月", "{of}: at least, months").format(of=of), low=0, high=MONTHS)
        made[f"most_{kind}"] = Whole(T("{of}：最长几个月", "{of}: at most, months").format(of=of), low=0, high=MONTHS,
                                     hint=T("不填为至来源标明的截止期", "Empty: until the end its source names"))
    form: TermsForm = type("TermsForm", (TermsForm,), made)(data=start)
    return form


def span_fields(name: str, publish: bool, least: int, most: int | None) -> dict[str, Any]:
    """A period by the names of its fields."""
    return dict(zip((f"{part}_{name or 'all'}" for part in PARTS), (publish, least, most), strict=True))
