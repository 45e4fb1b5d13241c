"""Events: what happened, read off verbs and nouns that tell of it."""

from curation.extraction.events.extractor import Events

__all__ = ["Events"]
