"""Which stretches of an article name places: by its words, not yet by the map."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from curation.extraction.context import KnownPlace
from curation.extraction.lexicon.bodies import HEADS
from curation.extraction.parsing import Paragraph
from curation.extraction.places.candidates import (
    PLACES,
    Candidate,
    capital,
    pieces,
    runs,
)
from curation.extraction.places.guards import Guards, lives_in, part, somewhere
from curation.extraction.places.kinds import asked, note_type
from curation.extraction.places.words import AT_OR_OF, CIVIC, FACILITIES, PEOPLE_OF
from curation.extraction.reading import Reading
from events.place_names import lookup_form

if TYPE_CHECKING:
    from spacy.tokens import Token

Known = Mapping[str, Sequence[KnownPlace]]
_STRONG = frozenset({"country", "province", "region", "sea"})
_WIDE = frozenset({"region", "sea"})  # have no police and no university
_LARGE = 100_000  # inhabitants
_SHORT = 5  # letters; shorter second names of provinces stand after a comma only
_BESIDE = frozenset({",", "and", ", and", "or", ", or", "&"})
# How a name is seen to be a place. Those in _WEAK need another place beside them.
_HELD = frozenset({"part", "name"})
_WEAK = frozenset({"comma", "after-comma", "listed", "part", "name"})


def candidates(paragraph: Paragraph) -> Iterator[list[Candidate]]:
    """The runs of a paragraph, each as all the names that may stand in it."""
    for first, last in runs(paragraph.doc):
        found = list(pieces(paragraph, first, last))
        for piece in found:
            note_type(paragraph.doc, piece)
        yield found


class Detector:
    """Chooses, in each run, the longest names that are places."""

    def __init__(self, reading: Reading, known: Known) -> None:
        self.known = known
        self.guards = Guards(reading)
        self.left: list[Candidate] = []  # names that too little speaks for

    def places_of(self, piece: Candidate) -> list[KnownPlace]:
        """What the gazetteer has for it, by its name or with its type word."""
        named, *whole = asked(piece)
        if piece.type_word in FACILITIES and whole[0] in self.known:
            return list(self.known[whole[0]])
        found = [*self.known.get(named, ())]
        for words in whole:
            found += self.known.get(words, ())
        return list({place.entry: place for place in found}.values())

    def chosen(
        self, paragraph: Paragraph, found: Sequence[Sequence[Candidate]]
    ) -> list[Candidate]:
        """The names of a paragraph with these runs, in order, none inside another."""
        taken: list[Candidate] = []
        for run in found:
            busy: set[int] = set()
            for piece in run:
                tokens = range(piece.first, piece.last)
                if busy.isdisjoint(tokens) and (how := self.how(piece)):
                    piece.how = how
                    busy.update(tokens)
                    taken.append(piece)
        taken += self._unknown(paragraph, taken)
        taken.sort(key=lambda each: each.first)
        return self._borne_out(taken)

    def how(self, piece: Candidate) -> str:
        """How it is seen to be a place: "ner", "typed", "capitals" …; "" if not."""
        places = self.places_of(piece)
        if places and piece.paragraph.kind == "dateline":
            return "dateline"
        country = any(p.kind == "country" and _own_form(p, piece) for p in places)
        if not places or self.guards.other(piece, country=country):
            return ""
        ent = self.guards.entity(piece)
        label = ent.label_ if ent is not None else ""
        own = [place for place in places if _own_name(place, piece)]
        if holder := self.guards.holder(piece):
            return self._held(piece, holder, own)
        if label in PLACES:
            return "ner" if self._no_surname(piece, own) else ""
        if piece.typed or piece.type_word in FACILITIES and not own:
            return "typed"
        return self._by_capitals(piece, own, label)

    def _held(
        self, piece: Candidate, holder: Sequence[Token], own: list[KnownPlace]
    ) -> str:
        """What it is in a longer name: the seat of a body, what a firm is called."""
        if all(place.kind in _WIDE for place in own):
            return ""
        if self.guards.public(piece, holder):
            return "body"
        if part(holder, piece):
            return "part"
        named = self.guards.called_after(piece, holder)
        return "name" if named and self.guards.of_things(piece) else ""

    def _by_capitals(self, piece: Candidate, own: list[KnownPlace], label: str) -> str:
        """What a name is that the parser takes for none of a place."""
        before, after = piece.before, piece.after
        at = before is not None and before.lower_ in AT_OR_OF
        if not own:
            acronym = at and piece.text.isupper() and len(piece.text) > 2
            if acronym and label:
                return "capitals"
            return "after-comma" if self._may_be_code(piece) else ""
        if any(place.kind in _STRONG for place in own):
            return "capitals"
        if self.guards.person(piece) and not lives_in(piece):
            return ""
        if at:
            return "capitals"
        if after is not None and after.lower_ in (CIVIC if label else PEOPLE_OF):
            return "capitals"
        comma = after is not None and after.text == ","
        return "comma" if comma else "listed"

    def _no_surname(self, piece: Candidate, own: list[KnownPlace]) -> bool:
        """Whether it is no surname of the article that the parser took for a town."""
        strong = any(place.kind in _STRONG for place in own)
        there = somewhere(piece) or lives_in(piece)
        return strong or there or not self.guards.person(piece)

    @staticmethod
    def _may_be_code(piece: Candidate) -> bool:
        """Whether it stands where a state's short form may: "Paris, Tex."."""
        doc, at = piece.paragraph.doc, piece.first - 1
        return at >= 0 and (doc[at].text == "," or capital(doc[at]))

    # --- Names that no list has ---------------------------------------------------

    def _unknown(
        self, paragraph: Paragraph, taken: list[Candidate]
    ) -> Iterator[Candidate]:
        """Names that the parser takes for places and the gazetteer does not know."""
        busy = {
            i
            for piece in taken
            if piece.how not in _HELD
            for i in range(piece.first, piece.last)
        }
        for piece in self.guards.nameable(paragraph):
            if not busy.isdisjoint(range(piece.first, piece.last)):
                continue
            note_type(paragraph.doc, piece)
            # One that the gazetteer knows was turned down for what stands around it.
            known = piece.text in self.known or self.guards.other(piece)
            if not known and (piece.type_word or somewhere(piece)):
                yield piece

    # --- Names beside each other --------------------------------------------------

    def _borne_out(self, taken: list[Candidate]) -> list[Candidate]:
        """The names, without weak ones that none beside them bears out."""
        beside: dict[Candidate, list[Candidate]] = defaultdict(list)
        after: set[Candidate] = set()
        for piece, following in zip(taken, taken[1:], strict=False):
            between = _between(piece, following)
            if between in _BESIDE:
                beside[piece].append(following)
                beside[following].append(piece)
            glued = not between and self._code(following)  # "Spokane WA"
            if between in {",", "("} or glued:
                piece.inside.append(following)
                after.add(following)
        stands = {p: self._stands(p, beside[p], after=p in after) for p in taken}
        self.left += [p for p in taken if not stands[p] and p.how in _WEAK]
        return [p for p in taken if stands[p]]

    def again(self, sure: Collection[str]) -> Iterator[Candidate]:
        """Names left over that stand elsewhere in the article and are places there."""
        for piece in self.left:
            person = self.guards.person(piece) or self.guards.first_name(piece)
            if piece.form in sure and not person and not self._code(piece):
                piece.how = piece.how if piece.how in _HELD else "again"
                yield piece

    def _stands(
        self, piece: Candidate, beside: list[Candidate], *, after: bool
    ) -> bool:
        if self._code(piece) or piece.how == "after-comma":
            return after
        if piece.how not in _WEAK:
            return True
        if piece.how in _HELD:
            paper = any(_outlet(token) for token in self.guards.holder(piece))
            return not paper and self._well_known(piece)
        if any(self._holds(piece, other) for other in piece.inside):
            return True
        return piece.how == "listed" and any(
            other.how not in _WEAK | {"body", "unknown"} for other in beside
        )

    def _holds(self, piece: Candidate, other: Candidate) -> bool:
        """Whether a place of the first name lies in one of the second."""
        above: set[str | None] = {place.name for place in self.places_of(other)}
        above |= {p.country for p in self.places_of(other) if p.kind == "country"}
        return any(
            place.admin1 in above or place.country in above
            for place in self.places_of(piece)
        )

    def _well_known(self, piece: Candidate) -> bool:
        """Whether a longer name that holds it is surely called after this place."""
        return any(
            _own_name(place, piece)
            and (place.kind in {"country", "province"} or place.population >= _LARGE)
            for place in self.places_of(piece)
        )

    def _code(self, piece: Candidate) -> bool:
        """Whether it is a short form of a province: "TX", "Miss."."""
        places = self.places_of(piece)
        if not places or any(place.kind == "country" for place in places):
            return False
        form = lookup_form(piece.text)
        own = any(lookup_form(place.name) == form for place in places)
        province = any(place.kind == "province" for place in places)
        short = len(form) <= _SHORT and not own and province
        return len(form) <= 2 or (short and not piece.text.isupper())


def _outlet(token: Token) -> bool:
    return HEADS.get(token.lower_) == "outlet"


def _own_name(place: KnownPlace, piece: Candidate) -> bool:
    """Whether it is its own name; a country's other names are as good."""
    return place.kind == "country" or _own_form(place, piece)


def _own_form(place: KnownPlace, piece: Candidate) -> bool:
    return lookup_form(place.name) == lookup_form(piece.text)


def _between(piece: Candidate, following: Candidate) -> str:
    """What stands between two names, without the type word of the first."""
    doc = piece.paragraph.doc
    words = str(doc[piece.last : following.first].text).strip()
    return words.removeprefix(piece.type_word).strip() if piece.type_word else words
