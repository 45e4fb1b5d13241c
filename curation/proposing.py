"""From findings to proposals: the only module that knows both.

Reading twice changes nothing: the same extractors over the same text with the same
names known is one run, and a finding that stands already is one proposal. Nothing that
a person decided is touched or asked again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Q, QuerySet

from curation.extraction.context import Context
from curation.extraction.llm import extractor_from
from curation.extraction.parsing import Parser
from curation.extraction.plugins import parser_from
from curation.extraction.reading import Extractor
from curation.extraction.registry import rules
from curation.extraction.running import Extraction, extract
from curation.knowledge import context, document_of
from curation.models import Proposal, Run, Sighting
from curation.pairing import keep, memory
from curation.proposed import digest_of, new_rows
from sources.models import Article

LANGUAGE = "en"  # that the rules read; also en-GB …


@dataclass(frozen=True)
class Reader:
    """Extractors and the model they read with: what makes runs comparable."""

    extractors: Sequence[Extractor]
    parser: Parser

    @classmethod
    def default(cls) -> Reader:
        """What is switched on: the rules, what pairs articles, configured plug-ins.

        Loads no model. Raises PluginMissingError when a plug-in is half configured.
        """
        folder = settings.BASE_DIR / ".local" / "llm"
        model = extractor_from(os.environ, folder=folder)
        plugins = [model] if model else []
        return cls((*rules(), memory().pairing, *plugins), parser_from(os.environ))

    @cached_property
    def versions(self) -> dict[str, str]:
        return {each.name: each.version for each in self.extractors}

    def configuration(self, known: Context) -> dict[str, Any]:
        return {
            "model": self.parser.model,
            "extractors": self.versions,
            "names": known.digest,
        }


@dataclass(frozen=True)
class Outcome:
    """What one article's reading brought."""

    article: int
    found: int
    new: int
    dropped: int = 0
    skipped: bool = False  # read before with all the same, or in another language
    missing: tuple[str, ...] = ()  # what could not read now, and why: it is tried again


def propose(
    articles: Iterable[int], *, reader: Reader, again: bool = False
) -> Iterator[Outcome]:
    """Read articles by id and store what is found, one transaction per article.

    An article that was read with the same extractors and names is skipped; so is,
    unless `again`, one that was read with the same extractors when other names were
    known. Raises Article.DoesNotExist.
    """
    for pk in articles:
        article = (
            Article.objects.select_related("outlet")
            .prefetch_related("spans")
            .get(pk=pk)
        )
        known = context()
        wanted = _is_english(article) and (again or _is_waiting(article, reader))
        if not wanted or _runs_before(article, reader, known):
            yield Outcome(pk, 0, 0, skipped=True)
            continue
        memory().refresh()
        done = extract(
            document_of(article),
            known,
            extractors=reader.extractors,
            parser=reader.parser,
        )
        yield store(article, done, reader=reader, known=known)


def waiting(reader: Reader) -> QuerySet[Article]:
    """English articles that some extractor has not read in its present version."""
    same = Q(pk__in=[])
    for name, version in reader.versions.items():
        same |= Q(extractor=name, version=version)
    read = (
        Run.objects.filter(same)
        .order_by()
        .values("article")
        .annotate(extractors=Count("extractor", distinct=True))
        .filter(extractors=len(reader.versions))
    )
    return (
        Article.objects.filter(language__istartswith=LANGUAGE)
        .exclude(pk__in=read.values("article"))
        .order_by("pk")
    )


def _is_english(article: Article) -> bool:
    return article.language.lower().startswith(LANGUAGE)


def _is_waiting(article: Article, reader: Reader) -> bool:
    """As `waiting`, for one article."""
    read = set(article.runs.values_list("extractor", "version"))
    return not reader.versions.items() <= read


@transaction.atomic
def store(
    article: Article, done: Extraction, *, reader: Reader, known: Context
) -> Outcome:
    """Keep the runs of an extraction and what they found that is new."""
    with connection.cursor() as cursor:  # two workers take turns at one article
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('curation_run', %s))",
            [article.pk],
        )
    if _runs_before(article, reader, known):
        return Outcome(article.pk, 0, 0, skipped=True)
    runs = list(_runs(article, done, reader, known))
    Run.objects.bulk_create(runs)
    of = {run.extractor: run for run in runs}
    rows = new_rows(article, (f for f in done.findings if f.extractor in of))
    of_article = Proposal.objects.filter(article=article, key__in=rows)
    known_keys = set(of_article.values_list("key", flat=True))
    new = [row for key, row in rows.items() if key not in known_keys]
    Proposal.objects.bulk_create(new)
    stored = dict(of_article.values_list("key", "pk"))
    Sighting.objects.bulk_create(
        Sighting(run=of[row.extractor], proposal_id=stored[key])
        for key, row in rows.items()
    )
    if runs:
        keep(article, done, runs[-1])
    return Outcome(
        article.pk,
        found=sum(run.found for run in runs),
        new=len(new),
        dropped=sum(run.dropped for run in runs),
        missing=tuple(f"{name}: {why}" for name, why in done.missing.items()),
    )


def _runs_before(article: Article, reader: Reader, known: Context) -> bool:
    """Whether every extractor has read this text with this configuration."""
    return _read_before(article, reader, known) >= reader.versions.keys()


def _read_before(article: Article, reader: Reader, known: Context) -> set[str]:
    """The extractors that have."""
    digests = _digests(article, reader, known)
    done = Run.objects.filter(article=article, digest__in=digests.values())
    return set(done.values_list("extractor", flat=True))


def _digests(article: Article, reader: Reader, known: Context) -> dict[str, str]:
    configuration = reader.configuration(known)
    return {
        name: digest_of(article.sha256, name, configuration) for name in reader.versions
    }


def _runs(
    article: Article, done: Extraction, reader: Reader, known: Context
) -> Iterator[Run]:
    """One for each extractor that has read, and had not read so before."""
    before = _read_before(article, reader, known)
    for name, digest in _digests(article, reader, known).items():
        if name in before or name not in done.seconds:
            continue
        yield Run(
            article=article,
            extractor=name,
            version=reader.versions[name],
            configuration=reader.configuration(known),
            text_sha256=article.sha256,
            digest=digest,
            seconds=done.seconds[name],
            found=sum(finding.extractor == name for finding in done.findings),
            dropped=done.dropped.get(name, 0),
        )
