"""Who is named in an article; `Actors` is the extractor."""

from curation.extraction.actors.extractor import Actors

__all__ = ["Actors"]
