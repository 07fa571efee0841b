"""How Chromium is started here: without screen, sandbox or background traffic."""

from pathlib import Path

BROWSER = "/usr/bin/chromium"
CHROMIUM = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
AXE_FILE = Path(__file__).parent.parent / "tests" / "vendor" / "axe.min.js"
