"""How a command ends when it cannot do its work: one sentence and exit code 1, never a trace."""

from typing import Callable

from sqlalchemy.exc import SQLAlchemyError

from launch.speech import CannotGoOn, say
from scripts.archive import BadArchive
from settings import BadSettings
from standards.words import T


def or_refuse(act: Callable[[], int]) -> int:
    """The act's own exit code, or 1 after saying why not."""
    try:
        return act()
    except CannotGoOn as refusal:
        say(refusal.text)
    except (BadSettings, BadArchive, SQLAlchemyError, OSError) as error:
        first = (str(error).splitlines() or [""])[0]
        say(T("未成功：{e}", "did not succeed: {e}").format(e=first))
    return 1
