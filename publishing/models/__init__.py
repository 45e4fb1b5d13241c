from __future__ import annotations

from publishing.models.access import KeptAnswer, Quota, Scope, Token
from publishing.models.documents import (
    Document,
    DocumentQuerySet,
    Estimate,
    Kind,
    Stale,
)

__all__ = [
    "Document",
    "DocumentQuerySet",
    "Estimate",
    "KeptAnswer",
    "Kind",
    "Quota",
    "Scope",
    "Stale",
    "Token",
]
