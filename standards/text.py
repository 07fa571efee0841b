"""Text as it is stored, as it is compared, and the characters that are refused in both."""

import re
import unicodedata

from standards.words import T, Text

REFUSED = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
JOINER = "\u200d"
MONGOLIAN_VOWEL_SEPARATOR = "\u180e"
_HALF_WIDTH = {0x3000: 0x20} | {point: point - 0xFEE0 for point in range(0xFF01, 0xFF5F)}
_NUMBER = re.compile(r"[0-9]{1,18}")


class BadText(ValueError):
    """Text that may not be stored; `sentence` says why in two languages."""

    def __init__(self, sentence: Text) -> None:
        super().__init__(sentence.en)
        self.sentence = sentence


class BadFile(ValueError):
    """A file that cannot be read as a table; `sentence` says why and, where known, in which row."""

    def __init__(self, sentence: Text) -> None:
        super().__init__(sentence.en)
        self.sentence = sentence


def clean(text: str) -> str:
    """The text as stored: NFC, lines ended by \\n, no outer space. Raises BadText."""
    if not text.isprintable():
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        _refuse_hidden(text)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text.strip()


def match_key(text: str) -> str:
    """Codes and names for comparison: half width, upper case, without any space."""
    if text.isascii():
        return "".join(text.upper().split())
    folded = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    return "".join(unicodedata.normalize("NFKC", folded).split())


def half_width(text: str) -> str:
    """Full-width letters, digits and signs as ASCII, and nothing else: a superscript two is no two."""
    return text if text.isascii() else text.translate(_HALF_WIDTH)


def bounded_int(text: str, low: int, high: int) -> int:
    """A whole number in ASCII digits from low to high. Raises BadText for anything else."""
    number = int(text) if _NUMBER.fullmatch(text) else None
    if number is None or not low <= number <= high:
        sentence = T("请填写{low}到{high}之间的整数", "Give a whole number from {low} to {high}")
        raise BadText(sentence.format(low=low, high=high))
    return number


def _refuse_hidden(text: str) -> None:
    for place, char in enumerate(text):
        if char in "\n\t" or char.isprintable():
            continue
        if _is_noncharacter(char) or (_is_refused(char) and not _is_at_home(text, place)):
            raise BadText(_refusal(char, place))


def _is_refused(char: str) -> bool:
    return unicodedata.category(char) in REFUSED


def _is_noncharacter(char: str) -> bool:
    point = ord(char)
    return point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF


def _is_at_home(text: str, place: int) -> bool:
    """A joiner between two pictographs, or the vowel separator inside a Mongolian word."""
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if text[place] == JOINER:
        return _is_pictograph(before) and _is_pictograph(after)
    return text[place] == MONGOLIAN_VOWEL_SEPARATOR and _is_mongolian(before) and _is_mongolian(after)


def _is_pictograph(char: str) -> bool:
    return bool(char) and (0x2190 <= ord(char) <= 0x2BFF or 0x1F000 <= ord(char) <= 0x1FAFF or char == "\ufe0f")


def _is_mongolian(char: str) -> bool:
    return bool(char) and 0x1807 <= ord(char) <= 0x18AF


def _refusal(char: str, place: int) -> Text:
    sentence = T("第{place}个字符（U+{point}）是看不见的控制字符或无效字符，请删除后重新填写",
                 "Character {place} (U+{point}) is an invisible control or an invalid character; please remove it")
    return sentence.format(place=place + 1, point=f"{ord(char):04X}")
