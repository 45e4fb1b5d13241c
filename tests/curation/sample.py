"""One article and a small curation of it, to be loaded, edited and broken in tests."""

from __future__ import annotations

import hashlib
from pathlib import Path

from curation.existing import LOADER
from curation.loading import load
from curation.summary import Summary
from sources.models import Article
from tests.factories.sources import ArticleFactory, SpanFactory

FOLDER = Path(__file__).parent
TEXT = (FOLDER / "sample.txt").read_bytes().decode()
YAML = (FOLDER / "sample.yaml").read_text(encoding="utf-8")
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()


def article() -> Article:
    """The sample's article, imported, all of it body."""
    row: Article = ArticleFactory(text=TEXT, title="")
    SpanFactory(article=row)
    return row


def edited(*changes: tuple[str, str], text: str = YAML) -> str:
    """The sample with each `old` replaced, which must stand in it once."""
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text


def load_text(folder: Path, text: str = YAML, *, dry_run: bool = False) -> Summary:
    """Load `text` as one file."""
    path = folder / "sample.yaml"
    path.write_text(text, encoding="utf-8")
    return load([path], by=LOADER, why="a test", dry_run=dry_run)
