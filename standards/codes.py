"""Identification codes: unified social credit code, organisation code, resident identity and other documents."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import mul

from standards.text import half_width
from standards.words import T, Text

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_ORG_SIGNS = re.compile(r"[0-9A-Z]{8}[0-9X]")
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ID_SIGNS = re.compile(r"[0-9]{17}[0-9X]")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_LOOK_ALIKES = str.maketrans("OI", "01")
_DROPPED = re.compile(r"[\s\-\u2010-\u2015\u2212]+")

# GB/T 2260 first two digits; 10 stands for national bodies, 81 to 83 also for residence permits.
PROVINCES = frozenset("11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 "
                      "61 62 63 64 65 71 81 82 83".split())
# Registration authority to its classes of body, GB 32100 annex A.
CLASSES = {"1": "1239", "2": "19", "3": "123459", "4": "19", "5": "1239", "6": "129", "7": "129",
           "8": "19", "9": "123", "A": "19", "N": "1239", "Y": "1"}


@dataclass(frozen=True, slots=True)
class CodeVerdict:
    """What a check found: the normalised value, and either an error or warnings worth a person's look."""

    value: str
    error: Text | None = None
    code: str | None = None
    warnings: tuple[tuple[str, Text], ...] = ()
    suggestion: str | None = None

    @property
    def ok(self) -> bool:
        """Whether the code may be stored (warnings do not forbid it)."""
        return self.error is None


def normalise(text: str) -> str:
    """Half width, upper case, without spaces and hyphens; letters are never exchanged."""
    return _DROPPED.sub("", half_width(text)).upper()


@lru_cache(maxsize=32768)
def check_uscc(text: str) -> CodeVerdict:
    """Judge a unified social credit code, GB 32100-2015."""
    value = normalise(text)
    if len(value) != 18:
        return _bad(value, "uscc_length",
                    T("统一社会信用代码应为18位", "A unified social credit code has 18 characters"))
    strange = "".join(sorted(set(value) - set(USCC_ALPHABET)))
    if strange:
        sentence = T("统一社会信用代码不使用字符“{strange}”", "The code may not contain “{strange}”")
        return CodeVerdict(value, sentence.format(strange=strange), "uscc_illegal_letter", (), _suggest(value))
    if value == "0" * 18:
        return _bad(value, "uscc_all_zero", T("统一社会信用代码全为0", "The code consists of zeros only"))
    if value[17] != uscc_check_sign(value):
        return _bad(value, "uscc_check_digit",
                    T("统一社会信用代码校验码不正确", "The check digit of the code is wrong"))
    return CodeVerdict(value, warnings=tuple(_uscc_warnings(value)))


def uscc_check_sign(value: str) -> str:
    """The 18th sign that belongs to the first 17."""
    return USCC_ALPHABET[-sum(map(mul, map(USCC_ALPHABET.index, value[:17]), _USCC_WEIGHTS)) % 31]


def check_org_code(text: str) -> CodeVerdict:
    """Judge an organisation code of nine signs, GB 11714."""
    value = normalise(text)
    if len(value) != 9:
        return _bad(value, "org_code_length", T("组织机构代码应为9位", "An organisation code has 9 characters"))
    if not _ORG_SIGNS.fullmatch(value) or value == "0" * 9:
        return _bad(value, "org_code_illegal_letter",
                    T("组织机构代码含有不允许的字符", "The organisation code contains a character it cannot have"))
    if value[8] != org_check_sign(value):
        return _bad(value, "org_code_check_digit",
                    T("组织机构代码校验码不正确", "The check digit of the organisation code is wrong"))
    return CodeVerdict(value)


def org_check_sign(value: str) -> str:
    """The ninth sign that belongs to the first eight."""
    total = sum(int(sign, 36) * weight for sign, weight in zip(value, _ORG_WEIGHTS, strict=False))
    return "0123456789X"[-total % 11]


def check_id(text: str, today: date) -> CodeVerdict:
    """Judge a resident identity number, GB 11643: checksum and a real birth date not after today."""
    value = normalise(text)
    if len(value) != 18:
        return _bad(value, "id_length", T("居民身份证号码应为18位", "A resident identity number has 18 characters"))
    if not _ID_SIGNS.fullmatch(value):
        return _bad(value, "id_illegal_character",
                    T("居民身份证号码只能是数字，末位可为X", "Only digits, and X at the end, are allowed"))
    born = birth_date(value)
    if born is None:
        return _bad(value, "id_birth_date_not_real",
                    T("居民身份证号码中的出生日期不存在", "The birth date in the number does not exist"))
    if born > today:
        return _bad(value, "id_birth_date_in_future",
                    T("居民身份证号码中的出生日期晚于今天", "The birth date in the number lies in the future"))
    if value[17] != id_check_sign(value):
        return _bad(value, "id_check_digit",
                    T("居民身份证号码校验码不正确", "The check digit of the identity number is wrong"))
    return CodeVerdict(value, warnings=() if value[:2] in PROVINCES else (_region_warning("id"),))


def id_check_sign(value: str) -> str:
    """The 18th sign that belongs to the first 17 digits."""
    return _ID_CHECKS[sum(map(mul, map(int, value[:17]), _ID_WEIGHTS)) % 11]


def birth_date(value: str) -> date | None:
    """The birth date in an 18-digit identity number, None where there is no such day."""
    year = int(value[6:10])
    try:
        return date(year, int(value[10:12]), int(value[12:14])) if year >= 1850 else None
    except ValueError:
        return None


def _bad(value: str, code: str, sentence: Text) -> CodeVerdict:
    return CodeVerdict(value, sentence, code)


def _suggest(value: str) -> str | None:
    """The code with O read as 0 and I as 1, if that makes it right; a person must confirm it."""
    guess = value.translate(_LOOK_ALIKES)
    return guess if set(guess) <= set(USCC_ALPHABET) and guess[17] == uscc_check_sign(guess) else None


def _uscc_warnings(value: str) -> list[tuple[str, Text]]:
    warnings = []
    if value[1] not in CLASSES.get(value[0], ""):
        warnings.append(("uscc_unknown_class", T("登记管理部门与机构类别的组合未见于国家标准",
                                                 "This pair of authority and class is not in the standard")))
    if value[2:4] not in PROVINCES and value[2:4] != "10":
        warnings.append(_region_warning("uscc"))
    if value[16] != org_check_sign(value[8:16]):
        warnings.append(("uscc_inner_code", T("代码中的组织机构代码（第9至17位）校验不符",
                                              "The organisation code inside (places 9 to 17) does not check")))
    return warnings


def _region_warning(stem: str) -> tuple[str, Text]:
    return f"{stem}_unknown_region", T("行政区划代码未知", "The region code is unknown")
