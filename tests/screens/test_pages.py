"""What the pages of applicants and desks say, and what they keep to themselves."""

import io
import re

import pytest
from PIL import Image

from models.base import db
from services import inbox
from services.transactions import read_only

NUMBER = re.compile(r"YB\d{14}")


def text_of(answer) -> str:
    return re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))


def photograph(name: str = "证据.jpg") -> tuple[io.BytesIO, str]:
    kept = io.BytesIO()
    Image.new("RGB", (300, 400), "white").save(kept, "JPEG")
    return io.BytesIO(kept.getvalue()), name


def test_the_front_page_opens_three_doors_without_a_fee(client, office):
    page = client.get("/")
    html, told = page.get_data(as_text=True), text_of(page)
    assert "不收费" in told and 'href="/file/objection"' in html and 'action="/query"' in html and "/progress" in html
    assert "/file/complaint" in html and ("/file/repair" in html or "/guide/which-door" in html)


def test_the_front_page_tells_applicants_what_to_do_next(office, as_):
    number = office.a_case("submitted")
    assert "目前不需要您做什么" in text_of(as_("applicant").get("/"))
    office.act("clerk", number, "request_completion", missing=[{"name": "营业执照", "requirement": "加盖公章"}])
    told = text_of(as_("applicant").get("/"))
    assert "提交补正材料" in told and number in told and "需要补正" in told


def test_the_front_page_counts_for_a_desk(office, as_):
    office.a_case("submitted")
    told = text_of(as_("clerk").get("/"))
    assert "本岗待办" in told and NUMBER.search(told) and "窗口代为登记" in told


def test_the_guide_rests_on_the_rules_in_force(client, office):
    told = text_of(client.get("/guide/objection"))
    assert "受理期限" in told and "2个工作日" in told and "异议处理中" in told and "系统默认值" in told


def test_progress_wants_number_and_code_and_says_nothing_about_people(office, as_, client):
    number = office.a_case("dept_verifying")
    code = _code(office, number)
    assert 422 == client.post("/progress", data={"number": number, "code": "AAAAAAAA"}).status_code
    assert 422 == client.post("/progress", data={"number": "YB20200101000017", "code": code}).status_code
    told = text_of(client.post("/progress", data={"number": number.lower(), "code": f" {code.lower()} "}))
    assert "部门核查" in told and office.staff["applicant"].name not in told and "罚款金额应为" not in told


def _code(office, number):
    from_db = "SELECT query_code FROM case_file WHERE number = :n"
    with office.app.app_context(), read_only():
        return db.session.execute(db.text(from_db), {"n": number}).scalar()


def test_notices_are_read_by_an_act(office, as_):
    office.a_case("accepted")
    browser = as_("applicant")
    page = browser.get("/notices").get_data(as_text=True)
    before = page.count("未读")
    first = re.search(r'action="(/notices/\d+/read)"', page)[1]
    assert before >= 2 and browser.get(first).status_code in (404, 405)
    assert NUMBER.search(browser.post(first).location)
    assert browser.get("/notices").get_data(as_text=True).count("未读") == before - 1
    browser.post("/notices/read")
    assert "未读" not in browser.get("/notices").get_data(as_text=True)
    assert 404 == as_("rival").post(first).status_code


@pytest.mark.parametrize(("path", "typed", "sentence"), [
    ("points/new?record={record}", {"claim": "应为零点二"}, "请选择异议事由"),
    ("statement", {"statement": ""}, "请说明事实和理由"),
    ("contact", {"contact_name": "某人", "contact_phone": "不是电话"}, "电话号码"),
    ("files", {"slot": "proof"}, "请先选择文件"),
])  # fmt: skip
def test_a_wrong_page_comes_back_as_422_with_what_was_typed(office, as_, path, typed, sentence):
    key = office.drafted()
    answer = as_("applicant").post(f"/drafts/{key}/" + path.format(record=office.public_id), data=typed)
    assert 422 == answer.status_code and sentence in text_of(answer)
    assert all(value in answer.get_data(as_text=True) for value in typed.values())


def test_photographs_are_bound_into_one_document(office, as_):
    key, browser = office.drafted(), as_("applicant")
    sent = {"slot": "proof", "file": [photograph("一.jpg"), photograph("二.jpg")]}
    assert 302 == browser.post(f"/drafts/{key}/files", data=sent, content_type="multipart/form-data").status_code
    page = browser.get(f"/drafts/{key}/files").get_data(as_text=True)
    ids = re.findall(r'name="photos"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="photos"', page)
    assert 2 == len(ids)
    photos = [a or b for a, b in ids]
    assert 422 == browser.post(f"/drafts/{key}/files/bind", data={"photos": photos[:1]}).status_code
    assert 302 == browser.post(f"/drafts/{key}/files/bind", data={"photos": photos}).status_code
    told = text_of(browser.get(f"/drafts/{key}/files"))
    assert "已上传1份" in told and "2页" in told


