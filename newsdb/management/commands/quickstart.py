"""`make run`: from an empty folder to a site with the seed articles in it."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import secrets
import signal
import socket
import time
from argparse import ArgumentTypeError
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, connection, connections

from actors.models import Actor
from curation.extraction.plugins import PluginMissingError
from curation.tasks import enqueue_waiting
from events.models import Claim
from newsdb.database import stop_database
from newsdb.keeping import Keeper, worker_command
from newsdb.serving import ADDRESS, Site
from publishing.models import Document
from publishing.rendering import refresh

PEOPLE = ("curator", "reviewer")  # two: nobody reviews what they coded themselves
PORT_PATIENCE_SECONDS = 1.5  # a killed site's worker notices within a second


class Command(BaseCommand):
    help = (
        "Set up the database, load the seed articles and their curation, serve the "
        "site and read articles beside it. Run again, it changes nothing and serves. "
        "It collects the static files, too; who serves otherwise runs ./manage.py "
        "collectstatic first, and again after each change of the code."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=port_number, default=8000)
        parser.add_argument(
            "--no-serve", action="store_true", help="set everything up, then end"
        )

    def handle(self, *, port: int, no_serve: bool, **_: Any) -> None:
        if not no_serve:
            refuse_taken_port(port)
        steps: list[tuple[str, Callable[[], str]]] = [
            ("Database", start_database),
            ("Tables", lambda: silently("migrate")),
            ("Reference lists", lambda: silently("load_reference")),
            ("Places of the world", lambda: silently("load_gazetteer")),
            ("Known actors", load_starter),
            ("Seed articles", lambda: silently("import_articles", seeds("seeds"))),
            ("Curation", load_curation),
            ("Public documents", refresh_documents),
            ("Articles to read", ask_for_reading),
            ("Static files", collect_static),
            ("Log-ins", ensure_people),
        ]
        # Until gunicorn takes over, SIGTERM ends this as Ctrl-C does: exit hooks run.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        for number, (name, action) in enumerate(steps, start=1):
            self._step(f"{number}/{len(steps)} {name}", action)
        if not no_serve:
            self._serve(port)

    def _step(self, title: str, action: Callable[[], str]) -> None:
        self.stdout.write(f"{title} … ", ending="")
        self.stdout.flush()
        started = time.monotonic()
        try:
            detail = action()
        except KeyboardInterrupt:
            self.stdout.write("stopped. Run it again to go on from here.")
            raise SystemExit(130) from None
        except Exception as error:
            self.stdout.write("failed")
            if isinstance(error, OperationalError | PluginMissingError):
                raise CommandError(str(error)) from error
            raise
        seconds = time.monotonic() - started
        self.stdout.write(f"ok ({seconds:.1f} s){detail and f' {detail}'}")

    def _serve(self, port: int) -> None:
        """Serve until Ctrl-C or SIGTERM; then stop all that was started.

        The worker first: it uses the database.
        """
        event = event_worth_opening() or "/"
        # gunicorn forks: a child must not share the parent's connection.
        connections.close_all()

        keeper = Keeper(
            worker_command(settings.BASE_DIR / "manage.py"),
            log=settings.BASE_DIR / ".local/worker.log",
            say=self.stdout.write,
        )

        def say_where(_: object) -> None:
            keeper.start()
            root = f"http://{ADDRESS}:{port}"
            self.stdout.write(
                f"\nnewsdb is running. Ctrl-C stops it.\n"
                f"  Admin     {root}/admin/\n"
                f"  API       {root}/api/v1/docs/\n"
                f"  An event  {root}{event}\n"
                f"A worker reads articles and proposes: {keeper.log}"
            )
            self.stdout.flush()

        site = os.getpid()
        try:
            Site(port, say_where, keeper.look).run()
        except SystemExit as end:
            if end.code or os.getpid() != site:  # gunicorn's worker ends here too
                raise
        finally:
            if os.getpid() == site:
                keeper.stop()
        stop_database()
        self.stdout.write("\nStopped. Your data stays; make run starts it again.")


def port_number(text: str) -> int:
    """An argument's port; 1 to 65535."""
    if not text.isdecimal() or not 1 <= int(text) <= 65_535:
        raise ArgumentTypeError(f"{text!r} is no port; give a number, 1 to 65535.")
    return int(text)


def refuse_taken_port(port: int) -> None:
    """End the program with one line if the site could not listen on `port`."""
    deadline = time.monotonic() + PORT_PATIENCE_SECONDS
    while (error := _port_error(port)) == errno.EADDRINUSE:
        if time.monotonic() > deadline:
            raise SystemExit(
                f"Port {port} is in use. "
                f"Choose another: make run PORT={port % 65_535 + 1}"
            )
        time.sleep(0.1)
    if error:
        raise SystemExit(
            f"Port {port} cannot be used ({os.strerror(error).lower()}). "
            "Choose another: make run PORT=8001"
        )


