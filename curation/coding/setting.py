"""The setting of an event: its place, and which parts of it a claim's words prove."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from events.models import Event, Place, SupportedPart
from events.placing import plan_takeover, take_over
from sources.models import Status
from sources.services import change_status

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.db.models import Model

    from events.models import GazetteerEntry


def place_of_entry(
    entry: GazetteerEntry, *, by: AbstractUser, why: str
) -> tuple[Place, list[Model]]:
    """The place that an entry of the gazetteer is, and the rows that were added for it.

    Raises ValidationError.
    """
    if known := plan_takeover(entry).taken:
        return known, []
    place = take_over(entry=entry, by=by, why=why)
    change_status([place], to=Status.CODED, by=by, why=why)  # with what names it
    place.refresh_from_db()
    return place, [place, *place.identifiers.all(), *place.names.all()]


def parts_given(event: Event, quotes: Sequence[str]) -> list[SupportedPart]:
    """Its date, where the words that give it stand in a quote; its place, where named.

    What nothing here gives is not public until a claim of its own proves it.
    """
    given = []
    if event.date_earliest and _stands(event.date_text, quotes):
        given.append(SupportedPart.DATE)
    if event.place:
        others = event.place.names.values_list("name", flat=True)
        names = [event.place_text, event.place.name, *others]
        if any(_stands(name, quotes) for name in names):
            given.append(SupportedPart.PLACE)
    return given


def _stands(words: str, quotes: Sequence[str]) -> bool:
    plain = " ".join(words.casefold().split())
    return bool(plain) and any(
        plain in " ".join(quote.casefold().split()) for quote in quotes
    )
