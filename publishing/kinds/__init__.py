"""The documents: one definition per kind of published object.

Each function returns a queryset of (pk, slug, body), the body as JSON text that
PostgreSQL builds set-wise: for one object and for a million alike.
publishing.api.schemas describes the same shapes for OpenAPI; a contract test holds
every document against them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publishing.kinds.actors import actor, relation
from publishing.kinds.claims import claim
from publishing.kinds.events import event
from publishing.kinds.places import place
from publishing.kinds.sources import article, outlet
from publishing.models import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

DOCUMENTS: dict[Kind, Callable[[], QuerySet[Any]]] = {
    Kind.OUTLET: outlet,
    Kind.ARTICLE: article,
    Kind.ACTOR: actor,
    Kind.RELATION: relation,
    Kind.PLACE: place,
    Kind.EVENT: event,
    Kind.CLAIM: claim,
}
