"""A resolved name as a finding: its rule, its reason in words, its precision."""

from __future__ import annotations

from curation.extraction.context import KnownPlace
from curation.extraction.documents import Span
from curation.extraction.findings import Finding, PlaceMention
from curation.extraction.places.candidates import Candidate
from curation.extraction.places.prior import Sense
from curation.extraction.places.words import FACILITIES, PRECISION
from curation.extraction.reading import Reading

_OTHERS = 5  # candidates that a finding names
_LARGE = 100_000  # inhabitants
_SEEN = {
    "again": "-again",
    "ner": "",
    "typed": "",
    "body": "-of-body",
    "part": "-in-part",
    "name": "-in-name",
    "listed": "-listed",
}
_BY_KIND = frozenset({"country", "province", "region", "sea"})
_HELD = {
    "part": "a part of {name} is named",
    "name": "something is called after {name}",
}
_WHY = {
    "country": "the article speaks of {country}",
    "province": "the article speaks of {admin1}",
    "near": "near other places of the article",
    "shared": "several names of the article are found in {admin1}",
}


def told(
    reading: Reading, piece: Candidate, sense: Sense, *, acting: set[tuple[int, int]]
) -> Finding:
    """The finding for a name."""
    place = sense.chosen
    end = piece.end
    built = piece.type_word in FACILITIES and _names_whole(piece)
    if built and piece.after is not None:
        end = piece.end + len(piece.after.text) + 1
    span = reading.document.span(piece.start, end)
    if sense.around is not None:
        return _somewhere_in(piece, sense.around, span)
    if place is None:
        return Finding(PlaceMention(span.text), (span,), *_unknown(piece))
    if built and place.kind != "facility":
        return Finding(
            _mention(span.text, place, sense, kind="facility"),
            (span,),
            "place.facility-in-place",
            f"a built place named after {place.name}: known is only where that lies",
        )
    if (piece.start, end) in acting:
        rule, reason = "place.state-acts", "a state that acts here; also a place"
    else:
        rule, reason = _known(piece, sense, place)
    return Finding(_mention(span.text, place, sense), (span,), rule, reason)


def _somewhere_in(piece: Candidate, around: KnownPlace, span: Span) -> Finding:
    """A place of unknown point in a known province: as exact as that."""
    mention = PlaceMention(
        name=span.text,
        country=around.country,
        admin1=around.name,
        latitude=around.latitude,
        longitude=around.longitude,
        radius_m=around.radius_m,
        precision=PRECISION[around.kind],
    )
    reason = f"somewhere in {around.name}: no list has this place there"
    return Finding(mention, (span,), "place.unknown-in-province", reason)


def _names_whole(piece: Candidate) -> bool:
    after = piece.after
    return after is not None and after.lower_ == piece.type_word


def _mention(
    words: str, place: KnownPlace, sense: Sense, *, kind: str | None = None
) -> PlaceMention:
    return PlaceMention(
        name=words if kind else place.name,
        place=None if kind else place.key,
        entry=None if kind or place.key else place.entry,
        kind=kind or place.kind,
        country=place.country,
        admin1=place.admin1,
        latitude=place.latitude,
        longitude=place.longitude,
        radius_m=place.radius_m,
        precision=PRECISION.get(place.kind),
        candidates=tuple(each.entry for each in sense.others[:_OTHERS]),
    )


def _unknown(piece: Candidate) -> tuple[str, str]:
    if piece.type_word:
        return (
            "place.unknown-typed",
            f"“{piece.type_word}” says that it is a place; no list has it",
        )
    return "place.unknown-name", "read as a place; no list has a place of this name"


def _known(piece: Candidate, sense: Sense, place: KnownPlace) -> tuple[str, str]:
    """The rule by which it was found and resolved, and the reason."""
    if piece.how == "dateline":
        return "place.dateline", "the place in the dateline"
    if sense.support == "alike":
        return "place.alike", f"spelt much like {place.name}"
    if sense.qualified:
        return "place.within", f"“{piece.text}” in {place.admin1 or place.country}"
    if sense.typed:
        return "place.typed", f"“{piece.type_word}” says what {piece.text} is"
    seen = _SEEN.get(piece.how, "-by-capitals")
    if piece.how in _HELD:
        return _held(piece, sense, place)
    if place.kind in _BY_KIND:
        return f"place.{place.kind}{seen}", f"a {place.kind} of this name"
    if why := _WHY.get(sense.support):
        reason = why.format(country=place.country, admin1=place.admin1)
        return f"place.in-context{seen}", f"{place.kind} of this name; {reason}"
    if place.population >= _LARGE:
        return f"place.large{seen}", "the largest town of this name"
    if not sense.others:
        return f"place.only-one{seen}", "the only place of this name that is known"
    return f"place.likeliest{seen}", "the largest of several of this name"


def _held(piece: Candidate, sense: Sense, place: KnownPlace) -> tuple[str, str]:
    """For a place that is only part of a longer name."""
    rule = "in-context" if sense.support else "large"
    if place.kind in _BY_KIND:
        rule = place.kind
    return f"place.{rule}{_SEEN[piece.how]}", _HELD[piece.how].format(name=place.name)
