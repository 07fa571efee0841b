"""`./xinfu lifecycle check`: every state a case can reach, and wrong tables that must be noticed."""

import argparse
import json
import sys
from typing import Any

from launch.speech import both
from modelcheck.everything import KINDS, QUICK, USUAL, WHOLE, Checked, check
from modelcheck.law import PROPERTIES
from modelcheck.report import told
from standards.words import T

CLEAN, FOUND = 0, 1
SUMMARY = T("{kind}：{states}个状态，{takes}次办理或事件，{again}次重复提交，{found}处违反",
            "{kind}: {states} states, {takes} steps and events, "
                "{again} forms sent again, {found} violations")  # fmt: skip
MUTANTS = T("错表{tried}张，查出{caught}张；其余{left}张为便利规则，逐一说明",
            "{tried} wrong tables, {caught} noticed; the other {left} are conveniences, each explained")  # fmt: skip
UNEXPLAINED = T("{name}：未被查出，也未说明", "{name}: neither noticed nor explained")
ALL = T(
    "三类事项合计{states}个不同状态，核对{n}项性质",
    "{states} distinct states over all kinds, {n} properties held against them",
)
SMALL = T("小机构：{said}", "small office: {said}")


def main(arguments: list[str] | None = None) -> int:
    """Check the life-cycles; 0 they hold, 1 something was found, 2 wrongly called."""
    wanted = _arguments(arguments)
    found = [check(kind, QUICK if wanted.quick else WHOLE if wanted.whole else USUAL) for kind in wanted.kinds or KINDS]
    print(json.dumps(as_data(found), ensure_ascii=False, indent=1) if wanted.json else _as_text(found))
    return FOUND if any(one.violations or one.unexplained for one in found) else CLEAN


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="xinfu lifecycle")
    parser.add_argument("what", choices=["check"])
    parser.add_argument("kinds", nargs="*", metavar="KIND", choices=[[], *KINDS])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="a bounded search, for the test suite")
    parser.add_argument("--whole", action="store_true", help="without any bound; takes long")
    return parser.parse_args(arguments)


def as_data(found: list[Checked]) -> dict[str, Any]:
    """The form of product.md §3, with a part for each kind."""
    survivors = [{"mutation": name, "reason": both(reason)} for one in found for name, reason in one.survivors]
    survivors += [{"mutation": name, "reason": ""} for one in found for name in one.unexplained]
    return {
        "states": sum(one.states for one in found),
        "violations": [_violation(one, v) for one in found for v in one.violations],
        "mutants": {"tried": sum(one.tried for one in found), "caught": sum(one.caught for one in found),
                    "survivors": survivors},
        "properties": {code: {"zh": text.zh, "en": text.en} for code, text in PROPERTIES.items()},
        "kinds": {one.kind: {"states": one.states, "takes": one.takes, "again": one.again,
                             "violations": len(one.violations),
                             "mutants": {"tried": one.tried, "caught": one.caught}, "by": dict(one.by),
                             "small_office": [both(text) for text in one.small]} for one in found},
        "exhaustive": not any(one.capped for one in found),
    }  # fmt: skip


def _violation(one: Checked, violation: Any) -> dict[str, Any]:
    lines = [text.en for text in told(one.world, violation.story)]
    return {
        "kind": one.kind,
        "property": violation.code,
        "where": violation.where,
        "times": violation.times,
        "story": lines,
    }


def _as_text(found: list[Checked]) -> str:
    lines = []
    for one in found:
        said = {
            "kind": one.kind,
            "states": one.states,
            "takes": one.takes,
            "again": one.again,
            "found": len(one.violations),
        }
        lines.append(both(SUMMARY.format(**said)))
        for violation in one.violations:
            lines.append(f"  ✗ {both(PROPERTIES[violation.code])} [{violation.where}] × {violation.times}")
            lines += [f"      {both(text)}" for text in told(one.world, violation.story)]
        lines += [f"  {both(SMALL.format(said=text))}" for text in one.small]
        lines.append("  " + both(MUTANTS.format(tried=one.tried, caught=one.caught, left=len(one.survivors))))
        lines += [f"      {name}: {both(reason)}" for name, reason in one.survivors]
        lines += [f"  ✗ {both(UNEXPLAINED.format(name=name))}" for name in one.unexplained]
    states = sum(one.states for one in found)
    return "\n".join([*lines, both(ALL.format(states=states, n=len(PROPERTIES)))])


if __name__ == "__main__":
    sys.exit(main())
