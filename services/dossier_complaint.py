"""One complaint as its letters tell it; to an organisation it tells nothing of who complains, when, or of what."""

from functools import cached_property
from typing import Any

from sqlalchemy import RowMapping

from models.base import db
from models.organisation import Org, OrgKind
from services.casefacts_complaint import own_of
from services.dossier import Dossier
from services.lettercommon import ASK_OFFICE

IDENTITY = ("subject_name", "subject_code", "subject_code_title", "applied_on")


class ComplaintDossier(Dossier):
    """Reads a complaint piece by piece; `inner` for a letter that goes to an organisation (P9)."""

    @cached_property
    def own(self) -> RowMapping:
        """What the complaint has beside its case."""
        return own_of(self.case_id)

    @property
    def respondent(self) -> str:
        """被投诉单位."""
        org = db.session.get(Org, self.own["respondent_id"]) if self.own["respondent_id"] else None
        return org.name if org else str(self.own["respondent_name"])

    def contact(self, organ: Org) -> dict[str, str]:
        """Whom to ask when the letter is not from the credit office, whose contacts the set-up holds."""
        if organ.kind == OrgKind.CREDIT_OFFICE.value:
            return {}
        return {"organ": organ.name, "contact_person": organ.name, "contact_phone": ASK_OFFICE}

    def discreet(self, said: Any) -> Any:
        """Nothing of the complainant in a letter to an organisation."""
        if self.inner and isinstance(said, dict):
            return {name: value for name, value in said.items() if name not in IDENTITY}
        return super().discreet(said)
