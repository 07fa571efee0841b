"""What was found in one place where a record may be shown too."""

from forms.fields import Form, Line, Options, Pick, PickOne, choices, needed
from standards.words import T


class SightingForm(Form):
    """Place, what was found, and where exactly."""

    place = Pick(T("核对的网站或者平台", "Where you looked"), (), needed("请选择网站或者平台", "Choose the place"))
    state = PickOne(T("核对结果", "What you found"), (), needed("请选择核对结果", "Choose what you found"))
    address = Line(T("网址", "Address"), longest=300)
    note = Line(T("说明", "Note"), longest=500)

    def __init__(self, places: Options, states: Options, **more: object) -> None:
        super().__init__(**more)
        self.place.choices, self.state.choices = choices([("", T("请选择", "Please choose")), *places]), choices(states)
