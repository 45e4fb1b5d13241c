"""The server of `make run`: gunicorn, in the process that starts it."""

from __future__ import annotations

import socket
import struct
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

if TYPE_CHECKING:
    from collections.abc import Callable

ADDRESS = "127.0.0.1"
READER_PATIENCE_SECONDS = 60  # who takes nothing for so long is not waited for


class Watch(Arbiter):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn's master, which looks after more than gunicorn's workers."""

    def manage_workers(self) -> None:
        """Called about once a second."""
        super().manage_workers()
        self.app.each_second()


class Site(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn in this process, so that it holds the database while it serves."""

    def __init__(
        self,
        port: int,
        when_ready: Callable[[object], None],
        each_second: Callable[[], None],
    ) -> None:
        self.each_second = each_second
        self.announce = when_ready
        self.chosen = {
            "bind": f"{ADDRESS}:{port}",
            "worker_class": "gthread",
            "threads": 4,
            "loglevel": "warning",
            "graceful_timeout": 1,
            "control_socket_disable": True,
            "when_ready": self._when_ready,
        }
        super().__init__()

    def _when_ready(self, arbiter: Arbiter) -> None:
        """A client that stays and stops reading must not keep a thread for ever.

        A connection has what is set for its listener; writing to it fails then.
        """
        patience = struct.pack("ll", READER_PATIENCE_SECONDS, 0)
        for listener in arbiter.LISTENERS:
            listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, patience)
        self.announce(arbiter)

    def load_config(self) -> None:
        for name, value in self.chosen.items():
            self.cfg.set(name, value)

    def run(self) -> None:
        Watch(self).run()

    def load(self) -> Any:
        from newsdb.wsgi import application

        return application
