"""`./xinfu story KIND`: all its people over HTTP, line by line, to a signed PDF and what follows from it."""

import argparse
import io
import json
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from scripts import story_complaint, story_repair
from scripts.storytelling import SHANGHAI, Broken, Story, form_with
from scripts.visitor import Missing, Page, Visitor

ORGANISATIONS = Path(__file__).parent.parent / "data" / "demo_orgs.json"
APPLICANT = "chengmao"
# the record is corrected to what it does not say yet
RIGHT = ("经营场所标识不规范", "未按规定悬挂标识", "未按规定设置标识")


def file_objection(story: Story) -> None:
    """The enterprise chooses a published record, says what is wrong, and submits."""
    visitor = story.visitor(APPLICANT)
    page = visitor.get("/file/objection")
    tasks = visitor.send(page, form_with(page, "subject"))
    key = tasks.url.rstrip("/").rpartition("/")[2]
    while left := [form for form in tasks.forms if form.action.endswith("/remove") and "/points/" in form.action]:
        tasks = visitor.send(tasks, left[0])  # of a story broken off before
    page = _choose_record(story, visitor, key)
    claim = f"{story.right}（以原始文书为准）"
    page = visitor.send(page, form_with(page, "ground"), field="violation_type", ground="G01", claim=claim)
    story.expect(page, 200, "the point")
    page = visitor.get(f"/drafts/{key}/statement")
    said = "违法行为类型与决定书原文不一致，系录入错误，请核对更正。"
    visitor.send(page, form_with(page, "statement"), statement=said)
    page = visitor.get(f"/drafts/{key}/files")
    form = next(one for one in page.forms if one.multipart)
    kind = {"slot": "proof"} if "slot" in form.options else {}
    sent = visitor.send(page, form, {"file": ("决定书照片.png", _picture())}, **kind)
    story.expect(sent, 200, "handing in a photograph")
    page = visitor.get(f"/drafts/{key}/contact")
    visitor.send(page, form_with(page, "contact_name"), contact_name="演示甲", contact_phone="13800000000")
    page = visitor.get(f"/drafts/{key}/check")
    after = visitor.send(page, page.form("/submit"))
    story.expect(after, 200, "submitting")
    story.number = after.url.rstrip("/").rpartition("/")[2]
    if not story.number.startswith("YB"):
        raise Broken(f"submitting: {after.text[-600:]}")
    story.say(APPLICANT, f"submit           {story.number} on {story.title}")


def _choose_record(story: Story, visitor: Visitor, key: str) -> Page:
    """The first published record that carries no mark yet; its authority is the department to be asked."""
    page = visitor.get(f"/drafts/{key}/record")
    names = {one["name"]: one["key"] for one in json.loads(ORGANISATIONS.read_text()) if one["kind"] == "department"}
    for public_id in _offered(page):
        shown = visitor.get(f"/records/{public_id}")
        department = next((name for name in names if name in shown.text), None)
        if shown.status == 200 and department and "异议处理中" not in shown.text:
            story.record, story.department = public_id, names[department]
            story.right = next((one for one in RIGHT if one not in shown.text), "、".join(RIGHT))
            story.title = next((word for word in shown.text.split() if "〔" in word), public_id)
            return visitor.get(f"/drafts/{key}/points/new?record={public_id}")
    raise Broken("no published record without a mark is left to object to")


def _offered(page: Page) -> list[str]:
    """Public ids of the records the page offers, by form or by link."""
    by_form = [one for form in page.forms for one in form.options.get("record", [])]
    return by_form or [href.partition("record=")[2] for href, _ in page.links if "record=" in href]


def _picture() -> bytes:
    """A picture of an empty page."""
    kept = io.BytesIO()
    Image.new("RGB", (600, 850), "white").save(kept, "PNG")
    return kept.getvalue()


