"""One cell read by the kind of its field: text, amounts and codes, and the parser that belongs to a field."""

import re
from decimal import Decimal
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Callable, Mapping

from standards.codes import CodeVerdict, check_org_code, check_uscc
from standards.dates import parse_date, parse_end_date
from standards.kinds import enum_parser, kinds_parser
from standards.masking import find_secrets
from standards.notes import Level, Note, Parsed, Parser, refused
from standards.schema import Field, Kind
from standards.text import BadText, clean, half_width
from standards.words import T

YUAN_SUSPECTED_ABOVE = 10_000
_AMOUNT = re.compile(r"(-?)([0-9]{0,40})(?:\.([0-9]{1,40}))?")
_MARKUP = re.compile(r"<[/!]?[A-Za-z]")
_SELDOM_TWICE = {Kind.DECIMAL, Kind.PAPER}
_REMEMBERED_LENGTH = 100

_MALFORMED = T("格式不符合要求", "This does not have the required form")
_ID_IN_TEXT = Note(Level.INFO, "id_number_inside_free_text_must_be_masked_in_public",
                   T("文中含有身份证号码，对外公示时将自动遮盖", "An identity number in the text; masked in public"))
_PHONE_IN_TEXT = Note(Level.INFO, "phone_number_inside_free_text_must_be_masked_in_public",
                      T("文中含有手机号码，对外公示时将自动遮盖", "A mobile number in the text; masked in public"))
_MARKUP_IN_TEXT = Note(Level.INFO, "script_in_text_is_data_not_markup",
                       T("文中的标记按普通文字保存和显示", "Markup in the text is kept and shown as plain text"))
_FOLDED = Note(Level.INFO, "uscc_full_width_and_lower_case_is_normalised",
               T("代码已转换为半角大写", "The code was brought to half width and upper case"))
_SPACED = Note(Level.INFO, "code_without_spaces_is_normalised",
               T("代码中的空格和连字符已去除", "Spaces and hyphens were taken out of the code"))


def parser_for(field: Field, variants: Mapping[str, str] = MappingProxyType({})) -> Parser:
    """The function that reads a non-empty cell of this field; it remembers short values that come again.

    `variants` are other spellings of the field's values, as some province writes them.
    """
    parser = _parser(field, variants)
    if field.kind in _SELDOM_TWICE:
        return parser
    remembering = lru_cache(maxsize=4096)(parser)
    return lambda text: remembering(text) if len(text) <= _REMEMBERED_LENGTH else parser(text)


def parse_text(field: Field, text: str) -> Parsed:
    """Free text, cleaned; errors forbidden_character and too_long."""
    try:
        value = clean(text)
    except BadText as bad:
        return refused("forbidden_character", bad.sentence)
    if field.kind is not Kind.LONG and not value.isprintable():
        value = value.replace("\n", " ").replace("\t", " ")
    if len(value) > field.max_length:
        sentence = T("共{length}个字符，超过{most}个", "{length} characters, more than {most}")
        return refused("too_long", sentence.format(length=len(value), most=field.max_length))
    if field.pattern and not re.fullmatch(field.pattern, value):
        return refused(f"{field.stem}_malformed", _MALFORMED)
    return Parsed(value, _notes_on(value) if field.kind is not Kind.PAPER else ())


def parse_amount(field: Field, text: str) -> Parsed:
    """A sum in 10,000 yuan with up to 6 decimals; errors <stem>_not_a_number, _negative, _too_precise, …"""
    match = _AMOUNT.fullmatch(half_width(text).strip().replace("\u2212", "-"))
    if not match or not (match[2] or match[3]):
        return refused(f"{field.stem}_not_a_number",
                       T("金额应为以万元计的数字，如0.2", "The sum must be a number of 10,000 yuan, such as 0.2"))
    whole, part = match[2].lstrip("0"), (match[3] or "").rstrip("0")
    if match[1] and (whole or part):
        return refused(f"{field.stem}_negative", T("金额不能为负数", "The sum may not be negative"))
    if len(part) > 6 or len(whole) > 12:
        return refused(f"{field.stem}_too_precise" if len(part) > 6 else f"{field.stem}_out_of_range",
                       T("金额最多12位整数、6位小数", "At most 12 digits before the point and 6 after it"))
    return _amount(field, f"{whole or '0'}.{part}" if part else whole or "0")


def _amount(field: Field, value: str) -> Parsed:
    if Decimal(value) <= YUAN_SUSPECTED_ABOVE:
        return Parsed(value)
    sentence = T("金额超过1亿元（{value}万元），可能误以元为单位，请核对",
                 "More than 100 million yuan ({value} × 10,000); perhaps written in yuan, please compare")
    return Parsed(value, (Note(Level.WARN, f"{field.stem}_probably_in_yuan", sentence.format(value=value)),))


def parse_code(check: Callable[[str], CodeVerdict], text: str) -> Parsed:
    """A code by its own check; what was normalised is told."""
    verdict = check(text)
    if verdict.error and verdict.code:
        return refused(verdict.code, _with_suggestion(verdict))
    notes = tuple(Note(Level.WARN, code, sentence) for code, sentence in verdict.warnings)
    if verdict.value == text.strip():
        return Parsed(verdict.value, notes)
    folded = not _only_spaces(text, verdict.value)
    return Parsed(verdict.value, (*notes, _FOLDED if folded else _SPACED))


def _only_spaces(text: str, value: str) -> bool:
    return re.sub(r"[\s\-]+", "", text) == value


def _with_suggestion(verdict: CodeVerdict) -> T:
    error = verdict.error or T("", "")
    if not verdict.suggestion:
        return error
    return T(f"{error.zh}；是否应为{verdict.suggestion}?", f"{error.en}; should it be {verdict.suggestion}?")


def _notes_on(value: str) -> tuple[Note, ...]:
    kinds = {secret.kind for secret in find_secrets(value)}
    notes = [_ID_IN_TEXT] if "id" in kinds else [_PHONE_IN_TEXT] if kinds else []
    if "<" in value and _MARKUP.search(value):
        notes.append(_MARKUP_IN_TEXT)
    return tuple(notes)


def _parser(field: Field, variants: Mapping[str, str]) -> Parser:
    match field.kind:
        case Kind.DATE:
            return parse_end_date if field.long_term else parse_date
        case Kind.DECIMAL:
            return partial(parse_amount, field)
        case Kind.ENUM:
            return enum_parser(field, variants)
        case Kind.MULTI_ENUM:
            return kinds_parser(field, variants)
        case Kind.USCC:
            return partial(parse_code, check_uscc)
        case Kind.ORG_CODE:
            return partial(parse_code, check_org_code)
    return partial(parse_text, field)
