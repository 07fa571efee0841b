"""The categories of the shared record by code, and the files they come in by the word the import command uses."""

from dataclasses import replace

from standards import penalty2015, permit2015
from standards.abnormal import ABNORMAL
from standards.arrears import ARREARS
from standards.blacklist import BLACKLIST
from standards.commitment import COMMITMENT
from standards.contract import CONTRACT
from standards.honour import HONOUR
from standards.incentive import INCENTIVE
from standards.inspection import INSPECTION
from standards.judgment import JUDGMENT
from standards.penalty import PENALTY as PENALTY_2019
from standards.permit import PERMIT as PERMIT_2019
from standards.schema import Category, Field


def _with(category: Category, more: tuple[Field, ...]) -> Category:
    """Today's layout together with what only an older one tells."""
    known = {field.id for field in category.fields}
    extra = tuple(replace(field, required=False) for field in more if field.id not in known)
    return replace(category, more=extra)


PENALTY = _with(PENALTY_2019, penalty2015.MORE)
PERMIT = _with(PERMIT_2019, permit2015.MORE)
ALL = (PENALTY, PERMIT, INCENTIVE, BLACKLIST, JUDGMENT, HONOUR, ARREARS, COMMITMENT, CONTRACT, INSPECTION, ABNORMAL)
CATEGORIES: dict[str, Category] = {category.code: category for category in ALL}
KINDS: dict[str, Category] = {
    "penalties": PENALTY, "permits": PERMIT,
    "penalties-2015": penalty2015.PENALTY_2015, "permits-2015": permit2015.PERMIT_2015,
    "incentives": INCENTIVE, "blacklist": BLACKLIST, "judgments": JUDGMENT, "honours": HONOUR, "arrears": ARREARS,
    "commitments": COMMITMENT, "contracts": CONTRACT, "inspections": INSPECTION, "abnormal": ABNORMAL,
}
