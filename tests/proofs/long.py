"""The long proofs, each on a fresh office of one engine, with its negative control."""

from pathlib import Path

from tests.office import Office
from tests.proofs.ground import ground
from tests.proofs.kills import Harm, storm
from tests.proofs.outage import outage
from tests.proofs.races import naive, race
from tests.proofs.tally import Proof, Tally

CONTROLS = 10
FEW = 200
LOOPBACK = ("127.0.0.0/8",)
WEB_PROCESSES = {"sqlite": 1, "postgresql": 2}  # profile A and profile B


def races(engine: str, folder: Path, rounds: int, seed: int) -> Proof:
    """Pairs of conflicting steps; the control looks and saves without compare-and-set."""
    with ground(engine, folder) as office:
        return Proof(race(office, rounds, seed), naive(office, CONTROLS))


def kills(engine: str, folder: Path, wanted: int, seed: int) -> Proof:
    """Killed web workers; the control commits after every statement."""
    with ground(engine, folder / "ours") as office:
        ours = hit(office, wanted, seed, engine)
    with ground(engine, folder / "control") as office:
        return Proof(ours, hit(office, CONTROLS, seed, engine, many_commits=True))


def outages(engine: str, folder: Path, corrections: int, seed: int) -> Proof:
    """Three days down and bad weather; the control's receiver does not look at what it knows already."""
    with ground(engine, folder / "ours", receivers_in=LOOPBACK) as office:
        ours = outage(office, folder / "ours" / "there", corrections, seed)
    with ground(engine, folder / "control", receivers_in=LOOPBACK) as office:
        weaker = "tests.proofs.naive_receiver"
        return Proof(ours, outage(office, folder / "control" / "there", min(corrections, FEW), seed, weaker))


def hit(office: Office, wanted: int, seed: int, engine: str, many_commits: bool = False) -> Tally:
    """A storm of kills over an office; too few of them, or no acknowledged step, is a failure too."""
    harm = storm(office, office.app.config["SETTINGS"], wanted, WEB_PROCESSES[engine], seed, many_commits)
    blows = harm.blows
    notes = [f"before the commit {blows.before_commit}, before the answer {blows.before_answer}, too late {blows.late}",
             f"steps acknowledged {harm.acknowledged}, cases {len(harm.told)}"]  # fmt: skip
    return Tally(blows.counted, [*harm.wrong, *harm.problems, *_too_little(harm, wanted)], notes)


def _too_little(harm: Harm, wanted: int) -> list[str]:
    few = [f"only {harm.blows.counted} kills hit"] if harm.blows.counted < wanted else []
    return few + ([] if harm.acknowledged else ["no step was acknowledged"])


PROOFS = {"races": races, "kills": kills, "outage": outages}
