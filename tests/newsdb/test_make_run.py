"""The story of `make run`, with real processes in a copy of the tree."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = shutil.ignore_patterns(
    ".venv", ".local", ".git", ".*_cache", "__pycache__", "tests", "docs"
)
PATIENCE = 120


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    tree = tmp_path_factory.mktemp("newsdb") / "tree"
    shutil.copytree(ROOT, tree, ignore=LEFT_OUT)
    return tree


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def manage(tree, *arguments):
    """The environment of somebody who has just cloned it: nothing of ours is set."""
    keep = ("PATH", "HOME", "LANG", "TMPDIR")
    return {
        "args": [sys.executable, "manage.py", *arguments],
        "cwd": tree,
        "env": {name: os.environ[name] for name in keep if name in os.environ},
        "text": True,
    }


def run(tree, port):
    """Start it; what it printed until it serves, and the process."""
    site = subprocess.Popen(
        **manage(tree, "quickstart", "--port", str(port)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,  # a background job of a shell would ignore Ctrl-C
    )
    printed, started = [], time.monotonic()
    while not printed or "An event" not in printed[-1]:
        line = site.stdout.readline()
        printed.append(line)
        assert line, "".join(printed)
        assert time.monotonic() - started < PATIENCE
    return "".join(printed), site


def stop(site):
    site.send_signal(signal.SIGINT)
    said = site.communicate(timeout=30)[0]
    return site.returncode, said


def page(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as got:
        return got.read().decode()


def workers(tree):
    """The command lines of this tree's workers, dead or alive."""
    done = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,args="],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = done.stdout.splitlines()
    return [line for line in lines if f"{tree}/manage.py work" in line]


def until(true):
    started = time.monotonic()
    while not true():
        assert time.monotonic() - started < PATIENCE
        time.sleep(0.1)


def state(tree):
    """What a second run must not change."""
    query = (
        "from publishing.models import Document; from events.models import Claim;"
        "print(Document.objects.count(), Claim.objects.filter(history=None).count(),"
        " sum(c.history.count() for c in Claim.objects.all()))"
    )
    done = subprocess.run(
        **manage(tree, "shell", "-v0", "-c", query), capture_output=True, check=True
    )
    return done.stdout.strip()


def test_first_run_second_run_and_after_a_kill(tree, port):
    first, site = run(tree, port)
    for place in ("/admin/", "/api/v1/docs/", "/events/kabul-airport-attack/"):
        assert f"http://127.0.0.1:{port}{place}" in first
        assert page(port, place)
    assert "164" in page(port, "/events/kabul-airport-attack/")
    password = (tree / ".local/curator.txt").read_text().strip()
    assert f"password {password}" in first
    log = tree / ".local/worker.log"
    until(lambda: log.read_text().count(" findings, ") == 5)
    assert len(workers(tree)) == 1
    taken = subprocess.run(
        **manage(tree, "quickstart", "--port", str(port)),
        capture_output=True,
        check=False,
    )
    assert taken.returncode == 1
    assert f"Port {port} is in use" in taken.stderr + taken.stdout
    code, said = stop(site)
    assert code == 0
    assert "Stopped" in said
    assert not workers(tree)
    assert not (tree / ".local/postgres/data/postmaster.pid").exists()

    before, started = state(tree), time.monotonic()
    second, site = run(tree, port)
    assert time.monotonic() - started < 30  # aimed at 10 s, on a quiet machine
    assert password not in second
    os.killpg(site.pid, signal.SIGKILL)
    site.communicate()  # and close its pipe
    until(lambda: not workers(tree))

    third, site = run(tree, port)
    assert "An event" in third
    assert page(port, "/")
    assert stop(site)[0] == 0
    assert state(tree) == before
    assert log.read_text().count(" findings, ") == 5  # read once and not again
    assert not workers(tree)
