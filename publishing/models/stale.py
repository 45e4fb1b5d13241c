"""Notes of what a transaction touched and is not rendered yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.functions import TransactionNow
from django.db import connection, models
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence


def by_kind(notes: Iterable[Stale]) -> dict[str, set[int]]:
    """The ids of what was noted, by kind."""
    found: dict[str, set[int]] = {}
    for note in notes:
        found.setdefault(note.kind, set()).add(note.object_id)
    return found


class StaleQuerySet(models.QuerySet[Any]):
    def by_this_transaction(self) -> Self:
        return self.filter(noted_at=TransactionNow())

    def after(
        self, notes: Sequence[Stale], *, of: Mapping[str, Collection[int]]
    ) -> list[Stale]:
        """What was noted after `notes` of any of these objects."""
        pairs = [(kind, pk) for kind, ids in of.items() for pk in ids]
        found = self.raw(
            """
            SELECT * FROM publishing_stale
            WHERE id > %s AND (kind, object_id) IN (
                SELECT * FROM unnest(%s::text[], %s::bigint[]))
            """,
            [
                max((note.pk for note in notes), default=0),
                [kind for kind, _ in pairs],
                [pk for _, pk in pairs],
            ],
        )
        return list(found)

    def forget(self, keys: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM publishing_stale WHERE id = ANY(%s)", [list(keys)]
            )

    def objects_noted(self, *, most: int) -> dict[str, set[int]]:
        """Ids of stale objects by kind, no more than `most`."""
        pairs = self.order_by("kind", "object_id").values("kind", "object_id")
        return by_kind(Stale(**pair) for pair in pairs.distinct()[:most])

    def take(self) -> dict[str, set[int]]:
        """Forget these notes; what was noted, by kind."""
        notes = list(self)
        self.forget([note.pk for note in notes])
        return by_kind(notes)

    def backlog(self) -> dict[str, float]:
        """How many objects are waiting, and for how many seconds the first of them."""
        found = self.aggregate(
            waiting=models.Count(
                Concat(
                    "kind", Value(" "), "object_id", output_field=models.TextField()
                ),
                distinct=True,
            ),
            first=models.Min("noted_at"),
        )
        first = found["first"]
        lag = (timezone.now() - first).total_seconds() if first else 0
        return {"waiting": found["waiting"], "lag_seconds": round(max(lag, 0), 3)}


class Stale(models.Model):
    """An object that a transaction touched and whose documents are to be rendered.

    Written by triggers on the tables below, so that no writer can forget it.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=10)
    object_id = models.BigIntegerField()
    # The same for all that one transaction notes, by which it finds its own.
    noted_at = models.DateTimeField(
        db_default=TransactionNow(), db_index=True, help_text="When that began."
    )

    objects = StaleQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name_plural = "stale"

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
