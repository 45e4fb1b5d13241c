"""Attempts to break the rules of `Relation` with raw SQL."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.factories.actors import ActorFactory, RelationFactory
from tests.factories.sources import term
from tests.rules import (
    EDGES,
    allowed,
    copy,
    insert,
    insert_like,
    refused,
    refused_after_waiting,
    row_of,
    sessions,
    sql,
    update,
)

pytestmark = pytest.mark.django_db


def person():
    return ActorFactory(kind=term("actor-kind/person"))


def part_of(**columns):
    return RelationFactory(kind=term("relation-kind/part_of"), **columns)


def test_an_actor_has_no_relation_with_itself():
    relation = RelationFactory()
    with refused("actors_relation_not_with_itself"):
        update(relation, object_id=relation.subject_id)
    with allowed():
        update(relation, object_id=ActorFactory().pk)


def test_a_person_is_not_part_of_a_person():
    """The trigger actors_relation:part_of_is_sound."""
    relation = RelationFactory(subject=person(), object=person())
    with refused("actors_relation_person_part_of_person"):
        update(relation, kind_id="relation-kind/part_of")
    with refused("actors_relation_person_part_of_person"):
        insert_like(relation, slug="part", kind_id="relation-kind/part_of")
    with allowed():
        insert_like(
            relation,
            slug="rejected-part",
            kind_id="relation-kind/part_of",
            status="rejected",
        )
    with refused("actors_relation_person_part_of_person"):
        sql("UPDATE actors_relation SET status = 'draft' WHERE slug = 'rejected-part'")


def test_a_part_does_not_become_a_person_of_a_person():
    """The trigger actors_actor:person_not_part_of_person."""
    relation = part_of(subject=person())
    with refused("actors_relation_person_part_of_person"):
        update(relation.object, kind_id="actor-kind/person")
    with refused("actors_relation_person_part_of_person"):
        update(relation, object_id=person().pk)
    with allowed():
        update(relation.object, kind_id="actor-kind/faction")
    with allowed():
        update(ActorFactory(), kind_id="actor-kind/person")


@pytest.mark.parametrize("steps", [2, 3, 4])
def test_part_of_runs_in_no_circle(steps):
    actors = [ActorFactory() for _ in range(steps)]
    for part, whole in zip(actors, actors[1:], strict=False):
        relation = part_of(subject=part, object=whole)
    closing = {"subject_id": actors[-1].pk, "object_id": actors[0].pk}
    with refused("actors_relation_part_of_circle"):
        insert_like(relation, slug="closing", **closing)
    with allowed():
        other = part_of(subject=actors[-1], object=ActorFactory())
    with refused("actors_relation_part_of_circle"):
        update(other, object_id=actors[0].pk)
    with allowed():
        insert_like(relation, slug="ally", kind_id="relation-kind/ally_of", **closing)
    with refused("actors_relation_part_of_circle"):
        sql(
            "UPDATE actors_relation SET kind_id = %s WHERE slug = 'ally'",
            "relation-kind/part_of",
        )


def test_one_statement_does_not_close_a_circle():
    a, b = ActorFactory(), ActorFactory()
    row = row_of(part_of())
    there = row | {"slug": "there", "subject_id": a.pk, "object_id": b.pk}
    back = row | {"slug": "back", "subject_id": b.pk, "object_id": a.pk}
    with refused("actors_relation_part_of_circle"):
        copy("actors_relation", there, back)
    with allowed():
        copy("actors_relation", there, back | {"status": "rejected"})
    with refused("actors_relation_part_of_circle"):
        sql("UPDATE actors_relation SET status = 'coded'")


@pytest.fixture
def two_actors():
    """Two sessions beside the test's own, and two committed actors."""
    actor = (
        "INSERT INTO actors_actor (status, slug, name, kind_id, description)"
        " VALUES ('draft', %s, 'A', 'actor-kind/armed_group', '') RETURNING id"
    )
    with sessions() as (one, two):
        a, b = (one.execute(actor, [f"two-{n}"]).fetchone()[0] for n in "ab")
        one.commit()
        yield one, two, a, b
        one.rollback()
        two.rollback()
        one.execute("DELETE FROM actors_relation WHERE slug IN ('a-b', 'b-a')")
        one.execute("DELETE FROM actors_actor WHERE id IN (%s, %s)", [a, b])
        one.execute("DELETE FROM publishing_stale")
        one.commit()


