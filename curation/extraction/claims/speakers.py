"""Who the words for a speaker stand for: a mention of an actor, or only the words."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from curation.extraction.claims.pieces import Attribution, Range
from curation.extraction.claims.sources import relative_of, source_words
from curation.extraction.documents import Span
from curation.extraction.findings import ActorMention, Speaker
from curation.extraction.lexicon.claim_words import COLLECTIVE, PAPERS, PEOPLE

if TYPE_CHECKING:
    from spacy.tokens import Token

    from curation.extraction.parsing import Paragraph
    from curation.extraction.reading import Reading

NOBODY = Speaker("", "unknown")
_SINGULAR = frozenset(["he", "she", "him", "her", "his"])
_PLURAL = frozenset(["they", "them", "their"])
_THING = frozenset({"it", "its"})
_DEFINITE = frozenset(["the", "this", "that"])


@dataclass
class Speakers:
    """Resolves speakers in the order of the text, and remembers who spoke last."""

    reading: Reading
    _mentions: list[tuple[Span, ActorMention]] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _person: Speaker | None = None  # who "he" and "the analyst" may be
    _group: Speaker | None = None  # who "they" may be
    _body: Speaker | None = None  # what "it" and "the report" may be
    last: Speaker | None = None
    _last_words: Span | None = None
    _titled: dict[str, Speaker] = field(default_factory=dict)

    def __post_init__(self) -> None:
        found = [(f.span, fields) for f, fields in self.reading.of(ActorMention)]
        self._mentions = sorted(found, key=lambda each: (each[0].start, -each[0].end))
        self._starts = [span.start for span, _ in self._mentions]

    def of(self, found: Attribution) -> tuple[Speaker, tuple[Span, ...]]:
        """The speaker and the words that name it, with "who" where that stands too."""
        words = source_words(found)
        if words is None:
            if found.inferred and self.last:
                return self._inferred()
            return NOBODY, ()
        paragraph = found.home or found.paragraph
        doc = paragraph.doc
        span = paragraph.between(doc[words.first], doc[words.last], "speaker")
        speaker = self._resolved(paragraph, words, span)
        self._remember(speaker, span, doc[words.first : words.last + 1].root)
        if found.inferred:
            return replace(speaker, how="inferred"), (span,)
        who = relative_of(found.verb) if found.verb is not None else None
        if who is None or words.first <= who.i <= words.last:
            return speaker, (span,)
        return speaker, (span, paragraph.span(who, "speaker"))

    def settled(self, found: Attribution, speaker: Speaker) -> Speaker:
        """The speaker, once the article is read: a headline names by office only.

        "General hints at talks" is the first one who is called a general in the text.
        """
        if found.paragraph.kind != "title" or speaker.cluster is not None:
            return speaker
        words = speaker.words.split()
        later = self._titled.get(words[-1].lower()) if words else None
        if later is None:
            return speaker
        return replace(
            speaker, how="described", cluster=later.cluster, actor=later.actor
        )

    def _inferred(self) -> tuple[Speaker, tuple[Span, ...]]:
        assert self.last is not None
        words = (self._last_words,) if self._last_words else ()
        return replace(self.last, how="inferred"), words

    def _resolved(self, paragraph: Paragraph, words: Range, span: Span) -> Speaker:
        head = paragraph.doc[words.first : words.last + 1].root
        mention = self._mention(paragraph, words, head)
        if mention is not None:
            how = _HOW.get(mention.how, "named")
            return Speaker(span.text, how, mention.cluster, mention.actor)
        lower = head.lower_
        if words.size == 1 and lower in _SINGULAR:
            return self._stands_for(span, self._person, "pronoun")
        if words.size == 1 and lower in _PLURAL:
            return self._stands_for(span, self._group or self._body, "pronoun")
        if words.size == 1 and lower in _THING:
            return self._stands_for(span, self._body, "pronoun")
        if paragraph.doc[words.first].lower_ in _DEFINITE and words.size <= 3:
            known = self._described(head)
            if known:
                return self._stands_for(span, known, "described")
        return Speaker(span.text, "named" if _is_name(head) else "described")

    def _described(self, head: Token) -> Speaker | None:
        """Whom "the analyst" or "the report" takes up again."""
        lemma = head.lemma_.lower()
        if lemma in PEOPLE and head.tag_ == "NN":
            return self._person
        if lemma in PAPERS:
            return self._body
        return None

    def _stands_for(self, span: Span, known: Speaker | None, how: str) -> Speaker:
        if known is None:
            return Speaker(span.text, how)
        return Speaker(span.text, how, known.cluster, known.actor)

    def _mention(
        self, paragraph: Paragraph, words: Range, head: Token
    ) -> ActorMention | None:
        """The mention that the head of the phrase stands in, or what is beside it."""
        doc = paragraph.doc
        heads = [head, *(c for c in head.children if c.dep_ == "appos")]
        if head.dep_ == "appos":
            heads.append(head.head)
        if head.lower_ in _SINGULAR and words.size > 1:
            heads = heads[1:]
        for token in heads:
            start = paragraph.start + token.idx
            if mention := self._at(start):
                return mention
        lemma = head.lemma_.lower()
        if lemma in PAPERS or lemma in COLLECTIVE:
            return self._publisher(paragraph, words)
        if head.pos_ == "PROPN":
            start = paragraph.start + doc[words.first].idx
            end = paragraph.start + doc[words.last].idx
            inside = self._inside(start, end)
            return inside if inside and inside.actor_kind in _PERSONAL else None
        return None

    def _publisher(self, paragraph: Paragraph, words: Range) -> ActorMention | None:
        """ "A report by X" speaks for X."""
        doc = paragraph.doc
        for token in doc[words.first : words.last + 1]:
            if token.dep_ in {"pobj", "poss", "compound"} and (
                mention := self._at(paragraph.start + token.idx)
            ):
                return mention
        return None

    def _at(self, offset: int) -> ActorMention | None:
        """The longest mention that holds the character at `offset`."""
        i = bisect_left(self._starts, offset + 1) - 1
        best: tuple[int, ActorMention] | None = None
        for k in range(i, max(i - 4, -1), -1):
            span, mention = self._mentions[k]
            if span.start <= offset < span.end:
                size = span.end - span.start
                if best is None or size > best[0]:
                    best = (size, mention)
        return best[1] if best else None

    def _inside(self, start: int, end: int) -> ActorMention | None:
        i = bisect_left(self._starts, start)
        if i < len(self._mentions) and self._mentions[i][0].start <= end:
            return self._mentions[i][1]
        return None

    def _remember(self, speaker: Speaker, words: Span, head: Token) -> None:
        self.last = speaker
        self._last_words = words
        if speaker.cluster is not None and speaker.how == "named":
            for word in words.text.lower().split():
                self._titled.setdefault(word, speaker)
        if head.lower_ in _SINGULAR | _PLURAL | _THING:
            return
        lemma = head.lemma_.lower()
        if head.tag_ in {"NNS", "NNPS"}:
            self._group = speaker
        elif lemma in PAPERS or head.ent_type_ == "ORG":
            self._body = speaker
        else:
            self._person = speaker


_PERSONAL = frozenset({None, "person"})
_HOW = {"pronoun": "pronoun", "description": "described"}


def _is_name(head: Token) -> bool:
    return head.pos_ == "PROPN" or head.ent_type_ in {"PERSON", "ORG", "NORP", "GPE"}
