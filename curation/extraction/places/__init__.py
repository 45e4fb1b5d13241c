"""Which places an article names, and where they are; `Places` is the extractor."""

from curation.extraction.places.extractor import Places

__all__ = ["Places"]
