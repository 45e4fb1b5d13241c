"""From claims in the database to the figures that events.estimates works on."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from events.bounds import Quantifier
from events.estimates import Estimate, Figure, estimate
from events.models import Claim, ClaimKind, Evidence, Modality, Polarity
from sources.models import Term

if TYPE_CHECKING:
    from collections.abc import Hashable

    from django.db.models import QuerySet

# A figure binds when its speaker stands for it or passes it on as a report. What is
# hinted, supposed, foretold or denied is shown, but bounds nothing.
BINDING = frozenset({Modality.ASSERTED, Modality.REPORTED})


def group_parents() -> dict[str, str | None]:
    """The hierarchy of groups: code → code of the wider group."""
    return dict(Term.objects.filter(list="group").values_list("code", "parent__code"))


def figures_of(claims: QuerySet[Claim]) -> dict[int, list[Figure]]:
    """The figures among `claims`, by event. Three queries, however many claims."""
    evidence = Evidence.objects.select_related("article").defer("article__text")
    wanted = list(
        claims.filter(kind=ClaimKind.FIGURE, event__isnull=False)
        .select_related("speaker")
        .prefetch_related(Prefetch("evidence", evidence.order_by("id")))
        .order_by("slug")
    )
    incomplete = _incomplete_sums(wanted)
    figures: dict[int, list[Figure]] = defaultdict(list)
    for claim in wanted:
        if claim.event_id is not None:
            figures[claim.event_id].append(_figure(claim, incomplete))
    return dict(figures)


def _incomplete_sums(claims: list[Claim]) -> set[int]:
    """Sums of which a part is not among `claims`: adding up the rest would be wrong.

    They count with the bounds they state.
    """
    given = {claim.pk for claim in claims}
    sums = [claim.pk for claim in claims if claim.quantifier == Quantifier.SUM]
    missing = Claim.objects.filter(part_of__in=sums).exclude(pk__in=given)
    return {pk for pk in missing.values_list("part_of_id", flat=True) if pk}


def estimates_of(claims: QuerySet[Claim]) -> dict[int, list[Estimate]]:
    """What `claims` allow together, by event. Constant number of queries."""
    figures = figures_of(claims)
    if not figures:
        return {}
    parents = group_parents()
    return {event: estimate(found, parents) for event, found in figures.items()}


def _figure(claim: Claim, incomplete: set[int]) -> Figure:
    return Figure(
        claim=claim.pk,
        measure=_code(claim.measure_id) or "",
        group=_code(claim.group_id),
        low=claim.low,
        high=claim.high,
        quantifier=claim.quantifier,
        origin=_origin(claim),
        speaker=_independent_speaker(claim),
        part_of=None if claim.part_of_id in incomplete else claim.part_of_id,
        asserted=claim.modality in BINDING and claim.polarity == Polarity.POSITIVE,
    )


def _origin(claim: Claim) -> Hashable:
    """The occasion behind the article, or the article where none is known."""
    evidence = next(iter(claim.evidence.all()), None)
    if evidence is None:
        return ("claim", claim.pk)
    if evidence.article.origin_id is not None:
        return ("origin", evidence.article.origin_id)
    return ("article", evidence.article_id)


def _independent_speaker(claim: Claim) -> int | None:
    """The named speaker; an outlet that speaks for itself is its article's origin."""
    if claim.speaker is None or claim.speaker.outlet_id is not None:
        return None
    return claim.speaker_id


def _code(key: str | None) -> str | None:
    return key.partition("/")[2] if key else None
