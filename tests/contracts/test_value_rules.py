"""Attempts to write keys, names and dates that mean nothing, in every table."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.factories.actors import RelationFactory
from tests.factories.events import EventFactory
from tests.factories.sources import ArticleFactory
from tests.rules import allowed, factory_of, insert_like, refused, update

pytestmark = pytest.mark.django_db

SLUGS = [
    "sources_outlet_slug_is_a_key",
    "sources_origin_slug_is_a_key",
    "actors_actor_slug_is_a_key",
    "actors_relation_slug_is_a_key",
    "events_place_slug_is_a_key",
    "events_event_slug_is_a_key",
    "events_claim_slug_is_a_key",
]
FILLED = [
    "sources_outlet_name_not_blank",
    "sources_origin_name_not_blank",
    "actors_actor_name_not_blank",
    "actors_alias_name_not_blank",
    "events_place_name_not_blank",
    "events_event_title_not_blank",
    "events_claim_statement_not_blank",
    "curation_omission_reason_not_blank",
]
IN_CALENDAR = [
    ("sources_article_published_in_calendar", ArticleFactory, "published"),
    ("actors_relation_start_in_calendar", RelationFactory, "start"),
    ("actors_relation_end_in_calendar", RelationFactory, "end"),
    ("events_event_date_in_calendar", EventFactory, "date"),
]
BASIS = [
    ("sources_article_published_basis_is_known", ArticleFactory, "published"),
    ("actors_relation_start_basis_is_known", RelationFactory, "start"),
    ("actors_relation_end_basis_is_known", RelationFactory, "end"),
    ("events_event_date_basis_is_known", EventFactory, "date"),
]


@pytest.mark.parametrize("rule", SLUGS)
@pytest.mark.parametrize(
    "slug",
    ["", " ", "-", "-isis", "ISIS", "is is", "isis\n", "isis/k", "a_b", "é", "к", "٣"],
)
def test_a_slug_is_a_key(rule, slug):
    make = factory_of(rule.removesuffix("_slug_is_a_key"))
    with refused(rule):
        insert_like(make(), slug=slug)


@pytest.mark.parametrize("rule", SLUGS)
@pytest.mark.parametrize("slug", ["a", "0", "isis-k", "2021-08-26-kabul", "a--b-"])
def test_a_key_is_a_slug(rule, slug):
    with allowed():
        factory_of(rule.removesuffix("_slug_is_a_key"))(slug=slug)


@pytest.mark.parametrize("rule", FILLED)
def test_what_must_be_said_is_not_blank(rule):
    table, _, column = rule.removesuffix("_not_blank").rpartition("_")
    row = factory_of(table)()
    for blank in ("", " ", "\t", "\r\n", " \n "):
        with refused(rule):
            update(row, **{column: blank})
        with refused(rule):
            insert_like(row, **{column: blank})
    with allowed():
        update(row, **{column: " x "})


@pytest.mark.parametrize(("rule", "make", "prefix"), IN_CALENDAR)
@pytest.mark.parametrize("end", ["earliest", "latest"])
@pytest.mark.parametrize(
    "day", ["infinity", "-infinity", "0044-03-15 BC", "10000-01-01"]
)
def test_a_day_is_in_the_calendar(rule, make, prefix, end, day):
    row = make()
    with refused(rule):
        update(row, **{f"{prefix}_{end}": day, f"{prefix}_basis": "stated"})


@pytest.mark.parametrize(("rule", "make", "prefix"), IN_CALENDAR)
def test_an_interval_is_in_the_calendar(rule, make, prefix):
    row, basis = make(), {f"{prefix}_basis": "stated"}
    earliest, latest = f"{prefix}_earliest", f"{prefix}_latest"
    for precision in ("unknown", "year"):
        known = basis | {f"{prefix}_precision": precision}
        with refused(rule):
            update(row, **known, **{earliest: "-infinity", latest: "infinity"})
        with refused(rule):
            update(row, **known, **{earliest: "2021-01-01", latest: "infinity"})
        with allowed():
            update(row, **known, **{earliest: dt.date.min, latest: dt.date.max})


@pytest.mark.parametrize(("rule", "make", "prefix"), BASIS)
def test_the_basis_of_a_date_is_known(rule, make, prefix):
    row, basis = make(), f"{prefix}_basis"
    for unknown in ("guess", "STATED", " "):
        with refused(rule):
            update(row, **{basis: unknown})
        with refused(rule):
            update(row, **{basis: unknown, f"{prefix}_earliest": "2021-08-26"})
    for known in ("stated", "metadata", "relative", ""):
        with allowed():
            update(row, **{basis: known})
