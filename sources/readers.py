"""Articles out of files. Pure: nothing here knows the database.

What is in the file is the text, to the byte: `reading.text.encode() == bytes`.
"""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ENDINGS = (".txt",)

# Longest text taken in, in code points: a book, not an article, lies beyond.
MAX_LENGTH = 1_000_000
# Of characters, the share above which a file is no text; printed text has none.
MAX_CONTROL_SHARE = 0.01
_CONTROLS_IN_TEXT = set("\t\n\r\f\v\x85")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Reading:
    """One text as received, and the name of what it came from."""

    name: str
    text: str

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True)
class Bad:
    """Something that cannot be loaded: where, why, and what would help."""

    path: str
    reason: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}" + (self.remedy and f" {self.remedy}")


@dataclass(frozen=True)
class Found:
    """A file to read, and the name it gets: below a named folder, its path in it."""

    path: Path
    name: str


class UnreadableError(Exception):
    """Bytes that are no article; `args` are the reason and the remedy."""


def read_paths(paths: Iterable[Path | str]) -> tuple[list[Reading], list[Bad]]:
    """The articles in files and folders, and what cannot be one of them."""
    files, bad = find_files(paths)
    read = [read_file(file) for file in files]
    bad += [each for each in read if isinstance(each, Bad)]
    return [each for each in read if isinstance(each, Reading)], bad


def find_files(
    paths: Iterable[Path | str], endings: tuple[str, ...] = ENDINGS
) -> tuple[list[Found], list[Bad]]:
    """The files that `paths` name; folders are searched to any depth, sorted.

    In folders, hidden files and other endings are passed over; a path that is named
    itself must be one of `endings`, and exist.
    """
    files: list[Found] = []
    bad: list[Bad] = []
    for path in map(Path, paths):
        try:
            folder = stat.S_ISDIR(path.stat().st_mode)
        except OSError as error:
            bad.append(Bad(shown(path), _because(error), "Check the path."))
            continue
        if folder:
            _search(path, endings, files, bad)
        elif path.suffix.lower() in endings:
            files.append(Found(path, shown(path.name)))
        else:
            bad.append(_unsupported(path, endings))
    return files, bad


def read_file(file: Found) -> Reading | Bad:
    """The article in one file, or why there is none."""
    try:
        if not file.path.is_file():
            raise UnreadableError("is no ordinary file.", "Give a file of text.")
        if file.path.stat().st_size > 4 * MAX_LENGTH:
            raise _too_long()
        return Reading(file.name, decode(file.path.read_bytes()))
    except OSError as error:
        return Bad(shown(file.path), _because(error), "Check its permissions.")
    except UnreadableError as error:
        return Bad(shown(file.path), *error.args)


def decode(content: bytes) -> str:
    """The text that `content` is, byte for byte. Raises UnreadableError."""
    if not content:
        raise UnreadableError("is empty.", "Remove it, or use --skip-bad.")
    if content.startswith(_UTF16):
        raise UnreadableError("is UTF-16.", "Save it as UTF-8.")
    if b"\0" in content:
        at = content.index(b"\0")
        raise UnreadableError(f"is binary (NUL at byte {at}).", "Give a file of text.")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"is not UTF-8 at byte {error.start} (0x{content[error.start]:02x}).",
            "Save it as UTF-8.",
        ) from error
    _check(text)
    return text


def shown(path: Path | str) -> str:
    """A path as text that can be printed and stored, whatever bytes its name has."""
    return os.fsencode(path).decode(errors="replace")


def _check(text: str) -> None:
    if len(text) > MAX_LENGTH:
        raise _too_long()
    categories = [unicodedata.category(c) for c in set(text) - _CONTROLS_IN_TEXT]
    if all(category[0] in "ZC" for category in categories):
        raise UnreadableError(
            "has only white space in it.", "Remove it, or use --skip-bad."
        )
    controls = sum(
        text.count(c)
        for c in set(text) - _CONTROLS_IN_TEXT
        if unicodedata.category(c) == "Cc"
    )
    if controls > MAX_CONTROL_SHARE * len(text):
        raise UnreadableError(
            f"is binary ({controls} control characters).", "Give a file of text."
        )


def _too_long() -> UnreadableError:
    return UnreadableError(
        f"is longer than {MAX_LENGTH:,} characters.", "Split it into its articles."
    )


def _because(error: OSError) -> str:
    return f"cannot be read ({(error.strerror or str(error)).lower()})."


def _unsupported(path: Path, endings: tuple[str, ...]) -> Bad:
    known = " or ".join(endings)
    return Bad(shown(path), f"does not end in {known}.", "Rename it, or leave it out.")


def _search(
    folder: Path, endings: tuple[str, ...], files: list[Found], bad: list[Bad]
) -> None:
    """Add the files below `folder`, and the folders that cannot be opened."""
    count = len(files), len(bad)

    def refuse(error: OSError) -> None:
        name = shown(error.filename)
        bad.append(Bad(name, _because(error), "Check its permissions."))

    for where, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(where, name)
            if not name.startswith(".") and path.suffix.lower() in endings:
                files.append(Found(path, shown(path.relative_to(folder))))
    if (len(files), len(bad)) == count:
        known = " or ".join(endings)
        bad.append(Bad(shown(folder), f"has no {known} file in it.", "Check the path."))
