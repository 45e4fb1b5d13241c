"""The front page: what newsdb is for, and its events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.shortcuts import render

from publishing.api.problems import BadParameters
from publishing.models import Kind
from publishing.pages import words
from publishing.pages.chips import Chip, chips
from publishing.pages.clocks import place_map
from publishing.pages.documents import Body, Names, bearing, names, with_ids
from publishing.pages.doors import public_page
from publishing.pages.finding import in_articles, said
from publishing.pages.intervals import Picture, one_for_each_article, picture
from publishing.pages.lists import active_filters, listing
from publishing.pages.timeline import Axis, Span, axis_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

PER_PAGE = 50
# Events looked at to find the one that shows best what newsdb does.
_CANDIDATES = 20
_CODE_LISTS = (
    "plover-type",
    "verdict",
    "measure",
    "group",
    "country",
    "event-modality",
    "place-kind",
)
_SHOWN_FILTERS = {"q", "event_type", "verdict", "country", "alias"}


@dataclass(frozen=True, slots=True)
class Headline:
    """The figure that a list shows of an event."""

    figure: str
    verdict: str
    verdict_name: str
    sign: str
    more: int


@dataclass(frozen=True, slots=True)
class Line:
    """One event in the list."""

    slug: str
    title: str
    type: str
    date: str
    place: str
    modality: str
    headline: Headline | None
    span: Span | None
    reports: int


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The events, filtered as asked; on the plain page with a live example."""
    coded = names(*_CODE_LISTS)
    active = active_filters(request, Kind.EVENT)
    others = [each for each in active if each.name not in _SHOWN_FILTERS]
    in_words = chips(others, Kind.EVENT)
    context: dict[str, Any] = {
        "asked": request.GET,
        "types": coded.of("plover-type"),
        "verdicts": coded.of("verdict"),
        "countries": sorted(coded.of("country"), key=lambda entry: entry[1]),
        "active": active,
        "others": in_words,
        "place": _place(in_words, coded),
    }
    try:
        found = listing(request, Kind.EVENT, ordering="-date", limit=PER_PAGE)
    except BadParameters as error:
        context["errors"] = error.errors
        return render(request, "publishing/home.html", context, status=400)
    axis = axis_of(event["date"] for event in found.bodies)
    lines = [_line(event, axis, coded) for event in found.bodies]
    context |= {
        "said": said(request),
        "in_articles": in_articles(request),
        "dated": [line for line in lines if line.span],
        "undated": [line for line in lines if not line.span],
        "ticks": axis.labels() if axis else [],
        "found": found,
        "plain": not request.GET,
        "example": None if request.GET else _example(coded),
    }
    return render(request, "publishing/home.html", context)


@dataclass(frozen=True, slots=True)
class Place:
    """The one place whose events are asked for."""

    name: str
    what: list[str]
    parent: Body | None
    also: list[str]
    coordinates: str
    map: SafeString


def _place(asked: list[Chip], coded: Names) -> Place | None:
    """None unless exactly one public place is asked for."""
    places = [body for chip in asked if chip.name == "place" for body in chip.bodies]
    if len(places) != 1:
        return None
    (place,) = places
    country = coded.name("country", place["country"])
    what = [coded.name("place-kind", place["kind"])]
    return Place(
        name=place["name"],
        what=[*what, country] if country not in {"", place["name"]} else what,
        parent=place["parent"],
        also=[name["name"] for name in place["names"]],
        coordinates=words.coordinates(place),
        map=place_map({**place, "precision": None, "text": None}),
    )


def _line(event: Body, axis: Axis | None, coded: Names) -> Line:
    modality = event["modality"]
    return Line(
        slug=event["slug"],
        title=event["title"],
        type=coded.name("plover-type", event["type"]),
        date=words.date_in_words(event["date"]),
        place=event["place"]["name"] if event["place"] else "",
        modality=""
        if modality == "occurred"
        else coded.name("event-modality", modality),
        headline=_headline(event["estimates"], coded),
        span=axis.span(event["date"]) if axis else None,
        reports=len(event["articles"]),
    )


def _headline(estimates: list[Body], coded: Names) -> Headline | None:
    """Of several figures the most telling."""
    if not estimates:
        return None
    best = min(estimates, key=words.telling)
    return Headline(
        figure=f"{words.bounds(best)} {words.counted(best, coded)}",
        verdict=best["verdict"],
        verdict_name=coded.name("verdict", best["verdict"]),
        sign=words.SIGNS[best["verdict"]],
        more=len(estimates) - 1,
    )


@dataclass(frozen=True, slots=True)
class Example:
    """Reports of one event that seem to contradict each other and do not."""

    event: Body
    date: str
    picture: Picture


def _example(coded: Names) -> Example | None:
    """The event whose different figures agree most instructively, if there is one."""
    candidates = [
        (event, estimate)
        for event in bearing(Kind.EVENT, ["verdict:compatible"], limit=_CANDIDATES)
        for estimate in event["estimates"]
        if _is_instructive(estimate)
    ]
    if not candidates:
        return None
    event, estimate = max(candidates, key=lambda found: _reports(found[1]))
    ids = [claim["id"] for claim in estimate["claims"]]
    claims = {claim["id"]: claim for claim in with_ids(Kind.CLAIM, ids, limit=100)}
    drawn = picture(
        estimate,
        names=coded,
        claims=claims,
        articles=_by_id(event["articles"]),
        only=one_for_each_article(estimate, claims),
    )
    return Example(event, words.date_in_words(event["date"]), drawn)


def _is_instructive(estimate: Body) -> bool:
    """Whether different figures leave a range that all of them allow."""
    low, high = estimate["low"], estimate["high"]
    bounded = low is not None and high is not None
    return estimate["verdict"] == "compatible" and bounded and low < high


def _reports(estimate: Body) -> tuple[bool, int, int]:
    """How much there is to see: deaths of all, many voices, many claims."""
    return (
        estimate["measure"] == "killed" and estimate["group"] in {None, "all"},
        estimate["origins"],
        len(estimate["claims"]),
    )


def _by_id(bodies: list[Body]) -> Mapping[int, Body]:
    return {body["id"]: body for body in bodies}
