"""A payload as a reader may see it: the masks of domain.md 3.4 applied field by field."""

from standards.masking import (
    Audience,
    mask_free_text,
    mask_id_office,
    mask_id_public,
    mask_name,
    mask_tax_no,
)
from standards.party import ORGANISATION
from standards.schema import Category, Field, Kind, Mask, Payload
from standards.words import T

LONG_TERM = "2099-12-31"


def shown(category: Category, payload: Payload, audience: Audience) -> list[tuple[Field, str]]:
    """Every filled field this audience may see with its text, in the order of the schema."""
    return [(field, masked(category, field, payload, audience)) for field in category.every
            if payload.get(field.id) and (field.public or audience is not Audience.PUBLIC)]


def masked(category: Category, field: Field, payload: Payload, audience: Audience) -> str:
    """One field's text for this audience; hidden fields give "" to the public."""
    text = worded(field, payload.get(field.id, ""))
    if audience is Audience.HANDLER:
        return text
    if field.kind is Kind.PAPER:
        return _masked_number(field, text, audience)
    if audience is Audience.PUBLIC and not field.public:
        return ""
    return _masked_text(category, field, payload, audience, text)


def worded(field: Field, value: str | list[str]) -> str:
    """A stored value in words of the current language; several kinds are joined."""
    if isinstance(value, list):
        return str(T("、", ", ")).join(worded(field, one) for one in value)
    if field.kind is Kind.DATE and value == LONG_TERM:
        return str(T("长期", "Long term"))
    return next((str(option.label) for option in field.options if option.value == value), value)


def _masked_number(field: Field, text: str, audience: Audience) -> str:
    if audience is Audience.DEPARTMENT:
        return mask_id_office(text)
    return mask_id_public(text) if field.public else ""


def _masked_text(category: Category, field: Field, payload: Payload, audience: Audience, text: str) -> str:
    person = category.is_person(payload)
    if field.mask is Mask.INDIVIDUAL and payload.get("counterparty_type") != ORGANISATION.zh:
        return mask_tax_no(text)
    if audience is Audience.PUBLIC and person:
        if field.mask is Mask.PERSON_NAME:
            return mask_name(text)
        text = _without_name(text, str(payload.get("counterparty_name", "")))
    return mask_free_text(text, audience) if field.kind in (Kind.TEXT, Kind.LONG) else text


def _without_name(text: str, name: str) -> str:
    """The person's name masked wherever the text repeats it."""
    return text.replace(name, mask_name(name)) if len(name) > 1 else text
