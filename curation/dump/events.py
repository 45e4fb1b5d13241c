"""Events as the format writes them, with what each part of them rests on."""

from __future__ import annotations

from collections import defaultdict

from actors.models import Actor
from curation.dump.values import (
    Values,
    by,
    code,
    date,
    filled,
    ids,
    picked,
    slugs,
    status,
    unmerged,
)
from curation.merging.following import merged
from events.models import (
    Claim,
    Event,
    EventIdentifier,
    Participation,
    Place,
    Stance,
    Support,
    SupportedPart,
)

_FIELDS = {Stance.SUPPORTS.value: "claims", Stance.DISPUTES.value: "disputed_by"}

# Event and part, or event, part and participation → claims, disputed_by.
Supports = dict[tuple[int, str, int | None], Values]


def event_entries(only: int | None = None) -> Values:
    """Key → event, sorted by key; with `only`, a primary key, just that event.

    One query per table.
    """
    rows = list(picked(unmerged(Event, only), "pk", only))
    supports = _supports(only)
    roles = Participation.objects.exclude(actor__in=merged("actor")).order_by("pk")
    taking_part = list(picked(roles, "event", only))
    participations = by("event_id", taking_part)
    known_ids = EventIdentifier.objects.order_by("scheme", "value")
    identifiers = by("event_id", picked(known_ids, "event", only))
    actors = slugs(Actor, (row.actor_id for row in taking_part))
    places = slugs(Place, (row.place_id for row in rows))
    entries = {}
    for row in rows:
        occurrence = supports[row.pk, SupportedPart.OCCURRENCE, None]
        parts = participations[row.pk]
        entries[row.slug] = {
            **filled(status=str(row.status), title=row.title),
            "type": code(row.type_id),
            **filled(
                mode=_mode(row.mode_id),
                contexts=[code(context) for context in row.contexts],
                acled_sub_event=code(row.acled_sub_event_id),
                modality=row.modality,
                date=date(row, "date", **supports[row.pk, SupportedPart.DATE, None]),
                place=_place(row, places, supports),
                participants=[_participant(p, row, actors, supports) for p in parts],
                **occurrence,
                ids=ids(identifiers[row.pk]),
                summary=row.summary,
            ),
        }
    return entries


def _supports(only: int | None) -> Supports:
    rows = list(picked(Support.objects.order_by("claim__slug"), "event", only))
    claims = slugs(Claim, (row.claim_id for row in rows))
    supports: Supports = defaultdict(dict)
    for row in rows:
        holder = supports[row.event_id, row.part, row.participation_id]
        holder.setdefault(_FIELDS[row.stance], []).append(claims[row.claim_id])
    return supports


def _mode(term: str | None) -> str | None:
    """'plover-mode/ASSAULT.suicide-attack' is suicide-attack."""
    return term.partition(".")[2] if term else None


def _place(row: Event, places: dict[int, str], supports: Supports) -> Values:
    rests_on = supports[row.pk, SupportedPart.PLACE, None]
    if not (row.place_id or row.place_text or rests_on):
        return {}
    return {
        "place": places.get(row.place_id or 0),
        "precision": code(row.place_precision_id),
        **filled(text=row.place_text),
        **rests_on,
    }


def _participant(
    row: Participation, event: Event, actors: dict[int, str], supports: Supports
) -> Values:
    return filled(
        status=status(row, event.status),
        actor=actors[row.actor_id],
        role=code(row.role_id),
        **supports[event.pk, SupportedPart.PARTICIPATION, row.pk],
    )
