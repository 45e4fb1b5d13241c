"""Names that no list knows: what the entity tagger found, cleaned, and titles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from curation.extraction.actors.mentions import Mention
from curation.extraction.actors.placelike import stands_in_place
from curation.extraction.actors.roles import is_subject, says
from curation.extraction.lexicon.bodies import HEADS, OF_STATE
from curation.extraction.lexicon.demonyms import ADJECTIVES, PEOPLES
from curation.extraction.lexicon.people import PEOPLE
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
from curation.extraction.parsing import Paragraph

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PARTICLES = word_set(
    """
    al el ul ur bin ibn ben abu de la van von der den du da dos di - '
    """
)
_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
_ON = frozenset({"committee", "commission", "council", "center", "centre"})
_TRAILING = " .,;:!?'’\"-–—)("
_CALENDAR = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday january february
    march april may june july august september october november december jan feb
    mar apr jun jul aug sep sept oct nov dec
    """
)
# Capitalised for other reasons than being a name of somebody.
_NO_NAMES = word_set(
    """
    i he she it we they you who this that these those the a an mr mrs ms no yes
    but and covid-19 covid christmas easter ramadan eid islam christianity god
    allah internet islamic muslim christian jewish hindu sunni shia shiite arab
    western eastern northern southern english arabic persian pashto dari hebrew
    """
)


def named(paragraph: Paragraph) -> list[Mention]:
    """Persons and organisations of one paragraph; they may overlap one another."""
    return [
        *_entities(paragraph),
        *_titled(paragraph),
        *_headed(paragraph),
        *_capital_heads(paragraph),
        *_speaking(paragraph),
    ]


def _mention(
    paragraph: Paragraph,
    first: int,
    last: int,
    *,
    rule: str,
    kind: str | None,
    rank: int,
) -> Mention:
    doc = paragraph.doc
    start = doc[first].idx
    words = doc.text[start : doc[last].idx + len(doc[last])]
    return Mention(
        paragraph.start + start,
        paragraph.start + start + len(words.rstrip(_TRAILING)),
        f"actor.{rule}",
        "name",
        _WHY[rule],
        kind=kind,
        rank=rank,
    )


_WHY = {
    "person": "read as a person's name: several capitalised words",
    "person-one-word": "read as a person's name, of one word only",
    "titled-person": "a title stands before it",
    "organisation": "read as an organisation's name: several capitalised words",
    "organisation-one-word": "read as an organisation's name, of one word only",
    "acronym": "read as an organisation's acronym",
    "headed-organisation": "its last word is what organisations are called",
    "capital-head": "“the” and a capital letter: one organisation of this kind",
    "speaking-name": "a capitalised word that is the subject of a verb of saying",
    "capital-head-bare": "a capital letter: one organisation of this kind",
    "movement": "read as the name of a group of people",
}


def _entities(paragraph: Paragraph) -> Iterator[Mention]:
    doc = paragraph.doc
    for entity in doc.ents:
        if entity.label_ not in {"PERSON", "ORG", "NORP"}:
            continue
        run = _clean(list(entity), person=entity.label_ == "PERSON")
        if not run or _is_nobody(doc, run):
            continue
        rule, kind = _sort(run, entity.label_)
        if rule:
            rank = 1 if len(run) == 1 else 2
            found = _mention(
                paragraph, run[0].i, run[-1].i, rule=rule, kind=kind, rank=rank
            )
            found.weak = rule.endswith("one-word") and not _acts(run[0])
            yield found


def _sort(run: list[Token], label: str) -> tuple[str, str | None]:
    """The rule and the kind of actor for a cleaned entity; "" for none."""
    last = run[-1]
    if len(run) > 1 and last.lower_ in HEADS:
        return "headed-organisation", HEADS[last.lower_]
    if label == "PERSON":
        return ("person" if len(run) > 1 else "person-one-word"), "person"
    if label == "NORP":
        plain = all(t.text in ADJECTIVES or t.text in PEOPLES for t in run)
        adjective = last.dep_ in {"amod", "compound", "nmod"} and last.head.i > last.i
        return ("" if plain or adjective else "movement"), None
    if len(run) == 1 and last.text.isupper():
        return "acronym", None
    return ("organisation" if len(run) > 1 else "organisation-one-word"), None


def _acts(token: Token) -> bool:
    """Whether a single word does what persons and organisations do."""
    if is_subject(token):
        return True
    after = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
    return after in OF_STATE or after in PEOPLE


def _speaking(paragraph: Paragraph) -> Iterator[Mention]:
    """A capitalised word that says something, whatever the tagger made of it."""
    for token in paragraph.doc:
        if token.pos_ == "PROPN" and len(token) > 2 and says(token):
            run = [*(t for t in token.lefts if t.dep_ == "compound"), token]
            run = _clean(run, person=True)
            whole = run and run[-1].i - run[0].i + 1 == len(run)
            if whole and run[0].text.istitle() and not _is_nobody(token.doc, run):
                kind = "person" if token.ent_type_ not in {"ORG", "NORP"} else None
                yield _mention(
                    paragraph,
                    run[0].i,
                    token.i,
                    rule="speaking-name",
                    kind=kind,
                    rank=0,
                )


def _clean(tokens: list[Token], *, person: bool) -> list[Token]:
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
    """The "Press" of "Pentagon Press Secretary"."""
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


