"""Attempts to break the rules of merges with raw SQL."""

from __future__ import annotations

import pytest
from django.utils import timezone

from curation.merging.references import KINDS, MOVED, merge_triggers
from curation.models import Merge
from tests.factories.actors import ActorFactory, MentionFactory
from tests.factories.curation import MergeFactory, MergeMoveFactory, UserFactory
from tests.factories.events import EventFactory, PlaceFactory
from tests.rules import (
    allowed,
    delete,
    factory_of,
    insert_like,
    refused,
    refused_after_waiting,
    row_of,
    sessions,
    sql,
    update,
    without,
)

pytestmark = pytest.mark.django_db

MAKE = {"actor": ActorFactory, "event": EventFactory, "place": PlaceFactory}
NOT_EMPTIED = ["curation_merge:not_emptied", "curation_mergemove:not_emptied"]
# Kind and reference of everything that a merge moves.
REFERENCES = [
    pytest.param(kind, each, id=f"{each.label}.{each.field}")
    for kind, model in KINDS.items()
    for each in MOVED[model]
]


def merged(kind="actor", **columns):
    """A merge of two records of a kind, new ones but for those given."""
    ends = {
        name: columns.pop(name, None) or MAKE[kind]() for name in (kind, f"{kind}_into")
    }
    others = dict.fromkeys(("actor", "actor_into")) if kind != "actor" else {}
    return MergeFactory(**others, **ends, **columns)


@pytest.mark.parametrize("rule", NOT_EMPTIED)
def test_no_table_of_merges_is_emptied(rule):
    table, _, trigger = rule.partition(":")
    with refused(f"{table}_{trigger}"):
        sql(f"TRUNCATE {table} CASCADE")


def test_curation_merge_why_not_blank():
    with refused("curation_merge_why_not_blank"):
        merged(why=" ")


def test_curation_merge_at_in_calendar():
    with refused("curation_merge_at_in_calendar"):
        merged(at="9999-12-31T12:00Z")


@pytest.mark.parametrize("missing", ["actor", "actor_into"])
def test_curation_merge_of_one_kind(missing):
    without("both_stand", Merge)
    row = merged()
    with refused("curation_merge_of_one_kind"):
        insert_like(row, **{f"{missing}_id": None})
    others = {"actor_id": ActorFactory().pk, "actor_into_id": ActorFactory().pk}
    places = {"place_id": PlaceFactory().pk, "place_into_id": PlaceFactory().pk}
    with refused("curation_merge_of_one_kind"):
        insert_like(row, **others, **places)
    with refused("curation_merge_of_one_kind"):
        insert_like(row, **others, place_id=places["place_id"])
    with refused("curation_merge_of_one_kind"):
        insert_like(row, actor_id=None, **{"actor_into_id": None})
    with refused("curation_merge_of_one_kind"):
        insert_like(row, actor_id=others["actor_id"], actor_into_id=None, **places)


@pytest.mark.parametrize("kind", MAKE)
def test_curation_merge_not_into_itself(kind):
    record = MAKE[kind]()
    with refused("curation_merge_not_into_itself"):
        merged(kind, **{kind: record, f"{kind}_into": record})


def test_curation_merge_undone_by_somebody():
    row = merged()
    rule = "curation_merge_undone_by_somebody"
    whole = {
        "undone_at": timezone.now(),
        "undone_by_id": UserFactory().pk,
        "undone_why": "they are two",
    }
    for missing in (*whole, "order"):
        columns = {name: value for name, value in whole.items() if name != missing}
        if missing == "order":
            columns["undone_at"] = "2020-01-01T00:00Z"
        with refused(rule):
            update(row, **columns)
    with refused(rule):
        update(row, **whole | {"undone_why": " "})
    with allowed():
        update(row, **whole)


RULES_OF_ONE = {
    "actor": "curation_merge_one_of_actor",
    "event": "curation_merge_one_of_event",
    "place": "curation_merge_one_of_place",
}


@pytest.mark.parametrize("kind", MAKE)
def test_a_record_is_merged_once(kind):
    without("both_stand", Merge)
    row = merged(kind)
    with refused(RULES_OF_ONE[kind]):
        insert_like(row, **{f"{kind}_into_id": MAKE[kind]().pk})
    undo(row)
    with allowed():
        insert_like(row, **{f"{kind}_into_id": MAKE[kind]().pk})


def undo(row):
    update(
        row,
        undone_at=timezone.now(),
        undone_by_id=row.by_id,
        undone_why="they are two",
    )


def test_a_merge_stays_as_it_was_made():
    row = merged()
    for columns in ({"why": "x"}, {"actor_into_id": ActorFactory().pk}):
        with refused("curation_merge:as_merged"):
            update(row, **columns)
    with refused("curation_merge:stays"):
        delete(row)
    undo(row)
    with refused("curation_merge:undone_once"):
        update(row, undone_why="x")
    with refused("curation_merge:undone_once"):
        update(row, undone_at=None, undone_by_id=None, undone_why="")


@pytest.mark.parametrize("kind", MAKE)
@pytest.mark.parametrize("end", ["", "_into"])
@pytest.mark.parametrize("status", ["rejected", "retracted"])
def test_both_ends_stand(kind, end, status):
    """curation_merge:both_stand"""
    with refused("curation_merge_both_stand"):
        merged(kind, **{f"{kind}{end}": MAKE[kind](status=status)})


