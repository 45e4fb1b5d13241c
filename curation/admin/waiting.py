"""Articles by what the claims that rest on them wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.admin import SimpleListFilter

from events.models import Evidence
from sources.models import Status

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

_WAITING = {
    Status.DRAFT: "to be coded",
    Status.CODED: "to be reviewed",
    Status.REVIEWED: "to be published",
}


class ClaimsWaiting(SimpleListFilter):
    """Articles on which a claim rests that waits for its next step."""

    title = "claims waiting"
    parameter_name = "claims"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(state.value, words) for state, words in _WAITING.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in _WAITING:
            return queryset
        resting = Evidence.objects.filter(claim__status=self.value())
        return queryset.filter(pk__in=resting.values("article"))
