"""What reports, result slips and certificates say: facts out of records and checks, in the Chinese of documents."""

from collections.abc import Iterable, Sequence
from typing import Any

from models.base import db
from models.checking import CheckOrder, CheckRow
from models.organisation import Org
from models.subject import IdType, Subject, SubjectKind
from services import receipts, recordface, records
from services.checkrows import VERDICTS
from services.dossier import title_of
from services.records import Shown
from services.slips import standing
from standards.categories import CATEGORIES
from standards.masking import Audience, mask_id_office, mask_id_public, mask_name

LISTED = 200  # lines a result slip prints; the table has them all
DISPUTED, REPAIRING = "▲异议处理中", "△信用修复办理中"
LEGEND = [f"{DISPUTED}：信用主体已提出异议，正在核查，请慎重使用。", f"{REPAIRING}：信用主体已申请信用修复，正在办理。"]
DISCLAIMER = "本文书只反映所载时点本平台归集的信息，此后可能变化，以扫码核验的现行状态为准；仅供所载用途使用。"
NOTHING = [{"title": "记录", "value": "没有可以提供的记录"}]
OWN_PURPOSE = "信用主体查询本人（本单位）信用信息"


def subject_code(subject: Subject, audience: Audience) -> str:
    """A subject's code as a document may print it for this reader."""
    if subject.id_no is None:
        return subject.uscc or "（未登记）"
    return mask_id_public(subject.id_no) if audience is Audience.PUBLIC else mask_id_office(subject.id_no)


def subject_name(subject: Subject, audience: Audience) -> str:
    """A subject's name; a natural person's is starred for the public."""
    return mask_name(subject.name) if audience is Audience.PUBLIC and subject.natural else subject.name


def report(subject: Subject, found: Sequence[Shown], asked_by: str, purpose: str, audience: Audience) -> dict[str, Any]:
    """D25: everything that may be shown of a subject, by category."""
    title = IdType(subject.id_type).label.zh if subject.id_type else "统一社会信用代码"
    facts = [("名称", subject_name(subject, audience)), (title, subject_code(subject, audience)),
             ("主体类型", SubjectKind(subject.kind).label.zh)]  # fmt: skip
    if subject.legal_rep_name and not subject.natural:
        facts.append(("法定代表人", subject.legal_rep_name))
    return {
        "asked_by": asked_by, "purpose": purpose, "disclaimer": DISCLAIMER, "legend": LEGEND,
        "subject": _rows(facts), "summary": _rows(_counts(map(_brief, found))) or NOTHING,
        "sections": [{"category": CATEGORIES[code].label.zh, "entries": [_entry(one) for one in group]}
                     for code, group in _by_category(found)],
    }  # fmt: skip


def _rows(facts: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"title": title, "value": value} for title, value in facts]


def _by_category(found: Sequence[Shown]) -> list[tuple[str, list[Shown]]]:
    codes = dict.fromkeys(one.record.category for one in found)
    return [(code, [one for one in found if one.record.category == code]) for code in codes]


def _brief(one: Shown) -> dict[str, Any]:
    return {"category": one.record.category, "marked": one.marked}


def _counts(found: Iterable[dict[str, Any]]) -> list[tuple[str, str]]:
    """(category, how many and how many in dispute) of what was shown."""
    counted: dict[str, list[int]] = {}
    for one in found:
        number = counted.setdefault(one["category"], [0, 0])
        number[0] += 1
        number[1] += bool(one["marked"])
    return [(CATEGORIES[code].label.zh, f"{count}条" + (f"，其中{marked}条{DISPUTED}" if marked else ""))
            for code, (count, marked) in counted.items()]  # fmt: skip


def _entry(one: Shown) -> dict[str, Any]:
    face = recordface.of(one)
    marks = [DISPUTED] * face.in_dispute + [REPAIRING] * face.in_repair
    marks += [recordface.OUTCOMES[face.outcome].zh] if face.outcome else []
    facts = [("认定单位", one.authority), ("决定日期", one.record.decision_date.isoformat()), ("状态", one.state.zh)]
    beside = [f"信用主体声明：{face.statement}"] if face.statement else []
    beside += [f"异议内容：{note.statement}\n核查情况：{note.checked}" for note in records.notes(one)]
    shown = [(field.zh, text) for field, text in one.fields]
    return {"title": one.record.doc_no, "marks": marks, "rows": _rows(facts + shown), "beside": beside}


def certificate(one: Shown, asked_by: str, purpose: str) -> dict[str, Any]:
    """D25S: how one record stands."""
    record = one.record
    details = [f"该记录现为第{record.version}版" + ("，已经更正。" if record.version > 1 else "。")]
    if record.publish_max_until:
        day = record.publish_max_until
        details.append(f"公示截止期为{day.year}年{day.month}月{day.day}日。")
    details += ["信用主体已提出异议，正在核查。"] * one.marked + ["信用主体已申请信用修复，正在办理。"] * one.repairing
    return {
        "asked_by": asked_by, "purpose": purpose, "disclaimer": DISCLAIMER, "standing": standing(one).zh,
        "subject_name": one.name, "subject_code": subject_code(one.subject, one.audience),
        "record": title_of(record.category, record.doc_no), "authority": one.authority, "details": details,
    }  # fmt: skip


def result(order: CheckOrder, rows: Sequence[CheckRow]) -> dict[str, Any]:
    """D26: what a check found, subject by subject."""
    hits = [one for row in rows for one in row.shown.get("records", [])]
    told = sum(bool(row.shown.get("records")) for row in rows)
    counted = [(VERDICTS[code].zh, f"{number}户") for code in VERDICTS
               if (number := sum(row.verdict == code for row in rows))]  # fmt: skip
    printed = rows if len(rows) <= LISTED else [row for row in rows if _worth(row)][:LISTED]
    left = len(rows) - len(printed)
    return {
        "asked_by": db.session.get_one(Org, order.org_id).name, "asking_unit": order.asking_unit,
        "purpose": receipts.purpose_title(order.purpose).zh, "matter": order.matter, "disclaimer": DISCLAIMER,
        "consent": f"已提供（SHA-256：{order.consent_sha256}）" if order.consent_sha256 else "未提供", "legend": LEGEND,
        "summary": _rows([("核查主体", f"{len(rows)}户"), *counted, ("有记录的主体", f"{told}户"), *_counts(hits)]),
        "lines": [_line(row) for row in printed or rows[:1]], "stated_at": order.done_at,
        "omitted": f"其余{left}户没有记录或者未在此列出，逐户结果见同批结果表。" if left else None,
    }  # fmt: skip


def _worth(row: CheckRow) -> bool:
    return bool(row.shown.get("records")) or row.verdict != "found"


def _line(row: CheckRow) -> dict[str, Any]:
    counts = [f"{title}{said}" for title, said in _counts(row.shown.get("records", []))]
    nothing = "没有可以提供的记录" if row.subject_id else (row.said.get("zh") or "未核查")
    return {"row": row.row, "name": row.name or row.shown.get("name") or "（未填）", "code": row.code or "（未填）",
            "verdict": VERDICTS[row.verdict].zh, "hits": "；".join(counts) or nothing}  # fmt: skip

