"""Expressions of time, each with the first and last day that it can mean.

calendar computes with days, wordings knows how English writes dates, anchors finds the
day that "yesterday" is counted from, resolving turns words into days, extractor runs
over a document.
"""

from curation.extraction.dates.extractor import Dates

__all__ = ["Dates"]
