"""Articles into the database: all of them or none, and each text once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from sources.dates import Precision
from sources.models import Article, Span
from sources.services import recorded
from sources.structure import Mark, mark, published_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from django.contrib.auth.models import AbstractUser

    from sources.readers import Reading

# A round of four statements takes this many texts, or fewer when they are long.
BATCH = 500
BATCH_LENGTH = 5_000_000


class Imported(NamedTuple):
    """How many articles came in, and how many were there already."""

    new: int
    same: int


def import_articles(
    readings: Sequence[Reading],
    *,
    by: AbstractUser | str,
    why: str,
    progress: Callable[[int], object] = lambda done: None,
) -> Imported:
    """Take in texts as draft articles with their spans; a known text stays as it is.

    A text is known by its SHA-256. One transaction; four statements for each batch,
    whatever is in it. `progress` is told how many texts each batch had.
    """
    new = 0
    with recorded(by=by, why=why):
        for batch in _batches(readings):
            new += _import_batch(batch)
            progress(len(batch))
    return Imported(new, len(readings) - new)


def take_in(
    reading: Reading, *, by: AbstractUser | str, why: str
) -> tuple[Article, bool]:
    """The article with this text, and whether it is new."""
    with recorded(by=by, why=why):
        with connection.cursor() as cursor:  # of two at once, one is the first
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
                [reading.sha256],
            )
        known = Article.objects.filter(sha256=reading.sha256).first()
        if known is not None:
            return known, False
        import_articles([reading], by=by, why=why)
        return Article.objects.get(sha256=reading.sha256), True


def _batches(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    batch: list[Reading] = []
    length = 0
    for reading in readings:
        batch.append(reading)
        length += len(reading.text)
        if len(batch) == BATCH or length >= BATCH_LENGTH:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch


def _import_batch(readings: Sequence[Reading]) -> int:
    unknown: dict[str, Reading] = {}
    for reading in readings:
        unknown.setdefault(reading.sha256, reading)
    known = Article.objects.filter(sha256__in=unknown).values_list("sha256", flat=True)
    for sha256 in known:
        del unknown[sha256]
    marked = {sha256: mark(reading.text) for sha256, reading in unknown.items()}
    # Somebody may import the same text at this moment: then his row is taken.
    Article.objects.bulk_create(
        [_article(unknown[sha256], marks) for sha256, marks in marked.items()],
        ignore_conflicts=True,
    )
    keys = Article.objects.filter(sha256__in=marked).values_list("sha256", "pk")
    spans = [_span(pk, each) for sha256, pk in keys for each in marked[sha256]]
    Span.objects.bulk_create(spans, ignore_conflicts=True)
    return len(unknown)


def _article(reading: Reading, marks: list[Mark]) -> Article:
    title = next((m for m in marks if m.kind == "title"), None)
    words = reading.text[title.start : title.end] if title else ""
    return Article(
        text=reading.text,
        sha256=reading.sha256,
        title=" ".join(words.split()),
        source_name=reading.name[-300:],
        **_published(reading.text, marks),
    )


def _published(text: str, marks: list[Mark]) -> dict[str, Any]:
    """The columns of the date of publication, where the text carries one."""
    found = published_date(text, marks)
    if found is None:
        return {}
    return {
        "published_earliest": found.day,
        "published_latest": found.day,
        "published_precision": Precision.DAY,
        "published_basis": found.basis,
        "published_text": found.words[:200],
        "published_note": found.note,
    }


def _span(article_id: int, each: Mark) -> Span:
    return Span(
        article_id=article_id,
        kind=each.kind,
        start=each.start,
        end=each.end,
        rule=each.rule,
    )
