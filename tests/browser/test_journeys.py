"""Whole journeys at a real browser, as people make them: on a phone, without script, by keyboard, in English."""

import io
import re

import pytest
from PIL import Image

from tests.builders_people import PASSWORD

pytestmark = pytest.mark.browser
HAN = re.compile(r"[\u4e00-\u9fff]")


def photograph() -> dict[str, object]:
    """A photograph as a telephone sends it."""
    kept = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(kept, "JPEG")
    return {"name": "决定书.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


class Counted:
    """A page that counts its screens and what is typed into it."""

    def __init__(self, page):
        self.page, self.screens, self.typed, self.inputs = page, 0, 0, 0

    def sees(self, words):
        """The next screen, by words of its heading."""
        assert words in self.page.inner_text("h1"), self.page.inner_text("main")[:600]
        assert self.page.locator("h1").count() == 1
        self.screens += 1

    def types(self, name, value):
        self.page.fill(f"[name={name}]", value)
        self.typed += 1
        self.inputs += 1

    def chooses(self, name, value):
        self.page.check(f"[name={name}][value='{value}']")
        self.inputs += 1

    def presses(self, words):
        self.page.click(f"main button:has-text('{words}'), main a:has-text('{words}')")


def test_an_objection_is_filed_on_a_phone_without_javascript(house, capsys):
    house.discard_draft()
    _, public_id = house.office.a_record(penalty_doc_no="鄂前市监罚〔2026〕99号")
    way = Counted(house.page("applicant", width=360, js=False))
    way.page.goto(house.address + "/file/objection")
    way.sees("提出异议")
    way.presses("开始填写")
    way.sees("填写异议申请")
    way.page.click("a[href$='/record']")
    way.sees("对哪条记录有异议")
    way.page.click(f"a[href$='record={public_id}']")
    way.sees("哪里不对")
    way.page.select_option("[name=field]", "fine_wan")
    way.inputs += 1
    way.chooses("ground", "G01")
    way.types("claim", "0.2")
    way.presses("保存并继续")
    way.sees("事实和理由")
    way.types("statement", "罚款应为0.2万元，平台写成了2万元。")
    way.presses("保存并继续")
    way.sees("证明材料")
    way.page.set_input_files("[name=file]", [photograph()])
    way.inputs += 1
    way.page.click("main button:has-text('上传')")
    way.sees("证明材料")
    assert "决定书.jpg" in way.page.inner_text("main")
    way.presses("填好了，继续")
    way.sees("核对并提交")
    assert "0.2" in way.page.inner_text("main")
    way.presses("提交异议申请")
    way.sees("异议申请")
    text = way.page.inner_text("main")
    assert "异议申请已提交" in text and re.search(r"YB\d{14}", text) and re.search(r"\b[A-Z0-9]{8}\b", text)
    with capsys.disabled():
        print(f"\n  filing on a phone: {way.screens} screens, {way.inputs} inputs, {way.typed} of them typed")
    assert way.screens <= 12 and way.inputs <= 25 and way.typed <= 6
    way.page.context.close()


def test_a_refused_page_keeps_what_was_typed(house):
    draft = house.draft()
    page = house.page("applicant", width=360, js=False)
    page.goto(f"{house.address}/drafts/{draft}/points/new?record={house.office.public_id}")
    page.fill("[name=claim]", "应为零点二万元")
    page.click("main button:has-text('保存并继续')")
    assert "请选择异议事由" in page.inner_text(".error-summary")
    assert "应为零点二万元" == page.input_value("[name=claim]")
    page.context.close()


def test_progress_is_followed_without_an_account(house):
    number = house.case_at("submitted")
    mine = house.page("applicant")
    mine.goto(f"{house.address}/cases/{number}")
    code = mine.inner_text(".receipt-code")
    page = house.page(None, width=360, js=False)
    page.goto(f"{house.address}/progress?number={number}")
    page.fill("[name=code]", "WRONG123")
    page.click("main button:has-text('查询')")
    assert "不相符" in page.inner_text(".error-summary")
    page.fill("[name=code]", code.lower())
    page.click("main button:has-text('查询')")
    assert "受理审查" in page.inner_text(".found")
    for one in (mine, page):
        one.context.close()


def test_what_is_typed_is_saved_while_it_is_typed(house):
    draft = house.draft()
    page = house.page("applicant")
    page.goto(f"{house.address}/drafts/{draft}/statement")
    page.fill("[name=statement]", "写到一半的陈述，电脑突然没电了。")
    page.wait_for_selector("[data-autosave-status]:has-text('已自动保存')")
    other = house.page("applicant", js=False)
    other.goto(f"{house.address}/drafts/{draft}/statement")
    assert "写到一半的陈述，电脑突然没电了。" == other.input_value("[name=statement]")
    for one in (page, other):
        one.context.close()


def test_a_filing_in_english_speaks_english(house):
    draft = house.draft()
    page = house.page("applicant", width=360, lang="en")
    public_id = house.office.public_id
    paths = ("", "/record", f"/points/new?record={public_id}", "/statement", "/files", "/contact", "/check")
    for path in ("/progress", "/guide/objection", *(f"/drafts/{draft}{tail}" for tail in paths)):
        page.goto(house.address + path)
        words = "h1, h2, legend, label, main button, .hint:not(.chosen *), .lead p:not(.case-subject), .task-name"
        said = [text for text in page.locator(words).all_inner_texts() if not _is_data(text)]
        assert [] == [text for text in said if HAN.search(text)], path
    page.context.close()


def _is_data(text: str) -> bool:
    """Names, numbers and what the record says stay as they were written."""
    return any(word in text for word in ("鄂前", "旗", "罚款", "标签", "中文"))


def test_somebody_signs_in_by_password(house):
    page = house.page(None, width=360, js=False)
    page.goto(f"{house.address}/sign-in")
    page.fill("[name=login]", house.office.staff["applicant"].username)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.goto(house.address)
    assert "我的办件" in page.inner_text("h1")
    page.context.close()
