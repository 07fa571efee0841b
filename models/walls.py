"""Walls in the database itself: what the application's role cannot do, whatever its code says. Both engines.

A wall is one condition under which a write is refused; the same words become a trigger on SQLite and on PostgreSQL.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, String, delete, insert, inspect, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from workflow.engine import FLOWS
from workflow.ordering import ORDER
from workflow.publication import PUBLICATION

APPEND_ONLY = (
    "case_event", "item_finding", "item_result", "clock_event", "record_version", "record_event", "record_note",
    "decision", "decision_item", "correction", "number_entry", "document", "document_file", "document_event",
    "receipt", "receipt_record", "receipt_effect", "access_entry", "chain_link", "anchor", "idempotency", "state_edge",
    "removal_proof", "interest_declaration", "recusal_request", "recusal_decision", "repair_condition",
    "onsite_check", "repair_bar", "slip", "slip_file", "slip_record", "subject_name", "sighting",
)  # fmt: skip
EDGE = "SELECT 1 FROM state_edge e WHERE e.kind = {kind} AND e.source = {a} AND e.step = {s} AND e.target = {b}"


class StateEdge(Base):
    """One allowed move, written from the flows at each upgrade; the triggers look here."""

    __tablename__ = "state_edge"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    source: Mapped[str] = mapped_column(String(24), primary_key=True)
    step: Mapped[str] = mapped_column(String(24), primary_key=True)
    target: Mapped[str] = mapped_column(String(24))


@dataclass(frozen=True)
class Wall:
    """Refuse `when` on `table` if `condition` holds; the message names the wall."""

    name: str
    table: str
    when: str
    condition: str


def _case_walls() -> Iterator[Wall]:
    edge = EDGE.format(kind="OLD.kind", a="OLD.state", s="NEW.last_step", b="NEW.state")
    moved = "(NEW.state <> OLD.state OR NEW.version <> OLD.version)"
    yield Wall("case_moves_along_an_edge", "case_file", "UPDATE",
               f"{moved} AND (NEW.version <> OLD.version + 1 OR NOT EXISTS ({edge}))")
    signed = ", ".join(f"'{flow.kind}:{state}'" for flow in FLOWS.values() for state in sorted(flow.signed))
    yield Wall("case_decided_by_a_decision", "case_file", "UPDATE",
               f"((NEW.kind || ':' || NEW.state) IN ({signed})) <> (NEW.decision_id IS NOT NULL)")
    yield Wall("case_begins_as_draft", "case_file", "INSERT", "NEW.state <> 'draft' OR NEW.version <> 1")
    yield Wall("case_stays", "case_file", "DELETE", "1 = 1")
    here = "SELECT 1 FROM case_file c WHERE c.id = NEW.case_id AND c.state = NEW.target"
    yield Wall("event_tells_the_move", "case_event", "INSERT",
               f"NOT EXISTS ({here} AND c.last_step = NEW.step AND c.version = NEW.seq + 1)")


def _decision_walls() -> Iterator[Wall]:
    desks = ", ".join(f"'{flow.kind}:{state}'" for flow in FLOWS.values() for state in sorted(flow.signing))
    at_desk = f"SELECT 1 FROM case_file c WHERE c.id = NEW.case_id AND (c.kind || ':' || c.state) IN ({desks})"
    yield Wall("decision_at_signature", "decision", "INSERT", f"NOT EXISTS ({at_desk})")
    yield Wall("correction_of_upheld_item", "correction", "INSERT",
               "NOT EXISTS (SELECT 1 FROM decision_item d WHERE d.id = NEW.decision_item_id AND d.upheld)")
    edge = EDGE.format(kind="'record'", a="OLD.publication_state", s="NEW.last_step", b="NEW.publication_state")
    yield Wall("record_moves_along_an_edge", "credit_record", "UPDATE",
               f"NEW.publication_state <> OLD.publication_state AND NOT EXISTS ({edge})")
    version = "SELECT 1 FROM record_version v WHERE v.record_id = NEW.id AND v.version = NEW.version"
    yield Wall("record_version_is_written", "credit_record", "UPDATE",
               f"NEW.version <> OLD.version AND (NEW.version <> OLD.version + 1 OR NOT EXISTS ({version}))")
    yield Wall("record_stays", "credit_record", "DELETE", "1 = 1")
    yield Wall("number_grows_by_one", "number_counter", "UPDATE", "NEW.last <> OLD.last + 1")
    yield Wall("number_counter_stays", "number_counter", "DELETE", "1 = 1")


def _order_walls() -> Iterator[Wall]:
    edge = EDGE.format(kind="'order'", a="OLD.state", s="NEW.last_step", b="NEW.state")
    yield Wall("order_begins_as_proposal", "record_order", "INSERT", "NEW.state <> 'proposed'")
    yield Wall("order_moves_along_an_edge", "record_order", "UPDATE",
               f"NEW.state <> OLD.state AND NOT EXISTS ({edge})")
    kept = "record_id step org_id version organ doc_no reason sha256 proposed_by proposed_at".split()
    rewritten = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in kept)
    yield Wall("order_keeps_its_words", "record_order", "UPDATE", rewritten)
    yield Wall("order_stays", "record_order", "DELETE", "1 = 1")
    behind = ("SELECT 1 FROM record_order o WHERE o.id = NEW.order_id AND o.state = 'carried_out'"
              " AND o.record_id = NEW.record_id")  # fmt: skip
    yield Wall("event_by_an_order_carried_out", "record_event", "INSERT",
               f"NEW.order_id IS NOT NULL AND NOT EXISTS ({behind} AND o.step = NEW.step)")
    yield Wall("version_by_an_order_carried_out", "record_version", "INSERT",
               f"NEW.order_id IS NOT NULL AND NOT EXISTS ({behind} AND o.step = 'correct')")
    shield = ("SELECT 1 FROM case_event e JOIN case_item i ON i.case_id = e.case_id"
              " WHERE i.record_id = NEW.record_id AND e.step = 'shield_for_restructuring'")  # signed by a leader
    yield Wall("suspended_on_somebodys_order", "record_event", "INSERT",
               "NEW.step IN ('suspend_by_order', 'resume') AND NEW.order_id IS NULL AND NEW.decision_id IS NULL"
               f" AND NOT EXISTS ({shield})")
    yield Wall("statement_keeps_its_words", "record_statement", "UPDATE",
               "NEW.words <> OLD.words OR NEW.record_id <> OLD.record_id OR NEW.filed_by <> OLD.filed_by")


def _role_walls() -> Iterator[Wall]:
    other = ("SELECT 1 FROM membership m WHERE m.user_id = NEW.user_id AND m.id <> NEW.id"
             " AND (m.valid_to IS NULL OR m.valid_to > NEW.valid_from)"
             " AND (NEW.valid_to IS NULL OR NEW.valid_to > m.valid_from)")  # fmt: skip
    mixed = f"(NEW.role = 'ADM' AND EXISTS ({other} AND m.role <> 'ADM'))"
    mixed += f" OR (NEW.role <> 'ADM' AND EXISTS ({other} AND m.role = 'ADM'))"
    yield Wall("administrator_has_no_business_role", "membership", "INSERT", mixed)
    yield Wall("administrator_keeps_no_business_role", "membership", "UPDATE", mixed)
    kept = "number from_id role org_id to_id valid_from valid_to ground granted_by granted_at".split()
    rewritten = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in kept)
    yield Wall("delegation_is_only_revoked", "delegation", "UPDATE", f"OLD.revoked_at IS NOT NULL OR {rewritten}")
    yield Wall("delegation_stays", "delegation", "DELETE", "1 = 1")


def walls() -> list[Wall]:
    """Every wall; one source for both engines and for the check."""
    history = [Wall(f"{table}_never_{act.lower()}", table, act, "1 = 1")
               for table in APPEND_ONLY for act in ("UPDATE", "DELETE")]  # fmt: skip
    return [*_case_walls(), *_decision_walls(), *_order_walls(), *_role_walls(), *history]


def _sqlite(wall: Wall) -> Iterator[str]:
    yield f"DROP TRIGGER IF EXISTS wall_{wall.name}"
    yield (f"CREATE TRIGGER wall_{wall.name} BEFORE {wall.when} ON {wall.table} FOR EACH ROW"
           f" WHEN {wall.condition} BEGIN SELECT RAISE(ABORT, 'wall {wall.name}'); END")  # fmt: skip


def _postgresql(wall: Wall) -> Iterator[str]:
    yield (f"CREATE OR REPLACE FUNCTION wall_{wall.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
           f" IF {wall.condition} THEN RAISE EXCEPTION 'wall {wall.name}' USING ERRCODE = '23514'; END IF;"
           f" IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$")  # fmt: skip
    yield f"DROP TRIGGER IF EXISTS wall_{wall.name} ON {wall.table}"
    yield (f"CREATE TRIGGER wall_{wall.name} BEFORE {wall.when} ON {wall.table}"
           f" FOR EACH ROW EXECUTE FUNCTION wall_{wall.name}()")  # fmt: skip


def _rights(role: str) -> Iterator[str]:
    """PostgreSQL: the application's role may not touch history and may not change tables."""
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}"
    yield f"REVOKE UPDATE, DELETE ON {', '.join(APPEND_ONLY)} FROM {role}"
    yield f"REVOKE INSERT ON state_edge FROM {role}"
    yield f"REVOKE DELETE ON case_file, credit_record, number_counter FROM {role}"