def _is_nobody(doc: Doc, run: list[Token]) -> bool:
    text = doc[run[0].i : run[-1].i + 1].text
    lower = text.lower()
    if not any(letter.isupper() for letter in text) or not text[0].isalpha():
        return True
    if lower in _NO_NAMES or lower in _CALENDAR or text in ADJECTIVES:
        return True
    if "http" in lower or "@" in text or len(run) > 8:
        return True
    return (
        _is_thing(run)
        or all(_is_title_word(token) for token in run)
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


def _titled(paragraph: Paragraph) -> Iterator[Mention]:
    """ "General Milley", "Dr. Shahab al-Muhajir", "secretary Lloyd Austin"."""
    doc = paragraph.doc
    for token in doc[:-1]:
        word = token.lower_.rstrip(".")
        if not (word in HONORIFICS or word in RANKS or word in TITLE_NOUNS):
            continue
        if token.text.islower() and word not in TITLE_NOUNS:
            continue
        last = _name_end(doc, token.i + 1)
        if last is not None and not _is_title_word(doc[token.i + 1]):
            yield _mention(
                paragraph,
                token.i + 1,
                last,
                rule="titled-person",
                kind="person",
                rank=4,
            )


def _is_title_word(token: Token) -> bool:
    word = token.lower_.rstrip(".")
    return (
        word in HONORIFICS
        or word in RANKS
        or word in TITLE_NOUNS
        or word in OFFICES
        or word in OFFICE_WORDS
        or word in HEADS
        or token.text in ADJECTIVES
        or word in _CALENDAR
    )


def _name_end(doc: Doc, first: int) -> int | None:
    """The last token of the personal name that begins at `first`; None if none does."""
    if not _is_capital(doc[first]) or doc[first].text.isupper() and len(doc[first]) > 1:
        return None
    last = index = first
    while index + 1 < len(doc) and index - first < 6:
        index += 1
        word = doc[index].lower_.rstrip(".")
        if word in HEADS or word in _CALENDAR or doc[index].text in ADJECTIVES:
            break
        if _is_capital(doc[index]) or word in _SUFFIXES:
            last = index
        elif word not in _PARTICLES and not word.startswith(("al-", "el-", "ul-")):
            break
        elif word.startswith(("al-", "el-", "ul-")):
            last = index
    return last


def _is_capital(token: Token) -> bool:
    return token.text[0].isupper() and token.pos_ in {
        "PROPN",
        "NOUN",
        "ADJ",
        "X",
        "VERB",
    }


def _headed(paragraph: Paragraph) -> Iterator[Mention]:
    """ "Ministry of Foreign Affairs", "Afghanistan Analysts Network"."""
    doc = paragraph.doc
    for token in doc:
        if token.lower_ not in HEADS or not token.text[0].isupper():
            continue
        first = _run_start(doc, token.i)
        last = _of_end(doc, token.i)
        if first < last:
            rule, kind = "headed-organisation", HEADS[token.lower_]
            yield _mention(paragraph, first, last, rule=rule, kind=kind, rank=3)


def _capital_heads(paragraph: Paragraph) -> Iterator[Mention]:
    """ "the Coalition", "the Council": named before, or known to every reader."""
    doc = paragraph.doc
    for token in doc[1:]:
        if token.lower_ not in HEADS or not token.text.istitle():
            continue
        after = doc[token.i + 1] if token.i + 1 < len(doc) else None
        alone = after is None or not (after.text[0].isupper() or after.lower_ == "of")
        before = doc[token.i - 1]
        if alone and (before.lower_ == "the" or not before.text[0].isupper()):
            bare = before.lower_ != "the"
            if bare and (token.is_sent_start or before.is_punct or before.is_space):
                continue
            kind = HEADS[token.lower_]
            rule = "capital-head-bare" if bare else "capital-head"
            yield _mention(paragraph, token.i, token.i, rule=rule, kind=kind, rank=2)


def _run_start(doc: Doc, index: int) -> int:
    """Where the capitalised words before an organisation's head begin."""
    first = index
    while first > 0:
        before = doc[first - 1]
        if (
            before.text in {"&", "-"}
            or (
                before.lower_ in {"of", "and", "for"}
                and first >= 2
                and doc[first - 2].lower_ in HEADS
                and doc[first - 2].text[0].isupper()
                and before.lower_ == "of"
            )
            or before.text[0].isupper()
            and not _breaks(before, doc)
        ):
            first -= 1
        else:
            break
    while first < index and not doc[first].text[0].isupper():
        first += 1
    return first


def _breaks(token: Token, doc: Doc) -> bool:
    """Whether a capitalised word is no part of the name behind it."""
    opens = token.is_sent_start and token.pos_ in {
        "DET",
        "ADP",
        "CCONJ",
        "SCONJ",
        "PRON",
        "ADV",
    }
    return bool(opens) or token.lower_ == "the" or token.lower_ in _CALENDAR


def _of_end(doc: Doc, index: int) -> int:
    """The end of "… of [the] X [and Y]" behind an organisation's head."""
    at = index + 1
    if at + 1 >= len(doc) or doc[at].lower_ not in {"of", "for", "on"}:
        return index
    if doc[at].lower_ == "on" and doc[index].lower_ not in _ON:
        return index
    at += 1
    if doc[at].lower_ == "the" and at + 1 < len(doc):
        at += 1
    last = index
    if doc[at].lower_ in _CALENDAR:
        return index
    while at < len(doc) and (
        doc[at].text[0].isupper()
        or (
            doc[at].lower_ in {"and", "of"}
            and last == at - 1
            and at + 1 < len(doc)
            and doc[at + 1].text[0].isupper()
            and doc[at + 1].lower_ not in _CALENDAR
        )
    ):
        if doc[at].text[0].isupper():
            last = at
        at += 1
    return last
