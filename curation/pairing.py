"""What a worker remembers of all articles read, so that new ones find their kin."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from functools import cache, cached_property

from django.db.models import Q

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

REMEMBERED = 20_000  # articles, the latest; 3 kB each
OVERLAP = 500  # runs looked at again: they may commit out of their order


class Memory:
    """The digests of the latest articles; one per process."""

    def __init__(self) -> None:
        self.index = Index()
        self.pairing = Pairing(self.index, stored=stored_statements)
        self._seen = 0

    @cached_property
    def _embed(self) -> Embed | None:
        """The sentence model, where one is configured; loaded when first needed."""
        return embed_from(os.environ)

    def refresh(self) -> None:
        """Take in what was read since, here and by other workers. Two queries."""
        rows = (
            ArticleDigest.objects.filter(run__gt=self._seen - OVERLAP)
            .order_by("-run")
            .values_list("run", "record")[:REMEMBERED]
        )
        for run, record in reversed(rows):
            self._seen = max(self._seen, run)
            try:
                self.index.add(Digest.from_record(record))
            except ValueError:  # of an earlier version, until its article is read again
                continue
        self.pairing.embed = self._embed
        groups = Term.objects.filter(list="group").values_list("code", "parent__code")
        self.pairing.groups = dict(groups)


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
    found = records.values_list("record__statements", flat=True)
    return coded + [Statement(**each) for some in found for each in some or ()]


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
