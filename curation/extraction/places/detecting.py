"""Which stretches of an article name places: by its words, not yet by the map.

Guards against names that only contain a place: "Washington Post", "Paris Hilton".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from curation.extraction.context import KnownPlace
from curation.extraction.findings import ActorMention
from curation.extraction.lexicon.demonyms import ADJECTIVES, PEOPLES
from curation.extraction.lexicon.titles import HONORIFICS, RANKS
from curation.extraction.parsing import Paragraph
from curation.extraction.places.candidates import (
    PLACES,
    Candidate,
    capital,
    pieces,
    runs,
)
from curation.extraction.places.words import (
    AT,
    BODIES,
    FACILITIES,
    ILLS,
    NEVER,
    PARTS,
    TYPES,
)
from curation.extraction.reading import Reading
from events.place_names import lookup_form

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

Known = Mapping[str, Sequence[KnownPlace]]
_STRONG = frozenset({"country", "province", "region", "sea"})
_SHORT = 5  # letters; shorter second names of provinces stand after a comma only
_TITLED = HONORIFICS | RANKS
_TITLE_CASE = 0.7  # share of capitalised words above which capitals say nothing


def candidates(paragraph: Paragraph) -> Iterator[list[Candidate]]:
    """The runs of a paragraph, each as all the names that may stand in it."""
    doc = paragraph.doc
    for first, last in runs(doc):
        found = list(pieces(paragraph, first, last))
        for piece in found:
            _note_type(doc, piece)
        yield found


def asked(piece: Candidate) -> Iterator[str]:
    """What to ask the gazetteer for."""
    yield piece.text
    if piece.type_word:
        yield f"{piece.text} {_singular(piece.type_word)}"


def _singular(word: str) -> str:
    return {"counties": "county", "cities": "city"}.get(word, word.removesuffix("s"))


def _note_type(doc: Doc, piece: Candidate) -> None:
    """Words beside the name that say what it is: "X district", "the city of X"."""
    after = doc[piece.last] if piece.last < len(doc) else None
    if after is not None and (after.lower_ in TYPES or after.lower_ in FACILITIES):
        if not capital(after):
            piece.type_word = after.lower_
    elif word := _shared_type(doc, piece.last):
        piece.type_word = word
    elif piece.first >= 2 and doc[piece.first - 1].lower_ == "of":
        word = doc[piece.first - 2].lower_
        piece.type_word = word if word in TYPES and not word.endswith("s") else ""
    piece.typed = TYPES.get(piece.type_word, ())


def _shared_type(doc: Doc, at: int) -> str:
    """The plural after "X and Y" or "X, Y and Z": "provinces"; or empty."""
    for token in doc[at : at + 12]:
        if token.lower_ in TYPES and token.lower_.endswith("s"):
            return str(token.lower_) if token.i > at else ""
        if not (capital(token) or token.lower_ in {",", "and", "or", "-"}):
            return ""
    return ""


class Detector:
    """Chooses, in each run, the longest names that are places."""

    def __init__(self, reading: Reading, known: Known) -> None:
        self.reading = reading
        self.known = known
        self.actors = [
            (finding.span.start, finding.span.end, mention)
            for finding, mention in reading.of(ActorMention)
        ]
        self.persons = {
            ent[-1].text
            for paragraph in reading.paragraphs
            for ent in paragraph.doc.ents
            if ent.label_ == "PERSON" and len(ent) > 1
        }

    def places_of(self, piece: Candidate) -> list[KnownPlace]:
        """What the gazetteer has for it, by its name or with its type word."""
        whole, *_ = reversed(list(asked(piece)))
        if piece.type_word in FACILITIES and whole in self.known:
            return list(self.known[whole])
        named = (self.known.get(words, ()) for words in asked(piece))
        return list({each.entry: each for places in named for each in places}.values())

    def chosen(self, paragraph: Paragraph) -> list[Candidate]:
        """The names of a paragraph, in order, none inside another."""
        doc = paragraph.doc
        taken: list[Candidate] = []
        for run in candidates(paragraph):
            busy: set[int] = set()
            mine: list[Candidate] = []
            for piece in run:
                tokens = range(piece.first, piece.last)
                if busy.isdisjoint(tokens) and (how := self.how(doc, piece, mine)):
                    piece.how = how
                    busy.update(tokens)
                    mine.append(piece)
            taken += mine
        taken += self.unknown(paragraph, taken)
        taken.sort(key=lambda each: each.first)
        self._link(doc, taken)
        return [each for each in taken if self._stands(each, taken)]

    # --- What the words say -----------------------------------------------------

    def how(self, doc: Doc, piece: Candidate, mine: list[Candidate]) -> str:
        """How it is seen to be a place: "ner", "typed", "capitals"; "" if not."""
        places = self.places_of(piece)
        if not places or self._taken(piece):
            return ""
        ent = entity(doc, piece)
        exact = ent is not None and _same(ent, piece)
        if self._within_name(doc, piece, ent, exact=exact):
            return ""
        if ent is not None and ent.label_ in PLACES:
            return "ner"
        own = [p for p in places if _own_name(p, piece)]
        if piece.typed and piece.type_word not in {"state", "states"}:
            return "typed"
        strong = [p for p in own if p.kind in _STRONG]
        if ent is not None:  # a person, a body: only where the words point to a place
            at = piece.before is not None and piece.before.lower_ in AT
            return (
                "capitals" if own and (strong or at and not self._person(ent)) else ""
            )
        return self._by_capitals(doc, piece, own, strong)

    def _by_capitals(
        self,
        doc: Doc,
        piece: Candidate,
        own: list[KnownPlace],
        strong: list[KnownPlace],
    ) -> str:
        if strong:
            return "capitals"
        before = piece.before
        at = before is not None and before.lower_ in AT
        after = piece.after
        comma = after is not None and after.text == ","
        if own and (at or comma) and doc[piece.first].pos_ == "PROPN":
            return "capitals" if at else "comma"
        if before is not None and before.text == ",":
            return "after-comma"
        return ""

    def _person(self, ent: Span) -> bool:
        return ent.label_ == "PERSON" and ent.text in self.persons

    def _taken(self, piece: Candidate) -> bool:
        """Whether the words are known to name something else."""
        return self._demonym(piece) or self._of_actor(piece)

    @staticmethod
    def _demonym(piece: Candidate) -> bool:
        """Whether it names people or a language, not a country ("UK" is both)."""
        words = piece.text
        return (
            not words.isupper()
            and "." not in words
            and (words in ADJECTIVES or words in PEOPLES)
        )

    def _of_actor(self, piece: Candidate) -> bool:
        """Whether an actor's name holds it, or it is an actor's and stands for it."""
        start, end = piece.start, piece.end
        for first, last, mention in self.actors:
            if not (first <= start and end <= last):
                continue
            if mention.actor_kind == "state" or not mention.acts:
                continue
            if (last - first) - (end - start) > 4:  # more than an article
                return True
            if mention.actor and not _somewhere(piece):
                return True
        return False

    def _within_name(
        self, doc: Doc, piece: Candidate, ent: Span | None, *, exact: bool
    ) -> bool:
        """Whether it is only a part of a longer name."""
        if ent is not None and not exact:
            rest = [t for t in ent if not piece.first <= t.i < piece.last]
            if ent.label_ not in PLACES or any(_weighs(t) for t in rest):
                return not _list_of(ent, piece)
        after, before = piece.after, doc[piece.first - 1] if piece.first else None
        if after is not None and after.lower_ in ILLS:
            return True
        if before is not None and before.text.rstrip(".").lower() in _TITLED:
            return True
        if (
            after is not None
            and _goes_on(after)
            and not (
                exact
                and ent is not None
                and ent.label_ in PLACES
                and after.text not in BODIES
            )
        ):
            return True
        if _direction(before) and not any(
            p.kind in {"country", "province"} for p in self.places_of(piece)
        ):
            return True  # "West Nile" is no part of the Nile
        if before is None or before.is_sent_end or not _weighs(before):
            return _of_body(doc, piece)
        return not exact and not before.is_sent_start

    # --- Names that no list has ---------------------------------------------------

    def unknown(
        self, paragraph: Paragraph, taken: list[Candidate]
    ) -> Iterator[Candidate]:
        """Names that the parser takes for places and the gazetteer does not know."""
        busy = {i for piece in taken for i in range(piece.first, piece.last)}
        for ent in paragraph.doc.ents:
            if ent.label_ not in PLACES or not busy.isdisjoint(
                range(ent.start, ent.end)
            ):
                continue
            first, last = _trimmed(ent)
            piece = Candidate(paragraph, first, last, "", "unknown")
            if first >= last:
                continue
            piece.text = paragraph.doc[first:last].text
            if (
                _nameable(piece)
                and not self.places_of(piece)
                and not self._taken(piece)
            ):
                _note_type(paragraph.doc, piece)
                if piece.type_word or _somewhere(piece):
                    yield piece

    # --- Names beside each other --------------------------------------------------

    def _link(self, doc: Doc, taken: list[Candidate]) -> None:
        """Note what stands after a comma or in brackets: "Paris, Texas"."""
        for piece, following in zip(taken, taken[1:], strict=False):
            between = doc[piece.last : following.first].text.strip()
            if between in {",", "("} or (
                piece.type_word and between == f"{piece.type_word},"
            ):
                piece.inside.append(following)

    def _stands(self, piece: Candidate, taken: list[Candidate]) -> bool:
        """Whether a weakly seen name is borne out by the one beside it."""
        after = any(piece in other.inside for other in taken)
        if piece.how == "comma":
            return any(self._holds(piece, other) for other in piece.inside)
        if piece.how == "after-comma" or self._code(piece):
            return after
        return True

    def _holds(self, piece: Candidate, other: Candidate) -> bool:
        above: set[str | None] = {p.name for p in self.places_of(other)}
        above |= {p.country for p in self.places_of(other) if p.kind == "country"}
        return any(
            p.admin1 in above or p.country in above for p in self.places_of(piece)
        )

    def _code(self, piece: Candidate) -> bool:
        """Whether it is a short form of a province: "TX", "Miss."."""
        places = self.places_of(piece)
        if piece.how == "unknown" or any(p.kind == "country" for p in places):
            return False
        form = lookup_form(piece.text)
        own = any(lookup_form(p.name) == form for p in places)
        return len(form) <= 2 or (
            not own
            and len(form) <= _SHORT
            and any(p.kind == "province" for p in places)
        )


def _own_name(place: KnownPlace, piece: Candidate) -> bool:
    """Whether it is its own name; a country's other names are as good."""
    return place.kind == "country" or lookup_form(place.name) == lookup_form(piece.text)