def test_one_bad_file_of_several_is_named_and_the_good_ones_are_kept(office, as_):
    key, browser = office.drafted(), as_("applicant")
    sent = {"slot": "proof", "file": [photograph("好.jpg"), (io.BytesIO(b"MZ"), "坏.exe")]}
    answer = browser.post(f"/drafts/{key}/files", data=sent, content_type="multipart/form-data")
    told = text_of(answer)
    assert 422 == answer.status_code and "坏.exe" in told and "已上传1份" in told and "好.jpg" in told


def test_a_file_is_looked_at_turned_and_enlarged_without_script(office, as_):
    key, browser = office.drafted(), as_("applicant")
    sent = {"slot": "proof", "file": [photograph()]}
    browser.post(f"/drafts/{key}/files", data=sent, content_type="multipart/form-data")
    view = re.search(r'href="(/cases/[^"]+/view)"', browser.get(f"/drafts/{key}/files").get_data(as_text=True))[1]
    page = browser.get(f"{view}?turn=90&zoom=200").get_data(as_text=True)
    picture = re.search(r'src="([^"]+\.jpg[^"]*)"', page)[1]
    assert "turn=90" in picture and "zoom-200" in page
    with Image.open(io.BytesIO(browser.get(picture).data)) as shown:
        assert shown.width > shown.height
    assert 404 == as_("rival").get(view).status_code


def test_the_applicant_reads_no_inner_steps_and_no_names(office, as_):
    number = office.a_case("awaiting_signoff")
    outside, inside = (text_of(as_(who).get(f"/cases/{number}")) for who in ("applicant", "leader"))
    assert "呈报决定草案" in inside and office.staff["reviewer"].name in inside and "有误，应更正" in inside
    for word in ("呈报决定草案", office.staff["reviewer"].name, office.staff["officer"].name, "有误，应更正", "协查函"):
        assert word not in outside


def test_after_the_decision_the_page_says_what_the_record_said_before(office, as_):
    number = office.a_case("executed")
    told = text_of(as_("applicant").get(f"/cases/{number}"))
    assert re.search(r"原记录为\s+2\s", told) and re.search(r"已更正为\s+0.2\s", told) and "处理决定" in told


def test_the_obvious_act_of_a_clerk_is_to_accept(office, as_):
    page = as_("clerk").get(f"/cases/{office.a_case('submitted')}").get_data(as_text=True)
    main = re.search(r'<a class="btn btn-primary"\s+href="([^"]+)"', page)[1]
    assert main.endswith("/accept")


def test_withdrawal_is_never_the_obvious_act(office, as_):
    page = as_("applicant").get(f"/cases/{office.a_case('dept_verifying')}").get_data(as_text=True)
    assert "/withdraw" in page and not re.search(r'btn-primary"\s+href="[^"]+/withdraw', page)


def test_a_list_goes_on_by_cursor(office, as_, monkeypatch):
    monkeypatch.setattr(inbox, "PAGE", 2)
    numbers = set()
    for n in range(5):
        _, office.public_id = office.a_record(penalty_doc_no=f"鄂前市监罚〔2026〕{200 + n}号")
        numbers.add(office.a_case("submitted"))
    browser, path, seen = as_("clerk"), "/inbox?tab=team", []
    while path:
        page = browser.get(path).get_data(as_text=True)
        seen += re.findall(r'href="/cases/(YB\d+)" data-open', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        path = following[1].replace("&amp;", "&") if following else ""
    assert numbers == set(seen) and len(seen) == 5
    assert 404 == browser.get("/inbox?after=nonsense").status_code


def test_a_paper_filing_is_registered_for_somebody_and_not_accepted_by_the_same_clerk(office, as_):
    browser = as_("clerk")
    assert 422 == browser.post("/file/counter", data={"code": "91150623MA00000000"}).status_code
    answer = browser.post("/file/counter", data={"code": _uscc(office)})
    key = answer.location.rpartition("/")[2]
    browser.post(f"/drafts/{key}/points/new?record={office.public_id}",
                 data={"field": "fine_wan", "ground": "G01", "claim": "0.2"})  # fmt: skip
    browser.post(f"/drafts/{key}/statement", data={"statement": "书面材料载明罚款为0.2万元。"})
    browser.post(f"/drafts/{key}/contact", data={"contact_name": "来访人", "contact_phone": "13800000000"})
    check = browser.get(f"/drafts/{key}/check").get_data(as_text=True)
    kept = dict(re.findall(r'name="(version|key)"[^>]*value="([^"]+)"', check))
    number = NUMBER.search(browser.post(f"/cases/{key}/submit", data=kept).location)[0]
    assert "案件编号" in text_of(browser.get(f"/cases/{number}"))
    assert "须由未代为登记本案的人员办理" in text_of(browser.get(f"/cases/{number}/accept"))


def _uscc(office):
    with office.app.app_context(), read_only():
        query = "SELECT uscc FROM subject WHERE id = :s"
        return db.session.execute(db.text(query), {"s": office.staff["applicant"].subject_id}).scalar()
