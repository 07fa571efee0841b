"""`./xinfu screens [OUT]`: photographs every kind of page as each role, wide and narrow, in both languages."""

import argparse
import contextlib
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from scripts import sheets
from scripts.camera import Camera, Place, camera
from scripts.filming import Filmed
from scripts.running import running
from scripts.screencases import APPLICANT, Town, case_pages, cases
from scripts.screenwalks import film
from scripts.visitor import Visitor

DEEP, MOST = 3, 60  # links followed from the front page; pages of one role
NAMED = re.compile(
    r"draft-[\w-]+|(?<=/records/)[\w-]+|(?<=/unclassified/)[\w-]+|(?<=/limits/).+"
    r"|(?<=(?:cord|fter)=)[\w-]+|(?<=(?:tab|nly)=)\w+|(?<=/)\d+(?=[/?.]|$)"
)
LEFT = ("/language", "/elder", "/static", "/health", ".pdf", "/api", "lang=", "/design", "mailto:", "tel:", "/export",
        "/cases/", "?record=", "?kind=", "?no_task=")  # fmt: skip
WHOLE = ("/", "/inbox", "/notices")  # what these show depends on who looks


def main(arguments: list[str] | None = None) -> int:
    """0 photographed, 2 wrongly called."""
    parser = argparse.ArgumentParser(prog="xinfu screens")
    parser.add_argument("out", nargs="?", type=Path, default=Path(__file__).parent.parent / "docs" / "screens")
    parser.add_argument("--keep", type=Path, help="a folder for the single pictures")
    wanted = parser.parse_args(arguments)
    with contextlib.ExitStack() as stack:
        kept = wanted.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        kept.mkdir(parents=True, exist_ok=True)
        held, demo = stack.enter_context(camera(kept)), stack.enter_context(running())
        town = Town(demo.base)
        made = cases(town)
        demo.work_off()
        photograph(town, visit(town) + [Place(*one) for one in case_pages(town, made)], held)
        film(lambda group: Filmed(demo.base, camera=held, group=group, running=demo))
        sheets.lay_out(held.taken, kept, wanted.out)
    return 0


def visit(town: Town) -> list[Place]:
    """Every kind of page that links lead to, as each role sees it."""
    found: list[Place] = []
    known: set[tuple[str, str]] = set()
    for group, who in _roles(town):
        visitor = town.visitor(who) if who else Visitor(town.base)
        for path in _links(visitor):
            kind = NAMED.sub("#", path)
            if (kind, group if kind in WHOLE else "") not in known:
                known.add((kind, group if kind in WHOLE else ""))
                found.append(Place(group, who, path, kind))
    return found


def _roles(town: Town) -> list[tuple[str, str]]:
    key = town.department
    return [("public", ""), ("applicant", APPLICANT), ("clerk", "intake1"), ("department", f"{key}.dr2"),
            ("department-head", f"{key}.dh1"), ("officer", "officer1"), ("head", "head1"), ("legality", "legal1"),
            ("leader", "leader1"), ("publisher", "publisher1"), ("auditor", "auditor1"),
            ("administrator", "admin1")]  # fmt: skip


def _links(visitor: Visitor) -> list[str]:
    """Addresses reached from the front page by links, the nearest first, one for each kind."""
    met, kinds, row = [], set(), ["/"]
    for _ in range(DEEP + 1):
        further = []
        for path in row:
            kind = NAMED.sub("#", path)
            if kind in kinds or len(met) >= MOST or any(word in path for word in LEFT):
                continue
            kinds.add(kind)
            page = visitor.get(path)
            if page.mime == "text/html" and page.status == 200:
                met.append(path)
                further += [_local(href, page.url) for href, _ in page.links]
        row = [path for path in further if path.startswith("/")]
    return met


def _local(href: str, here: str) -> str:
    parts = urlsplit(href)
    if parts.netloc or parts.scheme or not parts.path:
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def photograph(town: Town, places: list[Place], held: Camera) -> None:
    """Each place, as the one who looks."""
    for who in dict.fromkeys(place.who for place in places):
        held.take(town.visitor(who) if who else Visitor(town.base), [one for one in places if one.who == who])


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as error:
        sys.exit(f"{error.cmd[0]}: {error}")
