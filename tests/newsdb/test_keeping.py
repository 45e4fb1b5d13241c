"""How `make run` keeps a worker, without a worker."""

from __future__ import annotations

import os
import sys
import time

import pytest

from newsdb import keeping
from newsdb.keeping import DEATHS, HEALTHY_SECONDS, Keeper


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def keep(tmp_path):
    kept = []

    def keep(*command):
        clock, said = Clock(), []
        keeper = Keeper(
            list(command), log=tmp_path / "worker.log", say=said.append, clock=clock
        )
        kept.append(keeper)
        keeper.start()
        return keeper, clock, said

    yield keep
    for keeper in kept:
        keeper.stop()


def die(keeper):
    keeper.process.kill()
    keeper.process.wait()
    keeper.look()


def test_it_starts_again_after_pauses_that_grow_and_is_left_in_the_end(keep):
    keeper, clock, said = keep("sleep", "60")
    pauses = []
    for _ in range(DEATHS - 1):
        die(keeper)
        assert keeper.process is None
        begun = clock.now
        while keeper.process is None:
            clock.now += 0.5
            keeper.look()
        pauses.append(clock.now - begun)
    assert pauses == [1, 2, 4, 8, 16]

    die(keeper)
    clock.now += 10_000
    keeper.look()

    assert keeper.process is None
    assert len(said) == DEATHS
    assert "is left" in said[-1]


def test_one_that_lived_long_starts_again_at_once(keep):
    keeper, clock, _ = keep("sleep", "60")
    for _ in range(2 * DEATHS):
        clock.now += HEALTHY_SECONDS + 1
        die(keeper)
        clock.now += 1
        keeper.look()
        assert keeper.process is not None


def test_a_death_that_somebody_else_reaped_is_seen(keep):
    keeper, _, said = keep("true")
    os.waitpid(keeper.process.pid, 0)  # gunicorn waits for all children

    keeper.look()

    assert keeper.process is None
    assert "died" in said[0]


def test_stopping_waits_for_its_end_and_does_not_start_it_again(keep):
    keeper, clock, said = keep("sleep", "60")
    process = keeper.process

    keeper.stop()
    clock.now += 10_000
    keeper.look()

    assert process.returncode is not None
    assert keeper.process is None
    assert said == []


def test_one_that_does_not_listen_is_killed(keep, monkeypatch):
    monkeypatch.setattr(keeping, "PATIENCE_SECONDS", -2.8)
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "print('deaf', flush=True); time.sleep(60)"
    )
    keeper, *_ = keep(sys.executable, "-c", deaf)
    while "deaf" not in keeper.log.read_text():
        time.sleep(0.02)
    process = keeper.process

    keeper.stop()

    assert process.returncode == -9


def test_a_long_log_makes_room(keep, tmp_path):
    (tmp_path / "worker.log").write_bytes(b"x" * (keeping.LOG_BYTES + 1))

    keep("true")

    assert (tmp_path / "worker.log").stat().st_size == 0
    assert (tmp_path / "worker.log.1").exists()
