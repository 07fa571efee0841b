"""The first set-up: behind its one-time link, kept part by part, made real once, then gone."""

import pytest
from sqlalchemy import func, select

from models.base import db
from models.organisation import Org, OrgKind
from models.people import Membership, User
from models.rules import Rule, RulePack, Setting
from services import clock, rules
from tests.administration.wizard import (
    ADMIN,
    CONTACT,
    HERE,
    LEADER,
    OFFICE,
    REMEDIES,
    SITE,
    STAFF,
    answer,
    answer_all,
    member,
    put_token,
)
from tests.builders_people import PASSWORD
from tests.identity.test_recovery import letters


@pytest.fixture
def browser(client, tmp_path):
    """Somebody with the link."""
    put_token(tmp_path)
    return client


def count(app, table):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table))


def test_without_the_link_there_is_nothing(client, tmp_path):
    assert client.get(HERE).status_code == 404
    put_token(tmp_path, "another")
    for path in ("", "/administrator", "/departments", "/staff", "/rules", "/mail", "/check"):
        assert client.get(HERE + path).status_code == 404
    for path in ("/administrator", "/departments", "/departments/table", "/departments/remove", "/staff",
                 "/staff/remove", "/rules", "/rules/limit/O-T2", "/mail", "/finish"):  # fmt: skip
        assert client.post(HERE + path, data=ADMIN).status_code == 404


def test_nothing_counts_before_the_last_word(app, browser):
    answer_all(browser)
    assert browser.get(f"{HERE}/check").status_code == 200
    assert count(app, User) == 0 and count(app, Org) == 0
    assert browser.get(HERE).text.count("待填写") == 3  # mail, limits and the last word; the rest is kept


def test_the_whole_set_up(app, browser, tmp_path):
    answer_all(browser)
    assert browser.get(HERE).status_code == 200
    answer(browser, "rules", sure="y")
    done = browser.post(f"{HERE}/finish")
    assert done.status_code == 200 and "首次登录单" in done.text
    assert "zhu.ren@example.cn" in {letter["To"] for letter in letters(tmp_path)}
    assert done.text.count("/recover/") == 7  # each person once: the leader and six of the staff
    with app.app_context():
        rules.forget()
        kinds = dict(db.session.execute(select(Org.name, Org.kind)).all())
        assert kinds["鄂前旗信用办"] == OrgKind.CREDIT_OFFICE and kinds["敖镇"] == OrgKind.TOWN
        held = db.session.execute(select(User.username, Membership.role).join(Membership)).all()
        assert {("bai.yin", "ADM"), ("gao.yun", "LD"), ("zhu.ren", "COH"), ("he.cha", "DR")} <= set(held)
        assert {role for name, role in held if name == "chuang.kou"} == {"INT", "PUB"}
        assert rules.setting("remedies") == REMEDIES and rules.setting("office") == CONTACT
        assert rules.setting("site")["name"] == SITE["name"] and rules.unconfirmed(clock.today()) == 0
        assert db.session.get(Setting, "setup") is None
    assert not (tmp_path / "setup.token").exists()
    assert browser.get(HERE).status_code == 404 and browser.post(f"{HERE}/finish").status_code == 404
    signed = browser.post("/sign-in", data={"login": "bai.yin", "password": PASSWORD})
    assert signed.headers["Location"].startswith("/account/second-factor/enrol")


def test_a_first_link_lets_its_owner_choose_a_password(app, browser):
    answer_all(browser)
    page = browser.post(f"{HERE}/finish").text
    link = page.split("高云")[1].split("/recover/")[1].split("<")[0].strip()
    own = app.test_client()
    assert own.get(f"/recover/{link}").status_code == 200
    assert own.post(f"/recover/{link}", data={"password": PASSWORD, "again": PASSWORD}).status_code == 303
    assert own.get(f"/recover/{link}").status_code == 404
    assert own.post("/sign-in", data={"login": "gao.yun", "password": PASSWORD}).status_code == 303


def test_it_does_not_end_while_something_is_lacking(app, browser):
    answer(browser, "administrator", **ADMIN)
    assert "还有部分未完成" in browser.get(f"{HERE}/check").text
    refused = browser.post(f"{HERE}/finish")
    assert refused.status_code == 422 and "还有必填部分没有完成" in refused.text
    assert count(app, User) == 0


def test_an_answer_is_kept_and_shown_again(browser):
    answer(browser, "office", **OFFICE)
    page = browser.get(f"{HERE}/office").text
    assert "鄂前旗信用办" in page and "鄂前信" in page


def test_the_password_is_never_shown_or_stored_in_clear(app, browser):
    answer(browser, "administrator", **ADMIN)
    assert PASSWORD not in browser.get(f"{HERE}/administrator").text
    with app.app_context():
        kept = db.session.get_one(Setting, "setup").value["administrator"]
        assert PASSWORD not in str(kept) and kept["password_hash"].startswith("$argon2id$")


