"""Identity papers of natural persons by type: the resident identity number in full, others by their pattern."""

import re
from datetime import date

from standards.codes import CodeVerdict, check_id, normalise
from standards.words import T

RESIDENT_ID = T("身份证", "Resident identity card")
PASSPORT = T("护照号", "Passport")
HONG_KONG_MACAO_PERMIT = T("港澳居民来往内地通行证", "Mainland travel permit for Hong Kong and Macao residents")
TAIWAN_PERMIT = T("台湾居民来往大陆通行证", "Mainland travel permit for Taiwan residents")
FOREIGN_RESIDENT = T("外国人永久居留身份证", "Foreign permanent resident identity card")
TYPES = (RESIDENT_ID, PASSPORT, HONG_KONG_MACAO_PERMIT, TAIWAN_PERMIT, FOREIGN_RESIDENT)

_ANY = re.compile(r"[0-9A-Z()/.]{3,64}")
_PATTERNS = {
    PASSPORT.zh: re.compile(r"[A-Z0-9]{6,12}"),
    HONG_KONG_MACAO_PERMIT.zh: re.compile(r"[HM][0-9]{8}(?:[0-9]{2})?"),
    TAIWAN_PERMIT.zh: re.compile(r"[0-9]{8}(?:[0-9]{2})?(?:\([0-9A-Z]\))?"),
    FOREIGN_RESIDENT.zh: re.compile(r"[A-Z]{3}[0-9]{12}|9[0-9]{16}[0-9X]"),
}


def check_paper(kind: str, text: str, today: date) -> CodeVerdict:
    """Judge the number of a paper of the Chinese type name `kind`; an empty kind is guessed by the shape."""
    value = normalise(text)
    if kind == RESIDENT_ID.zh or (not kind and re.fullmatch(r"[0-9]{17}[0-9X]", value)):
        return check_id(text, today)
    if kind and kind not in _PATTERNS:
        return CodeVerdict(value)
    if not _ANY.fullmatch(value):
        return CodeVerdict(value, T("证件号码不是证件号码的样式", "This is not a document number"), "id_not_a_number")
    return CodeVerdict(value, warnings=() if _looks_right(kind, value) else (_UNUSUAL,))


_UNUSUAL = ("id_shape_unusual", T("证件号码与证件类型的常见格式不符，请核对",
                                  "The number does not have the usual form of this document; please compare"))


def _looks_right(kind: str, value: str) -> bool:
    pattern = _PATTERNS.get(kind)
    return pattern is None or bool(pattern.fullmatch(value))
