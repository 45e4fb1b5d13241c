"""An event document as pictures of time and place, and what is missing in it. Pure.

From documents only: what is not public is not said, nor that no article says it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString

from events.outlines import outline_code
from events.pictures.map import Spot, draw_map
from events.pictures.timeline import Moment, timeline_svg
from events.silences import Part, Told, silences
from publishing.pages import words
from publishing.pages.links import article_href

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from publishing.pages.documents import Body, Names


def clocks(event: Body, articles: Sequence[Body], names: Names) -> SafeString:
    """When it happened, and when the articles said so."""
    date = event["date"]
    happened = Moment(
        label=event["title"],
        earliest=words.day(date["earliest"]),
        latest=words.day(date["latest"]),
        precision=_precision(date["precision"], names),
        detail=words.quoted(date["text"]) if date["text"] else "",
    )
    said = [_said(article, names) for article in articles]
    title = "When it happened, and when it was said"
    return timeline_svg(happened, said, key="clocks", title=title)


def _said(article: Body, names: Names) -> Moment:
    published = article["published"] or {}
    return Moment(
        label=f"{words.outlet_name(article)}: {words.article_title(article)}",
        earliest=words.day(published.get("earliest")),
        latest=words.day(published.get("latest")),
        precision=_precision(published.get("precision"), names),
        href=article_href(article["id"]),
    )


def _precision(code: str | None, names: Names) -> str:
    return "" if code == "unknown" else names.name("date-precision", code).lower()


def place_map(place: Body | None) -> SafeString:
    """Where, as exactly as the articles say; empty where they do not."""
    if not place:
        return SafeString("")
    longitude, latitude = place["longitude"], place["latitude"]
    spot = Spot(
        name=place["name"],
        lat=latitude,
        lon=longitude,
        radius_m=place["radius_m"],
        precision=place["precision"] or "",
        detail=words.quoted(place["text"]) if place["text"] else "",
        outline=outline_code(
            kind=place["kind"] or "",
            country=place["country"] or "",
            codes=[],  # its name, where its point lies, tells as much
            names=[place["name"]],
            point=(longitude or 0.0, latitude or 0.0),
        ),
    )
    return draw_map([spot], title="Where", key="map")


def missing(event: Body, claims: Sequence[Body], articles: Sequence[Body]) -> list[str]:
    """What is not published about it, as sentences.

    `claims` and `articles` must be all there are: a part of them would be silent about
    what the rest says.
    """
    named = _speakers(claims)
    date, place = event["date"], event["place"] or {}
    outlets = [article["outlet"]["name"] for article in articles if article["outlet"]]
    return silences(
        Told(
            type=event["type"] or "",
            happened=event["modality"] == "occurred",
            claims=len(claims),
            earliest=words.day(date["earliest"]),
            latest=words.day(date["latest"]),
            precision=date["precision"],
            place=place.get("name", ""),
            place_precision=place.get("precision") or "",
            parts=[
                Part(
                    actor=part["actor"]["name"],
                    role=part["role"],
                    speaks=part["actor"]["id"] in named,
                )
                for part in event["participants"]
            ],
            figures={claim["measure"] for claim in claims if claim["measure"]},
            limited={e["measure"] for e in event["estimates"] if e["high"] is not None},
            outlets=list(dict.fromkeys(outlets)),
            articles=len(articles),
            origins=len({_origin(article) for article in articles}),
            unnamed=[] if named else _unnamed(claims),
            published=True,
        )
    )


def _origin(article: Mapping[str, Any]) -> tuple[str, int]:
    if article["origin"]:
        return "origin", article["origin"]["id"]
    return "article", article["id"]


def _speakers(claims: Iterable[Body]) -> set[int]:
    """The actors whose words are passed on."""
    actors = [
        actor
        for claim in claims
        for actor in (
            claim["speaker"],
            *(link["actor"] for link in claim["attributed_to"]),
        )
    ]
    return {actor["id"] for actor in actors if actor}


def _unnamed(claims: Iterable[Body]) -> list[str]:
    texts = (claim["speaker_text"] for claim in claims)
    return list(dict.fromkeys(text for text in texts if text))
