"""Files that change what was reviewed and let the review stand: they are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sources.coders import owners_of, parts_of
from sources.models import Curated, Status
from sources.services import WHEN_EDITED, content_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.existing import Existing
    from curation.format.problems import Problem
    from curation.rows import Row
    from curation.tables import Key, Model

    Rows = dict[Model, dict[int, Row]]


class Reviewed:
    """The rows that stay reviewed by their files, and what they said before.

    A row's parts are of it, but for those of several rows, which are checked with any
    of them.
    """

    def __init__(self, wanted: dict[Model, list[Row]], existing: Existing) -> None:
        self.rows: Rows = {
            model: staying
            for model, rows in wanted.items()
            if issubclass(model, Curated)
            and (staying := _staying(rows, existing.rows.get(model, {})))
        }
        self.before = self._contents()

    def problems(self) -> Iterator[Problem]:
        """One for each row that says something else by now."""
        after = self._contents()
        for key, said in self.before.items():
            if after[key] == said:
                continue
            model, pk = key
            row = self.rows[model][pk]
            status = row.values["status"]
            to = WHEN_EDITED[Status(status)]
            yield row.entry.problem(
                f"{row.label} was {status}, and this changes what it says",
                suggestion=f"write status: {to}, so that another person checks it",
            )

    def _contents(self) -> dict[tuple[Model, int], list[Any]]:
        """What the rows say, with their parts. Constant number of queries."""
        found: dict[tuple[Model, int], list[Any]] = {}
        for model, rows in self.rows.items():
            for row in model._default_manager.filter(pk__in=rows):
                found[model, row.pk] = [content_of(row)]
            for part, field in parts_of(model):
                if len(owners_of(part)) > 1:
                    continue
                lines = part._default_manager.filter(**{f"{field.name}__in": rows})
                for line in lines.order_by("pk"):
                    said = found[model, getattr(line, field.attname)]
                    said.append((part, content_of(line)))
        return found


def _staying(rows: list[Row], have: dict[Key, Any]) -> dict[int, Row]:
    return {
        have[row.key].pk: row
        for row in rows
        if row.key in have
        and have[row.key].status in WHEN_EDITED
        and row.values["status"] == have[row.key].status
    }