@pytest.mark.parametrize(
    ("part", "said", "why"),
    [
        ("administrator", ADMIN | {"password": "12345678", "again": "12345678"}, "太常见"),
        ("administrator", ADMIN | {"again": "x"}, "不一致"),
        ("administrator", ADMIN | {"username": "张"}, "小写字母"),
        ("office", OFFICE | {"organ_word": ""}, "请填写机关代字"),
        ("office", OFFICE | {"banner_code": "91150623MA0P12342O"}, "不使用字符"),
        ("remedies", REMEDIES | {"court": " "}, "请填写人民法院"),
        ("contact", CONTACT | {"contact_phone": "no"}, "电话号码"),
        ("site", SITE | {"email": "nowhere"}, "正确的邮箱"),
        ("site", SITE | {"name": "名" * 10_000}, "不能超过100个字符"),
        ("leader", LEADER | {"name": "a\x00b"}, "控制字符"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_kept(part, said, why, app, browser):
    refused = browser.post(f"{HERE}/{part}", data=said)
    assert refused.status_code == 422 and why in refused.text
    with app.app_context():
        assert db.session.get(Setting, "setup") is None


def test_two_people_do_not_share_a_user_name(browser):
    answer(browser, "administrator", **ADMIN)
    for change in ({"username": "bai.yin"}, {"phone": ADMIN["phone"]}):
        refused = browser.post(f"{HERE}/leader", data=LEADER | change)
        assert refused.status_code == 422 and "已被使用" in refused.text


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (("INT", "敖镇", "某人", "mou.ren"), "不能设在"),
        (("DR", "", "某人", "mou.ren"), "不能设在"),
        (("CO", "", "别人", "chuang.kou"), "已用于窗口甲"),
        (("INT", "", "窗口甲", "chuang.kou"), "已登记这一岗位"),
        (("AUD", "", "窗口甲", "chuang.kou"), "规则P6"),
        (("CO", "", "白音", "bai.yin"), "已被使用"),
        (("ADM", "", "某人", "mou.ren"), "请选择列出的一项"),
    ],
)
def test_who_cannot_be_at_a_desk(one, why, browser):
    answer_all(browser)
    refused = browser.post(f"{HERE}/staff", data=member(*one))
    assert refused.status_code == 422 and why in refused.text


def test_staff_and_departments_can_be_taken_away_again(browser):
    answer_all(browser)
    used = browser.post(f"{HERE}/departments/remove", data={"which": "0"})
    assert used.status_code == 422 and "已登记工作人员" in used.text
    answer(browser, "departments/remove", which="1")
    assert "敖镇" not in browser.get(f"{HERE}/departments").text
    answer(browser, "staff/remove", which="2")
    page = browser.get(f"{HERE}/staff").text
    assert "主任丙" not in page and "至少登记一名信用办负责人" in page
    assert len(STAFF) == 7


def test_a_list_with_faults_is_taken_not_at_all(browser):
    answer(browser, "departments", name="旗教育局", code="", organ_word="", kind="department")
    bad = "旗水利局,91150623MA0P12342O\n,\n旗民政局,,,怪类型\n旗财政局\n旗财政局"
    refused = browser.post(f"{HERE}/departments/table", data={"table": bad})
    assert refused.status_code == 422
    for said in ("第1行：", "不使用字符", "第2行：缺少单位名称", "不认识的类型“怪类型”", "“旗财政局”重复出现"):
        assert said in refused.text, said
    twice = browser.post(f"{HERE}/departments/table", data={"table": "旗教育局"})
    assert twice.status_code == 422 and "已在名单中" in twice.text
    empty = browser.post(f"{HERE}/departments/table", data={"table": ""})
    assert empty.status_code == 422 and "没有可读取的内容" in empty.text


def test_a_local_limit_makes_a_new_edition_when_the_set_up_ends(app, browser):
    answer_all(browser)
    page = f"{HERE}/rules/limit/O-T5/send_back"
    assert browser.get(page).status_code == 200
    assert browser.post(page, data={"n": "0", "source": "", "article": ""}).status_code == 422
    changed = {"n": "5", "source": "鄂前旗信用信息异议办理细则", "article": "第三条"}
    assert browser.post(page, data=changed).status_code == 303
    assert "鄂前旗信用信息异议办理细则" in browser.get(f"{HERE}/rules").text
    assert browser.get(f"{HERE}/rules/limit/O-NONE").status_code == 404
    browser.post(f"{HERE}/finish")
    with app.app_context():
        editions = db.session.execute(select(RulePack.edition, RulePack.valid_to)
                                      .where(RulePack.code == "obj.default").order_by(RulePack.edition)).all()
        assert [edition for edition, _ in editions] == [1, 2] and editions[0].valid_to is not None
        rule = db.session.scalars(select(Rule).where(Rule.limit == "O-T5/send_back").order_by(Rule.id.desc())).first()
        assert (rule.n, rule.source, rule.tag) == (5, changed["source"], "read") and rule.confirmed_by is not None


def test_a_limit_beyond_the_law_is_refused(browser):
    refused = browser.post(f"{HERE}/rules/limit/O-T8", data={"n": "9", "source": "某规定", "article": ""})
    assert refused.status_code == 422 and "法定上限" in refused.text


def test_the_mail_channel_is_tried(browser, tmp_path):
    assert browser.get(f"{HERE}/mail").status_code == 200
    answer(browser, "mail", address="someone@example.cn")
    assert [letter["To"] for letter in letters(tmp_path)] == ["someone@example.cn"]
    assert "someone@example.cn" in browser.get(f"{HERE}/mail").text
    assert browser.post(f"{HERE}/mail", data={"address": "x"}).status_code == 422


def test_a_mail_server_that_is_away_is_said(make_app, tmp_path):
    put_token(tmp_path)
    browser = make_app(smtp_url="smtp://127.0.0.1:9").test_client()
    answer(browser, "mail", address="someone@example.cn")
    assert "未能发出" in browser.get(f"{HERE}/mail").text


def test_every_page_speaks_english(browser):
    answer_all(browser)
    for path in ("", "/administrator", "/office", "/departments", "/site", "/remedies", "/contact", "/leader",
                 "/staff", "/mail", "/rules", "/rules/limit/O-T2", "/check"):  # fmt: skip
        assert browser.get(f"{HERE}{path}?lang=en").status_code == 200
