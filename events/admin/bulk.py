"""Changes of many events or claims at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q

from events.models import Claim, Support
from sources.admin.actions import change_action
from sources.bulk import Bar

if TYPE_CHECKING:
    from django.db.models import QuerySet


def _held_to_their_event(rows: QuerySet[Any], values: dict[str, Any]) -> list[Bar]:
    """Claims that cannot leave their event alone."""
    event, chosen = values["event"], rows.order_by().values("pk")
    supports = Support.objects.filter(claim=OuterRef("pk")).exclude(event=event)
    parts = Claim.objects.filter(part_of=OuterRef("pk")).exclude(pk__in=chosen)
    whole = Q(part_of__isnull=False) & ~Q(part_of__in=chosen)
    return [
        Bar(
            Exists(supports),
            "is what the date, the place or a role of its event rests on; take it out "
            "of that event's lines first",
        ),
        Bar(
            whole & ~Q(part_of__event=event),
            "is counted inside another figure that would stay; choose both",
        ),
        Bar(
            Exists(parts.exclude(event=event)),
            "has figures counted inside it that would stay; choose them too",
        ),
    ]


TO_EVENT = change_action(
    "to_event",
    "Move to another event",
    what="Move {rows} to another event",
    done="moved to the other event",
    fields=("event",),
    bars=_held_to_their_event,
)
TO_SPEAKER = change_action(
    "to_speaker",
    "Give another speaker",
    what="Give {rows} another speaker",
    done="given the other speaker",
    fields=("speaker",),
    hint="The words that name the speaker in the article stay as they are.",
)
TO_DATE = change_action(
    "to_date",
    "Give another date",
    what="Give {rows} another date",
    done="given the other date",
    fields=(
        "date_earliest",
        "date_latest",
        "date_precision",
        "date_basis",
        "date_text",
        "date_note",
    ),
    optional=True,
    hint="The date is replaced as a whole: what is left empty here will be empty.",
)
TO_PLACE = change_action(
    "to_place",
    "Put in another place",
    what="Put {rows} in another place",
    done="put in the other place",
    fields=("place", "place_precision"),
    hint="The words for the place in the article stay as they are.",
)
