"""Figures: how many people, things or weeks, after the words.

numbers finds number expressions, counted says of what, predicates what happened to
them, durations and implicit have rules of their own, extractor joins them.
"""

from curation.extraction.figures.extractor import Figures

__all__ = ["Figures"]