def handle(story: Story) -> None:
    """The office accepts, the department verifies, the office decides, the leader signs, the clerk serves."""
    story.step("intake1", "accept")
    marked = story.guest().get(f"/records/{story.record}")
    if "异议" not in marked.text:
        raise Broken("the record carries no dispute mark after acceptance")
    story.say("public", "sees the record with its dispute mark")
    department = _option(story, "officer1", "dispatch", "department_id")
    story.step("officer1", "dispatch", department_id=department)
    reviewer = _reviewer(story)
    story.step(reviewer, "report", **_per_point(story, reviewer, "report", "finding", "MODIFY"),
               facts_found="经核对决定书原文，违法行为类型录入有误。")  # fmt: skip
    story.step(f"{story.department}.dh1", "approve_report")
    story.step("officer1", "propose", **_per_point(story, "officer1", "propose", "result", "O1_correct"),
               facts_found="部门核查属实，记录与决定书原文不一致。", reason="记录与事实不符，应予更正。")  # fmt: skip
    story.step("head1", "endorse")
    story.step("leader1", "sign")
    story.step("intake1", "seal", seal_no="演示用印-001")
    today = datetime.now(UTC).astimezone(SHANGHAI).date().isoformat()
    story.step("intake1", "serve", method="direct", served_on=today, proof="送达回证（演示）")


def _reviewer(story: Story) -> str:
    """An officer of the department who did not import the record himself (P2)."""
    for who in (f"{story.department}.dr1", f"{story.department}.dr2"):
        page = story.visitor(who).get(f"/cases/{story.number}/report")
        if any(form.action.endswith("/report") for form in page.forms):
            return who
        story.say(who, "may not verify what he imported; a colleague does")
    raise Broken("nobody at the department may verify the record")


def _option(story: Story, who: str, step: str, name: str) -> str:
    """The option of a select whose department is the one that made the record."""
    page = story.visitor(who).get(f"/cases/{story.number}/{step}")
    wanted = next(one["name"] for one in json.loads(ORGANISATIONS.read_text()) if one["key"] == story.department)
    chosen = [value for value, label in page.choices(name) if label.strip() == wanted]
    if not chosen:
        raise Broken(f"{step}: {wanted} is not offered")
    return chosen[0]


def _per_point(story: Story, who: str, step: str, code: str, value: str) -> dict[str, str]:
    """The same answer for each point the form shows."""
    page = story.visitor(who).get(f"/cases/{story.number}/{step}")
    form = page.form(f"/{step}")
    points = [name.partition("_")[2] for name in form.options if name.startswith(f"{code}_")]
    answers = {f"{code}_{point}": value for point in points}
    return answers | {f"value_{point}": story.right for point in points}


def look_back(story: Story, out: Path) -> Path:
    """What the public and the applicant see at the end; the path of the decision as PDF."""
    shown = story.guest().get(f"/records/{story.record}")
    story.expect(shown, 200, "the public record")
    if "异议处理中" in shown.text or story.right not in shown.text:
        raise Broken("the record does not show the correction without a mark")
    story.say("public", "reads the corrected record; the mark is gone")
    page = story.visitor(APPLICANT).get(f"/cases/{story.number}")
    for href in dict.fromkeys(href for href, _ in page.links if href.endswith(".pdf")):
        letter = story.visitor(APPLICANT).get(href)
        story.say(APPLICANT, f"letter {href.rpartition('/')[2]:<10} {letter.status} {len(letter.body)} bytes")
        if letter.status == 200 and "异决" in letter.disposition:
            kept = out / f"{story.number}.pdf"
            kept.write_bytes(letter.body)
            return kept
    raise Broken("the applicant finds no decision among the letters")


def tell(story: Story, out: Path) -> Path:
    """An objection from its filing to the corrected record; the path of the decision as PDF."""
    file_objection(story)
    handle(story)
    return look_back(story, out)


TOLD = {"objection": tell, "complaint": story_complaint.tell, "repair": story_repair.tell}


def main(arguments: list[str] | None = None) -> int:
    """0 told to the end, 1 broken, 2 wrongly called."""
    parser = argparse.ArgumentParser(prog="xinfu story")
    parser.add_argument("kind", choices=list(TOLD))
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--mode", choices=["credit_office", "authority"], default="credit_office")
    parser.add_argument("--data", help="accepted as by every command; the story itself only speaks HTTP")
    parser.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()))
    wanted = parser.parse_args(arguments)
    story = Story(wanted.url)
    try:
        mode = (wanted.mode,) if wanted.kind == "repair" else ()
        print(TOLD[wanted.kind](story, wanted.out, *mode))
    except (Broken, Missing) as broken:
        print(f"broken: {broken}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
