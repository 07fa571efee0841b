"""Write docs/workflow/*.md from the flows; with --check, fail when a page is stale."""

import sys
from collections.abc import Mapping
from pathlib import Path

from workflow.drawing import page
from workflow.engine import FLOWS
from workflow.ordering import ORDER
from workflow.publication import PUBLICATION

DOCS = Path(__file__).parent.parent / "docs"


def pages() -> dict[Path, str]:
    """Every generated page with its content."""
    return {DOCS / "workflow" / f"{flow.kind}.md": page(flow) for flow in (*FLOWS.values(), PUBLICATION, ORDER)}


def keep(made: Mapping[Path, str], arguments: list[str]) -> int:
    """Write generated pages, or with --check only compare them; 0 when written or fresh, 1 when stale."""
    stale = [path for path, text in made.items() if not path.exists() or path.read_text() != text]
    if "--check" in arguments:
        for path in stale:
            print(f"stale: {path.name}")
        return 1 if stale else 0
    for path, text in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(keep(pages(), sys.argv[1:]))
