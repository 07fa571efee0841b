"""Brings a demonstration to life over HTTP: cases at each stage, so that every page has something to show."""

import io
import json
import secrets
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw

from scripts.demo import PASSWORD
from scripts.visitor import Form, Page, Visitor

ORGANISATIONS = Path(__file__).parent.parent / "data" / "demo_orgs.json"
APPLICANT = "chengmao"
GROUNDS = ("G01", "G02", "G03", "G07", "G08", "G09", "G10", "G11", "G12", "G13")
SAID = "违法行为类型与决定书原文不一致，系录入错误。请核对原件后更正。"
RIGHT = ("未按规定悬挂标识", "未按规定设置经营场所标识", "经营场所标识不规范")  # in turn: a value is corrected once
STAGES = ("executed", "awaiting_signoff", "head_review", "office_review", "dept_review", "dept_verifying", "accepted",
          "awaiting_materials", "submitted")  # fmt: skip


class Stuck(Exception):
    """A page answered otherwise than it should; the text says which."""


class Town:
    """The people of the demonstration, each at a browser of their own."""

    def __init__(self, base: str) -> None:
        self.base, self.people, self.department = base, {}, ""  # type: ignore[var-annotated]
        self.signed = 0

    def visitor(self, username: str) -> Visitor:
        """Somebody, signed in."""
        if username not in self.people:
            visitor = Visitor(self.base)
            page = visitor.get("/sign-in")
            _well(visitor.send(page, page.form("sign-in"), login=username, password=PASSWORD))
            self.people[username] = visitor
        return self.people[username]

    def begin(self, ground: str) -> str:
        """A draft with one point on this ground; its key."""
        visitor = self.visitor(APPLICANT)
        page = _well(visitor.get("/file/objection"))
        key = visitor.send(page, _asking(page, "subject")).url.rpartition("/")[2]
        page = _well(visitor.get(f"/drafts/{key}/record"))
        record = next(href for href, _ in page.links if "record=" in href)
        self._answers_for(visitor.get("/records/" + record.partition("record=")[2]))
        page = _well(visitor.get(record))
        point = {"field": "violation_type", "ground": ground, "claim": "录入有误，以原件为准"}
        _well(visitor.send(page, _asking(page, "ground"), **point))
        for part, said in (("statement", {"statement": SAID}), ("contact", {"contact_phone": "13900000001"})):
            page = visitor.get(f"/drafts/{key}/{part}")
            _well(visitor.send(page, _asking(page, next(iter(said))), **said))
        page = visitor.get(f"/drafts/{key}/files")
        _well(visitor.send(page, _asking(page, "slot"), {"file": ("处罚决定书.png", picture())}, slot="proof"))
        return key

    def _answers_for(self, page: Page) -> None:
        """Remember whose record it is: that department will be asked."""
        told = json.loads(ORGANISATIONS.read_text(encoding="utf-8"))
        self.department = next(one["key"] for one in told if one["kind"] == "department" and one["name"] in page.text)

    def step(self, who: str, number: str, step: str, **facts: str) -> str:
        """Take a step through its page; the case's number afterwards. Facts without a point's id go to every point."""
        visitor = self.visitor(who)
        page = _well(visitor.get(f"/cases/{number}/{step}"))
        form = next((one for one in page.forms if one.action.endswith(f"/{step}")), None)
        if form is None:
            raise Stuck(f"{who} {step}: {page.text[-600:]}")
        for name in list(facts):
            if name not in form.values and name not in form.options:
                value = facts.pop(name)
                known = {*form.values, *form.options}
                facts |= {one: value for one in known if one.startswith(f"{name}_")}
        after = _well(visitor.send(page, form, **facts))
        if after.url.endswith(f"/{step}"):
            raise Stuck(f"{who} {step}: {after.text[-400:]}")
        return after.url.rpartition("/")[2]

    def walk(self, stage: str, ground: str) -> str:
        """A new case, brought to a stage."""
        number = self.step(APPLICANT, self.begin(ground), "submit")
        if stage == "awaiting_materials":
            return self.step("intake1", number, "request_completion", name_1="营业执照副本", requirement_1="加盖公章",
                             name_2="授权委托书")  # fmt: skip
        for state, who, step, facts in self._way():
            if state == stage:
                break
            number = self.step(who, number, step, **facts)
            self.signed += step == "sign"
        return number

    def _way(self) -> list[tuple[str, str, str, dict[str, str]]]:
        right = RIGHT[self.signed % len(RIGHT)]
        found = {"finding": "MODIFY", "value": right, "facts_found": "经核对决定书原文，记录录入有误。"}
        drafted = {"result": "O1_correct", "value": right, "facts_found": "经部门核查，录入有误。",
                   "reason": "记录与生效决定书不一致，应予更正。"}  # fmt: skip
        return [
            ("submitted", "intake1", "accept", {}), ("accepted", "officer1", "dispatch", {}),
            ("dept_verifying", f"{self.department}.dr2", "report", found),
            ("dept_review", f"{self.department}.dh1", "approve_report", {"opinion": "同意核查意见。"}),
            ("office_review", "officer1", "propose", drafted),
            ("head_review", "head1", "endorse", {"opinion": "同意。"}),
            ("awaiting_signoff", "leader1", "sign", {}),
        ]  # fmt: skip