@pytest.mark.parametrize("kind", MAKE)
def test_merges_never_run_in_a_circle(kind):
    row = merged(kind)
    third = MAKE[kind]()
    with refused("curation_merge_not_into_merged"):
        merged(kind, **{kind: row.into, f"{kind}_into": row.loser})
    with refused("curation_merge_not_into_merged"):
        merged(kind, **{kind: third, f"{kind}_into": row.loser})
    longer = merged(kind, **{kind: row.into, f"{kind}_into": third})
    with refused("curation_merge_not_into_merged"):
        merged(kind, **{kind: third, f"{kind}_into": row.loser})
    assert sql(f"SELECT newsdb_last_{kind}(%s)", row.loser.pk) == [(third.pk,)]
    undo(longer)
    assert sql(f"SELECT newsdb_last_{kind}(%s)", row.loser.pk) == [(row.into.pk,)]
    assert sql(f"SELECT newsdb_last_{kind}(%s)", third.pk) == [(third.pk,)]


@pytest.mark.parametrize("kind", MAKE)
def test_what_is_merged_is_withdrawn(kind):
    """curation_merge:merged_is_withdrawn"""
    row = merged(kind)
    ends = {f"{kind}_id": MAKE[kind]().pk, f"{kind}_into_id": row.into.pk}
    with refused("curation_merge_merged_is_withdrawn"):
        insert_like(row, **ends)
    with allowed():
        insert_like(row, **ends)
        sql(
            f"UPDATE {row.loser._meta.db_table} SET status = 'rejected' WHERE id = %s",
            ends[f"{kind}_id"],
        )


@pytest.mark.parametrize("kind", MAKE)
@pytest.mark.parametrize("status", ["draft", "coded", "reviewed", "published"])
def test_what_is_merged_stays_withdrawn(kind, status):
    row = merged(kind)
    table = row.loser._meta.db_table
    with refused(f"{table}_merged_stays_withdrawn"):
        update(row.loser, status=status)
    with allowed():
        update(row.into, status=status)
    with allowed():
        update(row.loser, status="rejected")
    undo(row)
    with allowed():
        update(row.loser, status=status)


@pytest.mark.parametrize(("kind", "reference"), REFERENCES)
def test_nothing_new_refers_to_what_is_merged(kind, reference):
    table = reference.model._meta.db_table
    row = merged(kind)
    rule = f"{table}_{reference.column}_not_merged"
    one = _naming(reference, MAKE[kind]())
    with refused(rule):
        update(one, **{reference.column: row.loser.pk})
    with refused(rule):
        _naming(reference, row.loser)
    with allowed():
        update(one, **{reference.column: row.into.pk})
    undo(row)
    with allowed():
        update(one, **{reference.column: row.loser.pk})


def _naming(reference, record):
    more = {}
    if (reference.label, reference.field) == ("events.Event", "place"):
        more["place_precision_id"] = "place-precision/city"
    return factory_of(reference.model._meta.db_table)(
        **{reference.field: record}, **more
    )


@pytest.mark.parametrize(("kind", "reference"), REFERENCES)
def test_what_stays_with_it_may_change_otherwise(kind, reference):
    record = MAKE[kind]()
    one = _naming(reference, record)
    merged(kind, **{kind: record})
    with allowed():
        update(one, **{name: row_of(one)[name] for name in row_of(one)})


def test_every_reference_has_its_triggers():
    there = {
        (table, name)
        for table, name in sql(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger"
            " WHERE tgname LIKE 'merged\\_%%' AND NOT tgisinternal"
        )
    }
    wanted = {
        (table, name) for table, names in merge_triggers().items() for name in names
    }
    assert there == wanted, "see curation/migrations/0008_merged_is_left.py"


@pytest.mark.parametrize(
    ("rule", "columns"),
    [
        ("curation_mergemove_model_not_blank", {"model": " "}),
        ("curation_mergemove_before_is_object", {"before": []}),
        ("curation_mergemove_after_is_object", {"after": 1}),
    ],
)
def test_a_move_says_what_it_moved(rule, columns):
    with refused(rule):
        MergeMoveFactory(**columns)


def test_moves_are_kept():
    row = MergeMoveFactory()
    with refused("curation_mergemove:never_changes"):
        update(row, model="actors.Alias")
    with refused("curation_mergemove:stays"):
        delete(row)


@pytest.mark.django_db(transaction=True)
def test_who_names_a_record_while_it_is_merged_waits_and_is_refused():
    """Two sessions: without the lock, both would be committed."""
    loser, into, user = ActorFactory(), ActorFactory(), UserFactory()
    mention = MentionFactory()
    values = (loser.pk, into.pk, user.pk)
    with sessions() as (one, two):
        one.execute(
            "INSERT INTO curation_merge (actor_id, actor_into_id, by_id, at, why,"
            " undone_why) VALUES (%s, %s, %s, now(), 'same', '')",
            values,
        )
        one.execute(
            "UPDATE actors_actor SET status = 'rejected' WHERE id = %s", values[:1]
        )
        refused_after_waiting(
            "actors_mention_actor_id_not_merged",
            one,
            lambda: two.execute(
                "UPDATE actors_mention SET actor_id = %s WHERE id = %s",
                (loser.pk, mention.pk),
            ),
        )
    assert Merge.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_merge_two_records_into_each_other_take_turns():
    first, second, user = ActorFactory(), ActorFactory(), UserFactory()
    query = (
        "INSERT INTO curation_merge (actor_id, actor_into_id, by_id, at, why,"
        " undone_why) VALUES (%s, %s, %s, now(), 'same', '')"
    )
    withdraw = "UPDATE actors_actor SET status = 'rejected' WHERE id = %s"
    with sessions() as (one, two):
        one.execute(query, (first.pk, second.pk, user.pk))
        one.execute(withdraw, (first.pk,))
        refused_after_waiting(
            "curation_merge_not_into_merged",
            one,
            lambda: two.execute(query, (second.pk, first.pk, user.pk)),
        )
