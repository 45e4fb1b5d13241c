"""Figures: bounds held against their quantifier, their words and their parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from curation.format.entries import CurationSet, Entry
from curation.format.known import Known
from curation.format.problems import Problem
from events.bounds import Bounds, Quantifier, bounds_from_words, check_bounds

WHO_IS_COUNTED = "say who is counted; “all” if nobody in particular"


def figure_problems(found: CurationSet, known: Known) -> Iterator[Problem]:
    """What is wrong with the figures of all claims."""
    claims = found.by_key("claims")
    parts: dict[str, list[Entry]] = {}
    for claim in found.of("claims"):
        figure = claim.get("figure")
        if (claim.get("kind") == "figure") != (figure is not None):
            yield claim.problem("kind figure has a figure, and no other kind", "kind")
        elif figure is not None:
            yield from _bounds_problems(claim, figure)
            yield from _words_problems(claim, figure)
            if figure["measure"] in known.persons and not figure.get("group"):
                what = f"{figure['measure']} counts persons: {WHO_IS_COUNTED}"
                yield claim.problem(what, "figure", suggestion="write group: all")
            if whole := claims.get(figure.get("part_of") or ""):
                parts.setdefault(whole.key, []).append(claim)
                yield from _part_problems(claim, whole, claims)
    for claim in found.of("claims"):
        if claim.get("figure", "quantifier") == Quantifier.SUM:
            yield from _sum_problems(claim, parts.get(claim.key, []))


def _bounds_problems(claim: Entry, figure: dict[str, Any]) -> Iterator[Problem]:
    low, high, quantifier = figure["low"], figure["high"], figure["quantifier"]
    wrong = check_bounds(low, high, quantifier)
    for what in wrong:
        yield claim.problem(what, "figure")
    if wrong or quantifier == Quantifier.SUM:
        return  # a sum's words are those of its parts
    words = figure.get("text") or ""
    read = bounds_from_words(words)
    if read and read != Bounds(low, high, Quantifier(quantifier)):
        yield claim.problem(
            f"{_shown(low, high)}, {quantifier} does not fit the words “{words}”",
            "figure",
            suggestion=f"they read {_shown(read.low, read.high)}, {read.quantifier}",
        )


def _words_problems(claim: Entry, figure: dict[str, Any]) -> Iterator[Problem]:
    """A figure's words are words of the claim's evidence."""
    words = figure.get("text") or ""
    quotes = [claim.get("quote") or "", *(q["quote"] for q in claim.items("quotes"))]
    if not any(words in quote for quote in quotes):
        quoted = ", ".join(f"“{quote}”" for quote in quotes if quote)
        what = f"the figure's words “{words}” do not stand in its evidence {quoted}"
        yield claim.problem(
            what, "figure", "text", suggestion="copy them from a quote of the claim"
        )


def _part_problems(
    claim: Entry, whole: Entry, claims: dict[str, Entry]
) -> Iterator[Problem]:
    measure = claim.get("figure", "measure")
    if whole.get("figure") is None:
        what = f"part_of names {whole.key}, which is no figure"
        yield claim.problem(what, "figure", "part_of")
    elif whole.get("figure", "measure") != measure:
        what = f"part_of names {whole.key}, which does not count {measure}"
        yield claim.problem(what, "figure", "part_of")
    seen = {claim.key}
    above: Entry | None = whole
    while above is not None and above.key not in seen:
        seen.add(above.key)
        above = claims.get(above.get("figure", "part_of") or "")
    if above is claim:
        yield claim.problem(f"{claim.key} is part of itself", "figure", "part_of")


def _sum_problems(claim: Entry, parts: list[Entry]) -> Iterator[Problem]:
    if len(parts) < 2:
        yield claim.problem(
            f"a sum needs at least two parts, and has {len(parts)}",
            "figure",
            suggestion=f"write part_of: {claim.key} into the figures of its parts",
        )
        return
    named = " + ".join(part.key for part in parts)
    for end in ("low", "high"):
        ends = [part.get("figure", end) for part in parts]
        total = None if None in ends else sum(ends)
        if claim.get("figure", end) != total:
            yield claim.problem(
                f"{end} {_bound(claim.get('figure', end))} is not the sum of {named}",
                "figure",
                end,
                suggestion=f"write {_bound(total)}",
            )


def _shown(low: int | None, high: int | None) -> str:
    return f"low {_bound(low)}, high {_bound(high)}"


def _bound(value: int | None) -> str:
    return "null" if value is None else str(value)
