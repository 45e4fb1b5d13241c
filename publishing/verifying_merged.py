"""That what was merged is out of use, and that its address leads to what stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Model, Q

from actors.models import Relation
from curation.merging.references import KINDS
from curation.models import Merge
from events.models import Participation
from publishing.models import Kind
from publishing.rendering import merged_documents
from sources.models import Status

if TYPE_CHECKING:
    from collections.abc import Iterator


# The columns of what may stay with a merged record: it names what is no longer shown.
_STAYING: dict[type[Model], dict[str, str]] = {
    Relation: {"subject": "actor", "object": "actor"},
    Participation: {"actor": "actor", "event": "event"},
}


def left_behind(model: type[Model]) -> Q:
    """Rows that stay with a merged record, since the one that stays has the same."""
    standing = Merge.objects.standing()
    found = Q(pk__in=())
    for column, kind in _STAYING.get(model, {}).items():
        merged = standing.filter(**{f"{kind}__isnull": False}).values(kind)
        found |= Q(**{f"{column}__in": merged})
    return found


def merged_addresses() -> Iterator[str]:
    """Addresses of merged objects that lead elsewhere than to what stays."""
    for kind in Kind:
        merged, parameters = merged_documents(kind)
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                SELECT format('%%s %%s: %%s', %s, object_id,
                    CASE WHEN m.object_id IS NULL THEN 'leads on, and is not merged'
                         WHEN d.body = '' THEN 'is merged, and leads nowhere'
                         ELSE 'leads elsewhere than to what it was merged into' END)
                FROM ({merged}) AS m(object_id, slug, body)
                FULL JOIN (SELECT object_id, gone, body FROM publishing_document
                           WHERE kind = %s AND valid_to IS NULL
                             AND (gone AND body <> '' OR object_id IN
                                  (SELECT object_id FROM ({merged})
                                   AS m(object_id, slug, body)))) AS d
                  USING (object_id)
                WHERE d.object_id IS NOT NULL AND m.body IS DISTINCT FROM d.body
                """,
                [kind.value, *parameters, kind.value, *parameters],
            )
            for (failure,) in cursor.fetchall():
                yield failure


def merged_rows() -> Iterator[str]:
    """Merged rows that are in use."""
    for kind, model in KINDS.items():
        standing = Merge.objects.standing().filter(**{f"{kind}__isnull": False})
        merged = model._default_manager.filter(pk__in=standing.values(kind))
        used = merged.exclude(status__in=[Status.REJECTED, Status.RETRACTED])
        for pk, status in used.order_by("pk").values_list("pk", "status"):
            yield f"{kind} {pk} was merged, and is {status}"
