"""The rows every installation begins with: the default rule pack and the law it rests on. Safe to repeat."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from models.base import db
from models.rules import LegalArticle, LegalBasis, Rule, RulePack
from services import rules

DATA = Path(__file__).resolve().parent.parent / "data"
BASIS = ("code", "title", "title_en", "issued_no", "superseded_by", "governs", "tag")
LIMIT = ("limit", "n", "unit", "extend_n", "extend_max", "exclusions", "legal_max", "on_breach", "source", "article",
         "tag")  # fmt: skip


def load(now: dt.datetime | None = None) -> None:
    """Add what is missing of packs and law; what somebody confirmed or changed stays. `now` changes nothing."""
    for pack in read("rules.json")["packs"]:
        _load_pack(pack)
    known = set(db.session.execute(select(LegalBasis.code)).scalars())
    for basis in read("law.json"):
        if basis["code"] not in known:
            _load_basis(basis)
    db.session.flush()
    rules.forget()


def read(name: str) -> Any:
    """A file of data/ that is reviewed like code."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def _load_pack(pack: dict[str, Any]) -> None:
    same = select(RulePack.id).where(RulePack.code == pack["code"])
    known = list(db.session.execute(same).scalars())
    if not known:
        row = {name: pack[name] for name in ("code", "edition", "kind", "switches")}
        days = {"valid_from": _day(pack["valid_from"]), "valid_to": _day(pack.get("valid_to"))}
        made = insert(RulePack).values(**row, **days, category=pack.get("category", ""), stage=rules.APPROVED)
        known = [db.session.execute(made.returning(RulePack.id)).scalar_one()]
    for pack_id in known:
        _load_rules(pack_id, pack["rules"])


def _load_rules(pack_id: int, limits: list[dict[str, Any]]) -> None:
    """Limits that an older program did not know; one that is there stays as it was settled."""
    there = set(db.session.execute(select(Rule.limit).where(Rule.pack_id == pack_id)).scalars())
    for rule in limits:
        if rule["limit"] not in there:
            db.session.add(Rule(pack_id=pack_id, **{name: rule[name] for name in LIMIT if name in rule}))


def _load_basis(basis: dict[str, Any]) -> None:
    days = {"valid_from": _day(basis["valid_from"]), "valid_to": _day(basis["valid_to"])}
    row = LegalBasis(**{name: basis[name] for name in BASIS}, **days)
    db.session.add(row)
    db.session.flush()
    for article in basis["articles"]:
        said = {"article": article["article"], "gist": article["gist"]}
        db.session.add(LegalArticle(basis_id=row.id, valid_from=_day(article["valid_from"]), **said))


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
