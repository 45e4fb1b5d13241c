"""One parse per paragraph; long ones in pieces."""

from __future__ import annotations

import pytest

from curation.extraction.documents import Document
from curation.extraction.parsing import LONGEST, pieces_of


@pytest.mark.parametrize(
    "text",
    [
        "The police came. " * 1_000,
        "word " * 4_000,
        "x" * 17_000,
        "short",
        "“Go!” " * 3_000,
    ],
)
def test_pieces_cover_the_text_and_are_short(text):
    pieces = list(pieces_of(text, 0, len(text)))
    assert "".join(text[start:end] for start, end in pieces) == text
    assert all(0 < end - start <= LONGEST for start, end in pieces)


def test_a_long_paragraph_is_cut_between_sentences(parser):
    text = "The police came to Kabul. " * 1_000
    document = Document.of_text("t", text)
    paragraphs = parser.parse(document)
    assert len(paragraphs) > 4
    for paragraph in paragraphs:
        assert document.normal[paragraph.start : paragraph.end] == paragraph.doc.text
        assert paragraph.doc.text.startswith("The police")


def test_nothing_is_cut_that_is_short(parser):
    document = Document.of_text("t", "A title\n\nThe police came. They left.")
    assert [p.kind for p in parser.parse(document)] == ["title", "body"]
