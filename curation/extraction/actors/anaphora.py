"""Words that point back: "the group", "the general", "the country"."""

from __future__ import annotations

from collections.abc import Iterator

from curation.extraction.actors.linking import Namings
from curation.extraction.actors.mentions import Mention
from curation.extraction.reading import Reading


def find(reading: Reading, namings: Namings) -> Iterator[Mention]:
    yield from ()
