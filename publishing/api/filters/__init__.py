"""Filters: every one reads what stands in or beside the documents, nothing else."""

from __future__ import annotations

from publishing.api.filters.base import Filter, RefusedError
from publishing.api.filters.conditions import Conditions
from publishing.api.filters.kinds import FILTERS

# What a list takes beside its filters.
PAGING = (
    "as_of",
    "count",
    "cursor",
    "expand",
    "fields",
    "format",
    "limit",
    "omit",
    "ordering",
)

__all__ = ["FILTERS", "PAGING", "Conditions", "Filter", "RefusedError"]
