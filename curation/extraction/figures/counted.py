"""What a number counts: the noun behind it, and the group of people it names."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curation.extraction.lexicon.figure_nouns import (
    AMERICAN,
    CITIZENS,
    GROUPS,
    ITEMS,
    LEADERS,
    MILITANT_WORDS,
    NOBODY,
    PERSON_ENDINGS,
    POLICE,
    ROUNDS,
    SECURITY_WORDS,
    SOLDIERS,
    TALKS,
)
from curation.extraction.lexicon.figure_verbs import NOUNS, STATES, VERB_STATES
from curation.extraction.lexicon.wordlist import word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LONGEST = 10  # words of a counted phrase behind the number
_DETERMINERS = word_set("the its their his her our these those a an")
_SCALES = word_set("couple few dozen dozens score scores hundreds thousands tens")
_NAMED = frozenset(("PROPN", "NOUN", "ADJ"))


@dataclass(frozen=True, slots=True)
class Counted:
    """The phrase of a number: its tokens `first` to `last`, and the noun `head`.

    `kind`: person, item, nobody, unknown (a noun in no list), bare (no noun).
    `measure` is that of an item; `group` that of people. `state` is the token of an
    adjective that says what happened to them ("three wounded soldiers").
    """

    first: Token
    last: Token
    head: Token | None
    kind: str
    group: str | None = None
    measure: str | None = None
    state: Token | None = None

    @property
    def partitive(self) -> bool:
        """Whether it is "three of the …", said of some of them only."""
        words = self.last.doc[self.first.i : self.last.i + 1]
        at = next((t.i for t in words if t.lower_ == "of"), None)
        return at is not None and self.last.doc[at - 1].lower_ not in _SCALES

    @property
    def following(self) -> Token | None:
        """The token behind the phrase in the same sentence."""
        doc, at = self.last.doc, self.last.i + 1
        return doc[at] if at < len(doc) and not doc[at].is_sent_start else None


def counted(
    doc: Doc, first: int, last: int, *, dated: Collection[int], armed: Collection[int]
) -> Counted:
    """The phrase whose number has the tokens `first` to `last`.

    `dated` are indexes of tokens inside dates, `armed` of tokens inside names of armed
    groups.
    """
    nouns: list[Token] = []
    state: Token | None = None
    end = last
    at = _past_of(doc, last + 1)
    while at < min(len(doc), last + 1 + _LONGEST) and at not in dated:
        token = doc[at]
        if token.is_sent_start or not _belongs(token, nouns):
            break
        if token.lower_ in STATES:
            if not _before_noun(doc, at, dated):
                break
            state = token
        if token.pos_ in {"NOUN", "PROPN"} or token.lower_ in {"others", "more"}:
            nouns.append(token)
            end = at
        at += 1
    if not nouns:
        return Counted(doc[first], doc[last], None, "bare")
    head = nouns[-1]
    words = doc[last + 1 : end + 1]
    second = _second(doc, end, dated)
    kind, group, measure = _kind(head, list(words), armed)
    if second is not None and kind == "person":
        group, end = _both(head, group, second, armed), second.i
    return Counted(doc[first], doc[end], head, kind, group, measure, state)


def _past_of(doc: Doc, at: int) -> int:
    """Past "of" and an article: "dozens of the fighters"."""
    if at < len(doc) and doc[at].lower_ == "of":
        at += 1
        if at < len(doc) and doc[at].lower_ in _DETERMINERS:
            at += 1
    return at


def _belongs(token: Token, nouns: list[Token]) -> bool:
    """Whether a token goes on with the counted phrase."""
    named = nouns and nouns[-1].pos_ == "NOUN" and token.pos_ == "PROPN"
    if named and lemma(nouns[-1]) in GROUPS:
        return False  # "two commanders Ali and Omar"
    if token.pos_ in _NAMED or token.lower_ in {"more", "others", "-"}:
        return token.lower_ not in {"such", "due"}
    if token.tag_ in {"VBN", "VBG", "VBD"}:
        return token.lower_ in STATES or token.dep_ in {"amod", "compound"}
    if token.pos_ == "ADV":
        return token.dep_ == "advmod" and token.head.dep_ == "amod"
    if token.pos_ == "PART":
        return token.tag_ == "POS"
    return token.pos_ == "NUM" and bool(token.head.i > token.i) and not nouns


def _before_noun(doc: Doc, at: int, dated: Collection[int]) -> bool:
    """Whether a state at `at` is an adjective of a noun that follows."""
    token = doc[at]
    if token.dep_ not in {"amod", "compound"} or token.head.i <= at:
        return False
    if at + 1 >= len(doc) or at + 1 in dated:
        return False
    return doc[at + 1].pos_ in _NAMED


def _second(doc: Doc, end: int, dated: Collection[int]) -> Token | None:
    """The second noun under one number: "thousands of policemen and soldiers"."""
    if end + 2 >= len(doc) or doc[end + 1].lower_ not in {"and", "or"}:
        return None
    token = doc[end + 2]
    if end + 2 in dated or token.pos_ != "NOUN" or lemma(token) not in GROUPS:
        return None
    after = doc[end + 3] if end + 3 < len(doc) else None
    if after is not None and after.pos_ in {"NOUN", "PROPN"}:
        return None
    return token if token.tag_ == "NNS" or token.lower_ == "police" else None


def lemma(token: Token) -> str:
    """The singular in lower case, also of names ("Humvees")."""
    word = str(token.lemma_).lower()
    if word in GROUPS or word in ITEMS or word in NOBODY:
        return word
    for ending in ("ies", "es", "s"):
        if word.endswith(ending):
            stem = word[: -len(ending)] + ("y" if ending == "ies" else "")
            if stem in GROUPS or stem in ITEMS or stem in NOBODY:
                return stem
    if word.endswith("men") and f"{word[:-3]}man" in GROUPS:
        return f"{word[:-3]}man"
    return word


def _kind(
    head: Token, words: list[Token], armed: Collection[int]
) -> tuple[str, str | None, str | None]:
    """Kind, group and measure of what the noun names."""
    noun = lemma(head)
    if noun in NOUNS:
        return "person", "all", None
    if noun in ROUNDS and _of_talks(head):
        return "item", None, "meetings"
    if noun in ITEMS and noun not in GROUPS:
        return "item", None, ITEMS[noun]
    if noun in LEADERS or noun in GROUPS or is_person(head, armed):
        return "person", group_of(head, words, armed), None
    return ("nobody" if noun in NOBODY else "unknown"), None, None


def _of_talks(head: Token) -> bool:
    doc = head.doc
    behind = doc[head.i + 1 : head.i + 5]
    return (
        len(behind) > 1
        and behind[0].lower_ == "of"
        and any(t.lower_ in TALKS for t in behind)
    )


def is_person(head: Token, armed: Collection[int]) -> bool:
    """Whether a noun in no list names people: by its ending, or as a nationality."""
    if head.i in armed or head.ent_type_ == "NORP":
        return True
    word = head.lower_
    if word in NOBODY or lemma(head) in NOBODY:
        return False
    return word.endswith(PERSON_ENDINGS) and len(word) > 5 and head.pos_ == "NOUN"


def group_of(head: Token, words: list[Token], armed: Collection[int]) -> str:
    """The group of a noun for people with the words before it."""
    noun = lemma(head)
    before = {lemma(token) for token in words if token.i < head.i}
    lower = {token.lower_ for token in words if token.i < head.i}
    american = bool(lower & AMERICAN) or "American" in {t.text for t in words}
    militant = bool(before & MILITANT_WORDS) or any(t.i in armed for t in words)
    service = noun == "member" and bool(before & {"service"})
    if american and (noun in SOLDIERS or service):
        return "us_service_members"
    if noun in {"american", "americans"} or (american and noun in CITIZENS):
        return "americans"
    if noun in {"afghan", "afghans"}:
        return "afghans"
    if noun in LEADERS or noun in {"commander", "warlord"}:
        leads = militant or noun in {"commander", "warlord"}
        return "commanders" if leads else "all"
    group = GROUPS.get(noun, "all")
    if group != "all":
        return group
    if militant or head.i in armed:
        return "militants"
    if noun in {"member", "personnel", "officer", "guard", "agent", "force"} and (
        before & SECURITY_WORDS
    ):
        return "security_forces"
    return "all"


def _both(
    head: Token, group: str | None, second: Token, armed: Collection[int]
) -> str | None:
    """The group that holds two nouns counted together."""
    nouns = {lemma(head), lemma(second)}
    if nouns & POLICE and nouns & SOLDIERS:
        return "police_and_soldiers"
    other = group_of(second, [second], armed)
    return group if group == other else "all"


def is_age(text: str, start: int, end: int) -> bool:
    """Whether a number stands between commas, as ages behind names do."""
    before, after = text[:start].rstrip(), text[end:].lstrip()
    return before.endswith(",") and after[:1] in {",", "."}


def state_measure(token: Token) -> str | None:
    """The measure of "dead", "wounded" … behind a phrase; None where it is a verb
    with an object ("two gunmen killed three people")."""
    measure = STATES.get(token.lower_)
    if measure is None or token.lower_ not in VERB_STATES:
        return measure
    if any(child.dep_ in {"dobj", "obj"} for child in token.children):
        return None
    at = token.i + 1
    if at >= len(token.doc) or token.doc[at].is_sent_start:
        return measure
    after = token.doc[at]
    if after.dep_ in {"npadvmod", "advmod"} or after.ent_type_ in {"DATE", "TIME"}:
        return measure
    return (
        None
        if after.pos_ in {"DET", "NUM", "NOUN", "PROPN", "PRON", "ADJ"}
        else measure
    )
