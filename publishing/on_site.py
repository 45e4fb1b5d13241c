"""Which rows have a public page: what is published need not be public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from publishing.models import Document, Kind
from sources.admin.on_site import tells

if TYPE_CHECKING:
    from django.db.models import Model

# Kinds with pages of their own; their addresses bear their names (publishing.urls).
PAGES = frozenset({Kind.EVENT, Kind.ARTICLE, Kind.ACTOR, Kind.CLAIM})


@tells
def page_of(row: Model) -> str | None:
    """The page of the row's current document. One query."""
    name = str(row._meta.model_name)
    if name not in PAGES:
        return None
    current = Document.objects.current().of(Kind(name)).filter(object_id=row.pk)
    return reverse(name, args=[row.pk]) if current.exists() else None
