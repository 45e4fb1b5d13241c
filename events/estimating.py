"""From claims in the database to the figures that events.estimates works on."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from events.bounds import Quantifier
from events.estimates import Estimate, Figure, estimate
from events.models import Claim, ClaimKind, Evidence, Modality, Polarity
from sources.models import Term

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from django.db.models import QuerySet

# A figure binds when its speaker stands for it or passes it on as a report. What is
# hinted, supposed, foretold or denied is shown, but bounds nothing.
BINDING = frozenset({Modality.ASSERTED, Modality.REPORTED})
# Of a claim: an article has hundreds, and as many whole rows take ten times as long.
COLUMNS = (
    *("pk", "event_id", "measure_id", "group_id", "low", "high", "quantifier"),
    *("modality", "polarity", "part_of_id", "speaker_id", "speaker__outlet_id"),
)

Row = dict[str, Any]


def group_parents() -> dict[str, str | None]:
    """The hierarchy of groups: code → code of the wider group."""
    return dict(Term.objects.filter(list="group").values_list("code", "parent__code"))


def figures_of(claims: QuerySet[Claim]) -> dict[int, list[Figure]]:
    """The figures among `claims`, by event. Three queries, however many claims."""
    rows = claims.filter(kind=ClaimKind.FIGURE, event__isnull=False)
    wanted: list[Row] = list(rows.order_by("slug").values(*COLUMNS))
    origins = _origins(wanted)
    incomplete = _incomplete_sums(wanted)
    figures: dict[int, list[Figure]] = defaultdict(list)
    for claim in wanted:
        figures[claim["event_id"]].append(_figure(claim, origins, incomplete))
    return dict(figures)


def _incomplete_sums(claims: list[Row]) -> set[int]:
    """Sums of which a part is not among `claims`: adding up the rest would be wrong.

    They count with the bounds they state.
    """
    given = {claim["pk"] for claim in claims}
    sums = [each["pk"] for each in claims if each["quantifier"] == Quantifier.SUM]
    missing = Claim.objects.filter(part_of__in=sums).exclude(pk__in=given)
    return {pk for pk in missing.values_list("part_of_id", flat=True) if pk}


def estimates_of(claims: QuerySet[Claim]) -> dict[int, list[Estimate]]:
    """What `claims` allow together, by event. Constant number of queries."""
    figures = figures_of(claims)
    if not figures:
        return {}
    parents = group_parents()
    return {event: estimate(found, parents) for event, found in figures.items()}


def _figure(claim: Row, origins: dict[int, Hashable], incomplete: set[int]) -> Figure:
    pk, whole = claim["pk"], claim["part_of_id"]
    sure = claim["modality"] in BINDING and claim["polarity"] == Polarity.POSITIVE
    # An outlet that speaks for itself is its article's origin, no independent speaker.
    independent = claim["speaker__outlet_id"] is None
    return Figure(
        claim=pk,
        measure=_code(claim["measure_id"]) or "",
        group=_code(claim["group_id"]),
        low=claim["low"],
        high=claim["high"],
        quantifier=claim["quantifier"],
        origin=origins.get(pk, ("claim", pk)),
        speaker=claim["speaker_id"] if independent else None,
        part_of=None if whole in incomplete else whole,
        asserted=sure,
    )


def _origins(claims: list[Row]) -> dict[int, Hashable]:
    """By claim: the occasion behind its first article, or the article without one."""
    first = Evidence.objects.filter(claim__in=[claim["pk"] for claim in claims])
    first = first.order_by("claim_id", "id").distinct("claim_id")
    rows: Iterable[tuple[int, int, int | None]] = first.values_list(
        "claim_id", "article_id", "article__origin_id"
    )
    return {
        claim: ("origin", origin) if origin else ("article", article)
        for claim, article, origin in rows
    }


def _code(key: str | None) -> str | None:
    return key.partition("/")[2] if key else None
