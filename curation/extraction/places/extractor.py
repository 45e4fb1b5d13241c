"""The extractor: detects names of places, asks the gazetteer once, resolves them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from curation.extraction.context import Gazetteer, KnownPlace
from curation.extraction.findings import ActorMention, Finding
from curation.extraction.parsing import Paragraph
from curation.extraction.places.candidates import (
    Candidate,
    datelines,
    title_case,
)
from curation.extraction.places.detecting import Detector, candidates
from curation.extraction.places.guards import lives_in, somewhere
from curation.extraction.places.kinds import asked
from curation.extraction.places.prior import Sense
from curation.extraction.places.resolving import contains, resolve
from curation.extraction.places.telling import told
from curation.extraction.places.words import CIVIC, FACILITIES, TYPES
from curation.extraction.reading import Reading
from events.place_names import lookup_form

Read = tuple[Paragraph, list[list[Candidate]]]
_SEEN_WELL = frozenset({"typed", "unknown", "dateline"})
# Longer names that hold the place's: they do not say that the article is about it.
_HELD = frozenset({"unknown", "body", "part", "name"})
_SMALL_KINDS = frozenset({"city", "village", "district", "neighbourhood"})
_LARGE = 100_000  # inhabitants
_NEAR_AT_MOST = 6  # names of an article that are looked up by likeness
_MOST_COUNTRIES = 3
_OTHERS = 5  # candidates that a finding names


class Places:
    """Places by the gazetteer; names that it lacks as words without coordinates."""

    name = "places"
    version = "2"

    def extract(self, reading: Reading) -> Iterator[Finding]:
        gazetteer = reading.context.gazetteer
        hinted = reading.document.outlet
        paragraphs = [*datelines(reading), *reading.paragraphs]
        read = [(each, list(candidates(each))) for each in paragraphs]
        names = {
            words
            for _, runs in read
            for run in runs
            for piece in run
            for words in asked(piece)
        }
        known = gazetteer.find(names | {hinted} - {""} | set(_words(hinted)))
        detector = Detector(reading, known)
        found = _detected(read, detector)
        senses = _senses(detector, found)
        hints = [known[word][0] for word in _words(hinted) if word in known]
        resolve(list({id(s): s for s in senses.values()}.values()), hints)
        _alike(gazetteer, found, senses)
        acting = _acting(reading)
        for piece in _kept(detector, found, senses):
            yield told(reading, piece, senses[piece], acting=acting)


def _kept(
    detector: Detector, found: Sequence[Candidate], senses: Mapping[Candidate, Sense]
) -> Iterator[Candidate]:
    """The names that are places; a known place goes before an unknown that holds it."""
    sure = {senses[piece] for piece in found if _outright(detector, piece)}
    kept = [each for each in found if _trusted(each, senses[each], sure)]
    known = {at for each in kept if each.how != "unknown" for at in _letters(each)}
    for piece in kept:
        if piece.how != "unknown" or known.isdisjoint(_letters(piece)):
            yield piece


def _letters(piece: Candidate) -> range:
    return range(piece.start, piece.end)


def _words(outlet: str) -> list[str]:
    """What may be a place in an outlet's name: "Houston" in Houston Chronicle."""
    words = [word for word in outlet.split() if word[:1].isupper()]
    pairs = [" ".join(pair) for pair in zip(words, words[1:], strict=False)]
    return [*pairs, *words[:-1]]


def _detected(read: Sequence[Read], detector: Detector) -> list[Candidate]:
    """Names in the order of the text; in title case only what stands elsewhere too."""
    plain: list[Candidate] = []
    titles: list[Candidate] = []
    for paragraph, runs in read:
        names = detector.chosen(paragraph, runs)
        (titles if title_case(paragraph) else plain).extend(names)
    sure = {piece.form for piece in plain if piece.how not in _HELD}
    plain += detector.again(sure)
    plain += [each for each in titles if each.form in sure or each.how == "ner"]
    return sorted(plain, key=lambda piece: piece.start)


def _senses(detector: Detector, found: Sequence[Candidate]) -> dict[Candidate, Sense]:
    """One sense for each name, and one for each name with what follows a comma."""
    senses: dict[tuple[str, tuple[str, ...], str], Sense] = {}
    of: dict[Candidate, Sense] = {}
    forms: dict[str, Sense] = {}
    for piece in found:
        form = lookup_form(list(asked(piece))[-1] if _built(piece) else piece.text)
        places = detector.places_of(piece)
        inside = _inside(detector, piece, places)
        around = None if inside else _around(detector, piece)
        held = inside[0].entry if inside else around.entry if around else ""
        key = (form, piece.typed, held)
        if key not in senses:
            senses[key] = Sense(form, inside or places, piece.typed, bool(inside), 0)
            if around is not None:
                senses[key] = Sense(form, [], count=0, around=around)
        senses[key].count += 3 if piece.how == "dateline" else 1
        of[piece] = senses[key]
        if inside:
            forms.setdefault(form, senses[key])
    _add_counties(senses.values())
    # "Paris, Texas" once: "Paris" is that one from there on, if it could be.
    return {
        piece: forms.get(sense.form, sense) if not sense.typed else sense
        for piece, sense in of.items()
    }