def cases(town: Town) -> dict[str, str]:
    """One case at each stage, and a draft; numbers by stage."""
    made = {stage: town.walk(stage, ground) for stage, ground in zip(STAGES, GROUNDS, strict=False)}
    made["served"] = _served(town)
    made["draft"] = town.begin(GROUNDS[len(STAGES)])
    return made


def case_pages(town: Town, made: dict[str, str]) -> list[tuple[str, str, str, str]]:
    """(group, who, path, kind) of each stage's case page for both sides, and of each step's page there."""
    reviewer, chief = f"{town.department}.dr2", f"{town.department}.dh1"
    desks = (
        ("awaiting_materials", "clerk", "intake1", "extend_completion"), ("awaiting_materials", "applicant", APPLICANT,
        "supply"), ("submitted", "clerk", "intake2", "accept request_completion propose_refusal transfer_out"),
        ("submitted", "applicant", APPLICANT, "withdraw"),
        ("accepted", "officer", "officer1", "dispatch self_check_done"),
        ("dept_verifying", "department", reviewer, "report return_misrouted"),
        ("dept_verifying", "department-head", chief, "extend"), ("dept_verifying", "head", "head1", "suspend"),
        ("dept_verifying", "applicant", APPLICANT, ""), ("dept_review", "department-head", chief,
        "approve_report return_report"), ("office_review", "officer", "officer1", "propose source_revoked"),
        ("office_review", "head", "head1", "send_back"), ("head_review", "head", "head1", "endorse return_draft"),
        ("awaiting_signoff", "leader", "leader1", "sign reject_draft"), ("executed", "clerk", "intake1", "seal"),
        ("executed", "publisher", "publisher1", "confirm_publication"), ("served", "applicant", APPLICANT, ""),
        ("served", "auditor", "auditor1", ""),
    )  # fmt: skip
    found = [("applicant", APPLICANT, f"/cases/{made['draft']}/discard", "/cases/#/discard")]
    for stage, group, who, steps in desks:
        found.append((group, who, f"/cases/{made[stage]}", f"/cases/# {stage}"))
        found += [(group, who, f"/cases/{made[stage]}/{step}", f"/cases/#/{step}") for step in steps.split()]
    found.append(("applicant", APPLICANT, f"/cases/{made['submitted']}/add", "/cases/#/add"))
    return found


def _served(town: Town) -> str:
    """The last of the signed cases, sealed and served."""
    number = town.walk("executed", "G04")
    town.step("intake1", number, "seal", seal_no=f"演示-{secrets.token_hex(2)}")
    today = datetime.now(UTC).astimezone(ZoneInfo("Asia/Shanghai")).date().isoformat()
    return town.step("intake1", number, "serve", method="direct", served_on=today, proof="送达回证")


def picture() -> bytes:
    """A scanned page of invented lines."""
    page = Image.new("RGB", (900, 1270), "#fdfcf8")
    pen = ImageDraw.Draw(page)
    for y in range(150, 1100, 44):
        pen.line((100, y, 800 if y % 5 else 560, y), fill="#8a8a86", width=3)
    kept = io.BytesIO()
    page.save(kept, "PNG")
    return kept.getvalue()


def _well(page: Page) -> Page:
    if page.status != 200:
        raise Stuck(f"{page.status} at {page.url}: {page.text[-400:]}")
    return page


def _asking(page: Page, name: str) -> Form:
    for form in page.forms:
        if name in form.values or name in form.options:
            return form
    raise Stuck(f"{page.url}: no form asks for {name!r}")
