"""Drawing is bounded in time and memory, and never takes its caller down (T9)."""

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from documents import fonts, render
from documents.pool import EngineMissing, Pool, RenderFailed, Setting
from documents.samples import sample
from workflow.words import Paper

BOMBS = {
    "nested flex": "<div style='display:flex'>" * 14 + "x",
    "nested grid": "<div style='display:grid'>" * 14 + "x",
    "deep nesting": "<div>" * 20000,
    "recursion": "<div>" * 600,
    "svg recursion": "<svg width=9 height=9>" + "<g>" * 3000,
    "endless text": "<p>" + "信" * 600_000,
    "endless table": "<table>" + "<tr><td>x" * 90_000,
    "endless floats": "<div style='float:left;width:1px'>x</div>" * 90_000,
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_bomb_ends_in_time(bomb: str, pool: Pool):
    began = time.monotonic()
    with pytest.raises(RenderFailed):
        pool.draw(bomb, "x", 1.5)
    assert time.monotonic() - began < 20
    assert pool.draw("<p>信复", "x", 20)[1] == 1


def test_a_bomb_that_only_burns_processor_time_is_ended_by_the_kernel(pool: Pool):
    """The caller waits long, the CPU limit of the child is what counts: it is never far behind the wall clock."""
    pool.draw("<p>信复", "x", 20)
    limits = [Path(f"/proc/{pid}/limits").read_text() for pid in pool.pids()]
    assert limits and all("Max cpu time              unlimited" not in text for text in limits)
    for text in limits:
        assert f"Max address space         {1 << 30}" in text
        assert "Max file size             0 " in text and "Max core file size        0 " in text


def test_memory_is_bounded():
    setting = render.setting(fonts.locate())
    small = Pool(Setting(setting.css, setting.fontconfig, memory=340 << 20), 1)
    try:
        with pytest.raises(RenderFailed, match="ended"):  # not late: out of memory
            small.draw("<p>" + "信" * 24_000_000, "x", 120)
        assert small.draw("<p>信复", "x", 60)[1] == 1
    finally:
        small.close()


def test_the_child_is_nice_and_offline(pool: Pool):
    pool.draw("<p>信复", "x", 20)
    for pid in pool.pids():
        assert Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[16] == "10"
        if os.geteuid() == 0:
            assert os.readlink(f"/proc/{pid}/ns/net") != os.readlink("/proc/self/ns/net")


def test_a_killed_child_costs_one_letter(pool: Pool):
    pool.draw("<p>信复", "x", 20)
    for pid in pool.pids():
        os.kill(pid, signal.SIGKILL)
    for _ in pool.pids():
        with pytest.raises(RenderFailed):
            pool.draw("<p>信复", "x", 20)
    assert pool.draw("<p>信复", "x", 20)[1] == 1


def test_a_stopped_child_is_replaced(pool: Pool):
    pool.draw("<p>信复", "x", 20)
    stopped = pool.pids()
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    for _ in stopped:
        with pytest.raises(RenderFailed):
            pool.draw("<p>" + "信" * 100_000, "x", 0.5)
    assert pool.draw("<p>信复", "x", 20)[1] == 1 and not set(stopped) & set(pool.pids())


def test_a_worn_child_is_replaced():
    setting = render.setting(fonts.locate())
    short = Pool(setting, 1, documents=3)
    seen: list[int] = []
    for _ in range(7):
        short.draw("<p>信复", "x", 20)
        seen += short.pids()
    short.close()
    assert len(set(seen)) == 3 and max(seen.count(pid) for pid in seen) <= 3


def test_threads_share_the_pool(pool: Pool):
    expected = pool.draw("<p>信复", "x", 20)
    drawn: list[tuple[bytes, int]] = []
    threads = [threading.Thread(target=lambda: drawn.append(pool.draw("<p>信复", "x", 30))) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert drawn == [expected] * 12


def test_a_forked_process_draws_with_its_own_children():
    render.close()
    first = render.render(Paper.D18, sample(Paper.D18))
    (pool,) = render._pools.values()
    before = pool.pids()
    child = os.fork()
    if child == 0:
        try:
            same = render.render(Paper.D18, sample(Paper.D18)).pdf == first.pdf
            own = {pid for other in render._pools.values() for pid in other.pids()}
            render.close()
            os._exit(0 if same and own and not own & set(before) else 1)
        finally:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert render.render(Paper.D18, sample(Paper.D18)).pdf == first.pdf and pool.pids() == before


def test_a_missing_engine_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0')")
    monkeypatch.setattr("documents.pool.ROOT", tmp_path)
    (tmp_path / "documents").symlink_to(Path(render.__file__).parent)
    with pytest.raises(EngineMissing, match="apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"):
        Pool(Setting("", tmp_path / "none.conf"), 1).draw("<p>x", "x", 20)


def test_letters_cost_little_processor_time():
    """Processor time of the drawing process, so that a busy machine does not matter."""
    render.close()
    render.render(Paper.D18, sample(Paper.D18))
    (pool,) = render._pools.values()
    first = _spent(pool)
    for case in range(10):
        render.render(Paper.D18, sample(Paper.D18, case_number=f"YB2026110200{case:04d}"))
    assert first < 3 and (_spent(pool) - first) / 10 < 0.15


def _spent(pool: Pool) -> float:
    """Processor seconds of the pool's children."""
    parts = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pool.pids()]
    return sum(int(part[11]) + int(part[12]) for part in parts) / os.sysconf("SC_CLK_TCK")
