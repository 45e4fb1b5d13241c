"""What a text is compared by: content words, names, numbers, word sequences. Pure."""

from __future__ import annotations

import heapq
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Sequence

from curation.extraction.lexicon.pair_words import (
    CALENDAR,
    NUMBER_WORDS,
    PAGE_FURNITURE,
    STOP_WORDS,
)

SHINGLE_WORDS = 8  # long enough that only copied sentences share many
SKETCH = 32  # hashes kept: the share that two sketches share is the texts' within .1

_WORD = re.compile(
    r"[^\W\d_]+(?:'[^\W\d_]+)*|\d{1,3}(?:[, ]\d{3})+(?!\d)|\d+(?:[.:]\d+)*"
)
_TOKEN = re.compile(r"[^\W\d_][\w'.&-]*|\d[\d,.]*|[.!?:;\n\"()]+")
_AMERICA = re.compile(r"\bU\.S\.(?:A\.)?|\bUSA?\b")
_FURNITURE = re.compile("|".join(PAGE_FURNITURE), re.IGNORECASE)
_BREAK = re.compile(r"(?<=[.!?])\s+|\n")
_ENDS = '.!?:;\n"()'
_ABBREVIATION = 4  # letters at most: "Gen.", "Capt.", "J."
_TITLE_CASE = 0.6  # the share of capitals in a headline that capitalises every word


def plain(text: str) -> str:
    """Lower case, straight apostrophes, no accents; "US" stays apart from "us"."""
    text = _AMERICA.sub("usa", text.replace("’", "'")).casefold()
    if text.isascii():
        return text
    letters = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def without_furniture(text: str) -> str:
    """The text without sentences that belong to the web page, one sentence a line."""
    if not _FURNITURE.search(text):
        return text
    return "\n".join(
        sentence for sentence in _BREAK.split(text) if not _FURNITURE.search(sentence)
    )


def all_words(text: str) -> Iterator[str]:
    """Every word and number, lower-cased; no possessive s, small numbers as digits."""
    for word in _WORD.findall(plain(text)):
        if word[0].isdigit():
            yield word.replace(",", "").replace(" ", "")
        else:
            word = word.removesuffix("'s")
            yield NUMBER_WORDS.get(word, word)


def content_words(text: str) -> list[str]:
    """The words that say what a text is about, in order and with repetitions."""
    return [
        word
        for word in all_words(text)
        if word not in STOP_WORDS and (len(word) > 1 or word.isdigit())
    ]


def names_in(text: str) -> dict[str, str]:
    """The parts of names, each with the longest name it was seen in.

    Names are runs of capitalised words that do not merely open a sentence. Lines in
    capitals or in headline capitals tell nothing, so they are passed over.
    """
    opening: dict[str, str] = {}
    inside: dict[str, str] = {}
    for line in text.replace("’", "'").split("\n"):
        if not _shouts(line):
            for run, opens in _runs(line):
                keep_name(opening if opens else inside, " ".join(run))
    return opening | inside  # "Meanwhile Smith" is shown only where nothing better is


def keep_name(found: dict[str, str], name: str) -> None:
    """Note each part of `name`; the longest name that a part stands in is shown."""
    for part in content_words(name):
        if part in CALENDAR or part.isdigit():
            continue
        if len(name) > len(found.get(part, "")):
            found[part] = name


def _shouts(line: str) -> bool:
    words = line.split()
    raised = sum(word[0].isupper() for word in words)
    few = sum(word.isupper() and len(word) > 1 for word in words)
    if few > len(words) / 2:
        return True
    return raised > _TITLE_CASE * len(words) and line.rstrip()[-1:] not in ".!?\"'"


def _runs(line: str) -> Iterator[tuple[list[str], bool]]:
    """Runs of capitalised words, and whether they open a sentence."""
    run: list[str] = []
    opens = opening = True
    for token in _TOKEN.findall(line):
        word = token.strip(".'-").removesuffix("'s")
        named = word[:1].isupper() and word.lower() not in CALENDAR
        if named:
            opens = opens if run else opening
            run.append(word)
        opening = token[0] in _ENDS or (token.endswith(".") and not _is_short(word))
        if run and (opening or not named):
            yield from _kept(run, opens)
            run = []
    yield from _kept(run, opens)


def _is_short(word: str) -> bool:
    """Whether a stop behind it is more likely its own than the sentence's."""
    return "." in word or (word[:1].isupper() and len(word) <= _ABBREVIATION)


def _kept(run: list[str], opens: bool) -> Iterator[tuple[list[str], bool]]:
    """A run without the common word that opens its sentence; nothing if only that."""
    if opens and len(run) > 1 and plain(run[0]) in STOP_WORDS:
        yield run[1:], False
    elif run and not (opens and len(run) == 1):
        yield run, opens


def numbers_in(words: Iterable[str]) -> list[str]:
    """The numbers among words, each once, in order."""
    return list(dict.fromkeys(word for word in words if word[0].isdigit()))


def sketch(words: Sequence[str]) -> tuple[int, ...]:
    """The smallest hashes of all sequences of words: alike for copied texts."""
    size = min(SHINGLE_WORDS, len(words))
    if not size:
        return ()
    hashes = {
        zlib.crc32(" ".join(words[at : at + size]).encode())
        for at in range(len(words) - size + 1)
    }
    return tuple(heapq.nsmallest(SKETCH, hashes))


def overlap(one: Sequence[int], other: Sequence[int]) -> float:
    """The share of word sequences that two texts have in common, from sketches."""
    both = heapq.nsmallest(SKETCH, {*one, *other})
    if not both:
        return 0.0
    return len(set(one).intersection(other).intersection(both)) / len(both)
