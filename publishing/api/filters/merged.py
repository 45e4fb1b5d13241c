"""Ids and keys of what was merged stand, in filters, for what it was merged into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publishing.models import Kind
from publishing.prepared import rows_of
from sources.numbers import is_number

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

# Facets whose values are ids and keys of what can be merged.
NAMING = {
    "actor": Kind.ACTOR,
    "related_to": Kind.ACTOR,
    "subject": Kind.ACTOR,
    "object": Kind.ACTOR,
    "speaker": Kind.ACTOR,
    "attributed_to": Kind.ACTOR,
    "place": Kind.PLACE,
    "parent": Kind.PLACE,
    "event": Kind.EVENT,
}


def with_stays(
    kind: Kind | None, values: Sequence[str], moment: dt.datetime | None
) -> list[str]:
    """The ids and keys, and the ids of what they were merged into by that moment.

    None for the kind: what cannot be merged. One query.
    """
    if kind not in NAMING.values() or not values:
        return list(values)
    numbers = [int(each) for each in values if is_number(each)]
    asked = {"kind": str(kind), "keys": list(values), "ids": numbers}
    if moment is None:
        found = rows_of(_STAYS.format("d.valid_to IS NULL"), asked)
    else:
        found = rows_of(_STAYS.format(_THEN), {**asked, "moment": moment})
    return [*values, *(stays for (stays,) in found)]


_THEN = "d.valid_from <= %(moment)s AND coalesce(d.valid_to > %(moment)s, true)"
_STAYS = """
    SELECT DISTINCT d.body::json #>> '{{merged_into,id}}' FROM publishing_document d
    WHERE d.kind = %(kind)s AND d.gone AND d.body <> '' AND {}
      AND (d.slug = ANY (%(keys)s::text[]) OR d.object_id = ANY (%(ids)s::bigint[]))
"""
