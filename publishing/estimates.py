"""Estimates of published claims, kept where documents can show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from events.estimating import estimates_of
from publishing import public
from publishing.models import Estimate

if TYPE_CHECKING:
    from collections.abc import Collection

    from events.estimates import Estimate as Derived


def derive_estimates(events: Collection[int]) -> None:
    """Make the stored estimates of `events` what their public claims allow."""
    Estimate.objects.filter(event_id__in=events).delete()
    Estimate.objects.bulk_create(derived_estimates(events))


def derived_estimates(events: Collection[int]) -> list[Estimate]:
    """The estimates of `events` as they should stand now, unsaved."""
    derived = estimates_of(public.claims().filter(event__in=events))
    return [
        _row(event, position, estimate)
        for event, estimates in sorted(derived.items())
        for position, estimate in enumerate(estimates)
    ]


def _row(event: int, position: int, derived: Derived) -> Estimate:
    return Estimate(
        event_id=event,
        measure=derived.measure,
        group=derived.group or "",
        low=derived.low,
        best=derived.best,
        high=derived.high,
        verdict=derived.verdict,
        origins=derived.origins,
        claims=list(derived.claims),
        low_claims=list(derived.low_claims),
        high_claims=list(derived.high_claims),
        conflicts=[list(pair) for pair in derived.conflicts],
        position=position,
    )
