"""How a citation of Chinese law is told in English: courtesy translations, of which the Chinese alone counts."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from standards.words import Text

DATA = Path(__file__).resolve().parent.parent / "data"
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
    "（": " (", "）": ")", "；": "; ",
}  # fmt: skip
STATE = "中华人民共和国"


def cited(text: str) -> Text:
    """A citation such as 行政处罚法第四十八条; what is not known stays Chinese."""
    english = text
    for name, said in _names():
        english = english.replace(name, f"{said} " if name[-1] in "法例知南限" else said)
    english = ARTICLE.sub(lambda found: f" {PARTS[found[2]]} {number(found[1])}", english)
    english = re.sub(r" +([);])", r"\1", re.sub(r"\( +", "(", english))
    return Text(text, re.sub(" +", " ", english).strip())


def number(chinese: str) -> int:
    """五十一 as 51, up to 999."""
    hundreds, _, rest = chinese.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    count = 100 * DIGITS.get(hundreds, 0) + (10 * DIGITS.get(tens[-1:], 1) if ten else 0)
    return count + DIGITS.get(ones[-1:], 0)


def shipped(name: str) -> Any:
    """A file of data/ that is reviewed like code."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


@cache
def _names() -> list[tuple[str, str]]:
    """Names of texts with their English, the longest first, with and without 中华人民共和国."""
    titles = {basis["title"]: basis["title_en"] for basis in shipped("law.json")}
    short = {title.removeprefix(STATE): english for title, english in titles.items()}
    bases = shipped("bases.json")  # what limits and rules rest on, phrase by phrase
    return sorted((titles | short | MODEL | bases).items(), key=lambda one: -len(one[0]))