PART = (
    "INSERT INTO actors_relation (slug, subject_id, object_id, kind_id, status,"
    " title, note, start_precision, start_basis, start_text, start_note,"
    " end_precision, end_basis, end_text, end_note) VALUES (%s, %s, %s,"
    " 'relation-kind/part_of', 'draft', '', '', 'unknown', '', '', '',"
    " 'unknown', '', '', '')"
)
PERSON = "UPDATE actors_actor SET kind_id = 'actor-kind/person' WHERE id = %s"


def test_two_sessions_do_not_close_a_circle_together(two_actors):
    one, two, a, b = two_actors
    one.execute(PART, ["a-b", a, b])
    refused_after_waiting(
        "actors_relation_part_of_circle",
        one,
        lambda: two.execute(PART, ["b-a", b, a]),
    )


@pytest.mark.parametrize("first", ["relation", "person"])
def test_two_sessions_do_not_put_a_person_into_a_person_together(two_actors, first):
    one, two, a, b = two_actors
    one.execute(PERSON, [a])
    one.commit()
    steps = [(PART, ["a-b", a, b]), (PERSON, [b])]
    done, waits = steps if first == "relation" else steps[::-1]
    one.execute(*done)
    refused_after_waiting(
        "actors_relation_person_part_of_person", one, lambda: two.execute(*waits)
    )


def test_two_persons_do_not_arrive_after_the_relation_between_them():
    """Foreign keys are checked at commit: a relation can stand before its actors."""
    row, relation = row_of(person()), row_of(part_of())
    ids = {"subject_id": 900_001, "object_id": 900_002}
    first, second = (
        row | {"id": pk, "slug": f"late-{pk}"} for pk in sorted(ids.values())
    )
    with refused("actors_relation_person_part_of_person"):
        insert("actors_relation", **relation | ids | {"slug": "early"})
        insert("actors_actor", **first)
        insert("actors_actor", **second)
    with refused("actors_relation_person_part_of_person"):
        insert("actors_relation", **relation | ids | {"slug": "early"})
        copy("actors_actor", first, second)
    with allowed():
        insert("actors_relation", **relation | ids | {"slug": "early"})
        insert("actors_actor", **first)
        insert("actors_actor", **second | {"kind_id": "actor-kind/military"})


# --- Dates of relations -------------------------------------------------------


@pytest.mark.parametrize(
    ("prefix", "rule"),
    [
        ("start", "actors_relation_start_precision_fits"),
        ("end", "actors_relation_end_precision_fits"),
    ],
)
@pytest.mark.parametrize(("precision", "days", "fits"), EDGES)
def test_precision_agrees_with_the_interval(prefix, rule, precision, days, fits):
    relation = RelationFactory()
    earliest = dt.date(2021, 8, 26)
    with allowed() if fits else refused(rule):
        update(
            relation,
            **{
                f"{prefix}_earliest": earliest,
                f"{prefix}_latest": earliest + dt.timedelta(days=days - 1),
                f"{prefix}_precision": precision,
                f"{prefix}_basis": "stated",
            },
        )


@pytest.mark.parametrize(
    ("prefix", "order", "basis", "source"),
    [
        (
            "start",
            "actors_relation_start_earliest_before_latest",
            "actors_relation_start_has_basis",
            "actors_relation_start_inferred_from",
        ),
        (
            "end",
            "actors_relation_end_earliest_before_latest",
            "actors_relation_end_has_basis",
            "actors_relation_end_inferred_from",
        ),
    ],
)
def test_dates_are_in_order_and_have_a_basis(prefix, order, basis, source):
    relation = RelationFactory()
    earliest, latest = f"{prefix}_earliest", f"{prefix}_latest"
    with refused(order):
        update(
            relation,
            **{
                earliest: "2021-08-27",
                latest: "2021-08-26",
                f"{prefix}_basis": "stated",
            },
        )
    with refused(basis):
        update(relation, **{earliest: "2021-08-26"})
    with refused(source):
        update(relation, **{earliest: "2021-08-26", f"{prefix}_basis": "inferred"})
    with allowed():
        update(relation, **{earliest: "2021-08-26", f"{prefix}_basis": "relative"})


def test_a_relation_starts_before_it_ends():
    relation = RelationFactory()
    update(relation, start_earliest="2021-08-26", start_basis="stated")
    with refused("actors_relation_starts_before_it_ends"):
        update(relation, end_latest="2021-08-25", end_basis="stated")
    with allowed():
        update(relation, end_latest="2021-08-26", end_basis="stated")