def _add_counties(senses: Collection[Sense]) -> None:
    """In an article on "Suffolk County", "Suffolk" may be that county as well."""
    county_of = {s.form: s for s in senses if s.form.endswith(" county")}
    for sense in senses:
        county = county_of.get(f"{sense.form} county")
        if county is not None and not sense.qualified:
            sense.places = [*sense.places, *county.places]


def _built(piece: Candidate) -> bool:
    """Whether it is a building named after a place: not the same thing as that."""
    return piece.type_word in FACILITIES


def _inside(
    detector: Detector, piece: Candidate, places: Sequence[KnownPlace]
) -> list[KnownPlace]:
    """Those of `places` that lie in the place named after the comma."""
    for following in piece.inside:
        outer = [
            place
            for place in detector.places_of(following)
            if place.kind in {"country", "province", "district"}
        ]
        outer.sort(key=lambda place: place.kind != "country")
        for place in outer:
            held = [each for each in places if contains(place, each)]
            if held:
                return sorted(held, key=lambda each: -each.population)
    return []


def _around(detector: Detector, piece: Candidate) -> KnownPlace | None:
    """The state or country that a comma puts an unknown place in: "Butte, N.D."."""
    own = detector.places_of(piece)
    if piece.how == "body" or any(p.kind in {"province", "country"} for p in own):
        return None
    for following in piece.inside:
        form = lookup_form(following.text)
        for place in detector.places_of(following):
            # After "Ill." a place lies in Illinois; "Illinois" may begin a new item.
            sure = not own or lookup_form(place.name) != form
            if place.kind == "province" and sure:
                return place
    return None


def _alike(
    gazetteer: Gazetteer, found: Sequence[Candidate], senses: dict[Candidate, Sense]
) -> None:
    """Names that no place has may be spelt another way in the article's countries."""
    counts: dict[str, int] = {}
    for sense in senses.values():
        if sense.chosen is not None and sense.chosen.country:
            country = sense.chosen.country
            counts[country] = counts.get(country, 0) + sense.count
    countries = sorted(counts, key=lambda each: -counts[each])[:_MOST_COUNTRIES]
    left = _NEAR_AT_MOST
    for piece in found:
        sense = senses[piece]
        if sense.places or sense.around or sense.support or not left or not countries:
            continue
        if piece.type_word in FACILITIES or len(sense.form) < 6:
            continue
        left -= 1
        sense.support = "alike"
        near = gazetteer.near(piece.text, countries)
        sense.places = [place for place in near if _spelt_alike(place, sense)]
        if sense.places:
            sense.chosen, sense.others = sense.places[0], list(sense.places[1:])


def _spelt_alike(place: KnownPlace, sense: Sense) -> bool:
    from rapidfuzz import fuzz

    if sense.typed and place.kind not in sense.typed:
        return False
    return fuzz.ratio(lookup_form(place.name), sense.form) >= 88


def _trusted(piece: Candidate, sense: Sense, sure: Collection[Sense]) -> bool:
    """Whether words and map together make it a place.

    A small town must fit what else the article names, unless the words say outright
    that something is there.
    """
    place = sense.chosen
    if piece.how in _SEEN_WELL or sense.around or place is None:
        return True
    if piece.how == "body" and place.kind in {"region", "sea"}:
        return False
    if place.kind not in _SMALL_KINDS or place.population >= _LARGE:
        return True
    if sense.qualified or sense in sure:
        return True
    # Bodies are named after persons, too: only what else is near speaks for a town.
    return sense.support not in ({"", "country"} if piece.how in _HELD else {""})


def _outright(detector: Detector, piece: Candidate) -> bool:
    """Whether the words around a name say that it is a place, whatever the map says."""
    if piece.how in {"typed", "dateline"} or piece.tokens[-1].lower_ in TYPES:
        return True
    if piece.how == "body":
        return detector.guards.own_body(piece)
    if lives_in(piece) or (piece.how == "ner" and somewhere(piece)):
        return True
    after = piece.after
    return piece.how == "capitals" and after is not None and after.lower_ in CIVIC


def _acting(reading: Reading) -> set[tuple[int, int]]:
    """Where a state is named as one who acts."""
    return {
        (finding.span.start, finding.span.end)
        for finding, mention in reading.of(ActorMention)
        if mention.acts and mention.actor_kind == "state"
    }
