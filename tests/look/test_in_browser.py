"""The screens as a browser shows them: no violation, nothing cut off, nothing loaded from elsewhere, keys that work."""

import threading
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from tests.look.stage import build_stage

pytestmark = pytest.mark.browser
AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text()
MODES = {
    "zh": ("", 1280, "light"), "en": ("?lang=en", 1280, "light"), "phone": ("", 360, "light"),
    "english phone": ("?lang=en", 360, "light"), "elder": ("?elder=1", 1280, "light"),
    "elder phone": ("?elder=1", 360, "light"), "dark": ("", 1280, "dark"), "old screen": ("", 1024, "light"),
}  # fmt: skip


@pytest.fixture(scope="module")
def address():
    server = make_server("127.0.0.1", 0, build_stage(), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("mode", MODES)
def test_every_component_is_accessible_and_whole(browser, address, mode):
    query, width, scheme = MODES[mode]
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page, said, asked = context.new_page(), [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/design{query}")
    page.evaluate(AXE)
    found = page.evaluate("async () => (await axe.run()).violations.map(v => [v.impact, v.id, v.nodes[0].html])")
    assert [] == [one for one in found if one[0] in ("serious", "critical")]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [] == said
    assert [] == [url for url in asked if not url.startswith((address, "data:"))]
    assert len([url for url in asked if url.startswith(address)]) <= 12
    context.close()


@pytest.mark.parametrize(("query", "least"), [("", 44), ("?elder=1", 60)])
def test_buttons_and_fields_are_large_enough(page, address, query, least):
    page.goto(f"{address}/design{query}")
    small = page.evaluate(
        """least => [...document.querySelectorAll('.btn, .form-control, .form-select, .masthead-tools a, .main-menu a')]
        .filter(e => e.offsetParent && e.getBoundingClientRect().height < least - .5).map(e => e.outerHTML)""",
        least,
    )
    assert [] == small


def test_keys_walk_tick_and_help(page, address):
    page.goto(f"{address}/design")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert [False, True] == page.evaluate(
        "[...document.querySelectorAll('[name=case]')].slice(0, 2).map(x => x.checked)"
    )
    page.keyboard.press("?")
    assert page.is_visible("#keys")


def test_viewer_turns_enlarges_and_goes_on(page, address):
    page.goto(f"{address}/design")
    for what in ("[data-viewer-act=turn]", "[data-viewer-act=bigger]", "[data-viewer-go='1']"):
        page.click(what)
    assert page.get_attribute("#evidence-2 img", "class") == "zoom-150 turn-90"
    assert not page.is_visible("#evidence-1")
    assert page.url.endswith("/design")


def test_viewer_without_script_shows_every_page(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/design")
    assert page.is_visible("#evidence-1") and page.is_visible("#evidence-2")
    context.close()


def test_a_lost_form_is_offered_again(page, address):
    page.goto(f"{address}/design")
    page.fill("#plain-statement", "typed before the session was lost")
    page.reload()
    page.click("[data-draft-take]")
    assert "typed before the session was lost" == page.input_value("#plain-statement")


@pytest.mark.parametrize(("script", "stopped"), [(True, [False, True]), (False, [False, False])])
def test_a_second_submission_is_stopped_by_the_script(page, address, script, stopped):
    if not script:
        page.route("**/xinfu.js", lambda route: route.abort())
    page.goto(f"{address}/design")
    found = page.evaluate("""() => {
        const form = document.createElement('form'), stopped = [];
        form.method = 'post';
        document.body.prepend(form);
        window.addEventListener('submit', event => { stopped.push(event.defaultPrevented); event.preventDefault(); });
        form.requestSubmit();
        form.requestSubmit();
        return stopped;
    }""")
    assert stopped == found
