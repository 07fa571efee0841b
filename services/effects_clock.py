"""What stands before an excluded interval: the rules of the case name the ground, its last day is ahead."""

import datetime as dt

from services.act import Act
from services.casefile import LiveView
from standards.words import Text
from workflow.engine import Refused
from workflow.words import Effect, Exclusion

LIMITS = {"objection": "O-T5", "complaint": "C-T2", "repair": "R-VERIFY"}  # whose rule says what does not count
NOT_EXCLUDED = Text("本案适用的规则未把“{ground}”列为不计入期限的情形。",
                    "The rules of this case do not exclude “{ground}” from the limit.")  # fmt: skip
PAST = Text("预计的最后一日应在今天之后。", "The last day expected must lie after today.")
NO_DAY = Text("请填写正确的日期。", "Give a real date.")


def exclude(act: Act) -> None:
    """Refused unless the pack of the case excludes this ground and the interval ends on a day to come."""
    ground = str(act.facts["exclusion_ground"])
    rule = act.view.pack.rules.get(LIMITS[act.flow.kind]) if isinstance(act.view, LiveView) else None
    if rule is None or ground not in rule.exclusions:
        label = Exclusion(ground).label if ground in set(Exclusion) else Text(ground, ground)
        raise Refused([NOT_EXCLUDED.format(ground=label)])
    if _day(str(act.facts["until"])) <= act.day:
        raise Refused([PAST])


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise Refused([NO_DAY]) from None


BEFORE = {Effect.EXCLUDE: exclude}
