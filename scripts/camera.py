"""Photographs pages as somebody sees them: wide and narrow, in both languages."""

import contextlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookiejar import Cookie
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from scripts import sheets
from scripts.browsing import BROWSER, CHROMIUM
from scripts.visitor import Visitor

WIDTHS, LANGUAGES = (1280, 360), ("zh", "en")
SPEECH = {"zh": "zh-CN", "en": "en-GB"}


@dataclass(frozen=True)
class Place:
    """One kind of page: whose sheet it is on, who looks, where, and the words beneath the picture."""

    group: str
    who: str
    path: str
    kind: str
    filled: tuple[tuple[str, str], ...] = ()  # what is typed into the page before it is sent and photographed


@dataclass
class Camera:
    """A browser, the folder for its pictures, and the places photographed so far."""

    chromium: Browser
    out: Path
    taken: list[Place] = field(default_factory=list)

    def take(self, visitor: Visitor, places: list[Place]) -> None:
        """A picture of each place for each width and language, with the cookies of this visitor."""
        shown: set[Place] = set()
        for width, language in itertools.product(WIDTHS, LANGUAGES):
            page = self._page(visitor, width, language)
            for place in places:
                answer = page.goto(visitor.base.rstrip("/") + place.path)
                if answer is not None and answer.ok:
                    _fill(page, place.filled)
                    page.screenshot(path=self.out / sheets.name_of(place, width, language), full_page=True)
                    shown.add(place)
            page.context.close()
        self.taken += [place for place in places if place in shown]

    def _page(self, visitor: Visitor, width: int, language: str) -> Page:
        context = self.chromium.new_context(viewport={"width": width, "height": 900}, locale=SPEECH[language])
        address = visitor.base
        kept = [_told(one, address) for one in visitor.jar if one.name != "xinfu_lang"]
        context.add_cookies([*kept, {"name": "xinfu_lang", "value": language, "url": address}])  # type: ignore[list-item]
        return context.new_page()


def _fill(page: Page, said: tuple[tuple[str, str], ...]) -> None:
    """Type into the form that asks for these, and send it."""
    for name, words in said:
        page.fill(f"main [name={name}]", words)
    if said:
        page.press(f"main [name={said[-1][0]}]", "Enter")
        page.wait_for_load_state()


def _told(cookie: Cookie, address: str) -> dict[str, str]:
    return {"name": cookie.name, "value": cookie.value or "", "url": address}


@contextlib.contextmanager
def camera(out: Path) -> Iterator[Camera]:
    """A camera as long as it is needed."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=BROWSER, args=list(CHROMIUM), chromium_sandbox=False)
        yield Camera(chromium, out)
        chromium.close()
