"""Guards against names that only contain a place: "Washington Post", "Paris Hilton"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from curation.extraction.findings import ActorMention
from curation.extraction.lexicon.demonyms import ADJECTIVES, PEOPLES
from curation.extraction.lexicon.titles import HONORIFICS, OFFICE_WORDS, RANKS
from curation.extraction.parsing import Paragraph
from curation.extraction.places.candidates import PLACES, Candidate, capital
from curation.extraction.places.words import (
    AT,
    DAYS,
    FACILITIES,
    ILLS,
    NEVER,
    OWN_BODIES,
    PARTS,
    PUBLIC,
    STREETS,
    TYPES,
)
from curation.extraction.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

# ", X reported on Monday": an outlet passes on what stands before.
_PASSES_ON = frozenset({"report", "write"})
_TITLED = HONORIFICS | RANKS
_ARTICLE = 4  # letters that an actor's name may have more without being another
_GLUE = frozenset(
    {"e", "i", "de", "al", "el", "ul"}
)  # inside a longer name: "Nad-e Ali"
_NAMED = frozenset({"alias", "name", "acronym", "surname", "fuzzy"})
_LONGEST = 5  # words of a name that no list has
_DASHES = frozenset({"-", "–", "/"})
_THINGS = PLACES | {"ORG", "EVENT"}
_FUNCTION = frozenset({"NUM", "DET", "PRON", "ADP", "ADV", "CCONJ", "SCONJ", "AUX"})
_OPENING = frozenset({"New", "St.", "Saint", "San", "Santa"})  # begin a longer name
_WIDE = frozenset({"northern", "southern", "eastern", "western"})


class Guards:
    """What else the words of an article name: persons, bodies, actors."""

    def __init__(self, reading: Reading) -> None:
        self.entities: dict[int, Span] = {}  # by the place of a token in the text
        self.persons: set[str] = set()
        self.first_names: set[str] = set()
        for paragraph in reading.paragraphs:
            for ent in paragraph.doc.ents:
                self._note(paragraph, ent)
        self.actors: dict[int, tuple[int, int, ActorMention]] = {}
        for finding, mention in reading.of(ActorMention):
            start, end = finding.span.start, finding.span.end
            if mention.how not in _NAMED:
                continue  # "police in Springfield" describe somebody by a place
            for at in range(start, end):
                self.actors.setdefault(at, (start, end, mention))

    def _note(self, paragraph: Paragraph, ent: Span) -> None:
        for token in ent:
            self.entities[paragraph.start + token.idx] = ent
        if ent.label_ == "PERSON" and len(ent) > 1:
            self.persons.add(ent[-1].text)
            self.first_names.add(ent[0].text)

    def entity(self, piece: Candidate) -> Span | None:
        """The named entity that holds the first or the last of its tokens."""
        first, last = piece.tokens[0], piece.tokens[-1]
        start = piece.paragraph.start
        return self.entities.get(start + first.idx) or self.entities.get(
            start + last.idx
        )

    def person(self, piece: Candidate) -> bool:
        """Whether the article has a person with this surname."""
        return piece.text in self.persons

    def first_name(self, piece: Candidate) -> bool:
        """Whether the article has a person with this first name."""
        return piece.text in self.first_names

    def other(self, piece: Candidate, *, country: bool = False) -> bool:
        """Whether the words are known to name something that is no place.

        `country`: they are the name of a country, whatever else they are.
        """
        before, after = piece.before, piece.after
        if (_demonym(piece) and not country) or _function_word(piece):
            return True
        if before is not None and before.text.rstrip(".").lower() in _TITLED:
            return True
        if after is not None and (
            after.lower_ in ILLS or _street(after) or _reports(piece, after)
        ):
            return True
        _, _, mention = self.actors.get(piece.start, (0, 0, None))
        return (
            mention is not None
            and mention.actor is not None
            and mention.acts
            and mention.actor_kind not in {"state", "government_body"}
            and not piece.typed
            and not somewhere(piece)
        )

    def holder(self, piece: Candidate) -> Sequence[Token]:
        """The tokens of a longer name of which it is a part; empty if there is none."""
        ent = self.entity(piece)
        doc = piece.paragraph.doc
        exact = ent is not None and _same(ent, piece)
        if ent is not None and not exact and not _several(ent, piece):
            rest = [t for t in ent if not piece.first <= t.i < piece.last]
            rest = [t for t in rest if t.lower_ not in DAYS]
            if rest and (ent.label_ not in PLACES or any(map(_weighs, rest))):
                return list(ent)
        if longer := self._actor(piece):
            return longer
        last = piece.last
        if last < len(doc) and _code(doc[last]):
            return ()
        while last < len(doc) and last < piece.last + 6 and _goes_on(doc[last]):
            last += 1
        if last > piece.last and not _titles(doc[piece.last]):
            sure = exact and ent is not None and ent.label_ in PLACES
            if not sure or doc[piece.last].lower_ in PUBLIC:
                return list(doc[piece.first : last])
        return self._before(piece, exact=exact)

    def _actor(self, piece: Candidate) -> Sequence[Token]:
        start, end, mention = self.actors.get(piece.start, (0, 0, None))
        if mention is None or mention.actor_kind == "state" or not mention.acts:
            return ()
        if (end - start) - (piece.end - piece.start) <= _ARTICLE:
            return ()
        return list(piece.paragraph.tokens(start, end) or ())

    def _before(self, piece: Candidate, *, exact: bool) -> Sequence[Token]:
        """A name that goes before: "Bank of X", "West X"."""
        doc, at = piece.paragraph.doc, piece.first - 1
        if at < 0:
            return ()
        before = doc[at]
        if before.lower_ in {"of", "for"} and at > 0 and _weighs(doc[at - 1]):
            return list(doc[at - 1 : piece.last]) if not exact else ()
        if before.text in _GLUE and not exact:
            return list(doc[at : piece.last])
        if before.text in _OPENING:
            return list(doc[at : piece.last])
        if capital(before) and before.lower_ in PARTS and before.lower_ not in _WIDE:
            return list(doc[at : piece.last])
        if _weighs(before) and not exact and not before.is_sent_start:
            return list(doc[at : piece.last])
        return ()

    def public(self, piece: Candidate, holder: Sequence[Token]) -> bool:
        """Whether the longer name is that of a public body of the place."""
        words = {token.lower_ for token in holder}
        return not words.isdisjoint(PUBLIC) and self.called_after(piece, holder)

    def called_after(self, piece: Candidate, holder: Sequence[Token]) -> bool:
        """Whether the longer name begins with the place or ends with "of" it."""
        if _street(holder[-1]):
            return False
        first = next((t.i for t in holder if t.lower_ != "the"), holder[0].i)
        before = piece.paragraph.doc[piece.first - 1] if piece.first else None
        of = before is not None and before.lower_ in {"of", "the", "at", "in"}
        return piece.first <= first or of

    def of_things(self, piece: Candidate) -> bool:
        """Whether the longer name is one of a body or a place, as far as was read."""
        doc, ent = piece.paragraph.doc, self.entity(piece)
        if (piece.first and doc[piece.first - 1].text in _DASHES) or (
            piece.after is not None and piece.after.text in _DASHES
        ):
            return False
        _, _, mention = self.actors.get(piece.start, (0, 0, None))
        if mention is not None:
            return mention.actor_kind != "person"
        return ent is not None and ent.label_ in _THINGS

    def own_body(self, piece: Candidate) -> bool:
        """Whether the longer name is that of a body which a town or county has."""
        after = [t.lower_ for t in self.holder(piece) if t.i >= piece.last]
        return not OWN_BODIES.isdisjoint(after[:2])

    def nameable(self, paragraph: Paragraph) -> Iterator[Candidate]:
        """What the parser takes for places, as far as it is worth a proposal."""
        for ent in paragraph.doc.ents:
            first, last = trimmed(ent)
            if ent.label_ not in PLACES or first >= last:
                continue
            words = paragraph.doc[first:last]
            piece = Candidate(paragraph, first, last, words.text, "unknown")
            if _worth(words) and not self.holder(piece):
                yield piece


def _worth(words: Span) -> bool:
    text = words.text
    return (
        len(words) <= _LONGEST
        and len(text) > 3
        and not text.isupper()
        and text.lower() not in NEVER
        and all(token.is_alpha or token.text in "-'" for token in words)
    )


def _demonym(piece: Candidate) -> bool:
    """Whether it names people or a language, not a country ("UK" is both)."""
    words = piece.text
    if words.isupper() or "." in words:
        return False
    return words in ADJECTIVES or words in PEOPLES


def part(holder: Sequence[Token], piece: Candidate) -> bool:
    """Whether the longer name is that of a part of the place: "East Springfield"."""
    alone = len(holder) == len(piece.tokens) + 1
    return alone and holder[0].i < piece.first and holder[0].lower_ in PARTS


def _street(token: Token) -> bool:
    word = token.text.rstrip(".").lower()
    return capital(token) and word in STREETS and word != "court"


def _function_word(piece: Candidate) -> bool:
    """Whether it is a word such as "One" or "Many" that begins a sentence."""
    [first, *more] = piece.tokens
    return not more and first.pos_ in _FUNCTION and first.ent_type_ not in PLACES


def trimmed(ent: Span) -> tuple[int, int]:
    """The tokens of an entity without articles, parts and endings."""
    first, last, doc = ent.start, ent.end, ent.doc
    while first < last and (
        doc[first].lower_ == "the"
        or not capital(doc[first])
        or (doc[first].lower_ in _WIDE)
    ):
        first += 1
    while first < last and doc[last - 1].text in {"'s", "'", ",", "."}:
        last -= 1
    return first, last


def _same(ent: Span, piece: Candidate) -> bool:
    mine = (piece.first, piece.last)
    return trimmed(ent) == mine or (ent.start, ent.end) == mine


def _several(ent: Span, piece: Candidate) -> bool:
    """Whether the parser took an enumeration of places for one: "Pandi, Bulacan"."""
    text = f" {ent.text} "
    beside = {
        ent.doc[i].text
        for i in (piece.first - 1, piece.last)
        if ent.start <= i < ent.end
    }
    return ("," in text or " and " in text) and not beside.isdisjoint(
        {",", "and", "/", "-"}
    )


def _weighs(token: Token) -> bool:
    """Whether a neighbour belongs to a name: capitalised, and no word of place."""
    return (
        capital(token)
        and token.is_alpha
        and token.lower_ not in PARTS
        and token.lower_ not in NEVER
        and token.lower_ not in TYPES
    )


def _code(token: Token) -> bool:
    """Whether it looks like a state's postal code: "Spokane WA"."""
    return len(token.text) == 2 and token.text.isupper() and token.is_alpha


