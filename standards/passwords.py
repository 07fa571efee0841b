"""What makes a password not good enough: short, or one that everybody would guess first."""

from standards.words import T, Text

SHORTEST, LONGEST = 8, 128
GUESSED = frozenset(
    """12345678 123456789 1234567890 87654321 11111111 88888888 66666666 00000000 12344321 11223344 123123123
    password password1 passw0rd p@ssw0rd qwertyui qwerty123 qwertyuiop 1qaz2wsx 1q2w3e4r 1qaz@wsx qazwsxedc
    asdfghjkl zxcvbnm1 abc12345 abcd1234 abc123456 a1234567 a12345678 a123456789 aa123456 aa12345678 asd123456
    q1w2e3r4 woaini1314 woaini520 5201314520 iloveyou 1314520520 admin123 admin1234 admin888 administrator
    root1234 test1234 user1234 welcome1 letmein1 changeme changeme1 xinfu123 xinfu1234 xinfu2026 xinfu888""".split()
)


def weakness(password: str, *own: str) -> Text | None:
    """Why a password is not good enough, or None. `own` are names it must not contain."""
    if len(password) < SHORTEST:
        return T("密码至少8个字符，建议15个以上", "The password needs at least 8 characters; 15 or more are better")
    if len(password) > LONGEST:
        return T("密码不能超过128个字符", "The password has more than 128 characters")
    low = password.casefold()
    if low in GUESSED or len(set(low)) < 3:
        return T("这个密码太常见，容易被猜中", "This password is too common and easily guessed")
    if any(name and len(name) > 3 and name.casefold() in low for name in own):
        return T("密码不要包含用户名或手机号", "The password must not contain the user name or telephone number")
    return None
