"""What programs elsewhere propose about an article: runs of their extractors.

They become proposals like those of our own extractors, and people decide on them; a
machine never writes a fact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from curation.extraction.documents import Span
from curation.extraction.findings import Fields, Finding
from curation.extraction.scoring import score_of
from curation.models import Proposal, Run, Sighting
from curation.proposed import digest_of, first_mentions, new_rows, row_of
from sources.models import Article

PROPOSED, KNOWN, DECIDED = "proposed", "known", "decided"


@dataclass(frozen=True, slots=True)
class Tool:
    """A program that reads articles, under the name that it proposes by.

    `about` is kept with each of its runs: who let it in.
    """

    name: str
    version: str
    about: Mapping[str, Any]

    @property
    def extractor(self) -> str:
        return f"api:{self.name}"  # ours have no colon: neither can pass for the other


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing that a program suggests, and the words it rests on (the first span)."""

    fields: Fields
    spans: tuple[Span, ...]
    reason: str
    rule: str = ""
    score: float | None = None

    def by(self, tool: Tool) -> Finding:
        finding = Finding(self.fields, self.spans, "", self.reason)
        rule = ".".join(filter(None, (str(finding.kind), tool.extractor, self.rule)))
        score = score_of(rule) if self.score is None else self.score
        return Finding(
            *(self.fields, self.spans, rule, self.reason, score),
            extractor=tool.extractor,
            version=tool.version,
        )


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one suggestion: proposed, known (it stands already), or decided
    (a person said yes or no to it before; then it may have no proposal)."""

    what: str
    proposal: int | None


@transaction.atomic
def propose_as(
    tool: Tool,
    article: Article,
    suggestions: Sequence[Suggestion],
    *,
    replaces: bool = False,
) -> list[Taken]:
    """Keep what a program suggests as one run of it; in the order of the suggestions.

    What it proposed of this article before stays proposed too, unless this run
    `replaces` that. Sending the same again changes nothing.
    """
    with connection.cursor() as cursor:  # of two at once, one is the first
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('curation_run', %s))",
            [article.pk],
        )
    findings = [each.by(tool) for each in suggestions]
    firsts = first_mentions(findings)
    keys = [row_of(article, finding, firsts).key for finding in findings]
    rows = new_rows(article, findings)
    of_article = Proposal.objects.filter(article=article)
    before = set(of_article.filter(key__in=keys).values_list("key", flat=True))
    Proposal.objects.bulk_create(row for key, row in rows.items() if key not in before)
    stored = dict(of_article.filter(key__in=keys).values_list("key", "pk"))
    _sight(tool, article, {stored[key] for key in rows}, replaces=replaces)
    return [_taken(key, stored, rows, before) for key in keys]


def _taken(
    key: str, stored: Mapping[str, int], rows: Mapping[str, Any], before: set[str]
) -> Taken:
    if key not in rows:
        return Taken(DECIDED, stored.get(key))
    return Taken(KNOWN if key in before else PROPOSED, stored[key])


def _sight(tool: Tool, article: Article, seen: set[int], *, replaces: bool) -> None:
    """A run that has seen these, unless the last one saw exactly them."""
    runs = Run.objects.filter(article=article, extractor=tool.extractor)
    last = runs.order_by("-pk").first()
    earlier = set()
    if last is not None:
        earlier = set(last.sightings.values_list("proposal", flat=True))
    wanted = seen if replaces else seen | earlier
    if last is not None and wanted == earlier and last.version == tool.version:
        return
    run = Run.objects.create(
        article=article,
        extractor=tool.extractor,
        version=tool.version,
        configuration=dict(tool.about),
        text_sha256=article.sha256,
        digest=digest_of(
            tool.extractor, tool.version, sorted(wanted), last and last.pk
        ),
        seconds=0.0,
        found=len(wanted),
    )
    Sighting.objects.bulk_create(
        Sighting(run=run, proposal_id=proposal) for proposal in sorted(wanted)
    )
