"""Events on whose figures the sources disagree, found by the database.

A dispute here: two accepted figures of one event, measure and group, of which one
demands more than the other allows. That is what can be asked of many events at once;
what all claims of one event allow together, parts and groups counted, is the estimate
(events.estimates), which also finds the rarer conflicts between groups.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, Max, Min, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from events.bounds import Quantifier
from events.estimating import BINDING
from events.models import Claim, ClaimKind, Polarity


def binding_figures() -> QuerySet[Any]:
    """The figures that bound an estimate and whose number stands for itself.

    A sum's bounds are those of its parts; a part counts only some of its group.
    """
    figures: QuerySet[Any] = Claim.objects.accepted().filter(
        kind=ClaimKind.FIGURE,
        modality__in=BINDING,
        polarity=Polarity.POSITIVE,
        event__isnull=False,
    )
    numbers: QuerySet[Any] = figures.exclude(
        quantifier__in=[Quantifier.SUM, Quantifier.VAGUE]
    )
    keyed: QuerySet[Any] = numbers.annotate(counted=Coalesce("group_id", Value("")))
    return keyed.order_by()


def contradicted() -> QuerySet[Any]:
    """Figures that another figure of the same event excludes."""
    others = binding_figures().filter(
        event=OuterRef("event"),
        measure=OuterRef("measure"),
        counted=OuterRef("counted"),
    )
    too_low = Exists(others.filter(high__lt=OuterRef("low"), part_of=None))
    too_high = Exists(others.filter(low__gt=OuterRef("high")))
    return binding_figures().filter(Q(too_low) | Q(too_high) & Q(part_of=None))


def in_dispute(event: str = "event") -> Exists:
    """Whether the event that the column `event` of a row names is disputed.

    The same as having contradicted figures, found in one look at the event's claims:
    what one of them demands at least is more than what another allows at most.
    """
    counted = (
        binding_figures()
        .filter(event=OuterRef(event), measure__isnull=False)
        .values("measure", "counted")
        .annotate(demanded=Max("low"), allowed=Min("high", filter=Q(part_of=None)))
    )
    return Exists(counted.filter(demanded__gt=F("allowed")))
