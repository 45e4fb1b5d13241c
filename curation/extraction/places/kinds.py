"""What the words beside a name say about its kind: "X district", "the city of X"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from curation.extraction.places.candidates import Candidate, capital
from curation.extraction.places.words import FACILITIES, TYPES

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LIST = 14  # tokens of an enumeration that shares one word: "A, B, C and D provinces"
_BETWEEN = frozenset({",", "and", "or", "-", "&"})


def asked(piece: Candidate) -> Iterator[str]:
    """What to ask the gazetteer for: the name, and the name with its type word."""
    yield piece.text
    if piece.type_word:
        yield f"{piece.text} {_singular(piece.type_word)}"


def note_type(doc: Doc, piece: Candidate) -> None:
    """Write down the type word beside the name, and the place-kinds that it allows."""
    piece.type_word = _after(doc, piece) or _before(doc, piece)
    piece.typed = TYPES.get(piece.type_word, ())


def _singular(word: str) -> str:
    return {"counties": "county", "cities": "city"}.get(word, word.removesuffix("s"))


def _after(doc: Doc, piece: Candidate) -> str:
    after = piece.after
    if after is None:
        return ""
    if after.lower_ in TYPES or after.lower_ in FACILITIES:
        return "" if capital(after) else str(after.lower_)
    for token in doc[piece.last : piece.last + _LIST]:
        if token.lower_ in TYPES:
            shared = token.lower_.endswith("s") and token.i > piece.last
            return str(token.lower_) if shared else ""
        if not _enumerates(token):
            return ""
    return ""


def _before(doc: Doc, piece: Candidate) -> str:
    """The word before "of", also that of an enumeration: "the villages of A and B"."""
    at = piece.first - 1
    while at > 0 and piece.first - at < _LIST and _enumerates(doc[at]):
        at -= 1
    if at < 1 or doc[at].lower_ != "of":
        return ""
    word = str(doc[at - 1].lower_)
    alone = at == piece.first - 1
    return word if word in TYPES and (alone or word.endswith("s")) else ""


def _enumerates(token: Token) -> bool:
    return capital(token) or token.lower_ in _BETWEEN
