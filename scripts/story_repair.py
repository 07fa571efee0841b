"""`./xinfu story repair --mode …`: a repair over HTTP, from the pre-check to the decision and the archived record."""

import io
import json
import re
from pathlib import Path

from PIL import Image

from scripts.storytelling import Broken, Story, form_with
from scripts.visitor import Page

ORGANISATIONS = Path(__file__).parent.parent / "data" / "demo_orgs.json"
APPLICANTS = ("chengmao", "shengli")
OFFICE_DECIDES = "zone"  # in the demonstration the zone's own rules leave the decision to the credit office
CHECKED = ["competent", "conditions", "people", "papers"]


def tell(story: Story, out: Path, mode: str) -> Path:
    """The whole story in one mode; the path of the signed approval as PDF."""
    who, key = choose(story, mode)
    hand_in(story, who, key)
    verify(story, mode)
    decide(story)
    return look_back(story, who, out)


def choose(story: Story, mode: str) -> tuple[str, str]:
    """The first applicant with a record that can be repaired and whose authority decides as the mode says."""
    names = {one["name"]: one["key"] for one in json.loads(ORGANISATIONS.read_text())}
    for who in APPLICANTS:
        visitor = story.visitor(who)
        page = visitor.get("/file/repair")
        tasks = visitor.send(page, form_with(page, "subject"))
        story.expect(tasks, 200, f"{who} begins")
        while left := [one for one in tasks.forms if one.action.endswith("/remove")]:
            tasks = visitor.send(tasks, left[0])  # of a story broken off before
        key = tasks.url.rstrip("/").rpartition("/")[2]
        page = visitor.get(f"/repairs/{key}/records")
        for form in (one for one in page.forms if one.values.get("record")):
            if _chosen(story, page, form, names, mode):
                after = visitor.send(page, form)
                story.expect(after, 200, "choosing the record")
                return who, key
    raise Broken(f"no record of the demonstration can be repaired in mode {mode}")


def _chosen(story: Story, page: Page, form: object, names: dict[str, str], mode: str) -> bool:
    """Whether the record of this form is of the kind wanted, and can be repaired as the public pre-check says."""
    record = form.values["record"][0]  # type: ignore[attr-defined]
    shown = story.guest().get(f"/records/{record}")
    department = next(
        (key for name, key in names.items() if name in shown.text and key not in ("office", "banner")), ""
    )
    if shown.status != 200 or not department or (department == OFFICE_DECIDES) is not (mode == "credit_office"):
        return False
    title = next((word for word in shown.text.split() if "〔" in word), "")
    guest = story.guest()
    door = guest.get("/guide/which-door")
    told = guest.send(door, form_with(door, "doc_no"), wrong="no", conduct="no", performed="yes", doc_no=title)
    if "现在可以申请信用修复" not in told.text:
        return False
    story.record, story.department, story.title = record, department, title
    story.say("anybody", f"learns before login that {title} can be repaired now, with two papers")
    return True


def hand_in(story: Story, who: str, key: str) -> None:
    """Proof and commitment, then the filing."""
    visitor = story.visitor(who)
    tasks = visitor.get(f"/repairs/{key}")
    papers = next(href for href, _ in tasks.links if re.search(r"/records/\d+$", href))
    page = visitor.get(papers)
    page = visitor.send(page, form_with(page, "performed"), performed="处罚决定的义务已全部履行，并已整改。")
    page = visitor.get(papers)
    sent = visitor.send(page, page.form("/proof"), {"file": ("履行证明.png", _picture())})
    story.expect(sent, 200, "handing in the proof")
    page = visitor.get(papers)
    signed = visitor.send(page, page.form("/commitment"), signer="演示签署人", truthful="y", publication="y")
    story.expect(signed, 200, "signing the commitment")
    page = visitor.get(f"/repairs/{key}/contact")
    visitor.send(page, form_with(page, "contact_name"), contact_name="演示甲", contact_phone="13800000000")
    page = visitor.get(f"/repairs/{key}/check")
    after = visitor.send(page, page.form("/submit"))
    story.number = after.url.rstrip("/").rpartition("/")[2]
    if not story.number.startswith("XF"):
        raise Broken(f"submitting: {after.status} {after.text[-600:]}")
    story.say(who, f"submit           {story.number} on {story.title}")


def _picture() -> bytes:
    """A picture of an empty page."""
    kept = io.BytesIO()
    Image.new("RGB", (600, 850), "white").save(kept, "PNG")
    return kept.getvalue()


def verify(story: Story, mode: str) -> None:
    """The clerk forwards, the authority accepts, verifies, and decides or gives its opinion."""
    story.step("intake1", "forward")
    story.step(f"{story.department}.dr1", "accept")
    marked = story.guest().get(f"/records/{story.record}")
    if "信用修复办理中" not in marked.text:
        raise Broken("the record carries no mark after acceptance")
    story.say("public", "sees the record with its mark: repair pending")
    judge = reviewer(story)
    said = {"performed": "yes", "duty": "缴清罚款并整改", "proof": "缴款凭证、整改报告", "finding": "MET"}
    story.step(
        judge,
        "opinion",
        facts_found="经核查，处罚义务已履行完毕，违法行为已纠正。",
        **_per_record(story, judge, "opinion", said),
    )
    story.step(f"{story.department}.dh1", "approve" if mode == "authority" else "give_opinion")


def reviewer(story: Story) -> str:
    """An officer of the authority who did not import the record himself (P2)."""
    for who in (f"{story.department}.dr1", f"{story.department}.dr2"):
        page = story.visitor(who).get(f"/cases/{story.number}/opinion")
        if any(form.action.endswith("/opinion") for form in page.forms):
            return who
        story.say(who, "may not judge what he imported; a colleague does")
    raise Broken("nobody at the authority may verify the record")


def _per_record(story: Story, who: str, step: str, said: dict[str, str]) -> dict[str, str]:
    """The same answers for each record the form shows."""
    form = story.visitor(who).get(f"/cases/{story.number}/{step}").form(f"/{step}")
    points = {name.rpartition("_")[2] for name in form.options if name.rpartition("_")[2].isdigit()}
    return {f"{name}_{point}": value for point in points for name, value in said.items()}


def decide(story: Story) -> None:
    """The credit office checks and drafts, its head endorses, the leader signs."""
    said = _per_record(story, "officer1", "propose", {"result": "R1_repair"})
    story.step("officer1", "propose", facts_found="四项条件均已具备。", checked=CHECKED, **said)
    story.step("head1", "endorse")
    story.step("leader1", "sign")


def look_back(story: Story, who: str, out: Path) -> Path:
    """The public finds the record no more, its subject finds the decision; the path of its PDF."""
    if story.guest().get(f"/records/{story.record}").status != 404:
        raise Broken("the record is still shown to the public")
    story.say("public", "finds the record no more: it is archived")
    page = story.visitor(who).get(f"/cases/{story.number}")
    for href in dict.fromkeys(href for href, _ in page.links if href.endswith(".pdf")):
        letter = story.visitor(who).get(href)
        story.say(who, f"letter {href.rpartition('/')[2]:<10} {letter.status} {len(letter.body)} bytes")
        if letter.status == 200 and "修准" in letter.disposition:
            kept = out / f"{story.number}.pdf"
            kept.write_bytes(letter.body)
            return kept
    raise Broken("the applicant finds no decision among the letters")
