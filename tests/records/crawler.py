"""A stranger who opens every public page there is: each public address of the program, and every link on the way."""

import re
from collections import deque
from typing import Any
from urllib.parse import quote, urlsplit

from flask import Flask

from routes.guards import guard_of

LINK = re.compile(r'(?:href|action)="(/[^"#]*)')
MOST = 400
SKIPPED = ("static", "health.metrics", "pages.language", "pages.elder")


def public_addresses(app: Flask) -> list[str]:
    """Every address without arguments that anybody may open."""
    found = []
    for rule in app.url_map.iter_rules():
        guard = guard_of(app, rule.endpoint)
        if guard and guard.kind == "public" and not rule.arguments and "GET" in (rule.methods or ()):
            if rule.endpoint not in SKIPPED:
                found.append(rule.rule)
    return found


def crawl(app: Flask, seeds: list[str]) -> dict[str, str]:
    """The text of every page that a stranger reaches from the public addresses and these seeds, in both languages."""
    stranger: Any = app.test_client()
    first = [*public_addresses(app), *seeds]
    queue = deque([*first, *(f"{one}{'&' if '?' in one else '?'}lang=en" for one in first)])
    pages: dict[str, str] = {}
    while queue and len(pages) < MOST:
        address = queue.popleft()
        if address in pages or urlsplit(address).path.startswith(("/static", "/language", "/elder")):
            continue
        answer = stranger.get(address, environ_overrides={"REMOTE_ADDR": f"10.0.{len(pages) // 50}.1"})
        pages[address] = answer.get_data(as_text=True) if answer.status_code == 200 else ""
        queue.extend(one.replace("&amp;", "&") for one in LINK.findall(pages[address]))
    assert len(pages) < MOST, "the crawl has no end"
    return pages


def asking(*texts: str) -> list[str]:
    """Addresses of the public query for these words."""
    return [f"/query?q={quote(text)}" for text in texts]


def holding(pages: dict[str, str], *needles: str) -> list[str]:
    """Addresses of the pages on which one of these stands, the question in a form's own box aside."""
    found = []
    for address, text in pages.items():
        bare = re.sub(r'value="[^"]*"', "", text)
        if any(needle in bare for needle in needles):
            found.append(address)
    return found
