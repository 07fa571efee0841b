"""The page check itself finds what it should: each planted fault is named."""

import pytest

from tests.pagecheck import page_faults

PAGE = """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>x</title></head>
<body><h1>x</h1>{}</body></html>"""
FAULTS = {
    "<h1>two</h1>": "2 h1",
    '<p id="a"></p><p id="a"></p>': "id a stands 2 times",
    '<input name="bare">': "no label: input bare",
    '<label for="t"></label><textarea id="t" name="t"></textarea>': "no label: textarea t",
    '<label>x <select name="s" aria-describedby="gone"></select></label>': "s described by gone, which is not there",
    '<p style="color:red">x</p>': "attribute style on p",
    '<p onclick="x()">x</p>': "attribute onclick on p",
    "<style>p {}</style>": "inline style",
    "<script>1</script>": "inline script",
    '<a href=" JavaScript:x">x</a>': "javascript: address",
    '<img src="x">': "picture without alt: x",
    "<button></button>": "button without a word: {}",
}


@pytest.mark.parametrize(("fragment", "fault"), FAULTS.items())
def test_a_planted_fault_is_found(fragment, fault):
    assert fault in page_faults(PAGE.format(fragment))


def test_a_good_page_passes():
    good = '<label for="a">A</label><input id="a" name="a"><input type="hidden" name="h"><img src="x" alt="">'
    assert page_faults(PAGE.format(good)) == []


@pytest.mark.parametrize(
    "fragment", ["<p><div></div></p>", "<b><i></b></i>", "<nonsense", "</p>", '<p a="1" a="2"></p>']
)
def test_invalid_html_is_refused(fragment):
    with pytest.raises(AssertionError, match="not valid HTML"):
        page_faults(PAGE.format(fragment))
