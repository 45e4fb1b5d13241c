"""Outlet, Origin, Article and its spans; code lists; what all rooms build on."""

from sources.models.article import Article, Span, SpanKind
from sources.models.base import (
    ACCEPTED,
    Curated,
    CuratedQuerySet,
    Status,
    history_of,
    history_table,
    tracked,
)
from sources.models.identifier import Identifier
from sources.models.outlet import Origin, Outlet
from sources.models.term import Term

__all__ = [
    "ACCEPTED",
    "Article",
    "Curated",
    "CuratedQuerySet",
    "Identifier",
    "Origin",
    "Outlet",
    "Span",
    "SpanKind",
    "Status",
    "Term",
    "history_of",
    "history_table",
    "tracked",
]
