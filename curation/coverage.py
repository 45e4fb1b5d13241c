"""Which sentences of an article somebody has dealt with, and which nobody has yet."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from django.db.models import QuerySet

from curation.models import Omission
from events.models import Evidence
from sources.models import Article, Span, SpanKind, Status
from sources.sentences import sentences

_GONE = (Status.REJECTED, Status.RETRACTED)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the body: `text` stands at `start` to `end`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """The sentences of one article's body; those in `open` are dealt with nowhere."""

    article: Article
    total: int
    open: tuple[Sentence, ...]

    @property
    def covered(self) -> int:
        return self.total - len(self.open)

    @property
    def percent(self) -> float:
        return percent(self.covered, self.total)


def percent(covered: int, total: int) -> float:
    """100 for a text without sentences: nothing of it is left."""
    return 100 * covered / total if total else 100.0


def coverage(articles: QuerySet[Article]) -> list[Coverage]:
    """The coverage of each article. A sentence is covered when the quote of a claim
    (of any state but rejected and retracted) or of an omission overlaps it.

    Four queries, whatever the number of articles.
    """
    found = list(articles)
    pks = [article.pk for article in found]
    bodies = _spans(Span.objects.filter(article__in=pks, kind=SpanKind.BODY))
    claims = Evidence.objects.filter(article__in=pks).exclude(claim__status__in=_GONE)
    dealt_with = _spans(claims)
    for pk, spans in _spans(Omission.objects.filter(article__in=pks)).items():
        dealt_with.setdefault(pk, []).extend(spans)
    return [
        _coverage(article, bodies.get(article.pk, []), dealt_with.get(article.pk, []))
        for article in found
    ]


def _spans(
    rows: QuerySet[Span] | QuerySet[Evidence] | QuerySet[Omission],
) -> dict[int, list[tuple[int, int]]]:
    spans: dict[int, list[tuple[int, int]]] = {}
    columns = rows.order_by("article", "start", "end").values_list(
        "article", "start", "end"
    )
    for article, start, end in columns:
        spans.setdefault(article, []).append((start, end))
    return spans


def _coverage(
    article: Article,
    bodies: Iterable[tuple[int, int]],
    dealt_with: list[tuple[int, int]],
) -> Coverage:
    found = [span for body in bodies for span in sentences(article.text, *body)]
    starts, reach = _reaching(dealt_with)
    left = (
        Sentence(start, end, article.text[start:end])
        for start, end in found
        if reach[bisect_left(starts, end)] <= start
    )
    return Coverage(article, len(found), tuple(left))


def _reaching(spans: Iterable[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Where spans begin, in order; and how far the first n of them reach, by n."""
    ordered = sorted(spans)
    return [start for start, _ in ordered], [
        *accumulate((end for _, end in ordered), max, initial=0)
    ]
