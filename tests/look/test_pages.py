"""Every component in every state: valid, labelled, without inline code, in both languages."""

import re

import html5lib
import pytest

from tests.look.stage import ERRORS, build_stage

PATHS = ["/design", *(f"/error/{code}" for code in ERRORS)]


@pytest.fixture(scope="module")
def client():
    return build_stage().test_client()


def tags(html: str) -> list[str]:
    return re.findall(r"<[a-z][^>]*>", html)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", PATHS)
class TestPage:
    def html(self, client, path: str, lang: str) -> str:
        return client.get(f"{path}?lang={lang}").get_data(as_text=True)

    def test_is_valid_html(self, client, path, lang):
        html5lib.HTMLParser(strict=True).parse(self.html(client, path, lang))

    def test_has_one_heading_and_a_language(self, client, path, lang):
        html = self.html(client, path, lang)
        assert 1 == html.count("<h1")
        assert f'<html lang="{"en" if lang == "en" else "zh-CN"}"' in html

    def test_has_no_inline_code_or_style(self, client, path, lang):
        found = tags(self.html(client, path, lang))
        assert [] == [tag for tag in found if re.search(r"\s(style|on[a-z]+)\s*=", tag) or "javascript:" in tag]
        assert [] == [tag for tag in found if tag.startswith(("<style", "<script>"))]

    def test_identifiers_are_unique_but_for_the_two_example_forms(self, client, path, lang):
        found = re.findall(r'\sid="([^"]+)"', self.html(client, path, lang))
        twice = {one for one in found if found.count(one) > 1}
        assert set() == {one for one in twice if path != "/design"}


def test_chinese_is_gone_in_english(client):
    text = re.sub(r"<[^>]+>", " ", client.get("/design?lang=en").get_data(as_text=True))
    left = re.findall(r"[\u4e00-\u9fff]+", text)
    assert [] == [one for one in left if one != "中文"]


def test_typed_text_comes_back_escaped(client):
    assert "&lt;b&gt;typed text&lt;/b&gt;" in client.get("/error/409").get_data(as_text=True)


def test_language_switch_keeps_the_page_and_its_search(client):
    html = client.get("/design?q=a&page=2").get_data(as_text=True)
    assert "/language/en?back=/design?q%3Da%26page%3D2" in html
