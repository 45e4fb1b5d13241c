"""Which tokens of a capitalised run are a name, and which runs are nobody's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curation.extraction.actors.placelike import stands_in_place
from curation.extraction.lexicon.bodies import HEADS
from curation.extraction.lexicon.demonyms import ADJECTIVES
from curation.extraction.lexicon.places import PLACE_WORDS
from curation.extraction.lexicon.things import ABBREVIATIONS, THINGS
from curation.extraction.lexicon.titles import (
    HONORIFICS,
    LOWERING,
    OFFICE_WORDS,
    OFFICES,
    RANKS,
    TITLE_NOUNS,
)
from curation.extraction.lexicon.wordlist import word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CALENDAR = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday january february
    march april may june july august september october november december jan feb
    mar apr jun jul aug sep sept oct nov dec
    """
)


_NO_NAMES = word_set(
    """
    i he she it we they you who this that these those the a an mr mrs ms no yes
    but and covid-19 covid christmas easter ramadan eid islam christianity god
    allah internet islamic muslim christian jewish hindu sunni shia shiite arab
    western eastern northern southern english arabic persian pashto dari hebrew
    """
)


def cleaned(tokens: list[Token], *, person: bool) -> list[Token]:
    """Without articles, titles, possessive endings and what is no part of a name."""
    while tokens and (_off_front(tokens[0]) or (person and _is_title(tokens))):
        tokens = tokens[1:]
    while tokens and (
        _off_end(tokens[-1], person=person) or (not person and _opens_title(tokens[-1]))
    ):
        tokens = tokens[:-1]
    for index, token in enumerate(tokens):
        if _ends_name(token, person=person):
            return tokens[:index]
    return tokens


def _ends_name(token: Token, *, person: bool) -> bool:
    if token.text in {",", ";", ":", "(", "/", '"'}:
        return True
    dash = token.text in {"-", "–", "—"} and token.i > 0
    if dash and token.nbor(-1).whitespace_:
        return True
    return person and token.lower_ == "and"


def _off_front(token: Token) -> bool:
    return (
        token.lower_
        in {"the", "a", "an", "some", "many", "all", "former", "ex", "near"}
        or token.is_punct
        or token.is_space
        or token.like_num
    )


def _off_end(token: Token, *, person: bool) -> bool:
    if token.text in {"'s", "'", "’s"} or token.is_punct or token.is_space:
        return True
    return token.text[0].islower() and (person or token.lower_ not in HEADS)


def _opens_title(token: Token) -> bool:
    """The "Press" of "Ministry Press Secretary"."""
    after = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
    titles = token.lower_ in OFFICE_WORDS or token.lower_ in LOWERING
    return titles and (after in OFFICES or after in OFFICE_WORDS)


def _is_title(tokens: list[Token]) -> bool:
    """Whether the first token is a title with a name behind it."""
    word = tokens[0].lower_.rstrip(".")
    titles = (
        word in HONORIFICS or word in RANKS or word in TITLE_NOUNS or word in OFFICES
    )
    if titles or tokens[0].text in ADJECTIVES or word in {"us", "u.s"}:
        return len(tokens) > 1
    return word in OFFICE_WORDS and len(tokens) > 2 and _is_title(tokens[1:])


def is_nobody(doc: Doc, run: list[Token]) -> bool:
    text = doc[run[0].i : run[-1].i + 1].text
    lower = text.lower()
    if not any(letter.isupper() for letter in text) or not text[0].isalpha():
        return True
    if lower in _NO_NAMES or lower in CALENDAR or text in ADJECTIVES:
        return True
    if "http" in lower or "@" in text or len(run) > 8:
        return True
    return (
        _is_thing(run)
        or all(is_title_word(token) for token in run)
        or stands_in_place(doc, run)
        or (len(run) == 1 and _is_abbreviation(doc, run[0]))
    )


def _is_thing(run: list[Token]) -> bool:
    ends = {run[0].lower_, run[-1].lower_}
    if run[0].i:
        before = run[0].nbor(-1)
        ends |= {before.lower_} if before.text.istitle() else set()
    return bool(ends & THINGS) or run[-1].lower_ in PLACE_WORDS


def _is_abbreviation(doc: Doc, token: Token) -> bool:
    """ "a UAV": organisations' acronyms take "the" or nothing."""
    if token.lower_ in ABBREVIATIONS:
        return True
    before = doc[token.i - 1].lower_ if token.i else ""
    modifies = token.dep_ in {"compound", "nmod", "amod"} and token.head.i > token.i
    return token.text.isupper() and before in {"a", "an"} and not modifies


def is_title_word(token: Token) -> bool:
    word = token.lower_.rstrip(".")
    return (
        word in HONORIFICS
        or word in RANKS
        or word in TITLE_NOUNS
        or word in OFFICES
        or word in OFFICE_WORDS
        or word in HEADS
        or token.text in ADJECTIVES
        or word in CALENDAR
    )
