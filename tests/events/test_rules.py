"""Attempts to break the rules of `events` with raw SQL."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.factories.events import (
    ClaimFactory,
    EventFactory,
    EventIdentifierFactory,
    ParticipationFactory,
    PlaceFactory,
    PlaceIdentifierFactory,
    PlaceNameFactory,
)
from tests.rules import (
    EDGES,
    allowed,
    copy,
    insert_like,
    refused,
    row_of,
    sql,
    update,
)

pytestmark = pytest.mark.django_db

CURATED = {
    "events_place": PlaceFactory,
    "events_event": EventFactory,
    "events_participation": ParticipationFactory,
    "events_claim": ClaimFactory,
}


@pytest.mark.parametrize(
    "rule",
    [
        "events_place_status_is_known",
        "events_event_status_is_known",
        "events_participation_status_is_known",
        "events_claim_status_is_known",
    ],
)
def test_states_are_known(rule):
    row = CURATED[rule.removesuffix("_status_is_known")]()
    with refused(rule):
        update(row, status="PUBLISHED")
    with allowed():
        update(row, status="coded")


@pytest.mark.parametrize(
    ("rule", "make", "column", "code"),
    [
        ("events_place_kind_from_its_list", PlaceFactory, "kind", "place-kind/sea"),
        ("events_place_country_from_its_list", PlaceFactory, "country", "country/AFG"),
        (
            "events_placename_kind_from_its_list",
            PlaceNameFactory,
            "kind",
            "alias-kind/former",
        ),
        (
            "events_placeidentifier_scheme_from_its_list",
            PlaceIdentifierFactory,
            "scheme",
            "external-id-scheme/wikidata",
        ),
        (
            "events_eventidentifier_scheme_from_its_list",
            EventIdentifierFactory,
            "scheme",
            "external-id-scheme/ucdp-ged",
        ),
        ("events_event_type_from_its_list", EventFactory, "type", "plover-type/AID"),
        (
            "events_event_acled_sub_event_from_its_list",
            EventFactory,
            "acled_sub_event",
            "acled-sub-event/Suicide bomb",
        ),
        (
            "events_participation_role_from_its_list",
            ParticipationFactory,
            "role",
            "role/mediator",
        ),
    ],
)
def test_codes_come_from_their_list(rule, make, column, code):
    row = make()
    with refused(rule):
        update(row, **{f"{column}_id": "measure/killed"})
    with allowed():
        update(row, **{f"{column}_id": code})


# --- Places -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("latitude", "longitude", "radius"),
    [
        (34.5, 69.2, None),
        (34.5, None, 2000),
        (None, 69.2, 2000),
        (None, None, 2000),
        (34.5, None, None),
        (90.1, 69.2, 2000),
        (-90.1, 69.2, 2000),
        (34.5, 180.1, 2000),
        (34.5, -180.1, 2000),
        (34.5, 69.2, 0),
        (float("nan"), 69.2, 2000),
        (34.5, float("inf"), 2000),
    ],
)
def test_a_point_never_stands_without_its_radius(latitude, longitude, radius):
    with refused("events_place_point_has_radius"):
        update(PlaceFactory(), latitude=latitude, longitude=longitude, radius_m=radius)


@pytest.mark.parametrize("point", [(-90, -180, 1), (90, 180, 1), (None, None, None)])
def test_a_point_within_the_globe_is_allowed(point):
    with allowed():
        update(
            PlaceFactory(),
            **dict(zip(("latitude", "longitude", "radius_m"), point, strict=True)),
        )


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_a_place_is_not_inside_itself(steps):
    """The trigger events_place:not_inside_itself."""
    places = [PlaceFactory()]
    for _ in range(steps - 1):
        places.append(PlaceFactory(parent=places[-1]))
    with refused("events_place_not_inside_itself"):
        update(places[0], parent_id=places[-1].pk)
    with allowed():
        update(places[0], parent_id=PlaceFactory().pk)


def test_one_statement_does_not_put_places_inside_each_other():
    a, b = PlaceFactory(), PlaceFactory()
    with refused("events_place_not_inside_itself"):
        sql("UPDATE events_place SET parent_id = %s - id", a.pk + b.pk)
    key = b.pk + 1_000
    with refused("events_place_not_inside_itself"):
        copy("events_place", {"id": key} | row_of(a) | {"slug": "c", "parent_id": key})


def test_names_and_identifiers_stand_once():
    name, of_place = PlaceNameFactory(), PlaceIdentifierFactory()
    of_event = EventIdentifierFactory()
    with refused("events_placename_once_per_place"):
        insert_like(name)
    with refused("events_placeidentifier_names_one_place"):
        insert_like(of_place, place_id=name.place_id)
    with refused("events_eventidentifier_names_one_event"):
        insert_like(of_event, event_id=EventFactory().pk)
    with allowed():
        insert_like(name, place_id=PlaceFactory().pk)
        insert_like(of_place, value="another")
        insert_like(of_event, value="another")


# --- Events -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("type_", "mode"),
    [
        (None, "plover-mode/CONSULT.visit"),
        ("plover-type/ASSAULT", "plover-mode/CONSULT.visit"),
        ("plover-type/CONSULT", "plover-mode/RETREAT.release"),
    ],
)
def test_a_mode_belongs_to_its_type(type_, mode):
    event = EventFactory()
    with refused("events_event_mode_is_of_type"):
        update(event, type_id=type_, mode_id=mode)
    with allowed():
        update(
            event,
            type_id="plover-type/CONSULT",
            mode_id="plover-mode/CONSULT.visit",
        )
    with refused("events_event_mode_is_of_type"):
        update(event, type_id="plover-type/ASSAULT")


def test_a_mode_comes_from_its_list():
    sql("ALTER TABLE events_event DROP CONSTRAINT events_event_mode_is_of_type")
    event = EventFactory()
    with refused("events_event_mode_from_its_list"):
        update(event, mode_id="role/victim")
    update(event, mode_id="plover-mode/CONSULT.visit")


@pytest.mark.parametrize(
    "contexts",
    [
        ["plover-context/terorism"],
        ["plover-context/military", "role/victim"],
        ["military"],
        [None],
    ],
)
def test_contexts_are_known(contexts):
    """The trigger events_event:contexts_are_known."""
    event = EventFactory()
    with refused("events_event_contexts_are_known"):
        update(event, contexts=contexts)
    with refused("events_event_contexts_are_known"):
        insert_like(event, slug="other", contexts=contexts)
    with allowed():
        update(event, contexts=["plover-context/military"])
        update(event, contexts=[])


def test_the_modality_of_an_event_is_known():
    with refused("events_event_modality_is_known"):
        update(EventFactory(), modality="happened")
    with allowed():
        update(EventFactory(), modality="planned")


def test_a_place_goes_with_its_precision():
    event, place = EventFactory(), PlaceFactory()
    with refused("events_event_place_has_precision"):
        update(event, place_id=place.pk)
    with refused("events_event_place_has_precision"):
        update(event, place_precision_id="place-precision/exact")
    with refused("events_event_place_precision_from_its_list"):
        update(event, place_id=place.pk, place_precision_id="place-kind/city")
    with allowed():
        update(event, place_id=place.pk, place_precision_id="place-precision/vicinity")


@pytest.mark.parametrize(("precision", "days", "fits"), EDGES)
def test_precision_agrees_with_the_interval(precision, days, fits):
    earliest = dt.date(2021, 8, 26)
    with allowed() if fits else refused("events_event_date_precision_fits"):
        update(
            EventFactory(),
            date_earliest=earliest,
            date_latest=earliest + dt.timedelta(days=days - 1),
            date_precision=precision,
            date_basis="stated",
        )


def test_dates_are_in_order_and_have_a_basis():
    event = EventFactory()
    with refused("events_event_date_earliest_before_latest"):
        update(
            event,
            date_earliest="2021-08-27",
            date_latest="2021-08-26",
            date_basis="stated",
        )
    with refused("events_event_date_has_basis"):
        update(event, date_earliest="2021-08-26")
    with refused("events_event_date_inferred_from"):
        update(event, date_earliest="2021-08-26", date_basis="inferred")
    with allowed():
        update(event, date_earliest="2021-08-26", date_basis="stated")
