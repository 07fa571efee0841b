"""A little world in plain rows: organisations, people, records, and cases whose every step is written by hand."""

import datetime as dt
import hashlib
import io
import json
from pathlib import Path
from typing import Any

from pypdf import PdfWriter
from sqlalchemy import Connection, insert, select, update

from models.base import Base
from services.publication import payload_hash

TABLES = Base.metadata.tables
RULES = Path(__file__).parents[2] / "data" / "rules.json"
LONG_AGO = dt.date(2026, 1, 1)


def at(day: int, hour: int = 1, month: int = 11) -> dt.datetime:
    """A moment of 2026 in UTC; the default hour is 9 in the morning in Shanghai."""
    return dt.datetime(2026, month, day, hour, tzinfo=dt.UTC)


class World:
    """Writes rows through the walls, as the application does."""

    def __init__(self, connection: Connection, folder: Path) -> None:
        self.connection, self.folder = connection, folder
        self.orgs: dict[str, int] = {}
        self.people: dict[str, int] = {}
        self.numbers: dict[tuple[str, int], int] = {}

    def add(self, table: str, **values: Any) -> Any:
        """Insert a row; its id where it has one."""
        made = TABLES[table]
        if "id" not in made.c:
            self.connection.execute(insert(made).values(values))
            return None
        return self.connection.execute(insert(made).values(values).returning(made.c.id)).scalar_one()

    def change(self, table: str, row: int, **values: Any) -> None:
        """Update one row."""
        made = TABLES[table]
        assert self.connection.execute(update(made).where(made.c.id == row).values(values)).rowcount == 1

    def row(self, table: str, row: int) -> Any:
        """One row as it stands."""
        made = TABLES[table]
        return self.connection.execute(select(made).where(made.c.id == row)).mappings().one()

    def org(self, name: str, kind: str, **more: Any) -> int:
        """An organisation."""
        self.orgs[name] = self.add("org", kind=kind, name=name, trial=False, **more)
        return self.orgs[name]

    def person(self, name: str, role: str = "", org: str = "", kind: str = "staff") -> int:
        """An account, with a role in an organisation if it has one."""
        who = self.add("user", username=name, name=name, kind=kind, password_hash="x", password_changed_at=at(1),
                       totp_last_step=0, failed_count=0, auth_epoch=1, created_at=at(1))  # fmt: skip
        if role:
            self.add("membership", user_id=who, org_id=self.orgs[org], role=role, valid_from=LONG_AGO)
        self.people[name] = who
        return who

    def rules(self) -> int:
        """The shipped rule pack."""
        pack = json.loads(RULES.read_text(encoding="utf-8"))["packs"][0]
        made = self.add("rule_pack", code=pack["code"], edition=1, kind="objection", valid_from=LONG_AGO,
                        switches=pack["switches"])  # fmt: skip
        for rule in pack["rules"]:
            days = {name: rule.get(name, 0) for name in ("n", "extend_n", "extend_max")}
            self.add("rule", pack_id=made, limit_name=rule["limit"], unit=rule["unit"], tag="rec", legal_max="",
                     on_breach="", source=rule["source"], article="", **days)  # fmt: skip
        return int(made)

    def record(self, public_id: str, subject: int, payload: dict[str, Any], importer: str) -> int:
        """A published record at version 1."""
        source = self.orgs["dept"]
        row = self.add("credit_record", public_id=public_id, category="penalty", subject_id=subject,
                       source_dept_id=source, determining_authority_id=source, doc_no=public_id, severity="general",
                       decision_date=LONG_AGO, usage_scope=0, publication_state="imported", last_step="", version=1,
                       fingerprint=hashlib.sha256(public_id.encode()).hexdigest(),
                       content_hash=payload_hash(payload))  # fmt: skip
        self.version(row, payload, "import", "imported", at(2), person_id=self.people[importer])
        self.move_record(row, "validate_ok", "staged", at(2))
        self.move_record(row, "publish", "published", at(2))
        return int(row)

    def version(
        self, record: int, payload: dict[str, Any], kind: str, state: str, when: dt.datetime, **more: Any
    ) -> int:
        """The next version of a record."""
        versions = TABLES["record_version"]
        count = len(self.connection.execute(select(versions.c.id).where(versions.c.record_id == record)).all())
        self.add("record_version", record_id=record, version=count + 1, payload=payload, publication_state=state,
                 valid_from=when.date(), recorded_at=when, kind=kind, reason="", hash=payload_hash(payload),
                 **more)  # fmt: skip
        if count:
            self.change("credit_record", record, version=count + 1)
        return count + 1

    def move_record(self, record: int, step: str, to: str, when: dt.datetime, decision: int | None = None) -> None:
        """One step of the publication life-cycle."""
        source = self.row("credit_record", record)["publication_state"]
        self.change("credit_record", record, publication_state=to, last_step=step)
        self.add("record_event", record_id=record, step=step, source=source, target=to, at=when, decision_id=decision,
                 reason="")  # fmt: skip

    def keep(self, data: bytes) -> str:
        """Put bytes where the product keeps them; their digest."""
        digest = hashlib.sha256(data).hexdigest()
        path = self.folder / "files" / digest[:2] / digest
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return digest

    def number(self, series: str, when: dt.datetime) -> str:
        """The next document number of the office."""
        office, key = self.orgs["office"], (series, when.year)
        seq = self.numbers[key] = self.numbers.get(key, 0) + 1
        if seq == 1:
            self.add("number_counter", org_id=office, series=series, year=when.year, last=1)
        else:
            counters = TABLES["number_counter"]
            raised = update(counters).where(counters.c.series == series, counters.c.year == when.year)
            self.connection.execute(raised.values(last=seq))
        text = f"鄂前信{series}〔{when.year}〕{seq}号"
        self.add("number_entry", org_id=office, series=series, year=when.year, seq=seq, text=text, at=when,
                 void_reason="")  # fmt: skip
        return text

    def paper(self, case: int, event: int, paper: str, when: dt.datetime, **more: Any) -> int:
        """A document with its PDF."""
        row = {"number": None, "data": {"paper": paper}, "data_hash": "0" * 64} | more
        made = self.add("document", paper=paper, case_id=case, event_id=event, org_id=self.orgs["office"],
                        template_version="1", verify_code=f"{paper}-{case}-{event}", issued_at=when, **row)  # fmt: skip
        data = pdf(f"{paper} {case} {event}")
        self.add(
            "document_file", document_id=made, kind="pdf", sha256=self.keep(data), size=len(data), pages=1, at=when
        )
        return int(made)


def pdf(title: str) -> bytes:
    """A real PDF of one empty page."""
    writer, made = PdfWriter(), io.BytesIO()
    writer.add_blank_page(595, 842)
    writer.add_metadata({"/Title": title})
    writer.write(made)
    return made.getvalue()
