"""`./xinfu prove NAME`: a long proof on both engines, each with the negative control that must be seen to fail."""

import argparse
import secrets
import sys
import tempfile
import time
from pathlib import Path

from launch.speech import both, say
from standards.words import T
from tests.proofs.long import PROOFS
from tests.proofs.tally import Proof, Tally

HOLDS, BROKEN = 0, 1
ENGINES = ("sqlite", "postgresql")
COUNTS = {"races": 1000, "kills": 200, "outage": 10_000}
UNITS = {"races": "--rounds", "kills": "--kills", "outage": "--corrections"}
CONTROL_FAILS = T("对照：{n} 已见其失败", "control: {n} was seen to fail, as it must")
CONTROL_PASSES = T("对照：{n} 未失败，证明无效", "control: {n} did not fail, so this proves nothing")
KEPT = T("种子 {s}，记录在 {d}", "seed {s}, log in {d}")


def main(arguments: list[str] | None = None) -> int:
    """Run one proof; 0 it holds on every engine asked for, 1 it does not, 2 wrongly called."""
    wanted = _arguments(arguments)
    folder = Path(tempfile.mkdtemp(prefix=f"xinfu-prove-{wanted.name}-"))
    log = folder / "log.txt"
    log.write_text(f"seed {wanted.seed}\ncount {wanted.count}\n")
    engines = [wanted.engine] if wanted.engine else ENGINES
    held = [_prove(wanted, engine, folder, log) for engine in engines]
    say(KEPT.format(s=wanted.seed, d=folder))
    return HOLDS if all(held) else BROKEN


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="xinfu prove")
    names = parser.add_subparsers(dest="name", required=True)
    for name, unit in UNITS.items():
        one = names.add_parser(name)
        one.add_argument(unit, dest="count", type=_positive, default=COUNTS[name])
        one.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
        one.add_argument("--engine", choices=ENGINES)
    return parser.parse_args(arguments)


def _positive(said: str) -> int:
    if (count := int(said)) < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return count


def _prove(wanted: argparse.Namespace, engine: str, folder: Path, log: Path) -> bool:
    name, begun = f"{wanted.name}-{engine}", time.monotonic()
    proof: Proof = PROOFS[wanted.name](engine, folder / engine, wanted.count, wanted.seed)
    lines = [_line(name, proof.ours), _line(f"{name}-control", proof.control)]
    print(*lines, sep="\n", flush=True)
    seen = CONTROL_FAILS if proof.control.failed else CONTROL_PASSES
    print(both(seen.format(n=f"{name}-control")), flush=True)
    with log.open("a") as book:
        told = [f"{time.monotonic() - begun:.0f} seconds"]
        for line, tally in zip(lines, (proof.ours, proof.control), strict=True):
            told += [line, *(f"  {note}" for note in tally.notes), *(f"  failed: {fault}" for fault in tally.failed)]
        print(*told, sep="\n", file=book)
    return proof.holds


def _line(name: str, tally: Tally) -> str:
    return f"{name} {tally.tried} {len(tally.failed)}"


if __name__ == "__main__":
    sys.exit(main())
