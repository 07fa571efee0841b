"""Legal texts as an English reader understands them: courtesy translations, of which the Chinese alone counts."""

import re
from functools import cache

from services import defaults
from standards.words import Text

DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
ARTICLE = re.compile("第([零一二三四五六七八九十百]+)([条款项])")
PARTS = {"条": "Article", "款": "para.", "项": "item"}
MODEL = {
    "上海市社会信用条例": "Social Credit Regulations of Shanghai",
    "山东省社会信用条例": "Social Credit Regulations of Shandong",
    "河南省社会信用条例": "Social Credit Regulations of Henan",
    "深圳经济特区社会信用条例": "Social Credit Regulations of the Shenzhen Special Zone",
    "浙江省公共信用信息管理条例": "Regulations on Public Credit Information of Zhejiang",
    "广州市异议办理指南": "Guangzhou guide to objections",
    "系统默认时限": "Default of the product;", "参照": "after ", "、": ", ", "《": "", "》": "",
}  # fmt: skip
STATE = "中华人民共和国"


def gloss(text: str) -> Text:
    """A gist, a title or what a text governs, with its courtesy translation when one is shipped for these words."""
    return Text(text, _glosses().get(text, text))


def article(name: str) -> Text:
    """The name of an article, 第四十八条 as Article 48, or of a part that has a title instead."""
    return gloss(name) if name in _glosses() else cited(name)


def cited(text: str) -> Text:
    """A citation such as 行政处罚法第四十八条; what is not known stays Chinese."""
    english = text
    for name, said in _names():
        english = english.replace(name, f"{said} " if name[-1] in "法例知南限" else said)
    english = ARTICLE.sub(lambda found: f" {PARTS[found[2]]} {number(found[1])}", english)
    return Text(text, re.sub(" +", " ", english).strip())


def number(chinese: str) -> int:
    """五十一 as 51, up to 999."""
    hundreds, _, rest = chinese.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    count = 100 * DIGITS.get(hundreds, 0) + (10 * DIGITS.get(tens[-1:], 1) if ten else 0)
    return count + DIGITS.get(ones[-1:], 0)


@cache
def _glosses() -> dict[str, str]:
    """Chinese to English, of the texts in data/law.json."""
    said = {}
    for basis in defaults.read("law.json"):
        said[basis["title"]], said[basis["governs"]] = basis["title_en"], basis.get("governs_en", basis["governs"])
        for one in basis["articles"]:
            said[one["gist"]] = one.get("gist_en", one["gist"])
            if "article_en" in one:
                said[one["article"]] = one["article_en"]
    return said


@cache
def _names() -> list[tuple[str, str]]:
    """Names of texts with their English, the longest first, with and without 中华人民共和国."""
    titles = {basis["title"]: basis["title_en"] for basis in defaults.read("law.json")}
    short = {title.removeprefix(STATE): english for title, english in titles.items()}
    bases = defaults.read("bases.json")  # what limits rest on, phrase by phrase
    return sorted((titles | short | MODEL | bases).items(), key=lambda one: -len(one[0]))
