"""The page of an event, above its form: all that is said of it, and what is not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import SafeString

from events.admin.drawing import allowed, counted, draw_estimates, telling
from events.admin.matrix import compare
from events.admin.reading import ReadClaim, by_kind, read_claims
from events.estimating import estimates_of
from events.models import (
    Claim,
    ClaimKind,
    Event,
    EventModality,
    Participation,
    Stance,
    Support,
)
from events.outlines import outline_code
from events.pictures.map import Spot, draw_map
from events.pictures.timeline import Moment, timeline_svg
from events.silences import Part, Told, silences
from sources.admin.terms import spoken
from sources.dates import Precision, in_words
from sources.models import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from events.estimates import Estimate
    from sources.models import Article

_OUT = (Status.REJECTED, Status.RETRACTED)


@dataclass(frozen=True, slots=True)
class PartLine:
    """An actor's role with the claims that say so and those that dispute it."""

    actor: str
    href: str
    role: str
    status: str
    claims: list[ReadClaim]
    disputed_by: list[ReadClaim]


def event_panels(event: Event) -> dict[str, Any]:
    """What the page shows of an event beside its form. Constant number of queries."""
    supports = list(
        Support.objects.filter(event=event).select_related(
            "participation__actor", "participation__role"
        )
    )
    resting = Q(pk__in={support.claim_id for support in supports})
    everything = read_claims(Claim.objects.filter(Q(event=event) | resting))
    about = [read for read in everything if read.claim.event_id == event.pk]
    standing = [read for read in everything if read.claim.status not in _OUT]
    estimates = estimates_of(Claim.objects.filter(event=event).accepted())
    found = sorted(estimates.get(event.pk, []), key=telling)
    parts = list(event.participations.select_related("actor", "role"))
    return {
        "one_line": in_one_line(event, found, about),
        "silences": silences(_told(event, standing, parts, supports, found)),
        "claim_groups": by_kind(about),
        "estimates": draw_estimates(found, about),
        "drafts": sum(read.claim.status == Status.DRAFT for read in about),
        "matrix": compare(standing, _by_claim(supports)),
        "timeline": _timeline(event, standing),
        "map": _map(event),
        "parts": _part_lines(parts, supports, everything),
    }


def in_one_line(
    event: Event, estimates: Sequence[Estimate], read: Sequence[ReadClaim]
) -> str:
    """What happened, when, where and with what outcome."""
    kind = event.type.name if event.type else "Event"
    if event.mode:
        kind = f"{kind}, {event.mode.name.lower()}"
    when = in_words(event.date_earliest, event.date_latest)
    precision = _precision(event.date_precision)
    place = f"{event.place} ({spoken(event.place_precision_id)})" if event.place else ""
    figures = [f"{allowed(e)} {counted(e, read)}" for e in estimates[:1]]
    modality = "" if event.modality == EventModality.OCCURRED else event.modality
    return " · ".join(
        text
        for text in (
            f"{kind} ({modality})" if modality else kind,
            f"{when} ({precision})" if precision else when,
            place or "place not known",
            *figures,
        )
        if text
    )


def _precision(code: str) -> str:
    return "" if code == Precision.UNKNOWN else code.replace("_", " ")


def _by_claim(supports: Iterable[Support]) -> Mapping[int, list[Support]]:
    found: dict[int, list[Support]] = defaultdict(list)
    for support in supports:
        found[support.claim_id].append(support)
    return found


def _articles(read: Iterable[ReadClaim]) -> dict[Article, int]:
    """The articles, each with how many claims it carries."""
    carried: dict[Article, int] = {}
    for claim in read:
        for article in {evidence.article for evidence in claim.evidence}:
            carried[article] = carried.get(article, 0) + 1
    return carried


