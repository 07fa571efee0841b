"""Which organisation a row of a file names: by unified social credit code, then by name, then by successor."""

import datetime as dt
from typing import Any

from sqlalchemy import select

from models.base import db
from models.organisation import Org
from services.people import successor_of
from standards.schema import Payload
from standards.text import match_key
from standards.words import Text

UNKNOWN = Text("未找到{role}“{name}”（{code}），请先在机构目录中登记或更正后重新报送。",
               "{role} “{name}” ({code}) is not in the register; add it or send the row again.")  # fmt: skip
FOREIGN = Text("数据来源单位“{name}”不是报送单位或其前身，不能由本单位报送。",
               "The source department “{name}” is neither the sending unit nor its predecessor.")  # fmt: skip
ROLES = {
    "authority": Text("认定单位", "The authority"),
    "source_dept": Text("数据来源单位", "The source department"),
}


class Sources:
    """The register of organisations as one file's rows need it; lives as long as one chunk of work."""

    def __init__(self, sender: int | None, today: dt.date) -> None:
        self.sender, self.today = sender, today
        rows = db.session.execute(select(Org.id, Org.code, Org.name)).all()
        self.by_code = {code: one for one, code, _ in rows if code}
        self.by_name = {match_key(name): one for one, _, name in rows}
        self.code_of = {one: code for one, code, _ in rows if code}
        self.name_of = {one: name for one, _, name in rows}
        self._heirs: dict[int, int] = {}
        self._found: dict[Any, int | None] = {}

    def find(self, payload: Payload, role: str) -> int | None:
        """Id of the authority or source department of a row, None when nobody knows it."""
        said = (payload.get(f"{role}_uscc", ""), payload.get(f"{role}_name", ""))
        if said not in self._found:
            code, name = map(str, said)
            self._found[said] = self.by_code.get(code) or self.by_name.get(match_key(name))
        return self._found[said]

    def trouble(self, payload: Payload) -> Text | None:
        """Why the row cannot be loaded, in a sentence; None when both organisations are known and may send."""
        for role, said in ROLES.items():
            if self.find(payload, role) is None:
                return UNKNOWN.format(role=said, name=payload.get(f"{role}_name", ""),
                                      code=payload.get(f"{role}_uscc", ""))  # fmt: skip
        if self.sender is not None and self._heir(self.find(payload, "source_dept") or 0) != self.sender:
            return FOREIGN.format(name=payload.get("source_dept_name", ""))
        return None

    def _heir(self, org_id: int) -> int:
        if org_id not in self._heirs:
            self._heirs[org_id] = successor_of(org_id, self.today).id
        return self._heirs[org_id]
