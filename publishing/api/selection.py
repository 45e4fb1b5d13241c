"""The objects of one kind that a request asks for: filtered and in order."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from publishing.api.filters import FILTERS
from publishing.api.pagination import in_order, paging_problems
from publishing.models import Document, Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from rest_framework.request import Request


class Selection:
    """What a request for a list asks for, whole and not yet cut into pages.

    `documents` are rows of the log, filtered and in the order asked for. `shape` makes
    of a stored JSON text the one to send, None where it is sent as it is stored. Ask
    `problems` before anything else: the rest presumes that there are none.
    """

    def __init__(
        self, kind: Kind, request: Request, orderings: tuple[str, ...]
    ) -> None:
        self.kind = kind
        self.request = request
        self.orderings = orderings
        self.shape: Callable[[str], str] | None = None
        self._filterset = FILTERS[kind](
            request.query_params, queryset=Document.objects.current().of(kind)
        )

    @cached_property
    def ordering(self) -> str:
        return str(self.request.query_params.get("ordering", self.orderings[0]))

    @cached_property
    def documents(self) -> QuerySet[Document]:
        return in_order(self._filterset.qs, self.ordering)

    def problems(self) -> list[dict[str, Any]]:
        """Everything that is wrong with the parameters, for BadParameters."""
        return self._filterset.problems() + paging_problems(
            self.request.query_params, self.orderings
        )
