"""Who asks for a stream and stops reading it is let go."""

from __future__ import annotations

import select
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30
# The server of `make run`, patient for a second, before an application that sends
# without end and says when it is closed.
ENDLESS = """
import sys
from newsdb import serving

class Stream:
    def __iter__(self):
        while True:
            yield b"x" * 100_000

    def close(self):
        print("closed", flush=True)

def endless(environ, start_response):
    start_response("200 OK", [])
    return Stream()

class Endless(serving.Site):
    def load(self):
        return endless

serving.READER_PATIENCE_SECONDS = 1
Endless(int(sys.argv[1]), lambda _: print("ready", flush=True), lambda: None).run()
"""


@pytest.fixture
def site():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-c", ENDLESS, str(port)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout.readline() == "ready\n"
    yield port, process.stdout
    process.terminate()
    process.wait(30)
    process.stdout.close()


def test_who_stops_reading_is_let_go_and_who_reads_is_not(site):
    port, said = site
    with (
        socket.create_connection(("127.0.0.1", port)) as reading,
        socket.create_connection(("127.0.0.1", port)) as stopped,
    ):
        for client in (reading, stopped):
            client.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        deadline = time.monotonic() + PATIENCE
        while not select.select([said], [], [], 0)[0]:
            assert reading.recv(1 << 16)
            assert time.monotonic() < deadline, "a thread waits for it still"
        assert said.readline() == "closed\n"
        assert reading.recv(1 << 16), "this one did read"
