"""Claims whose source is put beside the sentence: according to X, reportedly, X: …"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from curation.extraction.claims.pieces import Attribution, Page, Range, trimmed
from curation.extraction.lexicon.claim_inflection import lookup
from curation.extraction.lexicon.claim_verbs import OBJECT, PREPOSITION, SAY
from curation.extraction.lexicon.claim_words import COLLECTIVE, HEARSAY, PAPERS, PEOPLE

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_HEAD = 6  # words of a headline's subject
# Third person only: the other forms are nouns in headlines ("demand", "claim").
HEADLINE = {
    form: verb
    for form, verb in lookup(
        [*SAY, *OBJECT, *(v for verbs in PREPOSITION.values() for v in verbs)]
    ).items()
    if form != verb and form.endswith("s")
}
_STOP = frozenset({",", "(", "—", "–", "--", ";"})


def beside_sentences(page: Page) -> Iterator[Attribution]:
    """The attributions of one paragraph that no verb of saying carries."""
    for sentence in page.doc.sents:
        for token in sentence:
            if page.quoted[token.i] >= 0:
                continue
            found = None
            if token.lower_ == "according" and token.i + 2 < sentence.end:
                found = _according(page, token, sentence)
            elif token.lower_ in HEARSAY:
                found = _hearsay(page, token)
            if found:
                yield found


def _according(page: Page, cue: Token, sentence: Span) -> Attribution | None:
    if page.doc[cue.i + 1].lower_ != "to":
        return None
    source = _source(page, cue.i + 2, sentence)
    if source is None:
        return None
    content = _around(page, Range(cue.i, source.last), sentence)
    if not content:
        return None
    return Attribution(
        page.paragraph,
        Range(cue.i, cue.i + 1),
        content,
        "claim.according-to",
        "“according to” names whose words these are",
        source=source,
    )


def _source(page: Page, first: int, sentence: Span) -> Range | None:
    """The noun phrase from `first` on, with what is added to the name."""
    to = page.doc[first - 1]
    inner = next((c for c in to.rights if c.dep_ == "pobj"), None)
    if inner is not None and inner.left_edge.i == first:
        return trimmed(page, first, min(inner.right_edge.i, sentence.end - 1))
    last = first
    while last + 1 < sentence.end and page.doc[last + 1].text not in _STOP | {"."}:
        last += 1
    return trimmed(page, first, last)


def _around(page: Page, aside: Range, sentence: Span) -> list[Range]:
    """The rest of the clause: before the aside, after it, or on both sides of it."""
    doc = page.doc
    before = trimmed(page, sentence.start, aside.first - 1)
    after = trimmed(page, aside.last + 1, sentence.end - 1)
    comma = aside.last + 1 < sentence.end and doc[aside.last + 1].text == ","
    if before is None or before.size <= 2:
        return [after] if after else []
    if after is None or not comma:
        return [before]
    middle = not any(
        t.pos_ in {"VERB", "AUX"} for t in doc[before.first : before.last + 1]
    )
    return sorted([before, after], key=lambda r: -r.size) if middle else [before]


def _hearsay(page: Page, cue: Token) -> Attribution | None:
    """X has reportedly done …: the clause, with its subject."""
    head = cue.head
    if head.pos_ not in {"VERB", "AUX"}:
        return None
    content = trimmed(page, head.left_edge.i, head.right_edge.i)
    if content is None or content.size < 3:
        return None
    return Attribution(
        page.paragraph,
        Range(cue.i, cue.i),
        [content],
        "claim.hearsay",
        f"“{cue.text}” does not say who says so",
        modality="reported",
    )


def in_headings(page: Page) -> Iterator[Attribution]:
    """Headlines: "X: Y will resign", "Y will resign: X"."""
    if page.paragraph.kind not in {"title", "heading"}:
        return
    doc = page.doc
    for token in doc[1:-1]:
        if token.text != ":" or page.quoted[token.i] >= 0:
            continue
        for source, content in (
            (Range(0, token.i - 1), Range(token.i + 1, len(doc) - 1)),
            (Range(token.i + 1, len(doc) - 1), Range(0, token.i - 1)),
        ):
            if _speaks(doc[source.first : source.last + 1]) and content.size > 2:
                yield Attribution(
                    page.paragraph,
                    Range(token.i, token.i),
                    [content],
                    "claim.headline-colon",
                    "a name and a colon in a headline",
                    source=source,
                )
                return


def headline_verbs(page: Page) -> Iterator[Attribution]:
    """ "General hints at talks", where the parser takes the verb for a noun."""
    if page.paragraph.kind not in {"title", "heading"}:
        return
    doc = page.doc
    for token in doc[1:-2]:
        cue = HEADLINE.get(token.lower_)
        if cue is None or page.quoted[token.i] >= 0 or token.pos_ == "VERB":
            continue
        before = doc[max(0, token.i - _HEAD) : token.i]
        if any(t.pos_ in {"VERB", "AUX", "ADP", "PUNCT"} for t in before):
            continue
        after = token.i + 1
        if doc[after].lower_ in PREPOSITION and cue in PREPOSITION[doc[after].lower_]:
            after += 1
        elif cue not in SAY and cue not in OBJECT:
            continue
        content = trimmed(page, after, len(doc) - 1)
        if content and content.size > 1:
            yield Attribution(
                page.paragraph,
                Range(token.i, token.i),
                [content],
                "claim.headline-verb",
                f"“{token.text}” in a headline",
                modality=SAY.get(cue, "asserted"),
                source=Range(before.start, token.i - 1),
            )
        return


def _speaks(words: Span) -> bool:
    """Whether these words can be a speaker: a short name, "Report", "Officials"."""
    if len(words) > 4 or any(t.pos_ in {"VERB", "AUX"} for t in words):
        return False
    last = words[-1].lemma_.lower()
    return (
        last in PEOPLE
        or last in PAPERS
        or last in COLLECTIVE
        or words[-1].ent_type_ in {"PERSON", "ORG"}
    )
