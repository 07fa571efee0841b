"""`./xinfu bench [NAME] [--json]`: ours beside a floor of the same run, as ratios, with the goal met or not."""

import argparse
import json
import sys

from benchmarks import imports, letters, moves, pages, steps
from benchmarks.measure import Figure

BENCHES = {"move": moves.run, "step": steps.run, "pages": pages.run, "letters": letters.run, "import": imports.run}


def main(arguments: list[str] | None = None) -> int:
    """0 when every goal is met, 1 when one is not, 2 wrongly called. The engine: XINFU_TEST_ENGINE (sqlite)."""
    parser = argparse.ArgumentParser(prog="xinfu bench")
    parser.add_argument("name", nargs="?", choices=sorted(BENCHES))
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args(arguments)
    figures: list[Figure] = []
    for name, run in BENCHES.items():
        if wanted.name in (None, name):
            made = run()
            figures += made
            if not wanted.json:
                print("\n".join(map(_line, made)), flush=True)
    if wanted.json:
        print(json.dumps([one.as_data() for one in figures], ensure_ascii=False, indent=1))
    return 0 if all(one.met for one in figures) else 1


def _line(one: Figure) -> str:
    met = "met" if one.met else "NOT MET"
    said = f"{one.name:<28} {one.ours:>10} {one.unit:<12} floor {one.floor:>10}"
    return f"{said}  ratio {one.ratio:>8}  {one.goal}: {met}"


if __name__ == "__main__":
    sys.exit(main())
