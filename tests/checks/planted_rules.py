"""Violations in the rules themselves."""

from tests.checks.numbers import FIRST
from tests.checks.planted import person, plant

COPY = (
    "INSERT INTO rule_pack (code, edition, kind, valid_from, category, stage, remark, switches)"
    " SELECT code, 99, kind, '2026-05-01', category, stage, remark, switches FROM rule_pack WHERE code = 'obj.default'"
)
LATER = "UPDATE rule SET {change} WHERE limit_name = 'O-T3'"  # no case of the town was asked to complete
RULE_PLANTS = [
    plant("I5", "rules obj.default, edition 1: in force, and approved by nobody",
          f"UPDATE rule_pack SET drafted_by = {person('zhao')}"),
    plant("I11", "rules obj.default: editions 1 and 99 are in force on the same day", COPY),
    plant("I11", f"case {FIRST} goes by rules that nobody approved", "UPDATE rule_pack SET stage = 'draft'"),
    plant("I11", "edition 1: the limit O-T3 is -2+10", LATER.format(change="n = -2")),
    plant("I11", "edition 1: the limit O-T3 names no source", LATER.format(change="source = ' '")),
    plant("I11", "edition 1: the limit O-T3 has no known unit", LATER.format(change="unit = 'HOUR'")),
]  # fmt: skip
