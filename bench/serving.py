"""Servers to measure and clients that ask them, over HTTP on this machine."""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 5
REQUESTS = 50  # of a round, where requests are sent in turns
SECONDS = 1.5
PATIENCE = 60.0
LOOK_BYTES = 10_000_000
# As `make run` serves it (newsdb quickstart), with one worker.
GUNICORN = ("--worker-class", "gthread", "--threads", "4", "--workers", "1")


@dataclass(frozen=True, slots=True)
class Server:
    name: str
    port: int
    pid: int

    def memory_mb(self) -> float:
        """Of its worker, at this moment."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        status = Path(f"/proc/{children.split()[0]}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024


@contextlib.contextmanager
def serving(
    application: str, database_url: str, *, python: Path | str = sys.executable
) -> Iterator[Server]:
    """gunicorn with that application on a free port."""
    port = free_port()
    environment = {
        "DATABASE_URL": database_url,
        "NEWSDB_ADDRESS_RATE": "0",
        "DJANGO_SETTINGS_MODULE": "newsdb.settings",
    }
    command = [str(python), "-m", "gunicorn", *GUNICORN]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level", "error"]
    command += ["--no-control-socket", application]
    with started(application, port, command, environment) as server:
        yield server


@contextlib.contextmanager
def started(
    name: str, port: int, command: list[str], environment: dict[str, str]
) -> Iterator[Server]:
    """A program that listens on that port, until the block ends. Its errors are shown.

    A log of requests would be measured with them.
    """
    process = subprocess.Popen(
        command,
        env={**os.environ, **environment},
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    try:
        _await(port)
        yield Server(name, port, process.pid)
    finally:
        process.terminate()
        process.wait(30)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _await(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", port), 1),
        ):
            return
        time.sleep(0.1)
    raise SystemExit(f"the server on port {port} did not start")


class Client:
    """One connection that stays open."""

    def __init__(self, server: Server) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port)

    def get(self, path: str) -> bytes:
        try:
            self.connection.request("GET", path)
            answer = self.connection.getresponse()
        except (ConnectionError, http.client.HTTPException):
            self.connection.close()  # it was idle for too long; the next one is new
            self.connection.request("GET", path)
            answer = self.connection.getresponse()
        body = answer.read()
        assert answer.status == 200, (path, answer.status, body[:300])
        return body

    def stream(self, path: str, look: Callable[[], None] = lambda: None) -> int:
        """How many bytes come; none is kept. Now and then, `look`."""
        self.connection.request("GET", path)
        answer = self.connection.getresponse()
        assert answer.status == 200, path
        size, looked = 0, 0
        while block := answer.read(1 << 20):
            size += len(block)
            if size - looked > LOOK_BYTES:
                looked = size
                look()
        return size


def rate(server: Server, path: str, connections: int = 1) -> float:
    """Requests a second."""
    clients = [Client(server) for _ in range(connections)]
    for client in clients:
        client.get(path)
    counts = [0] * connections
    stop = time.perf_counter() + SECONDS

    def ask(number: int) -> None:
        while time.perf_counter() < stop:
            clients[number].get(path)
            counts[number] += 1

    threads = [
        threading.Thread(target=ask, args=(number,)) for number in range(connections)
    ]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - started)


def rates(*asked: tuple[Server, str], connections: int = 1) -> list[float]:
    """The median rate of each, measured in turns, so that noise hits all alike.

    Over one connection the turns are single requests.
    """
    measured: list[list[float]] = [[] for _ in asked]
    if connections > 1:
        for _ in range(ROUNDS):
            for number, (server, path) in enumerate(asked):
                measured[number].append(rate(server, path, connections))
        return [statistics.median(each) for each in measured]
    clients = [Client(server) for server, _ in asked]
    for _ in range(ROUNDS * REQUESTS):
        for number, (_, path) in enumerate(asked):
            started = time.perf_counter()
            clients[number].get(path)
            measured[number].append(1 / (time.perf_counter() - started))
    return [statistics.median(each) for each in measured]
