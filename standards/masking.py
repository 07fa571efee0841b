"""What each reader may see of names, identity numbers, telephones and free text (domain.md 3.4)."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from standards.codes import birth_date, id_check_sign


class Audience(StrEnum):
    """Who reads: anybody, an officer of a department, or the handler after a reason was logged."""

    PUBLIC = "public"
    DEPARTMENT = "department"
    HANDLER = "handler"


LAST_SIGNS = "Xx\uff38\uff58"
_GAP = r"[\s\-\u2010-\u2015\u2212._\u00b7\u3000]{0,2}"
_LIKELY = re.compile(rf"(?:\d{_GAP}){{10}}\d")
_DIGITS = re.compile(rf"\d(?:{_GAP}\d)*(?:{_GAP}[Xx\uff38\uff58](?![A-Za-z]))?")
_SHORT_ID = re.compile(r"[1-8][0-9]{5}[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}")
_MOBILE = re.compile(r"(?:(?:00)?86)?1[3-9][0-9]{9}")


@dataclass(frozen=True, slots=True)
class Secret:
    """A number found in free text: `kind` is "id" or "phone", text[start:end] its place."""

    kind: str
    start: int
    end: int


def mask_name(name: str) -> str:
    """The first character and two stars, whatever the length: 张**."""
    return f"{name.strip()[0]}**" if name.strip() else ""


def mask_id_public(number: str) -> str:
    """First and last character only, as much as the public page may show."""
    number = number.strip()
    return number[0] + "*" * (len(number) - 2) + number[-1] if len(number) > 3 else "*" * len(number)


def mask_id_office(number: str) -> str:
    """Six first and four last of a long number, two and two of a short one, for officers."""
    number = number.strip()
    if len(number) >= 15:
        return number[:6] + "*" * (len(number) - 10) + number[-4:]
    return number[:2] + "*" * (len(number) - 4) + number[-2:] if len(number) >= 8 else "*" * len(number)


def mask_phone(number: str) -> str:
    """138****1234 for a mobile number; only the last two digits of any other."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", number))
    if len(digits) == 11 and digits[0] == "1":
        return f"{digits[:3]}****{digits[7:]}"
    return "*" * max(len(digits) - 2, 0) + digits[-2:] if len(digits) > 5 else "*" * len(digits)


def mask_tax_no(number: str) -> str:
    """The tax number of an individual: older ones embed the identity number."""
    return mask_id_public(number)


def mask_free_text(text: str, audience: Audience) -> str:
    """Free text with identity and mobile numbers starred out, except for the handler."""
    if audience is Audience.HANDLER:
        return text
    for secret in reversed(find_secrets(text)):
        text = text[: secret.start] + _starred(text[secret.start : secret.end], secret.kind) + text[secret.end :]
    return text


def find_secrets(text: str) -> list[Secret]:
    """Identity numbers of 18 or 15 digits and mobile numbers, also in full width or with gaps."""
    if not _LIKELY.search(text):
        return []
    return [secret for run in _DIGITS.finditer(text) for secret in _secrets_in_run(text, run.start(), run.end())]


def _secrets_in_run(text: str, start: int, end: int) -> list[Secret]:
    """Look into one run of digits; places[i] is where sign i of the bare digits stands in the text."""
    places = [place for place in range(start, end) if text[place].isdecimal() or text[place] in LAST_SIGNS]
    bare, edges = "".join(_plain(text[place]) for place in places), _edges(places)
    found, at = [], 0
    while at < len(bare):
        kind, length = _secret_at(bare, at, edges)
        if kind:
            found.append(Secret(kind, places[at], places[at + length - 1] + 1))
        at += max(length, 1)
    return found


def _plain(char: str) -> str:
    return str(unicodedata.decimal(char)) if char.isdecimal() else "X"


def _edges(places: list[int]) -> set[int]:
    """Indexes before which a new number may begin: the start of the run, every gap, and its end."""
    gaps = {index for index in range(1, len(places)) if places[index] - places[index - 1] > 1}
    return gaps | {0, len(places)}


def _secret_at(bare: str, at: int, edges: set[int]) -> tuple[str, int]:
    """Kind and length of the number that begins here, or ("", 0). Weak evidence needs both edges."""
    candidate = bare[at : at + 18]
    if len(candidate) == 18 and candidate[:17].isdigit() and "1" <= candidate[0] <= "9" and _is_born(candidate):
        if candidate[17] == id_check_sign(candidate) or _framed(at, 18, edges):
            return "id", 18
    if _framed(at, 15, edges) and _SHORT_ID.fullmatch(bare[at : at + 15]):
        return "id", 15
    for length in (11, 13, 15):
        if _framed(at, length, edges) and _MOBILE.fullmatch(bare[at : at + length]):
            return "phone", length
    return "", 0


def _framed(at: int, length: int, edges: set[int]) -> bool:
    return at in edges and at + length in edges


def _is_born(number: str) -> bool:
    born = birth_date(number)
    return born is not None and 1900 <= born.year <= 2100


def _starred(shown: str, kind: str) -> str:
    """Stars for every sign but the first and last of an identity number, gaps dropped."""
    bare = [char for char in shown if char.isalnum()]
    return bare[0] + "*" * (len(bare) - 2) + bare[-1] if kind == "id" else "*" * len(bare)
