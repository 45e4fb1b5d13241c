"""What a document says, in words for people. Pure."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from events.pictures.intervals import in_words
from sources import dates

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publishing.pages.documents import Names

# Units that read better than the names of their measures.
_UNITS = {"duration_weeks": "weeks", "duration_years": "years"}

_BASES = {
    "stated": "The text itself says so.",
    "metadata": "It came with the article, not in its story.",
    "relative": "Worked out from the words of the text and the date of publication.",
    "inferred": "Concluded from other facts.",
}

# Each verdict also has a sign, so that nothing depends on its colour.
SIGNS = {"conflicting": "≠", "compatible": "≈", "agree": "=", "single_source": "1"}


def day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None


def date_in_words(date: Mapping[str, Any] | None) -> str:
    """A date document as people write it: "26 August 2021"."""
    earliest = day(date["earliest"]) if date else None
    latest = day(date["latest"]) if date else None
    return dates.in_words(earliest, latest)


def date_details(date: Mapping[str, Any], names: Names) -> list[str]:
    """How exactly a date is known and what it rests on, as sentences."""
    return [
        sentence
        for sentence in (
            names.meaning("date-precision", date["precision"]),
            _BASES.get(date["basis"] or "", ""),
            f"How: {date['note'].rstrip('.')}." if date["note"] else "",
        )
        if sentence
    ]


def distance(metres: int | None) -> str:
    """A radius: "100 m", "2 km"; empty where it is not known."""
    if metres is None:
        return ""
    if metres < 1_000:
        return f"{metres} m"
    return f"{metres / 1_000:,.1f} km".replace(".0 km", " km")


def coordinates(place: Mapping[str, Any]) -> str:
    """Never a bare point: "34.5659° N, 69.2124° E, within 2 km"."""
    if place["latitude"] is None or place["longitude"] is None:
        return ""
    latitude, longitude = float(place["latitude"]), float(place["longitude"])
    point = (
        f"{abs(latitude):.4f}° {'N' if latitude >= 0 else 'S'}, "
        f"{abs(longitude):.4f}° {'E' if longitude >= 0 else 'W'}"
    )
    radius = distance(place["radius_m"])
    return f"{point}, within {radius}" if radius else point


def counted(estimate: Mapping[str, Any], names: Names) -> str:
    """What an estimate counts: "killed", "killed (US service members)"."""
    measure = estimate["measure"]
    unit = _UNITS.get(measure) or names.name("measure", measure).lower()
    group = estimate["group"]
    if group in {None, "all"}:
        return unit
    return f"{unit} ({names.name('group', group)})"


def bounds(figure: Mapping[str, Any]) -> str:
    """The bounds of a claim or an estimate: "164–170", "at least 101".

    Those of conflicting claims are no range in which the truth would lie.
    """
    if figure.get("verdict") == "conflicting":
        return f"disputed, {figure['low']:,} to {figure['high']:,}"
    if figure["low"] is None and figure["high"] is None:
        return "no exact number"
    return in_words(figure["low"], figure["high"])


def verdict_in_words(estimate: Mapping[str, Any]) -> str:
    """What the verdict on one estimate means for its figures."""
    voices = estimate["origins"]
    if estimate["verdict"] == "conflicting":
        return (
            "No number satisfies all of them: somebody is wrong, or counts otherwise."
        )
    if estimate["verdict"] == "agree":
        return f"{voices} independent sources give the same figure."
    if estimate["verdict"] == "single_source":
        return "Everything goes back to one source; nobody else confirms it."
    return (
        f"{voices} independent sources word it differently, and {_all_true(estimate)}."
    )


def _all_true(estimate: Mapping[str, Any]) -> str:
    low, high = estimate["low"], estimate["high"]
    if low is None and high is None:
        return "nothing they say excludes the other"
    if low is not None and low == high:
        return f"all of them can be true at once: {low:,}"
    if low is None:
        return f"all of them can be true at once: any number up to {high:,}"
    if high is None:
        return f"all of them can be true at once: any number from {low:,} up"
    return f"all of them can be true at once: any number from {low:,} to {high:,}"


def quoted(text: str) -> str:
    """The words in quotation marks, unless they bring their own."""
    return text if text[:1] in '“"‘«„' else f"“{text}”"


def before(prefix: str, start: int) -> str:
    """The words before a quote from a whole word on, with dots where more stands."""
    if len(prefix) >= start:
        return prefix
    return "… " + (prefix.partition(" ")[2] or prefix)


def after(suffix: str, *, longest: int = 32) -> str:
    """The words after a quote up to a whole word, with dots where more may stand."""
    if len(suffix) < longest:
        return suffix
    return (suffix.rpartition(" ")[0] or suffix) + " …"


def article_title(article: Mapping[str, Any]) -> str:
    return article["title"] or f"Untitled article {article['id']}"


def outlet_name(article: Mapping[str, Any]) -> str:
    """Who published it; said plainly where the text does not tell."""
    outlet = article.get("outlet")
    return str(outlet["name"]) if outlet else "Outlet not known"


def telling(estimate: Mapping[str, Any]) -> tuple[bool, bool, bool, int]:
    """Sorts estimates: conflicts first, then deaths, then everybody together."""
    return (
        estimate["verdict"] != "conflicting",
        estimate["measure"] != "killed",
        estimate["group"] not in {None, "all"},
        list(SIGNS).index(estimate["verdict"]),
    )
