"""Known states in a text: acting, merely places, or said for by a capital."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curation.extraction.actors import states
from curation.extraction.actors.mentions import Mention
from curation.extraction.lexicon.demonyms import PEOPLES
from curation.extraction.parsing import Paragraph

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_NEW = frozenset({"New", "Inner", "Outer", "Little"})


def as_state(
    paragraph: Paragraph, mention: Mention, countries: dict[int, states.StateWord]
) -> None:
    """Say whether a known state acts; a rank below 0 if the words do not mean it.

    `countries` collects where states are named, by token, for "Iraqi forces".
    """
    tokens = paragraph.tokens(mention.start, mention.end)
    if tokens is None or not len(tokens):
        return
    if mention.country:
        first, last = tokens.start, tokens.end - 1
        countries[first] = states.StateWord(first, last, mention.country)
    if tokens.start and paragraph.doc[tokens.start - 1].text in _NEW:
        mention.rank = -1  # "New Mexico"
        return
    if mention.rule == "actor.alias-metonym":
        _as_metonym(mention, tokens, countries)
        return
    if _behind_place(paragraph.doc, tokens.start, countries):
        mention.acts, why = False, "it says where the place before it is"
    else:
        mention.acts, why = states.acts(list(tokens))
    if mention.rule == "actor.alias":
        mention.rule = "actor.state" if mention.acts else "actor.state-as-place"
    mention.reason += f"; {why}"


def _as_metonym(
    mention: Mention, tokens: Span, countries: dict[int, states.StateWord]
) -> None:
    """A capital or a people said for the state; a rank below 0 if it is not."""
    if tokens.text in PEOPLES:
        said = states.is_said_for_state(tokens[0])
        mention.rule = "actor.the-people"
        countries.pop(tokens.start, None)
    else:
        said = states.capital_acts(list(tokens))
        mention.rule = "actor.capital"
    if not said:
        mention.rank = -1


def _behind_place(doc: Doc, first: int, countries: dict[int, states.StateWord]) -> bool:
    """ "Doha, Qatar": behind a comma and a name that is no country."""
    if first < 2 or doc[first - 1].text != ",":
        return False
    ends = {word.last for word in countries.values()}
    name = doc[first - 2]
    return name.pos_ == "PROPN" and name.text[0].isupper() and name.i not in ends
