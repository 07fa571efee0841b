"""The answers of a first set-up, given through its pages as somebody would."""

import hashlib
from pathlib import Path

from tests.builders_people import PASSWORD, uscc
from tests.pagecheck import PageClient

TOKEN = "the-link-that-the-server-printed"
HERE = f"/setup/{TOKEN}"
ADMIN = {"name": "白音", "username": "bai.yin", "phone": "13800000001", "email": "admin@example.cn",
         "password": PASSWORD, "again": PASSWORD}  # fmt: skip
OFFICE = {"banner": "鄂前旗人民政府", "banner_code": uscc(901), "banner_word": "鄂前政", "office": "鄂前旗信用办",
          "office_code": "", "organ_word": "鄂前信"}  # fmt: skip
SITE = {"name": "鄂前旗信用服务平台", "name_en": "Credit service", "phone": "0477-1234567", "email": "xyb@example.cn",
        "address": "某街1号"}  # fmt: skip
REMEDIES = {"review_organ": "鄂前旗人民政府行政复议机构", "court": "鄂前旗人民法院"}
CONTACT = {"contact_person": "李梅", "contact_phone": "0477-1234567", "address": "某街1号", "query_channel": ""}
LEADER = {"name": "高云", "username": "gao.yun", "phone": "13800000002", "email": "leader@example.cn"}
TABLE = (
    "名称\t统一社会信用代码\t机关代字\t类型\n"
    "旗市场监督管理局\t\t鄂前市监\t部门\n敖镇\t\t\t镇\n旗农商行\t\t\t金融机构"
)
STAFF = [
    ("INT", "", "窗口甲", "chuang.kou"), ("CO", "", "经办乙", "jing.ban"), ("COH", "", "主任丙", "zhu.ren"),
    ("LEG", "", "法制丁", "fa.zhi"), ("PUB", "", "窗口甲", "chuang.kou"),
    ("DR", "旗市场监督管理局", "核查戊", "he.cha"), ("DH", "旗市场监督管理局", "局长己", "ju.zhang"),
]  # fmt: skip


def put_token(folder: Path, token: str = TOKEN) -> None:
    """What scripts/serve.py leaves in the data folder."""
    (folder / "setup.token").write_text(hashlib.sha256(token.encode()).hexdigest() + "\n")


def answer(browser: PageClient, part: str, **fields: str):
    """Save one part; it must be taken."""
    done = browser.post(f"{HERE}/{part}", data=fields)
    assert done.status_code == 303, done.text
    return done


def member(role: str, place: str, name: str, username: str) -> dict[str, str]:
    """One person at one desk, as the form sends it."""
    return {"role": role, "place": place, "name": name, "username": username, "phone": "",
            "email": f"{username}@example.cn"}  # fmt: skip


def answer_all(browser: PageClient) -> None:
    """Everything that is needed, but not the last word."""
    for part, said in (("administrator", ADMIN), ("office", OFFICE), ("site", SITE), ("remedies", REMEDIES),
                       ("contact", CONTACT), ("leader", LEADER)):  # fmt: skip
        assert browser.get(f"{HERE}/{part}").status_code == 200
        answer(browser, part, **said)
    answer(browser, "departments/table", table=TABLE)
    for one in STAFF:
        answer(browser, "staff", **member(*one))
