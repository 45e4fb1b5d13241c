"""Actors without a name: "Afghan spies", "foreign fighters", "prisoners"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from curation.extraction.actors.mentions import Mention
from curation.extraction.actors.namings import Earlier, Namings
from curation.extraction.lexicon.demonyms import ADJECTIVES
from curation.extraction.lexicon.people import (
    COLLECTIVES,
    DEGREES,
    FIGHTERS,
    PEOPLE,
    RELATIVE,
    SAME_PEOPLE,
)
from curation.extraction.parsing import Paragraph
from curation.extraction.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_JOINS = frozenset({"and", "or"})
_HAVE_FIGHTERS = frozenset({"armed_group", "faction", "political_movement", "state"})
_MODIFIERS = frozenset({"ADJ", "NOUN", "PROPN"})
_NEAR, _REACH = 30, 200  # characters
_TROOPS = frozenset({"people:troops", "people:soldiers"})
_SOME = frozenset({"some", "several", "many", "these", "those", "few", "two", "of"})
_OWNERS = frozenset({"its", "their", "his", "her"})
# "No fighters", "enough fighters" are nobody; what "any" says is that nobody is known.
_NOBODY = frozenset({"no", "any", "enough", "neither", "without"})
_ARMED = frozenset({"armed_group", "faction"})
_TAKING_PART = frozenset({"dobj", "pobj", "nsubj", "nsubjpass", "agent", "appos"})


class _Group(NamedTuple):
    """Tokens `first` to `last`; `head` is the noun that says what they are."""

    first: int
    last: int
    head: Token


def find(reading: Reading, namings: Namings) -> Iterator[Mention]:
    """Groups of people, by the noun for what they are.

    Bare nouns ("spies") belong to the one group whose noun they are, if there is one.
    """
    taken = namings.taken()
    ends = {m.end: m for m in namings.mentions}
    armed = Earlier(namings, lambda m: m.kind in {*_ARMED, "state"})
    found: list[Mention] = []
    for paragraph in reading.paragraphs:
        for group in _groups(paragraph.doc):
            if _nobody(group):
                continue
            group = _trimmed(paragraph, group, taken)
            mention = _mention(paragraph, group)
            if taken.isdisjoint(range(mention.start, mention.end)) and _counts(
                paragraph, group, mention, ends
            ):
                _of_the_same(paragraph, group, mention, found)
                _fighters(group, mention, armed)
                found.append(mention)
        found += _collectives(paragraph)
    _join(found)
    _troops(found, namings)
    yield from found


def _join(found: list[Mention]) -> None:
    """Bare nouns belong to the one group of a country whose noun they are."""
    whole = defaultdict(set)
    for mention in found:
        if mention.country:
            whole[mention.who.split()[-1].removeprefix("people:")].add(mention.who)
    for mention in found:
        if mention.rule == "actor.people-owned":
            continue  # "its allies" beside "its Afghan allies" are others
        same = whole.get(mention.who.removeprefix("people:"), set())
        if len(same) == 1:
            mention.who = next(iter(same))


def _troops(found: list[Mention], namings: Namings) -> None:
    """ "the troops" are those of the state whose troops were named last."""
    armies = [
        m
        for m in namings.mentions
        if m.who.endswith(":military") or m.kind == "military"
    ]
    for mention in found:
        if mention.who not in _TROOPS or not armies:
            continue
        before = [m for m in armies if m.start < mention.start]
        army = before[-1] if before else armies[0]
        mention.who, mention.keys, mention.kind = army.who, army.keys, army.kind
        mention.rule = "actor.the-troops"
        mention.reason = "the forces named nearest before"


def _nobody(group: _Group) -> bool:
    """Whether the words before say that nobody in particular is meant."""
    doc = group.head.doc
    before = doc[max(0, group.first - 1) : group.head.i]
    if any(token.lower_ in _NOBODY for token in before):
        return True
    # "One of its allies, the Birch group" is the Birch group.
    at = max(0, group.first - 1)
    while at and doc[at].lower_ in _OWNERS | {"the"}:
        at -= 1
    return doc[at].lower_ == "of" and doc[at - 1].lower_ == "one" and at > 0


def _of_the_same(
    paragraph: Paragraph, group: _Group, mention: Mention, found: list[Mention]
) -> None:
    """ "Four militants, including two commanders": of the people before the comma."""
    head = group.head
    if mention.rule != "actor.people-bare" or head.lower_ not in FIGHTERS or not found:
        return
    include = head.head
    if head.dep_ == "pobj" and include.lower_ == "including":
        before = paragraph.document.normal[found[-1].end : mention.start]
        if before.startswith((", including", " including")) and len(before) < _NEAR:
            mention.who, mention.country = found[-1].who, found[-1].country


def _fighters(group: _Group, mention: Mention, armed: Earlier) -> None:
    """ "Its forces" are its fighters, where an armed group is who has them."""
    owned = mention.rule == "actor.people-owned" and group.head.lower_ == "forces"
    if owned and group.head.doc[group.first - 1].lower_ in _OWNERS:
        owner = armed.nearest(mention.start, _REACH)
        if owner is not None and owner.kind in _ARMED:
            mention.who = "people:fighters"


def _trimmed(paragraph: Paragraph, group: _Group, taken: set[int]) -> _Group:
    """The group without adjectives that are another mention's."""
    first = group.first
    for token in paragraph.doc[group.first : group.head.i]:
        if paragraph.start + token.idx in taken:
            first = token.i + 1
    return group._replace(first=first)


