"""What is left of a public object that was merged into another: where it went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F, Func, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat

from actors.models import Actor
from curation.models import Merge
from events.models import Event, Place
from publishing import public
from publishing.json import JsonObject
from publishing.models import Kind
from sources.models import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from django.db.models import Model, QuerySet

# Of what can be merged: its table, what of it is public, and the field with its name.
_KINDS: dict[Kind, tuple[type[Model], Callable[[], QuerySet[Any]], str]] = {
    Kind.ACTOR: (Actor, public.actors, "name"),
    Kind.EVENT: (Event, public.events, "title"),
    Kind.PLACE: (Place, public.places, "name"),
}
_ONCE_PUBLIC = (Status.PUBLISHED, Status.RETRACTED)


def merged(kind: Kind, ids: Collection[int] | None = None) -> QuerySet[Any] | None:
    """(pk, slug, body) of merged objects that were public; None for other kinds.

    The body names the object that stays at the end of all merges; by id, key and
    address also if that was retracted since, by name only while it is public.
    """
    if kind not in _KINDS:
        return None
    model, visible, name = _KINDS[kind]
    merges = Merge.objects.standing().filter(**{f"{kind}__status": Status.RETRACTED})
    if ids is not None:
        merges = merges.filter(**{f"{kind}__in": ids})
    stays = model._default_manager.filter(
        pk=OuterRef("last"), status__in=_ONCE_PUBLIC
    ).values(
        document=JsonObject(
            id="id",
            slug="slug",
            url=_address(kind),
            name=Subquery(visible().filter(pk=OuterRef("pk")).values(name)[:1]),
        )
    )
    last = Func(F(f"{kind}_id"), function=f"newsdb_last_{kind}")
    found: QuerySet[Any] = (
        merges.annotate(last=last, stays=Subquery(stays))
        .filter(stays__isnull=False)
        .values_list(
            f"{kind}_id",
            f"{kind}__slug",
            Cast(
                JsonObject(
                    id=f"{kind}_id", slug=f"{kind}__slug", merged_into=F("stays")
                ),
                TextField(),
            ),
        )
    )
    return found


def _address(kind: Kind) -> Concat:
    """Of an object in the API."""
    parts = (Value(f"/api/v1/{kind}s/"), Cast("id", TextField()), Value("/"))
    return Concat(*parts, output_field=TextField())
