"""Names that the article itself treats as places: no list of places is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from curation.extraction.lexicon.places import PLACE_WORDS
from curation.extraction.lexicon.wordlist import word_set
from curation.extraction.parsing import Paragraph

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_IN = word_set(
    """
    in at near across inside outside throughout around towards
    """
)
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_SIDES = word_set(
    """
    north south east west northern southern eastern western central downtown
    """
)


def placelike(paragraphs: Sequence[Paragraph]) -> frozenset[str]:
    """Names (folded) that stand where places stand at least as often as elsewhere."""
    place: Counter[str] = Counter()
    other: Counter[str] = Counter()
    for paragraph in paragraphs:
        for entity in paragraph.doc.ents:
            tokens = [t for t in entity if t.lower_ not in {"the", "near", "'s"}]
            if not tokens:
                continue
            name = " ".join(t.lower_ for t in tokens)
            if entity.label_ in _PLACES or stands_in_place(paragraph.doc, tokens):
                place[name] += 1
            elif entity.label_ in {"PERSON", "ORG", "NORP"}:
                other[name] += 1
    # A single word is taken for a person or a group too easily: half the places do.
    return frozenset(
        name
        for name, times in place.items()
        if (times if " " in name else 2 * times) >= other[name]
    )


def stands_in_place(doc: Doc, run: Sequence[Token]) -> bool:
    """Whether words stand where places stand: "in Bergen", "Bergen province"."""
    before = doc[run[0].i - 1] if run[0].i else None
    after = doc[run[-1].i + 1] if run[-1].i + 1 < len(doc) else None
    if after is not None and after.lower_ in PLACE_WORDS:
        return True
    if before is None or (after is not None and after.text in {"'s", "'"}):
        return False
    if before.lower_ == "of" and before.i and doc[before.i - 1].lower_ in PLACE_WORDS:
        return True
    return before.lower_ in _IN or before.lower_ in _SIDES
