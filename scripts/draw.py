"""Write docs/workflow/*.md from the flows; with --check, fail when a page is stale."""

import sys
from pathlib import Path

from workflow.drawing import page
from workflow.engine import FLOWS
from workflow.publication import PUBLICATION

FOLDER = Path(__file__).parent.parent / "docs" / "workflow"


def pages() -> dict[Path, str]:
    """Every generated page with its content."""
    return {FOLDER / f"{flow.kind}.md": page(flow) for flow in (*FLOWS.values(), PUBLICATION)}


def main(arguments: list[str]) -> int:
    """0 when written or true to the tables, 1 when stale."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text() != text]
    if "--check" in arguments:
        for path in stale:
            print(f"stale: {path.name}")
        return 1 if stale else 0
    for path, text in pages().items():
        path.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
