"""Accepting a proposed place: the place that curators refer to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from curation.coding.keys import by_key, free_slug, standing
from curation.deciding.keys import edited, refuse_dropped
from curation.models import Proposal
from events.models import Place, PlaceIdentifier
from events.placing import same_place
from sources.models import Status, Term
from sources.services import save_curated

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.db.models import Model


def make_place(
    proposal: Proposal, fields: Mapping[str, Any], *, by: AbstractUser, why: str
) -> list[Model]:
    """A Place from the gazetteer entry; nothing if curators have it already."""
    known = known_place(fields)
    if known:
        refuse_dropped(edited(proposal, fields, "name", "kind"), known)
        return []
    if not fields.get("kind"):
        raise ValidationError(
            f"No gazetteer knows “{fields['name']}”: choose what kind of place it is, "
            "or which known place is meant."
        )
    if withdrawn := _of_entry(fields).first():
        standing(withdrawn)  # its identifier cannot name a second place
    country = fields.get("country") and f"country/{fields['country']}"
    place = Place(
        slug=free_slug(Place, fields["name"]),
        name=fields["name"],
        kind_id=f"place-kind/{fields['kind']}",
        country=Term.objects.filter(pk=country).first(),
        latitude=fields.get("latitude"),
        longitude=fields.get("longitude"),
        radius_m=fields.get("radius_m"),
        status=Status.CODED,
    )
    save_curated(place, by=by, why=why)
    scheme, _, value = (fields.get("entry") or "").partition(":")
    term = Term.objects.filter(pk=f"external-id-scheme/{scheme}").first()
    if not (value and term):
        return [place]
    identifier = PlaceIdentifier(place=place, scheme=term, value=value)
    save_curated(identifier, by=by, why=why)
    return [place, identifier]


def known_place(fields: Mapping[str, Any] | None) -> Place | None:
    """The curators' place of these fields: by its key, or by the gazetteer's id.

    Entries whose ids belong to no recorded scheme: by name, kind and where it lies. A
    rejected or retracted one is none.
    """
    if not fields:
        return None
    if key := fields.get("place"):
        return by_key(Place, key)
    found: Place | None = _of_entry(fields).accepted().first()
    if found or fields.get("latitude") is None or not fields.get("kind"):
        return found
    return same_place(
        Place.objects.accepted(),
        fields["name"],
        fields["kind"],
        here=(fields["longitude"], fields["latitude"]),
        radius_m=fields["radius_m"] or 0,
    )


def _of_entry(fields: Mapping[str, Any]) -> Any:
    """Places that the gazetteer's id names, whatever their status."""
    scheme, _, value = (fields.get("entry") or "").partition(":")
    return Place.objects.filter(
        identifiers__scheme=f"external-id-scheme/{scheme}", identifiers__value=value
    )
