"""The years, months or days above a list, by the index of its date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import F, QuerySet
from django.utils import timezone

if TYPE_CHECKING:
    from datetime import datetime


class DatedRows(QuerySet[Any]):
    """Rows whose date has an index."""

    def datetimes(  # type: ignore[override] # a list is all that the page asks for
        self, field_name: str, kind: str, *_: Any
    ) -> list[datetime]:
        """The beginning of each year, month or day that has a row, oldest first.

        The stock one reads the dates of all rows. This looks for the least, then for
        the least after the end of its year, month or day, and so on.
        """
        rows, values = self.order_by().values(at=F(field_name)).query.sql_with_params()
        begin = f"date_trunc('{kind}', at AT TIME ZONE %s)"
        end = f"({begin} + interval '1 {kind}') AT TIME ZONE %s"
        zone = timezone.get_current_timezone_name()
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                WITH RECURSIVE found AS (
                    (SELECT at FROM ({rows}) AS listed ORDER BY at LIMIT 1)
                    UNION ALL
                    SELECT (SELECT listed.at FROM ({rows}) AS listed
                            WHERE listed.at >= ended ORDER BY listed.at LIMIT 1)
                    FROM found, LATERAL (SELECT {end} AS ended) AS period
                    WHERE at IS NOT NULL
                )
                SELECT {begin} AT TIME ZONE %s FROM found WHERE at IS NOT NULL
                """,
                (*values, *values, zone, zone, zone, zone),
            )
            return [timezone.localtime(at) for (at,) in cursor.fetchall()]
