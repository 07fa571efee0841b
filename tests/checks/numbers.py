"""The numbers that the cases of the little world get."""

from services.numbers import check_digit


def _number(seq: int) -> str:
    digits = f"20261109{seq:05d}"
    return f"YB{digits}{check_digit(digits)}"


FIRST, SECOND, THIRD, FOURTH = map(_number, (1, 2, 3, 4))
