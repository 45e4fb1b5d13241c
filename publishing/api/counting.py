"""How many there are, if it is asked: exactly, or as PostgreSQL estimates it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from django.db.models import QuerySet

NONE, ESTIMATED, EXACT = "none", "estimated", "exact"
COUNTS = (NONE, ESTIMATED, EXACT)


def counted(objects: QuerySet[Any], how: str) -> dict[str, Any]:
    """{"value", "kind"} for the envelope of a list; how is `estimated` or `exact`.

    An estimate costs the same whatever the size; it comes from the statistics that
    PostgreSQL keeps, and of a small or very particular selection may be far off.
    """
    if how == EXACT:
        return {"value": objects.order_by().count(), "kind": EXACT}
    explained = objects.order_by().values("pk").explain(format="json")
    if not explained:  # Django knows without asking that there is none
        return {"value": 0, "kind": ESTIMATED}
    plan = orjson.loads(explained)
    return {"value": int(plan[0]["Plan"]["Plan Rows"]), "kind": ESTIMATED}