def _timeline(event: Event, read: Sequence[ReadClaim]) -> SafeString:
    happened = Moment(
        label=event.title,
        earliest=event.date_earliest,
        latest=event.date_latest,
        precision=_precision(event.date_precision),
        detail=f"“{event.date_text}”" if event.date_text else "",
    )
    said = [
        Moment(
            label=f"{article.outlet}: {article}" if article.outlet else str(article),
            earliest=article.published_earliest,
            latest=article.published_latest,
            precision=_precision(article.published_precision),
            detail=f"{claims} claim{'' if claims == 1 else 's'}",
            href=reverse("admin:sources_article_change", args=[article.pk]),
        )
        for article, claims in _articles(read).items()
    ]
    return timeline_svg(
        happened, said, key="clocks", title="When, and when it was said"
    )


def _map(event: Event) -> SafeString:
    place = event.place
    if place is None:
        return SafeString("")
    codes = [each.value for each in place.identifiers.all()]
    point = (place.longitude or 0.0, place.latitude or 0.0)
    outline = outline_code(
        kind=(place.kind_id or "").partition("/")[2],
        country=(place.country_id or "").partition("/")[2],
        codes=codes,
        names=[place.name, *(name.name for name in place.names.all())],
        point=point,
    )
    spot = Spot(
        name=place.name,
        lat=place.latitude,
        lon=place.longitude,
        radius_m=place.radius_m,
        precision=(event.place_precision_id or "").partition("/")[2],
        href=reverse("admin:events_place_change", args=[place.pk]),
        detail=f"“{event.place_text}”" if event.place_text else "",
        outline=outline,
    )
    return draw_map([spot], title="Where", key="map")


def _part_lines(
    parts: Iterable[Participation],
    supports: Iterable[Support],
    read: Iterable[ReadClaim],
) -> list[PartLine]:
    by_id = {each.claim.pk: each for each in read}
    resting: dict[tuple[int | None, str], list[ReadClaim]] = defaultdict(list)
    for support in supports:
        if support.claim_id in by_id:
            key = support.participation_id, support.stance
            resting[key].append(by_id[support.claim_id])
    return [
        PartLine(
            actor=str(part.actor),
            href=reverse("admin:actors_actor_change", args=[part.actor_id]),
            role=part.role.name,
            status=part.status,
            claims=resting[part.pk, Stance.SUPPORTS],
            disputed_by=resting[part.pk, Stance.DISPUTES],
        )
        for part in parts
    ]


def _told(
    event: Event,
    read: Sequence[ReadClaim],
    parts: Sequence[Participation],
    supports: Sequence[Support],
    estimates: Sequence[Estimate],
) -> Told:
    """The event as events.silences asks about it."""
    articles = list(_articles(read))
    named = _speakers(read)
    supported = {support.participation_id for support in supports}
    return Told(
        type=(event.type_id or "").partition("/")[2],
        happened=event.modality == EventModality.OCCURRED,
        claims=len(read),
        earliest=event.date_earliest,
        latest=event.date_latest,
        precision=event.date_precision,
        place=str(event.place or ""),
        place_precision=(event.place_precision_id or "").partition("/")[2],
        parts=[
            Part(
                actor=str(part.actor),
                role=part.role_id.partition("/")[2],
                speaks=part.actor_id in named,
                rests_on_claims=part.pk in supported,
            )
            for part in parts
            if part.status not in _OUT
        ],
        figures=_measures(read),
        limited={one.measure for one in estimates if one.high is not None},
        outlets=list(dict.fromkeys(str(a.outlet) for a in articles if a.outlet)),
        articles=len(articles),
        origins=len({a.origin_id or f"article {a.pk}" for a in articles}),
        unnamed=[] if named else _unnamed(read),
    )


def _measures(read: Iterable[ReadClaim]) -> set[str]:
    figures = [r.claim for r in read if r.claim.kind == ClaimKind.FIGURE]
    return {(claim.measure_id or "").partition("/")[2] for claim in figures}


def _speakers(read: Iterable[ReadClaim]) -> set[int]:
    """The actors whose words are passed on."""
    found: set[int | None] = set()
    for each in read:
        found.add(each.claim.speaker_id)
        found |= {via.actor_id for via in each.claim.attributions.all()}
    return {actor for actor in found if actor is not None}


def _unnamed(read: Iterable[ReadClaim]) -> list[str]:
    words = (each.claim.speaker_text for each in read)
    return list(dict.fromkeys(text for text in words if text))
