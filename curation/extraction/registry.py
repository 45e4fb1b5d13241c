"""Which extractors there are, in the order in which they read."""

from __future__ import annotations

from collections.abc import Sequence

from curation.extraction.actors import Actors
from curation.extraction.claims import Claims
from curation.extraction.dates import Dates
from curation.extraction.events import Events
from curation.extraction.figures import Figures
from curation.extraction.offices import Offices
from curation.extraction.places import Places
from curation.extraction.reading import Extractor
from curation.extraction.structure import Parts


def rules() -> Sequence[Extractor]:
    """The extractors that are on by default."""
    return (
        Parts(),
        Actors(),
        Offices(),
        Places(),
        Dates(),
        Claims(),
        Figures(),
        Events(),
    )
