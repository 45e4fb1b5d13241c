"""Lists in pages, as long as they may be: counted so far, then estimated."""

from __future__ import annotations

import json
from typing import Any

from django.core.paginator import Paginator
from django.db import connection
from django.utils.functional import cached_property

COUNTED = 10_000  # rows of a list that are counted, and that its pages show


class BoundedPaginator(Paginator):  # type: ignore[type-arg] # no subscript at run time
    """Pages of the first COUNTED rows.

    `count` is exact up to COUNTED; of more rows it is what the database's planner
    expects, and `estimated` is true.
    """

    template_name = "sources/admin/pagination.html"
    shown = COUNTED

    @cached_property
    def estimated(self) -> bool:
        return self._counted > COUNTED

    @cached_property
    def count(self) -> int:
        if not self.estimated:
            return self._counted
        return max(_expected(self._keys), COUNTED + 1)

    @cached_property
    def num_pages(self) -> int:
        return max(1, -(-min(self.count, COUNTED) // self.per_page))

    @property
    def _keys(self) -> Any:
        rows: Any = self.object_list
        return rows.order_by().values("pk")

    @cached_property
    def _counted(self) -> int:
        number: int = self._keys[: COUNTED + 1].count()
        return number


def _expected(rows: Any) -> int:
    """How many rows the planner expects."""
    sql, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", values)
        (plan,) = cursor.fetchone()
    found = json.loads(plan) if isinstance(plan, str) else plan
    return int(found[0]["Plan"]["Plan Rows"])
