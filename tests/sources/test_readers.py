"""Files into texts: byte for byte, or a reason and a remedy."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import readers
from sources.readers import Bad, UnreadableError, decode, find_files, read_paths


def write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        b"Talks go on.",
        b"\xef\xbb\xbfTalks go on.\r\nThey met.\r\n\r\n",
        b"  Talks\tgo on.\r",
        "“Café” — 😀 e\u0301 \u00a0".encode(),
    ],
)
def test_the_text_is_what_is_in_the_file(tmp_path: Path, content: bytes) -> None:
    path = write(tmp_path / "a.txt", content)
    (reading,), bad = read_paths([path])
    assert bad == []
    assert reading.text.encode() == content
    assert reading.name == "a.txt"


@given(st.binary(max_size=40))
def test_any_bytes_are_kept_or_refused(content: bytes) -> None:
    with suppress(UnreadableError):
        assert decode(content).encode() == content


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty."),
        (b" \n\t\r\n", "has only white space in it."),
        ("\ufeff\u00a0\u200b\n".encode(), "has only white space in it."),
        (b"Talks\0go on", "is binary (NUL at byte 5)."),
        (b"\x01\x02\x03\x04Talks go on", "is binary (4 control characters)."),
        (b"Talks \xff go on", "is not UTF-8 at byte 6 (0xff)."),
        ("Café".encode("latin-1"), "is not UTF-8 at byte 3 (0xe9)."),
        ("Talks go on".encode("utf-16"), "is UTF-16."),
    ],
)
def test_bad_files_are_named(tmp_path: Path, content: bytes, reason: str) -> None:
    path = write(tmp_path / "bad.txt", content)
    readings, (bad,) = read_paths([path])
    assert readings == []
    assert (bad.path, bad.reason) == (str(path), reason)
    assert bad.remedy


def test_few_control_characters_are_text() -> None:
    assert decode(b"\x07" + b"Talks go on. " * 100)


@pytest.mark.parametrize("content", ["x" * 11, "é" * 11, "😀" * 11])
def test_over_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    monkeypatch.setattr(readers, "MAX_LENGTH", 10)
    write(tmp_path / "fits.txt", content[:10].encode())
    path = write(tmp_path / "long.txt", content.encode())
    (reading,), (bad,) = read_paths([tmp_path])
    assert reading.text == content[:10]
    assert bad.path == str(path)
    assert bad.reason == "is longer than 10 characters."


def test_huge_file_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "MAX_LENGTH", 10)
    monkeypatch.delattr(Path, "read_bytes")
    _, (bad,) = read_paths([write(tmp_path / "huge.txt", b"x" * 41)])
    assert bad.reason == "is longer than 10 characters."


def test_folders_are_searched_to_any_depth_in_order(tmp_path: Path) -> None:
    for name in ["b.txt", "a.TXT", "sub/c.txt", "sub/deep/d.txt", "Z.txt"]:
        write(tmp_path / name, name.encode())
    for name in [".hidden.txt", ".git/x.txt", "notes.md", "page.html"]:
        write(tmp_path / name, b"x")
    readings, bad = read_paths([tmp_path])
    assert bad == []
    assert [reading.name for reading in readings] == [
        "Z.txt",
        "a.TXT",
        "b.txt",
        "sub/c.txt",
        "sub/deep/d.txt",
    ]


def test_folder_without_articles_is_bad(tmp_path: Path) -> None:
    write(tmp_path / "notes.md", b"x")
    assert read_paths([tmp_path]) == (
        [],
        [Bad(str(tmp_path), "has no .txt file in it.", "Check the path.")],
    )


def test_named_file_of_another_ending_is_bad(tmp_path: Path) -> None:
    path = write(tmp_path / "page.html", b"x")
    _, (bad,) = read_paths([path])
    assert str(bad) == (f"{path}: does not end in .txt. Rename it, or leave it out.")


def test_missing_path_is_bad(tmp_path: Path) -> None:
    path = tmp_path / "nowhere.txt"
    _, (bad,) = read_paths([path])
    assert bad.reason == "cannot be read (no such file or directory)."


def test_forbidden_file_is_bad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "secret.txt", b"x")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)  # root may read everything
    _, (bad,) = read_paths([path])
    assert bad == Bad(
        str(path), "cannot be read (permission denied).", "Check its permissions."
    )


def test_forbidden_folder_is_bad(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "open/a.txt", b"x")
    closed = write(tmp_path / "closed/b.txt", b"x").parent
    scan = os.scandir

    def refuse(path: str) -> object:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    (reading,), (bad,) = read_paths([tmp_path])
    assert reading.name == "open/a.txt"
    assert bad.path == str(closed)


def test_pipe_is_no_file(tmp_path: Path) -> None:
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)
    _, (bad,) = read_paths([path])
    assert bad.reason == "is no ordinary file."


def test_name_that_is_not_utf8_can_be_shown(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    (file,), _ = find_files([write(path, b"x")])
    assert file.name == "caf\ufffd.txt"
    assert file.path.read_bytes() == b"x"
