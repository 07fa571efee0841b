"""What the browser is sent: small, ours, and readable by Chromium 72."""

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "static"
FIRST_LOAD = ("vendor/bootstrap.min.css", "vendor/htmx.min.js", "xinfu.css", "xinfu.js", "favicon.svg")
TOO_NEW = (":has(", ":is(", ":where(", "color-mix(", "aspect-ratio", "inset:", "clamp(", "min(", "max(", "oklch",
           "@layer", "@container", "@import", "margin-inline", "padding-inline")  # fmt: skip


@pytest.mark.parametrize("home", ["static/vendor", "tests/vendor"])
def test_vendored_files_are_those_of_the_manifest(home):
    folder = ROOT / home
    entries = json.loads((folder / "manifest.json").read_text())
    assert {one["file"] for one in entries} == {p.name for p in folder.iterdir()} - {"manifest.json"}
    for one in entries:
        assert one["sha256"] == hashlib.sha256((folder / one["file"]).read_bytes()).hexdigest(), one["file"]
        assert one["licence"] and one["version"]


def test_first_load_is_small():
    total = sum(len(gzip.compress((STATIC / name).read_bytes())) for name in FIRST_LOAD)
    assert total < 80_000, total


def test_theme_uses_nothing_newer_than_chromium_72():
    css = re.sub(r"/\*.*?\*/", "", (STATIC / "xinfu.css").read_text(), flags=re.DOTALL)
    assert [] == [word for word in TOO_NEW if re.search(rf"(?<![-\w]){re.escape(word)}", css)]
    flex_with_gap = [rule for rule in re.findall(r"{[^{}]*}", css) if "flex" in rule and re.search(r"[{; ]gap:", rule)]
    assert [] == flex_with_gap


@pytest.mark.parametrize("name", ["xinfu.js", "vendor/htmx.min.js"])
def test_scripts_use_nothing_newer_than_chromium_72(name):
    script = re.sub(r"/\*.*?\*/|//[^\n]*", "", (STATIC / name).read_text(), flags=re.DOTALL)
    assert not re.search(r"\w\?\.[a-zA-Z_\[(]|\?\?[^=]|\|\|=|&&=|replaceAll\(|\.at\(-|structuredClone", script)


def test_nothing_comes_from_elsewhere():
    for path in (*STATIC.glob("*.css"), *STATIC.glob("*.js"), *(ROOT / "templates").rglob("*.html")):
        found = re.findall(r"""(?:src|href|url\()\s*=?\s*["'(]*(?:https?:)?//[a-z]""", path.read_text())
        assert [] == found, path
