"""Figures as bars on one scale: what each claim allows, and all of them together.

Pure. Positions are percentages, so that a bar is as wide as its row and the words
beside it stay text of the page at every width.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from events.pictures import Bar, Scale, scale_of
from publishing.pages import words
from publishing.pages.links import article_href, claim_anchor

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from publishing.pages.documents import Body, Names


@dataclass(frozen=True, slots=True)
class Stretch:
    """A bar: where it begins, how wide it is, and which of its ends are open."""

    x: str
    width: str
    end: str
    opens_low: bool
    opens_high: bool
    is_point: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One claim: who says it, its words, the bounds read from them, and its bar.

    `group` is named where the claim counts others than the estimate does; `part` says
    what the claim does to the estimate.
    """

    who: str
    said: str
    bounds: str
    group: str
    href: str
    part: str
    stretch: Stretch | None


@dataclass(frozen=True, slots=True)
class Picture:
    """One estimate with the claims behind it."""

    key: str
    counted: str
    bounds: str
    verdict: str
    sign: str
    verdict_name: str
    explanation: str
    rows: list[Row]
    ticks: list[tuple[str, str]]
    band: Stretch | None
    conflicts: list[tuple[Row, Row]]


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
    shown = [c for c in estimate["claims"] if only is None or c["id"] in only]
    scale = scale_of([_bar(figure) for figure in (*shown, estimate)])
    rows = {
        claim["id"]: _row(
            claim,
            document := claims.get(claim["id"]),
            articles,
            scale,
            group=_other_group(document, estimate, names),
            part=_part(claim, estimate),
        )
        for claim in shown
    }
    verdict = estimate["verdict"]
    agreed = verdict != "conflicting"
    return Picture(
        key=f"{estimate['measure']}-{estimate['group'] or 'any'}",
        counted=words.counted(estimate, names),
        bounds=words.bounds(estimate),
        verdict=verdict,
        sign=words.SIGNS[verdict],
        verdict_name=names.name("verdict", verdict),
        explanation=words.verdict_in_words(estimate),
        rows=list(rows.values()),
        ticks=[(_percent(scale, n), f"{n:,}") for n in scale.ticks()],
        band=_stretch(estimate, scale) if agreed else None,
        conflicts=[
            (rows[least], rows[most])
            for least, most in estimate["conflicts"]
            if least in rows and most in rows
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


def _other_group(document: Body | None, estimate: Body, names: Names) -> str:
    if document is None or document["group"] == estimate["group"]:
        return ""
    return names.name("group", document["group"])


def _row(
    claim: Body,
    document: Body | None,
    articles: Mapping[int, Body],
    scale: Scale,
    *,
    group: str,
    part: str,
) -> Row:
    evidence = claim["evidence"]
    article = articles.get(evidence["article"]["id"], evidence["article"])
    said = (document or {}).get("figure_text") or evidence["quote"]
    return Row(
        who=_who(article),
        said=words.quoted(said),
        bounds=words.bounds(claim),
        group=group,
        href=article_href(article["id"], claim_anchor(claim["slug"])),
        part=part,
        stretch=_stretch(claim, scale),
    )


def _who(article: Mapping[str, Any]) -> str:
    title = words.article_title(article)
    outlet = article.get("outlet")
    return f"{outlet['name']}: {title}" if outlet else title


def _part(claim: Mapping[str, Any], estimate: Mapping[str, Any]) -> str:
    """What the claim does to the estimate."""
    if estimate["verdict"] == "conflicting":
        clashes = any(claim["id"] in pair for pair in estimate["conflicts"])
        return "in conflict" if clashes else ""
    if claim["binds_low"] and claim["binds_high"]:
        return "decides both ends"
    if claim["binds_low"]:
        return "decides the lower end"
    return "decides the upper end" if claim["binds_high"] else ""


def _bar(figure: Mapping[str, Any]) -> Bar:
    return Bar(label="", low=figure["low"], high=figure["high"])


def _stretch(figure: Mapping[str, Any], scale: Scale) -> Stretch | None:
    low, high = figure["low"], figure["high"]
    if low is None and high is None:
        return None
    start = 0.0 if low is None else _share(scale, low)
    end = 100.0 if high is None else _share(scale, high)
    return Stretch(
        x=f"{start:.2f}%",
        width=f"{max(end - start, 0):.2f}%",
        end=f"{end:.2f}%",
        opens_low=low is None,
        opens_high=high is None,
        is_point=low == high,
    )


def _percent(scale: Scale, number: int) -> str:
    return f"{_share(scale, number):.2f}%"


def _share(scale: Scale, number: int) -> float:
    return 100 * (number - scale.least) / max(scale.most - scale.least, 1)
