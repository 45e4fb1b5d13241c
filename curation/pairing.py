"""What a worker remembers of all articles read, so that new ones find their kin."""

from __future__ import annotations

import logging
import os
from collections.abc import Collection, Iterable, Iterator
from functools import cache, cached_property
from typing import Any

from django.db.models import Case, F, Func, JSONField, Q, Value, When

from curation.extraction.pairing import (
    Digest,
    Index,
    Pairing,
    Statement,
    digest,
    statements,
)
from curation.extraction.plugins import Embed, embed_from
from curation.extraction.running import Extraction
from curation.models import ArticleDigest, Run
from events.models import Evidence
from sources.models import ACCEPTED, Article, Term

logger = logging.getLogger(__name__)

REMEMBERED = 20_000  # articles, the latest; 3 kB each
OVERLAP = 500  # runs looked at again: they may commit out of their order
# What reading a record raises that an earlier version wrote, or nobody.
UNUSABLE = (AttributeError, KeyError, TypeError, ValueError)
# Of an object; a record that is none is passed over anyway.
WITHOUT_STATEMENTS = Case(
    When(
        record__has_key="words",
        then=Func(F("record"), Value("statements"), function="jsonb_delete"),
    ),
    default=F("record"),
    output_field=JSONField(),
)


class Memory:
    """The digests of the latest articles; one per process."""

    def __init__(self) -> None:
        self.index = Index()
        self.pairing = Pairing(self.index, stored=stored_statements)
        self._seen = 0
        self._runs: dict[int, int] = {}  # article → the run its digest is of

    @cached_property
    def _embed(self) -> Embed | None:
        """The sentence model, where one is configured; loaded when first needed."""
        return embed_from(os.environ)

    def refresh(self) -> None:
        """Take in what was read since, here and by other workers. Three queries."""
        recent = dict(
            ArticleDigest.objects.filter(run__gt=self._seen - OVERLAP)
            .order_by("-run")
            .values_list("article", "run")[:REMEMBERED]
        )
        # What is in already is left: each article taken in anew costs memory.
        if new := [a for a, run in recent.items() if self._runs.get(a) != run]:
            self._take_in(new)
        self.pairing.embed = self._embed
        groups = Term.objects.filter(list="group").values_list("code", "parent__code")
        self.pairing.groups = dict(groups)

    def _take_in(self, articles: Collection[int]) -> None:
        rows = (
            ArticleDigest.objects.filter(article__in=articles)
            .order_by("run")
            .values_list("run", "article", WITHOUT_STATEMENTS)
        )
        for run, article, record in rows.iterator(chunk_size=500):
            self._seen = max(self._seen, run)
            self._runs.pop(article, None)  # to the end: the latest
            self._runs[article] = run
            try:
                self.index.add(_digest(record, article))
            except UNUSABLE as error:  # until the article is read again
                logger.warning("The digest of article %s: %r", article, error)
        for article in [*self._runs][:-REMEMBERED]:
            del self._runs[article]
            self.index.discard(str(article))


@cache
def memory() -> Memory:
    """This process's."""
    return Memory()


def keep(article: Article, done: Extraction, run: Run) -> None:
    """Keep the digest of an article that was read."""
    embed = memory().pairing.embed
    record = digest(done.document, done.findings, embed=embed).as_record()
    said = statements(done.document, done.findings)
    record["statements"] = [each.as_record() for each in said]
    ArticleDigest.objects.update_or_create(
        article=article, defaults={"record": record, "run": run}
    )


def stored_statements(
    *, articles: Collection[str], events: Collection[str]
) -> Iterable[Statement]:
    """What these articles say, and what is said about these events.

    The accepted claims; of an article that nobody has coded yet, what was read off it.
    """
    rows = Evidence.objects.filter(
        Q(article__in=[int(each) for each in articles])
        | Q(claim__event__slug__in=events),
        claim__status__in=ACCEPTED,
    ).select_related("claim__speaker", "claim__event", "article")
    coded = list(_statements(rows.defer("article__text")))
    uncoded = set(articles) - {each.document for each in coded}
    records = ArticleDigest.objects.filter(article__in=[int(each) for each in uncoded])
    found = records.values_list("article", "record__statements")
    return [*coded, *(each for row in found for each in _read_off(*row))]


def _digest(record: Any, article: int) -> Digest:
    """A stored digest. Raises one of UNUSABLE for what it cannot be compared with."""
    found = Digest.from_record(record)
    right = (
        found.id == str(article)
        and len(found.words) == len(found.counts)
        and all(type(each) is int for each in (*found.counts, *found.sketch))
        and all(isinstance(each, str) for pair in _texts(found) for each in pair)
    )
    if not right:
        raise ValueError("is no digest of it")
    return found


def _texts(found: Digest) -> Iterator[tuple[str, ...]]:
    yield from (found.words, found.lead)
    yield from (*found.names.items(), *found.figures.items())


def _read_off(article: int, records: Any) -> Iterator[Statement]:
    """The statements of a digest, without those that are none."""
    if not isinstance(records, list):
        return
    for record in records:
        try:
            each = Statement.from_record(record)
            if each.document != str(article) or not _is_sound(each):
                raise ValueError("is no statement of it")
        except UNUSABLE as error:
            logger.warning(
                "A statement of article %s is passed over: %r", article, error
            )
            continue
        yield each


def _is_sound(each: Statement) -> bool:
    words = [each.text, each.speaker, each.modality, each.polarity, each.origin]
    words += [each.quantifier, each.rest]
    maybe = (each.event, each.measure, each.group)
    numbers = (each.low, each.high, each.part_of)
    return (
        type(each.start) is type(each.end) is int
        and all(isinstance(word, str) for word in (*words, *each.actors))
        and all(word is None or isinstance(word, str) for word in maybe)
        and all(number is None or type(number) in {int, float} for number in numbers)
    )


def _statements(rows: Iterable[Evidence]) -> Iterator[Statement]:
    rows = list(rows)
    starts = {(row.claim_id, row.article_id): row.start for row in rows}
    for row in rows:
        claim, origin = row.claim, row.article.origin_id
        speaker = f"={claim.speaker.slug}" if claim.speaker else claim.speaker_text
        inside = starts.get((claim.part_of_id or 0, row.article_id))
        yield Statement(
            document=str(row.article_id),
            start=row.start,
            end=row.end,
            text=row.quote,
            speaker=speaker,
            event=claim.event.slug if claim.event else None,
            modality=claim.modality,
            polarity=claim.polarity,
            origin=f"origin {origin}" if origin else str(row.article_id),
            measure=claim.measure_id and claim.measure_id.partition("/")[2],
            group=claim.group_id and claim.group_id.partition("/")[2],
            low=claim.low,
            high=claim.high,
            quantifier=claim.quantifier or "exact",
            part_of=inside,
        )
