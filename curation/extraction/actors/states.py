"""States in a text: as actors or merely as places, and the bodies that are theirs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from curation.extraction.actors.mentions import Mention
from curation.extraction.lexicon.bodies import OF_STATE
from curation.extraction.lexicon.demonyms import ADJECTIVES, PEOPLES
from curation.extraction.lexicon.wordlist import word_set
from curation.extraction.parsing import Paragraph

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# After these a country is where something is …
_WHERE = word_set(
    """
    in at inside outside across throughout within near into around through via
    over of from to toward towards on off onto along beyond
    """
)
# … but who is spoken to or given something acts, even after "to" and "from".
_WITH_TO = word_set(
    """
    give sell send supply provide offer pledge promise say tell appeal hand
    deliver belong surrender lend pay grant receive buy get accept win seek
    demand require ask pressure threat support help aid message response answer
    ally enemy hostile close
    """
)
_PARTNERS = frozenset({"with", "by", "against", "between"})
_MODIFIERS = frozenset({"ADJ", "NOUN", "PROPN"})
_LONGEST_BODY = max(len(words.split()) for words in OF_STATE)


class StateWord(NamedTuple):
    """Tokens `first` to `last` that say "of this state"."""

    first: int
    last: int
    country: str


def acts(tokens: list[Token]) -> tuple[bool, str]:
    """Whether a state named by these tokens acts, and the reason in words."""
    head = next((t for t in tokens if t.head not in tokens), tokens[-1])
    if head.dep_ in {"nsubj", "nsubjpass", "agent", "dobj", "iobj", "dative"}:
        return True, "it is the subject or the object of a verb"
    if head.dep_ in {"compound", "amod", "nmod"} and head.head.i > head.i:
        return True, f"it says whose “{head.head.text}” it is"
    if head.dep_ == "poss":
        return True, f"“{head.head.text}” is its own"
    if head.dep_ == "conj":
        return acts([head.head])
    if head.dep_ == "pobj":
        return _after(head)
    if head.dep_ in {"appos", "npadvmod"}:
        return False, "it says where another place is"
    if head.dep_ == "ROOT":
        return False, "it stands alone, as headings do"
    return True, "nothing says that it is only a place"


def capital_acts(tokens: list[Token]) -> bool:
    """Whether a capital stands for its state: it does or suffers what people do."""
    head = next((t for t in tokens if t.head not in tokens), tokens[-1])
    while head.dep_ == "conj":
        head = head.head
    if head.dep_ == "nsubj":
        return head.head.pos_ == "VERB"
    if head.dep_ == "pobj":
        return head.head.lower_ in _PARTNERS
    return head.dep_ in {"agent", "iobj", "dative", "poss"} and head.ent_type_ != ""


def is_said_for_state(token: Token) -> bool:
    """Whether "the Americans" may be their state: uncounted, and with "the"."""
    return token.i > 0 and token.nbor(-1).lower_ == "the"


def _after(token: Token) -> tuple[bool, str]:
    word = token.head.lower_
    if word in {"to", "from"} and token.head.head.lemma_.lower() in _WITH_TO:
        return True, f"“{token.head.head.text} {word}” has it as a partner"
    if word in _WHERE:
        return False, f"after “{word}” it is a place"
    return True, f"after “{word}” it is a partner"


def state_words(doc: Doc, countries: dict[int, StateWord]) -> Iterator[StateWord]:
    """Adjectives of countries in `doc`, and the known names of states among them."""
    index = 0
    while index < len(doc):
        found = countries.get(index) or _adjective(doc, index)
        if found:
            yield found
        index = found.last + 1 if found else index + 1


# What the first token of one may be: "North", "U.S" where the parse cuts off the stop.
_FIRST = frozenset(
    token
    for name in ADJECTIVES
    for token in (name, name.split()[0], name.removesuffix("."))
)


def _adjective(doc: Doc, index: int) -> StateWord | None:
    if doc[index].text not in _FIRST:
        return None
    for last in (index + 1, index):
        if last < len(doc):
            words = doc[index : last + 1].text
            if country := ADJECTIVES.get(words):
                return StateWord(index, last, country)
    return None


def bodies(paragraph: Paragraph, words: list[StateWord]) -> Iterator[Mention]:
    """ "US troops", "Iraq's security forces", "the government of Iraq"."""
    doc = paragraph.doc
    for word in words:
        owned = word.last + 1 < len(doc) and doc[word.last + 1].text == "'s"
        at = word.last + 2 if owned else word.last + 1
        for start in range(at, min(at + 3, len(doc))):
            if end := _body_at(doc, start):
                # The owner is a mention of its own: "Iraq" and "security forces".
                first = start if owned else word.first
                yield _body(paragraph, word, Place(first, start, end))
                break
            if doc[start].pos_ not in _MODIFIERS:
                break
        if (noun := _of_state(doc, word)) is not None:
            yield _body(paragraph, word, Place(noun, noun, word.first))


class Place(NamedTuple):
    """Tokens of a body: where the mention begins, its noun, and where that ends."""

    first: int
    noun: int
    end: int


def _body_at(doc: Doc, start: int) -> int | None:
    """The end (exclusive) of the longest body noun that begins at `start`."""
    for end in range(min(start + _LONGEST_BODY, len(doc)), start, -1):
        if doc[start:end].text.lower() in OF_STATE:
            return end
    return None


def _of_state(doc: Doc, word: StateWord) -> int | None:
    """Where "government" begins in "government of [the] Iraq"."""
    of = word.first - 1
    if of > 0 and doc[of].lower_ == "the":
        of -= 1
    if of < 1 or doc[of].lower_ != "of":
        return None
    return of - 1 if doc[of - 1].lower_ in OF_STATE else None


def _body(paragraph: Paragraph, word: StateWord, at: Place) -> Mention:
    doc = paragraph.doc
    end = at.end
    if at.first == at.noun and at.noun < word.first:  # "government of Iraq"
        end, noun = word.last + 1, doc[at.noun].lower_
    else:
        noun = doc[at.noun : at.end].text.lower()
    what, kind = OF_STATE[noun]
    counted = at.first > 0 and doc[at.first - 1].like_num and kind == "military"
    if counted:
        what, kind = "service members", "population_group"
    return Mention(
        paragraph.start + doc[at.first].idx,
        paragraph.start + doc[end - 1].idx + len(doc[end - 1]),
        "actor.counted-soldiers"
        if counted
        else f"actor.state-{what.replace(' ', '-')}",
        "description",
        f"“{noun}” with the name of a country is its {what}",
        kind=kind,
        country=word.country,
        who=f"state:{word.country}:{what}",
        rank=3,
    )


def peoples(paragraph: Paragraph) -> Iterator[Mention]:
    """ "Afghans", "13 Americans" (people), "the Americans" (often the state)."""
    doc = paragraph.doc
    for token in doc:
        country = PEOPLES.get(token.text)
        if country is None:
            continue
        yield Mention(
            paragraph.start + token.idx,
            paragraph.start + token.idx + len(token),
            "actor.people",
            "description",
            f"“{token.text}” are the people of a country",
            kind="population_group",
            country=country,
            who=f"state:{country}:people",
            rank=2,
        )
