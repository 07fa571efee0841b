"""`./xinfu story complaint`: a complaint without account, to the signed reply, the remedy, the review and its end."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from scripts.storytelling import SHANGHAI, Broken, Story, form_with
from scripts.visitor import Visitor

UNIT = "鄂托克前旗市场监督管理局"
SAID = "市场监督管理局窗口10月12日以代办名义收取信用修复费用500元，要求退还。"
NAME, PHONE = "演示投诉人", "13712345678"


def tell(story: Story, out: Path) -> Path:
    """The whole story; the path of the signed reply as PDF."""
    guest = story.guest()
    code = file_complaint(story, guest)
    handle(story)
    reply = the_letter(story, "officer1", "诉复", out)
    put_right(story)
    today = datetime.now(UTC).astimezone(SHANGHAI).date().isoformat()
    story.step("intake1", "serve", method="direct", served_on=today, proof="送达回证（演示）")
    page = guest.send(guest.get("/progress"), form_with(guest.get("/progress"), "code"), number=story.number, code=code)
    story.expect(page, 200, "following the complaint")
    if "已送达" not in page.text:
        raise Broken(f"the code does not lead to the complaint: {page.text[-400:]}")
    story.say("anybody", "follows it by number and query code; asks for a review")
    ask = guest.send(page, page.form("/request_review"))
    after = guest.send(ask, form_with(ask, "reason"), reason="没有写明款项如何退还。")
    story.expect(after, 200, "asking for a review")
    review(story)
    return reply


def file_complaint(story: Story, guest: Visitor) -> str:
    """Somebody says what happened, here without an account; the query code he is given."""
    page = guest.get("/file/complaint")
    form = form_with(page, "scope")
    unit = next((value for value, label in page.choices("respondent") if label.strip() == UNIT), None)
    if unit is None:
        raise Broken(f"{UNIT} cannot be complained of")
    page = guest.send(page, form, scope="C06", respondent=unit, statement=SAID, happened_on="2026-10-12")
    story.expect(page, 200, "what happened")
    key = page.url.rstrip("/").split("/")[-2]
    page = guest.get(f"/file/complaint/{key}/contact")
    page = guest.send(page, form_with(page, "contact_name"), contact_name=NAME, contact_phone=PHONE)
    story.expect(page, 200, "how to be reached")
    page = guest.send(page, form_with(page, "version"))
    story.expect(page, 200, "submitting")
    words = page.text.split()
    story.number = next((word for word in words if word.startswith("TS")), "")
    if not story.number:
        raise Broken(f"no number on the receipt: {page.text[-400:]}")
    story.say("somebody", f"complains          {story.number} about {UNIT}, without an account")
    return next(word for word in words if len(word) == 8 and word.isalnum() and word.isascii() and word.isupper())


def handle(story: Story) -> None:
    """The office accepts, asks the unit, drafts, reviews and signs; the unit sees its questions and nothing else."""
    story.step("intake1", "accept")
    story.step("head1", "assign", handler_id=option(story, "head1", "assign", "handler_id"))
    unit = option(story, "officer1", "require_answer", "unit_id", UNIT)
    story.step("officer1", "require_answer", unit_id=unit, questions="10月窗口是否收费？")
    _at_the_unit(story, "market.dr1", "/unit-matters/questions/", answer="收过500元，系聘用人员所为。")
    for who in ("market.dr1", "market.dh1"):
        seen = story.visitor(who).get(f"/cases/{story.number}")
        if seen.status != 404 or NAME in seen.text or SAID in seen.text:
            raise Broken(f"{who} of the unit complained of sees the complaint")
    story.say("market", "answers its questions; the complaint itself stays closed to it")
    story.step("officer1", "draft_reply", facts_found="窗口聘用人员收取500元，未入账。", verdict="established",
               measures="责令退款，清退人员。", reason="信用修复不收取任何费用。")  # fmt: skip
    story.step("head1", "endorse")
    story.step("leader1", "sign")
    story.step("intake1", "seal", seal_no="演示用印-101")


def put_right(story: Story) -> None:
    """What was wrong is ordered to be put right, reported by the unit, and accepted."""
    until = (datetime.now(UTC) + timedelta(days=20)).astimezone(SHANGHAI).date().isoformat()
    unit = option(story, "head1", "order_rectification", "unit_id", UNIT)
    story.step("head1", "order_rectification", unit_id=unit, demand="退还500元；清退违规人员。", until=until)
    _at_the_unit(story, "market.dh1", "/unit-matters/orders/", evidence="已退款，附凭证。")
    story.step("head1", "accept_rectification",
               rectification_id=option(story, "head1", "accept_rectification", "rectification_id"))  # fmt: skip


def review(story: Story) -> None:
    """Another organisation, other people."""
    story.step("banner.dr1", "draft_review", facts_found="款项已退，有凭证。", review_result="maintain",
               reason="处理适当。")  # fmt: skip
    story.step("banner.dh1", "review_done", seal_no="演示府印-7")
    today = datetime.now(UTC).astimezone(SHANGHAI).date().isoformat()
    story.step("intake1", "serve_review", method="direct", served_on=today, proof="送达回证（演示）")


def option(story: Story, who: str, step: str, name: str, wanted: str = "") -> str:
    """What a step's page offers under this name: the wanted one, else the first."""
    found = [value for value, label in offered(story, who, step, name) if label.startswith(wanted)]
    if not found:
        raise Broken(f"{step}: nothing to choose for {name}")
    return found[0]


def offered(story: Story, who: str, step: str, name: str) -> list[tuple[str, str]]:
    """(value, label) of everything a step's page offers under this name."""
    page = story.visitor(who).get(f"/cases/{story.number}/{step}")
    return [(value, label.strip()) for value, label in page.choices(name) if value]


def _at_the_unit(story: Story, who: str, where: str, **said: str) -> None:
    """Somebody of the unit opens what came for it, and answers."""
    visitor = story.visitor(who)
    href = next((one for one, label in visitor.get("/unit-matters").links
                 if where in one and label.strip() == story.number), None)  # fmt: skip
    if href is None:
        raise Broken(f"{who} finds nothing under unit matters")
    page = visitor.get(href)
    after = visitor.send(page, form_with(page, next(iter(said))), **said)
    story.expect(after, 200, f"{who} answers")
    story.say(who, f"{next(iter(said)):<16} {story.number}")


def the_letter(story: Story, who: str, word: str, out: Path) -> Path:
    """The letter whose number carries this word, kept as PDF."""
    page = story.visitor(who).get(f"/cases/{story.number}")
    for href in dict.fromkeys(href for href, _ in page.links if href.endswith(".pdf")):
        letter = story.visitor(who).get(href)
        if letter.status == 200 and word in letter.disposition:
            story.say(who, f"letter {href.rpartition('/')[2]:<10} {letter.status} {len(letter.body)} bytes")
            kept = out / f"{story.number}.pdf"
            kept.write_bytes(letter.body)
            return kept
    raise Broken("the signed reply is not among the letters")
