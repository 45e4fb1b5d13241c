"""Reading made-up sentences: one parser for all tests, which loads its model once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import pytest

from curation.extraction.context import Context
from curation.extraction.documents import Document, Interval
from curation.extraction.findings import Finding
from curation.extraction.parsing import Parser
from curation.extraction.reading import Extractor
from curation.extraction.running import extract
from sources.dates import Basis, Precision

Read = Callable[..., list[Finding]]


@pytest.fixture(scope="session")
def parser() -> Parser:
    return Parser()


@pytest.fixture(scope="session")
def read(parser: Parser) -> Read:
    """Findings in a text: read(text, extractors=[…], context=…, published=date)."""

    def read_text(
        text: str,
        *,
        extractors: Sequence[Extractor],
        context: Context | None = None,
        published: dt.date | None = None,
        title: str = "",
    ) -> list[Finding]:
        day = published and Interval(
            published, published, Precision.DAY, Basis.METADATA
        )
        document = Document.of_text("t", text, published=day or None, title=title)
        done = extract(
            document, context or Context(), extractors=extractors, parser=parser
        )
        return done.findings

    return read_text