def _port_error(port: int) -> int:
    with socket.socket() as probe:
        # As gunicorn does: a port that was just let go is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as error:
            return error.errno or errno.EADDRINUSE
    return 0


def silently(command: str, *arguments: str) -> str:
    call_command(command, *arguments, verbosity=0, stdout=io.StringIO())
    return ""


def seeds(folder: str) -> str:
    return str(settings.BASE_DIR / "fixtures" / folder)


def start_database() -> str:
    connection.ensure_connection()
    major, *_ = connection.get_database_version()
    return f"PostgreSQL {major} at {connection.settings_dict['HOST']}"


def load_starter() -> str:
    """Load the starter list of actors, and again only when it changes.

    What the database has already stays as it is; see fixtures/starter/README.md.
    """
    folder = Path(seeds("starter"))
    if not folder.is_dir() or (Actor.objects.exists() and unchanged(folder)):
        return ""
    silently("load_curation", str(folder), "--add-only")
    note_loaded(folder)
    return ""


def load_curation() -> str:
    """Load the curation of the seeds, once, and again only when its files change.

    What curators have done since stands in the database only.
    """
    folder = Path(seeds("curation"))
    if not Claim.objects.exists() or not unchanged(folder, unknown=True):
        silently("load_curation", str(folder))
    note_loaded(folder)
    return ""


def unchanged(folder: Path, *, unknown: bool = False) -> bool:
    """Whether the files are what was loaded last; `unknown`, if nobody noted that."""
    stamp = stamp_of(folder)
    return stamp.read_text() == fingerprint(folder) if stamp.exists() else unknown


def note_loaded(folder: Path) -> None:
    stamp = stamp_of(folder)
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(fingerprint(folder))


def stamp_of(folder: Path) -> Path:
    path: Path = settings.BASE_DIR / f".local/{folder.name}.loaded"
    return path


def fingerprint(folder: Path) -> str:
    """A digest of what the folder's YAML files hold."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.yaml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def refresh_documents() -> str:
    refresh()
    return ""


def ask_for_reading() -> str:
    asked = enqueue_waiting()
    return f"{asked} wait for the worker" if asked else ""


def collect_static() -> str:
    """Collect static files, unless they are what was collected last."""
    state = static_fingerprint()
    stamp = Path(f"{settings.STATIC_ROOT}.collected")  # beside: not to be served
    if stamp.exists() and stamp.read_text() == state:
        return ""
    silently("collectstatic", "--no-input", "--clear")
    stamp.write_text(state)
    return ""


def static_fingerprint() -> str:
    """A digest of the static files' names, sizes and times, and of their storage."""
    files = sorted(
        (name, status.st_size, status.st_mtime_ns)
        for finder in get_finders()
        for name, storage in finder.list([])
        for status in [os.stat(storage.path(name))]
    )
    return hashlib.sha256(repr((settings.STORAGES, files)).encode()).hexdigest()


def ensure_people() -> str:
    """Make the demo users at first; say where their passwords are.

    Both in the group Reviewer, which codes, reviews and publishes; no superusers, so
    that what they are offered is what people who work with newsdb are offered.
    """
    told = [_ensure_person(name) for name in PEOPLE]
    more = "more people: ./manage.py createsuperuser, then Users in the admin"
    return "".join(f"\n    {line}" for line in [*told, more])


def _ensure_person(name: str) -> str:
    """The password is written before the user is made: it is never lost in between."""
    path = settings.BASE_DIR / f".local/{name}.txt"
    users = get_user_model()
    if users.objects.filter(username=name).exists():
        if path.exists():
            return f"as {name}; the password is in {path}"
        return f"as {name}; new password: ./manage.py changepassword {name}"
    password = secrets.token_urlsafe(12)
    write_private(path, f"{password}\n")
    user = users.objects.create_user(name, "", password, is_staff=True)
    user.groups.add(Group.objects.get(name="Reviewer"))
    return f"as {name}, password {password} (kept in {path})"


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whatever its mode was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)


def event_worth_opening() -> str | None:
    """The page of the newest event whose sources disagree; else of the newest event."""
    events = Document.objects.filter(
        kind="event", valid_to__isnull=True, gone=False
    ).order_by("-pk")
    for verdict in ("conflicting", "compatible"):
        event = events.filter(facets__contains=[f"verdict:{verdict}"]).first()
        if event:
            return f"/events/{event.slug}/"
    newest = events.first()
    return f"/events/{newest.slug}/" if newest else None
