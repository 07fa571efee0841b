"""The office at its desks: by keyboard, on a phone, beside the evidence, and two people at once."""

import contextlib

import pytest

pytestmark = pytest.mark.browser


def test_a_clerk_takes_and_accepts_by_keyboard(house, capsys):
    house.case_at("submitted")
    page, pressed = house.page("second_clerk"), 0
    page.goto(f"{house.address}/inbox")
    for key in ("n", "a", "d", "a"):
        with contextlib.nullcontext() if key == "d" else page.expect_navigation():
            page.keyboard.press(key)
        pressed += 1
    number = page.url.rpartition("/")[2]
    with capsys.disabled():
        print(f"\n  take next and accept: {pressed} keys")
    assert "accepted" == house.state(number) and pressed <= 4
    page.context.close()


def test_a_list_is_walked_by_keyboard(house):
    house.same_at("submitted")
    page = house.page("clerk")
    page.goto(f"{house.address}/inbox?tab=all")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/cases/YB" in page.url
    page.context.close()


def test_a_leader_signs_on_a_phone(house, capsys):
    number = house.case_at("awaiting_signoff")
    page, taps = house.page("leader", width=360), 0
    page.goto(f"{house.address}/inbox")
    for where in (f"a[href$='/cases/{number}']", "[href$='/sign']"):
        page.click(f"main {where}")
        taps += 1
    packet = page.inner_text(".packet")
    assert "更正1项" in packet and "0.2" in packet and "罚款为2000元" in packet
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    preview = page.context.request.get(house.address + page.get_attribute("a[href$='draft.pdf']", "href"))
    assert preview.body()[:5] == b"%PDF-"
    page.check("[name=no_interest]")
    page.click("main button:has-text('签发')", timeout=60_000)
    page.wait_for_url(f"**/cases/{number}", timeout=60_000)
    with capsys.disabled():
        print(f"\n  one case signed on a phone: {taps + 2} taps from the list")
    assert "executed" == house.state(number)
    assert "〔2026〕" in page.inner_text(".outcome")
    page.context.close()


def test_an_officer_answers_on_one_page_beside_the_evidence(house):
    number = house.case_at("dept_verifying")
    page = house.page("reviewer")
    page.goto(f"{house.address}/cases/{number}/report")
    page.select_option("select[name^=finding_]", "MODIFY")
    page.fill("[name^=value_]", "0.2")
    page.fill("[name=facts_found]", "经核对原件，罚款为2000元。")
    page.check("[name=no_interest]")
    page.click("main button:has-text('提交核查意见')")
    assert "dept_review" == house.state(number)
    page.context.close()


def test_the_slower_of_two_officers_loses_no_word(house):
    number = house.case_at("submitted")
    first, second = house.page("clerk"), house.page("second_clerk")
    for page in (first, second):
        page.goto(f"{house.address}/cases/{number}/request_completion")
        page.fill("[name=name_1]", "营业执照副本")
        page.check("[name=no_interest]")
    second.fill("[name=requirement_1]", "加盖公章的复印件一份")
    first.click("main button:has-text('要求补正')")
    second.click("main button:has-text('要求补正')")
    assert "awaiting_materials" == house.state(number)
    assert "加盖公章的复印件一份" in second.content()
    assert "已由他人处理" in second.inner_text("main")
    for page in (first, second):
        page.context.close()


def test_the_slower_of_two_may_send_again_while_the_step_is_open(house):
    number = house.case_at("office_review")
    officer, head = house.page("officer"), house.page("head")
    officer.goto(f"{house.address}/cases/{number}/propose")
    officer.select_option("select[name^=result_]", "O1_correct")
    officer.fill("[name=facts_found]", "查明罚款为2000元。")
    officer.fill("[name=reason]", "录入错误，应予更正。")
    head.goto(f"{house.address}/cases/{number}/send_back")
    head.fill("[name=reason]", "请补充核查缴款凭证")
    head.check("[name=no_interest]")
    head.click("main button:has-text('退回补充核查')")
    for who, step, facts in (("reviewer", "report", house.office.facts(number, "report")),
                             ("department_head", "approve_report", {})):  # fmt: skip
        house.office.act(who, number, step, **facts)
    officer.click("main button:has-text('呈报决定草案')")
    assert "已由他人处理" in officer.inner_text("main")
    assert "录入错误，应予更正。" == officer.input_value("[name=reason]")
    officer.click("main button:has-text('呈报决定草案')")
    assert "head_review" == house.state(number)
    for page in (officer, head):
        page.context.close()