def _counts(
    paragraph: Paragraph, group: _Group, mention: Mention, ends: Mapping[int, Mention]
) -> bool:
    """Whether the group is somebody in particular; its rule says why."""
    beside = ends.get(mention.start - 1)
    if beside is not None and beside.kind in _HAVE_FIGHTERS:
        return _is_part(paragraph, mention, beside)
    relative = group.head.lower_ in RELATIVE
    if relative and (owner := _owner(paragraph, group, ends)) is not None:
        mention.rule = "actor.people-owned"
        mention.who += owner
        return True
    if mention.rule == "actor.people-of-state":
        return True
    return _takes_part(group, mention)


def _is_part(paragraph: Paragraph, mention: Mention, whole: Mention) -> bool:
    """ "Birch fighters" are the Birch group, "four Birch fighters" people."""
    if mention.kind == "faction":
        return True
    tokens = paragraph.tokens(whole.start, whole.end)
    if tokens is None or not tokens.start:
        return False
    before = paragraph.doc[tokens.start - 1]
    mention.rule = "actor.people-counted"
    return bool(before.like_num) or before.lower_ in _SOME


def _owner(
    paragraph: Paragraph, group: _Group, ends: Mapping[int, Mention]
) -> str | None:
    """Whose they are, for `who`: "its leaders", "the minister's allies"."""
    if not group.first:
        return None
    before = paragraph.doc[group.first - 1]
    if before.lower_ in _OWNERS:
        return ""
    if before.text in {"'s", "'"}:
        owner = ends.get(paragraph.start + before.idx)
        return f" of {owner.who}" if owner else None
    return None


def _takes_part(group: _Group, mention: Mention) -> bool:
    """Bare nouns must be subjects or objects to be somebody."""
    head = group.head
    if mention.rule == "actor.people-bare":
        if head.lower_ in RELATIVE:
            return False
        return head.dep_ == "attr" or head.dep_ in _TAKING_PART
    while head.dep_ == "conj":
        head = head.head
    return head.dep_ in _TAKING_PART


def _groups(doc: Doc) -> Iterator[_Group]:
    index = 0
    while index < len(doc):
        if doc[index].lower_ not in PEOPLE:
            index += 1
            continue
        last = index
        while (
            last + 2 < len(doc)
            and doc[last + 1].lower_ in _JOINS
            and doc[last + 2].lower_ in PEOPLE
        ):
            last += 2
        yield _Group(_opening(doc, index), last, doc[index])
        index = last + 1


def _opening(doc: Doc, index: int) -> int:
    """Where the adjectives before the noun begin."""
    first = index
    while first and (doc[first - 1].pos_ in _MODIFIERS or doc[first - 1].text == "-"):
        if doc[first - 1].text[0].isupper() and doc[first - 1].text not in ADJECTIVES:
            break
        first -= 1
    return first + 1 if doc[first].text == "-" else first


def _mention(paragraph: Paragraph, group: _Group) -> Mention:
    doc = paragraph.doc
    before = [t for t in doc[group.first : group.head.i] if t.lower_ not in DEGREES]
    country = next((ADJECTIVES[t.text] for t in before if t.text in ADJECTIVES), None)
    first = before[0].i if before else group.head.i
    nouns = doc[group.head.i : group.last + 1].text.lower()
    kind = "of-state" if country else "kind" if before else "bare"
    words = " ".join([*(t.lower_ for t in before), SAME_PEOPLE.get(nouns, nouns)])
    return Mention(
        paragraph.start + doc[first].idx,
        paragraph.start + doc[group.last].idx + len(doc[group.last]),
        f"actor.people-{kind}",
        "description",
        f"“{nouns}” are people who act or suffer",
        kind="faction" if nouns == "factions" else "population_group",
        country=country,
        who=f"people:{words}",
    )


def _collectives(paragraph: Paragraph) -> Iterator[Mention]:
    """ "the international community"."""
    for match in COLLECTIVES.finditer(paragraph.text):
        yield Mention(
            paragraph.start + match.start(),
            paragraph.start + match.end(),
            "actor.collective",
            "description",
            "a side or a community that everybody knows by this word",
            kind="population_group" if match["community"] else "political_movement",
            who=f"people:{(match['community'] or match['side']).lower()}",
        )
