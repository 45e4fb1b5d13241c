"""Estimates of event documents as pictures (events.pictures.intervals). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.safestring import SafeString

from events.pictures.intervals import Bar, Tone, interval_svg
from publishing.pages import words
from publishing.pages.links import article_href, claim_anchor

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from publishing.pages.documents import Body, Names


@dataclass(frozen=True, slots=True)
class Picture:
    """One estimate with the claims behind it, in words and drawn."""

    counted: str
    bounds: str
    verdict: str
    sign: str
    verdict_name: str
    explanation: str
    bars: list[Bar]
    drawn: SafeString
    conflicts: list[tuple[Bar, Bar]]


def picture(
    estimate: Body,
    *,
    names: Names,
    claims: Mapping[int, Body],
    articles: Mapping[int, Body],
    only: Sequence[int] | None = None,
) -> Picture:
    """Draw an estimate of an event document.

    `claims` and `articles` are the documents at hand, by id; what is missing is told
    by the estimate itself. With `only`, no other claims are drawn.
    """
    bars = {
        claim["id"]: _bar(claim, claims.get(claim["id"]), articles, estimate, names)
        for claim in estimate["claims"]
        if only is None or claim["id"] in only
    }
    verdict = estimate["verdict"]
    counted = words.counted(estimate, names)
    together = _together(estimate, names)
    return Picture(
        counted=counted,
        bounds=words.bounds(estimate),
        verdict=verdict,
        sign=words.SIGNS[verdict],
        verdict_name=names.name("verdict", verdict),
        explanation=words.verdict_in_words(estimate),
        bars=list(bars.values()),
        drawn=interval_svg(
            [*bars.values(), together],
            key=f"figure-{estimate['measure']}-{estimate['group'] or 'any'}",
            title=f"{words.bounds(estimate)} {counted}",
        ),
        conflicts=[
            (bars[least], bars[most])
            for least, most in estimate["conflicts"]
            if least in bars and most in bars
        ],
    )


def one_for_each_article(estimate: Body, claims: Mapping[int, Body]) -> list[int]:
    """Of the claims that state the estimate's own figure, one for each article.

    The one that says most: that decides an end, then the one with the higher floor.
    """
    chosen: dict[int, Body] = {}
    for claim in estimate["claims"]:
        document = claims.get(claim["id"])
        if not document or document["group"] != estimate["group"]:
            continue
        article = claim["evidence"]["article"]["id"]
        if article not in chosen or _says_more(claim, chosen[article]):
            chosen[article] = claim
    return [claim["id"] for claim in chosen.values()]


def _says_more(claim: Body, other: Body) -> bool:
    def told(figure: Body) -> tuple[bool, int]:
        return figure["binds_low"] or figure["binds_high"], figure["low"] or 0

    return told(claim) > told(other)


def _together(estimate: Body, names: Names) -> Bar:
    conflicting = estimate["verdict"] == "conflicting"
    return Bar(
        label=f"{names.name('verdict', estimate['verdict'])}: all of them together",
        low=estimate["low"],
        high=estimate["high"],
        tone=Tone.CONFLICT if conflicting else Tone.ESTIMATE,
        words=words.bounds(estimate),
        detail=words.verdict_in_words(estimate),
    )


def _bar(
    claim: Body,
    document: Body | None,
    articles: Mapping[int, Body],
    estimate: Body,
    names: Names,
) -> Bar:
    evidence = claim["evidence"]
    article = articles.get(evidence["article"]["id"], evidence["article"])
    said = (document or {}).get("figure_text") or evidence["quote"]
    conflicting = estimate["verdict"] == "conflicting"
    clashes = any(claim["id"] in pair for pair in estimate["conflicts"])
    return Bar(
        label=_who(article),
        low=claim["low"],
        high=claim["high"],
        tone=Tone.CLASH if clashes else Tone.CLAIM,
        said=words.quoted(said),
        group=_other_group(document, estimate, names),
        words=words.bounds(claim),
        href=article_href(article["id"], claim_anchor(claim["slug"])),
        claim=claim["slug"],
        claim_href=reverse("claim", args=[claim["slug"]]),
        binds_low=claim["binds_low"] and not conflicting,
        binds_high=claim["binds_high"] and not conflicting,
    )


def _other_group(document: Body | None, estimate: Body, names: Names) -> str:
    if document is None or document["group"] == estimate["group"]:
        return ""
    return names.name("group", document["group"])


def _who(article: Mapping[str, Any]) -> str:
    title = words.article_title(article)
    outlet = article.get("outlet")
    return f"{outlet['name']}: {title}" if outlet else title
