"""The register of subjects: type-ahead, renames and mergers under four eyes, with trace and a way back."""

import io

import pytest
from sqlalchemy import select, update

from models.base import db
from models.record import CreditRecord
from models.subject import Subject, SubjectChange, SubjectName
from services import clock, registry
from services.clock import standing_at
from services.subjects import Party, resolve
from services.transactions import writing
from tests.banner import NOW, Banner
from tests.records.test_checks import CODE, PERSON, checked

GROUND = {"reason": "登记机关已核准", "basis": "变更登记通知书（2026）第1号"}


@pytest.fixture
def banner(make_app):
    with standing_at(NOW):
        yield Banner(make_app(demo=True))


def subject_of(banner, code=CODE):
    return banner.all(select(Subject.id, Subject.name).where(Subject.uscc == code))[0]


def twin(banner, name="城茂旧档"):
    """A second entry without a code, as an old list makes them, with a record of its own."""
    with banner.app.app_context(), writing():
        one = resolve([Party(f"paper:{name}", "enterprise", name)], clock.now())[f"paper:{name}"]
        record = select(CreditRecord.id).where(CreditRecord.publication_state == "published").limit(1).scalar_subquery()
        db.session.execute(update(CreditRecord).where(CreditRecord.id == record).values(subject_id=one))
        return one


def propose(banner, subject, act, who="officer1", **more):
    return banner.browser(who).post(f"/registry/{subject}/{act}", data={**GROUND, **more})


def settle(banner, who="head1", agree="yes", remark=""):
    change = banner.all(select(SubjectChange.id).order_by(SubjectChange.id.desc()))[0][0]
    return banner.browser(who).post(f"/registry/changes/{change}", data={"agree": agree, "remark": remark})


def results(browser, words):
    """The page of a search, below its form."""
    return browser.get(f"/registry?q={words}").get_data(as_text=True).split("data-suggest=")[1].split("</form>", 1)[1]


def test_found_by_code_name_and_initials_but_persons_by_whole_number_only(banner):
    with banner.app.app_context():
        while registry.tick():
            pass
    _, name = subject_of(banner)
    browser = banner.browser("officer1")
    for words in (CODE[:10], name[:-2], registry.initials(name)[:-1].lower()):
        assert name in browser.get(f"/registry?q={words}").get_data(as_text=True), words
        assert any(name in one["label"] for one in browser.get(f"/registry/suggest?q={words}").get_json()), words
    person = banner.all(select(Subject.name).where(Subject.id_no == PERSON))[0][0]
    assert person not in results(browser, person)
    assert person in results(browser, PERSON) and PERSON not in results(browser, PERSON)
    assert [] == browser.get(f"/registry/suggest?q={PERSON}").get_json()
    assert 403 == banner.browser("bank.usr1").get("/registry").status_code


def test_initials():
    assert registry.initials("鄂托克前旗ABC（重庆）12号") == "ETKQQABCCQ12H"


def test_a_rename_takes_two_persons_and_the_old_name_still_finds(banner):
    subject, old = subject_of(banner)
    assert 303 == propose(banner, subject, "rename", name="城茂集团有限公司").status_code
    assert (subject, old) == subject_of(banner)
    assert 422 == propose(banner, subject, "rename", name="再改一次").status_code
    assert 403 == settle(banner, who="officer1").status_code
    assert 422 == settle(banner, agree="no").status_code
    assert 303 == settle(banner).status_code and 422 == settle(banner).status_code
    assert subject_of(banner)[1] == "城茂集团有限公司"
    assert [(old,)] == banner.all(select(SubjectName.name))
    assert old in banner.browser("officer1").get(f"/registry?q={old}").get_data(as_text=True)
    csv = f"企业名称,统一社会信用代码\n{old},\n".encode()
    page = checked(banner, codes="", listed=(io.BytesIO(csv), "名单.csv"))
    assert "曾用名" in banner.browser("bank.usr1").get(page).get_data(as_text=True)


def test_a_merger_redirects_without_moving_anything_and_can_be_undone(banner):
    (subject, _), other = subject_of(banner), twin(banner)
    before = banner.all(select(CreditRecord.id, CreditRecord.subject_id).order_by(CreditRecord.id))
    moved = banner.all(select(CreditRecord.doc_no).where(CreditRecord.subject_id == other))[0][0]
    assert 303 == propose(banner, other, "merge", into=CODE).status_code and 303 == settle(banner).status_code
    assert before == banner.all(select(CreditRecord.id, CreditRecord.subject_id).order_by(CreditRecord.id))
    assert moved in banner.browser("officer1").get(f"/registry/{subject}").get_data(as_text=True)
    assert moved in banner.browser("bank.usr1").get(checked(banner)).get_data(as_text=True)
    assert moved in banner.browser("chengmao").get("/my/records").get_data(as_text=True)
    assert moved in banner.browser("chengmao").get("/my/file").get_data(as_text=True)
    assert 303 == propose(banner, other, "split").status_code and 303 == settle(banner).status_code
    assert moved not in banner.browser("chengmao").get("/my/records").get_data(as_text=True)
    assert [("merge", "done"), ("split", "done")] == banner.all(
        select(SubjectChange.kind, SubjectChange.state).order_by(SubjectChange.id))  # fmt: skip


def test_two_codes_are_never_one_subject(banner):
    subject, _ = subject_of(banner)
    other = banner.all(select(Subject.uscc).where(Subject.uscc.is_not(None), Subject.id != subject))[0][0]
    for into, why in ((other, "不同主体"), (CODE, "自身"), ("没有", "没有找到")):
        answer = propose(banner, subject, "merge", into=into)
        assert answer.status_code == 422 and why in answer.get_data(as_text=True)
    assert [] == banner.all(select(SubjectChange.id))


def test_merged_entries_of_a_merged_entry_follow_and_come_back(banner):
    first, second = twin(banner, "甲旧档"), twin(banner, "乙旧档")
    subject, _ = subject_of(banner)
    for one, into in ((first, "乙旧档"), (second, CODE)):
        assert 303 == propose(banner, one, "merge", into=into).status_code and 303 == settle(banner).status_code
    pointers = select(Subject.id, Subject.merged_into_id).where(Subject.id.in_([first, second])).order_by(Subject.id)
    assert [(first, subject), (second, subject)] == banner.all(pointers)
    assert 303 == propose(banner, second, "split").status_code and 303 == settle(banner).status_code
    assert [(first, second), (second, None)] == banner.all(pointers)
