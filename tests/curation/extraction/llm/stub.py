"""A server on this machine that answers as the test says and keeps what it is sent."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Body = bytes | Callable[[dict[str, Any]], bytes]


class Stub:
    """Replies are given in order, the last one again and again."""

    def __init__(self, *replies: tuple[int, Body]) -> None:
        self.replies = list(replies)
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.delay = 0.0
        self.extra: dict[str, str] = {}
        self.url = ""

    def next(self, payload: dict[str, Any]) -> tuple[int, bytes]:
        status, body = self.replies[min(len(self.asked), len(self.replies)) - 1]
        return status, body(payload) if callable(body) else body


def completion(content: Any, **usage: Any) -> bytes:
    """What a server sends when the model wrote `content`."""
    text = content if isinstance(content, str) else json.dumps(content)
    choice = {"message": {"role": "assistant", "content": text}}
    return json.dumps({"choices": [choice], "usage": usage or None}).encode()


def schema_refused(payload: dict[str, Any]) -> bool:
    return bool(payload["response_format"]["type"] == "json_schema")


@contextmanager
def serving(stub: Stub) -> Iterator[Stub]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # noqa: N802  # http.server's name
            length = int(self.headers["Content-Length"])
            payload = json.loads(self.rfile.read(length))
            stub.asked.append(payload)
            stub.headers.append(dict(self.headers))
            stub.paths.append(self.path)
            status, body = stub.next(payload)
            time.sleep(stub.delay)
            self.send_response(status)
            for name, value in stub.extra.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(OSError):  # the client may have had enough
                self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    stub.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield stub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