def edges() -> set[tuple[str, str, str, str]]:
    """(kind, source, step, target) of all flows."""
    return {(flow.kind, *edge) for flow in (*FLOWS.values(), PUBLICATION, ORDER) for edge in flow.edges}


def install(engine: Engine, app_role: str | None = None) -> None:
    """Write edges and triggers anew; needs the owner's rights. Called after every migration."""
    with engine.begin() as connection:
        for wall in walls():
            if wall.table == "state_edge":
                _drop(connection, wall)
        connection.execute(delete(StateEdge))
        names = ("kind", "source", "step", "target")
        rows = [dict(zip(names, edge, strict=True)) for edge in sorted(edges())]
        connection.execute(insert(StateEdge), rows)
        statements = _sqlite if engine.dialect.name == "sqlite" else _postgresql
        for wall in walls():
            for statement in statements(wall):
                connection.execute(text(statement.replace(":", "\\:")))
        if app_role and engine.dialect.name == "postgresql":
            for statement in _rights(app_role):
                connection.execute(text(statement))


def _drop(connection: Connection, wall: Wall) -> None:
    table = f" ON {wall.table}" if connection.dialect.name == "postgresql" else ""
    connection.execute(text(f"DROP TRIGGER IF EXISTS wall_{wall.name}{table}"))


def check(engine: Engine) -> list[str]:
    """What is missing of the walls, in words; empty when all stand."""
    if "state_edge" not in inspect(engine).get_table_names():
        return ["table state_edge is missing"]
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if engine.dialect.name == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    with engine.connect() as connection:
        standing = set(connection.execute(text(query)).scalars())
        found = {tuple(row) for row in connection.execute(text("SELECT kind, source, step, target FROM state_edge"))}
    missing = [f"trigger wall_{wall.name} is missing" for wall in walls() if f"wall_{wall.name}"[:63] not in standing]
    return missing + (["table state_edge differs from the flows"] if found != edges() else [])
