from __future__ import annotations

from publishing.models.documents import (
    Document,
    DocumentQuerySet,
    Estimate,
    Kind,
    Stale,
)

__all__ = ["Document", "DocumentQuerySet", "Estimate", "Kind", "Stale"]