def _goes_on(token: Token) -> bool:
    """Whether a name goes on with this token: "Washington Post"."""
    word = token.lower_
    return capital(token) and token.is_alpha and word not in TYPES and word not in DAYS


def _titles(token: Token) -> bool:
    """Whether it begins a person's name or title: "Texas Gov. Ann Richards"."""
    word = token.text.rstrip(".").lower()
    return word in OFFICE_WORDS or word in _TITLED or word in FACILITIES - PUBLIC


def somewhere(piece: Candidate) -> bool:
    """Whether the words before it say that something is there."""
    before = piece.before
    return before is not None and before.lower_ in AT - {"from", "to", "of", "between"}


def lives_in(piece: Candidate) -> bool:
    """Whether it is where a person is said to live: "Ann Hill, 25, of Springfield"."""
    doc, at = piece.paragraph.doc, piece.first - 1
    return at > 0 and doc[at].lower_ in {"of", "from"} and doc[at - 1].text == ","


def _reports(piece: Candidate, verb: Token) -> bool:
    """Whether the words are who reports what stands before them."""
    before = piece.before
    if before is None or before.text != "," or verb.lemma_ not in _PASSES_ON:
        return False
    if verb.pos_ != "VERB" or piece.tokens[-1].head != verb:
        return False
    return not any(
        child.i > verb.i and child.dep_ in {"dobj", "ccomp"} for child in verb.children
    )
