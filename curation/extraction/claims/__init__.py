"""Who says what: attributed claims, then the outlet's own statements."""

from curation.extraction.claims.extractor import Claims

__all__ = ["Claims"]
