from __future__ import annotations

from publishing.models.access import KeptAnswer, Quota, Scope, Token
from publishing.models.beside import (
    Area,
    Magnitude,
    NameForm,
    Posting,
    place_by_date,
)
from publishing.models.documents import (
    Document,
    DocumentQuerySet,
    Estimate,
    Kind,
    Version,
)
from publishing.models.stale import Stale, by_kind

__all__ = [
    "Area",
    "Document",
    "DocumentQuerySet",
    "Estimate",
    "KeptAnswer",
    "Kind",
    "Magnitude",
    "NameForm",
    "Posting",
    "Quota",
    "Scope",
    "Stale",
    "Token",
    "Version",
    "by_kind",
    "place_by_date",
]