def title_case(paragraph: Paragraph) -> bool:
    """Whether nearly every long word has a capital, so that capitals say nothing."""
    words = [t for t in paragraph.doc if t.is_alpha and len(t.text) > 3]
    return len(words) > 3 and sum(map(capital, words)) > _TITLE_CASE * len(words)


def entity(doc: Doc, piece: Candidate) -> Span | None:
    """The named entity that holds the first or the last of these tokens."""
    for at in (piece.first, piece.last - 1):
        if doc[at].ent_type_:
            return next((e for e in doc.ents if e.start <= at < e.end), None)
    return None


def _trimmed(ent: Span) -> tuple[int, int]:
    """The tokens of an entity without articles, parts and endings."""
    first, last = ent.start, ent.end
    doc = ent.doc
    while first < last and (
        doc[first].lower_ in PARTS | {"the"} or not capital(doc[first])
    ):
        first += 1
    while first < last and (doc[last - 1].text in {"'s", "'", ",", "."}):
        last -= 1
    return first, last


def _same(ent: Span, piece: Candidate) -> bool:
    return _trimmed(ent) == (piece.first, piece.last) or (ent.start, ent.end) == (
        piece.first,
        piece.last,
    )


def _weighs(token: Token) -> bool:
    """Whether a neighbour belongs to a name: capitalised, and no word of place."""
    return (
        capital(token)
        and token.lower_ not in PARTS | NEVER
        and token.lower_ not in TYPES
        and token.is_alpha
    )


