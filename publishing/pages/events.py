"""The page of an event: what is said of it, by whom, and what that gives together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render

from publishing.models import Kind
from publishing.pages import words
from publishing.pages.claims import Card, numbered
from publishing.pages.clocks import clocks, missing, place_map
from publishing.pages.documents import (
    Body,
    Names,
    article_heads,
    find,
    names,
    with_ids,
)
from publishing.pages.doors import public_page
from publishing.pages.intervals import picture

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

# More is for the API; the page says so.
MOST_CLAIMS = 400
MOST_ARTICLES = 100
_CODE_LISTS = (
    *("plover-type", "plover-mode", "plover-context", "event-modality", "role"),
    *("actor-kind", "date-precision", "date-basis", "place-precision", "country"),
    *("measure", "group", "verdict", "claim-kind", "claim-modality"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """An actor's role, with the claims that say so and those that dispute it."""

    actor: Body
    role: str
    meaning: str
    claims: list[Card]
    disputed_by: list[Card]


@dataclass(frozen=True, slots=True)
class Report:
    """One article about the event, with what it says."""

    id: int
    title: str
    outlet: str
    published: str
    origin: str
    shares_origin: bool
    cards: list[Card]


@public_page
def event(request: HttpRequest, key: str) -> HttpResponse:
    """One event, each part with the sentences it rests on."""
    document = find(Kind.EVENT, key)
    if document["slug"] != key:
        return redirect("event", document["slug"], permanent=True)
    coded = names(*_CODE_LISTS)
    ids = [claim["id"] for claim in document["claims"]]
    claims = with_ids(Kind.CLAIM, ids, limit=MOST_CLAIMS)
    reported = [article["id"] for article in document["articles"]]
    articles = article_heads(ids=reported, limit=MOST_ARTICLES)
    cards = numbered(claims, coded)
    is_whole = len(claims) == len(ids) and len(articles) == len(reported)
    context = {
        "event": document,
        "type": coded.name("plover-type", document["type"]),
        "mode": coded.name("plover-mode", document["mode"]),
        "contexts": [coded.name("plover-context", c) for c in document["contexts"]],
        "modality": coded.name("event-modality", document["modality"]),
        "modality_meaning": coded.meaning("event-modality", document["modality"]),
        "date": _date(document["date"], coded, cards),
        "place": _place(document["place"], coded, cards),
        "map": place_map(document["place"]),
        "clocks": clocks(document, articles, coded),
        "missing": missing(document, claims, articles) if is_whole else [],
        "parts": _parts(document["participants"], coded, cards),
        "pictures": _pictures(document, coded, claims, articles),
        "reports": _reports(articles, cards),
        "more_claims": len(ids) - len(claims),
    }
    return render(request, "publishing/event.html", context)


def _behind(references: list[Body], cards: list[Card]) -> list[Card]:
    wanted = {reference["id"] for reference in references}
    return [card for card in cards if card.id in wanted]


def _date(date: Body, coded: Names, cards: list[Card]) -> dict[str, Any]:
    known = date["earliest"] or date["latest"]
    return {
        # Not public is not the same as not known.
        "words": words.date_in_words(date) if known else "No date published",
        "text": date["text"],
        "precision": coded.name("date-precision", date["precision"]),
        "details": words.date_details(date, coded),
        "claims": _behind(date["claims"], cards),
    }


def _place(
    place: Body | None, coded: Names, cards: list[Card]
) -> dict[str, Any] | None:
    if not place:
        return None
    return {
        "slug": place["slug"],
        "name": place["name"],
        "country": coded.name("country", place["country"]),
        "text": place["text"],
        "precision": coded.name("place-precision", place["precision"]),
        "meaning": coded.meaning("place-precision", place["precision"]),
        "coordinates": words.coordinates(place),
        "claims": _behind(place["claims"], cards),
    }


def _parts(participants: list[Body], coded: Names, cards: list[Card]) -> list[Part]:
    order = {code: n for n, (code, _, _) in enumerate(coded.of("role"))}
    ordered = sorted(participants, key=lambda part: order.get(part["role"], len(order)))
    return [
        Part(
            actor=part["actor"],
            role=coded.name("role", part["role"]),
            meaning=coded.meaning("role", part["role"]),
            claims=_behind(part["claims"], cards),
            disputed_by=_behind(part["disputed_by"], cards),
        )
        for part in ordered
    ]


def _pictures(
    document: Body, coded: Names, claims: list[Body], articles: list[Body]
) -> list[Any]:
    by_id = {claim["id"]: claim for claim in claims}
    heads: Mapping[int, Body] = {article["id"]: article for article in articles}
    return [
        picture(estimate, names=coded, claims=by_id, articles=heads)
        for estimate in sorted(document["estimates"], key=words.telling)
    ]


def _reports(articles: list[Body], cards: list[Card]) -> list[Report]:
    """The articles, each with the claims it is evidence for."""
    origins = [article["origin"]["id"] for article in articles if article["origin"]]
    said: dict[int, list[Card]] = {article["id"]: [] for article in articles}
    for card in cards:
        for article in dict.fromkeys(passage.article for passage in card.passages):
            if article in said:
                said[article].append(card)
    return [
        Report(
            id=article["id"],
            title=words.article_title(article),
            outlet=words.outlet_name(article),
            published=words.date_in_words(article["published"]),
            origin=article["origin"]["name"] if article["origin"] else "",
            shares_origin=bool(article["origin"])
            and origins.count(article["origin"]["id"]) > 1,
            cards=said[article["id"]],
        )
        for article in articles
    ]
