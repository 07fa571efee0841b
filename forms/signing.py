"""Who must sign, as a form of the rules."""

from typing import Any

from forms.fields import Form, Options, Pick, PickOne, choices, needed
from standards.words import T, Text

NOBODY = ("", T("无", "None"))


class SigningForm(Form):
    """The order, and up to four signers in their places."""

    order = PickOne(T("签发方式", "Who signs"), (), needed("请选择签发方式", "Choose who signs"))
    signer_1 = Pick(T("第一签发人", "First signer"), ())
    signer_2 = Pick(T("第二签发人", "Second signer"), ())
    signer_3 = Pick(T("第三签发人", "Third signer"), ())
    signer_4 = Pick(T("第四签发人", "Fourth signer"), ())

    @classmethod
    def of(cls, orders: dict[str, Text], people: Options, start: dict[str, Any]) -> "SigningForm":
        """The form with what may be chosen."""
        form = cls(data=start)
        form.order.choices = choices(orders.items())
        for field in form.places:
            field.choices = choices([NOBODY, *people])
        return form

    @property
    def places(self) -> tuple[Pick, ...]:
        """The signers' places in their order."""
        return (self.signer_1, self.signer_2, self.signer_3, self.signer_4)

    @property
    def signers(self) -> list[int]:
        """The accounts chosen, in their order."""
        return [int(field.data) for field in self.places if field.data]