def _direction(token: Token | None) -> bool:
    return token is not None and capital(token) and token.lower_ in PARTS


def _goes_on(token: Token) -> bool:
    """Whether a name goes on with this token: "Washington Post", "Houston 911"."""
    return capital(token) and token.is_alpha and token.lower_ not in TYPES


def _list_of(ent: Span, piece: Candidate) -> bool:
    """Whether the entity is several places that the parser took for one."""
    return ent.label_ in PLACES and bool(re.search(r",|\band\b", ent.text))


def _of_body(doc: Doc, piece: Candidate) -> bool:
    """Whether it ends a body's name: "University of X", "Bank of X"."""
    if piece.first < 2 or doc[piece.first - 1].lower_ not in {"of", "for", "at"}:
        return False
    return doc[piece.first - 2].text in BODIES and doc[piece.first - 1].lower_ != "at"


def _somewhere(piece: Candidate) -> bool:
    before = piece.before
    return before is not None and before.lower_ in AT - {"from", "to", "of", "between"}


def _nameable(piece: Candidate) -> bool:
    """Whether an unknown name is worth a proposal: words, no weekday, not long."""
    words = piece.text.split()
    return (
        0 < len(words) <= 5
        and capital(piece.tokens[0])
        and all(word[0].isalpha() or word[0] in "-'" for word in words)
        and piece.text.lower() not in NEVER
        and len(piece.text) > 3
        and not piece.text.isupper()
    )
