"""Web and worker live and die together: a dead child comes back, a signal or a killed supervisor ends all."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import sys, time
from pathlib import Path
from scripts.supervisor import Child, Supervisor
note = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()} '); time.sleep(float(sys.argv[2]))"
children = [Child(name, [sys.executable, "-c", note, sys.argv[1] + name, life])
            for name, life in (("web", sys.argv[2]), ("worker", "300"))]
ready = lambda: all(Path(sys.argv[1] + child.name).exists() for child in children)
sys.exit(Supervisor(children, ready, lambda: print("ready", flush=True)).run())
"""


@pytest.fixture
def tree(tmp_path):
    started = []

    def start(life="300"):
        command = [sys.executable, "-c", SCRIPT, f"{tmp_path}/", life]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen(command, env=environment, text=True, **pipes)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def pids(tmp_path, name):
    path = tmp_path / name
    return [int(pid) for pid in path.read_text().split()] if path.exists() else []


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def eventually(holds, seconds=10.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_whole_tree_with_zero(tree, tmp_path, number):
    process = tree()
    assert process.stdout.readline() == "ready\n"
    children = pids(tmp_path, "web") + pids(tmp_path, "worker")
    process.send_signal(number)
    assert process.wait(10) == 0
    assert len(children) == 2 and not any(map(alive, children))


def test_a_killed_child_is_started_again_and_the_other_left_alone(tree, tmp_path):
    process = tree()
    assert process.stdout.readline() == "ready\n"
    os.kill(pids(tmp_path, "worker")[0], signal.SIGKILL)
    assert eventually(lambda: len(pids(tmp_path, "worker")) == 2)
    assert alive(pids(tmp_path, "worker")[1]) and len(pids(tmp_path, "web")) == 1


def test_a_killed_supervisor_takes_its_children_along(tree, tmp_path):
    process = tree()
    assert process.stdout.readline() == "ready\n"
    children = pids(tmp_path, "web") + pids(tmp_path, "worker")
    process.kill()
    assert len(children) == 2 and eventually(lambda: not any(map(alive, children)))


def test_a_child_that_cannot_start_at_all_ends_the_run_with_one(tmp_path):
    never = SCRIPT.replace("ready = lambda: all(", "ready = lambda: False and all(")
    command, environment = [sys.executable, "-c", never, f"{tmp_path}/", "0"], {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, timeout=20, capture_output=True, text=True, env=environment)
    assert done.returncode == 1 and "does not start" in done.stderr
    assert not any(map(alive, pids(tmp_path, "worker")))
