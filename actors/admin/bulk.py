"""Changes of many mentions at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Subquery

from actors.models import Alias, Mention
from sources.admin.actions import change_action
from sources.bulk import Bar

if TYPE_CHECKING:
    from django.db.models import QuerySet


def _named_twice(rows: QuerySet[Any], values: dict[str, Any]) -> list[Bar]:
    """Mentions whose words would then name the actor a second time."""
    same_words = Mention.objects.filter(
        article=OuterRef("article"), start=OuterRef("start"), end=OuterRef("end")
    )
    chosen = rows.order_by().values("pk")
    return [
        Bar(
            Exists(same_words.filter(actor=values["actor"])),
            "stands where the same words name that actor already",
        ),
        Bar(
            Exists(same_words.filter(pk__in=chosen, pk__lt=OuterRef("pk"))),
            "stands on the same words as another one chosen; one of them is enough",
        ),
    ]


def _own_name(rows: QuerySet[Any], values: dict[str, Any]) -> dict[str, Any]:
    """Which of the actor's names the words are; none if they are not its name."""
    names = Alias.objects.filter(actor=values["actor"], name=OuterRef("quote"))
    return {"alias": Subquery(names.values("pk")[:1])}


TO_ACTOR = change_action(
    "to_actor",
    "Say they name another actor",
    what="Say that {rows} name another actor",
    done="of the other actor now",
    fields=("actor",),
    bars=_named_twice,
    follow=_own_name,
    hint="Which of the actor's names it is, follows from the words.",
)
