"""Chinese punctuation for running text that was typed with half-width marks."""

import re

HAN = "\u2014\u2018-\u201d\u2026\u3001-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef\U00020000-\U0003ffff"
FULL = str.maketrans(",:;?!", "\uff0c\uff1a\uff1b\uff1f\uff01")
MARK = re.compile(f"(?<=[{HAN}])[,:;?!]|[,:;?!](?=[{HAN}])")
PAIR = re.compile(rf"(?<=[{HAN}])\(([^()]*)\)|\(([^()]*)\)(?=[{HAN}])|\(([{HAN}][^()]*)\)|\(([^()]*[{HAN}])\)")


def chinese(text: str) -> str:
    """The text with commas, colons, brackets and the like full-width where they touch Chinese."""
    paired = PAIR.sub(lambda found: f"\uff08{found[0][1:-1]}\uff09", text)
    return MARK.sub(lambda found: found[0].translate(FULL), paired)
