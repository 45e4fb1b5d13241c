"""Attempts to rewrite the history, to act under a false name, and to ignore rules."""

from __future__ import annotations

from contextlib import suppress

import pgtrigger
import pytest
from django.db import transaction

from sources.services import recorded
from tests.factories.actors import ActorFactory
from tests.factories.events import EvidenceFactory, PlaceFactory
from tests.factories.sources import TEXT, ArticleFactory, OutletFactory
from tests.rules import (
    allowed,
    copy,
    delete,
    factory_of,
    full_row_of,
    insert_like,
    refused,
    sql,
    update,
)

pytestmark = pytest.mark.django_db

APPEND_ONLY = [
    "sources_outlethistory:append_only",
    "sources_originhistory:append_only",
    "sources_articlehistory:append_only",
    "actors_actorhistory:append_only",
    "actors_aliashistory:append_only",
    "actors_mentionhistory:append_only",
    "actors_relationhistory:append_only",
    "events_placehistory:append_only",
    "events_eventhistory:append_only",
    "events_participationhistory:append_only",
    "events_claimhistory:append_only",
    "events_placenamehistory:append_only",
    "events_attributionhistory:append_only",
    "events_evidencehistory:append_only",
    "events_supporthistory:append_only",
    "curation_omissionhistory:append_only",
]


@pytest.mark.parametrize("rule", APPEND_ONLY)
def test_the_history_only_grows(rule):
    history = rule.partition(":")[0]
    row = factory_of(history.removesuffix("history"))()
    for change in ("pgh_label = 'x'", "pgh_context_id = NULL", "pgh_obj_id = 0"):
        with refused(rule):
            sql(f"UPDATE {history} SET {change} WHERE pgh_obj_id = %s", row.pk)
    with refused(rule):
        sql(f"DELETE FROM {history} WHERE pgh_obj_id = %s", row.pk)
    assert [entry.pgh_label for entry in row.history.all()] == ["insert"]


# --- Who and why --------------------------------------------------------------


def last_of(row):
    """Who and why of the last entry in the history of a row; None: nobody says."""
    context = row.history.latest("pgh_id").pgh_context
    return context and (context.metadata["by"], context.metadata["why"])


def fail(row, *, by):
    """Somebody writes and fails, which undoes what they wrote."""
    with suppress(ZeroDivisionError), recorded(by=by, why="to fail"):
        update(row, name="Undone")
        assert last_of(row) is not None
        raise ZeroDivisionError


def test_copy_as_the_first_statement_is_recorded():
    outlet = OutletFactory()
    values = full_row_of(outlet)
    delete(outlet)
    assert last_of(outlet) is None
    with recorded(by="loader", why="a copy"):
        copy("sources_outlet", values)
    assert last_of(outlet) == ("loader", "a copy")


def test_what_follows_in_the_same_transaction_is_by_nobody():
    outlet = OutletFactory()
    values = full_row_of(outlet)
    with transaction.atomic():
        with recorded(by="anna", why="to begin"):
            update(outlet, name="Recorded")
        assert last_of(outlet) == ("anna", "to begin")
        update(outlet, name="Not recorded")
        assert last_of(outlet) is None
        delete(outlet)
        copy("sources_outlet", values)
        assert last_of(outlet) is None
        with recorded(by="berta", why="to end"):
            update(outlet, name="Recorded again")
        assert last_of(outlet) == ("berta", "to end")


def test_what_follows_a_failure_is_by_nobody():
    outlet = OutletFactory()
    fail(outlet, by="anna")
    update(outlet, name="Not recorded")
    assert last_of(outlet) is None
    with recorded(by="berta", why="to go on"):
        update(outlet, name="Recorded")
    assert last_of(outlet) == ("berta", "to go on")


def test_inside_another_the_outer_one_says_who():
    outlet, outer = OutletFactory(), ("anna", "the whole")
    with recorded(by="anna", why="the whole"):
        with recorded(by="berta", why="a part"):
            update(outlet, name="Inside")
            assert last_of(outlet) == outer
        update(outlet, name="After")
        assert last_of(outlet) == outer
        fail(outlet, by="berta")
        update(outlet, name="After a failure")
        assert last_of(outlet) == outer
    assert {e.name for e in outlet.history.all()} >= {"Inside", "After"}
    assert not outlet.history.filter(name="Undone").exists()


# --- No setting switches rules off --------------------------------------------


def attacks():
    """Rules of every sort, each with what breaks it."""
    proof, place = EvidenceFactory(), PlaceFactory()
    article = ArticleFactory(text=TEXT)
    outlet = OutletFactory(status="published")
    sql("SET CONSTRAINTS ALL IMMEDIATE")  # a table with rules to check is not emptied
    sql("SET CONSTRAINTS ALL DEFERRED")
    return [
        ("events_evidence_quote_is_text", lambda: update(proof, quote="?")),
        (
            "events_claim_has_evidence",
            lambda: insert_like(proof.claim, slug="unproved"),
        ),
        ("events_claim_has_evidence", lambda: delete(proof)),
        ("events_place_not_inside_itself", lambda: update(place, parent_id=place.pk)),
        ("sources_article:text_never_changes", lambda: update(article, text="x")),
        ("sources_outlet:stays_once_public", lambda: delete(outlet)),
        (
            "sources_outlet:never_a_draft_again",
            lambda: update(outlet, status="draft"),
        ),
        ("sources_outlet:id_never_changes", lambda: update(outlet, slug="x")),
        ("sources_outlet:not_emptied", lambda: sql("TRUNCATE sources_outlet CASCADE")),
        (
            "sources_outlethistory:append_only",
            lambda: sql("DELETE FROM sources_outlethistory"),
        ),
    ]


def test_ignoring_triggers_by_a_setting_changes_nothing():
    for rule, attack in attacks():
        with refused(rule):
            names = "SELECT array_agg(tgname)::text FROM pg_trigger"
            sql(f"SELECT set_config('pgtrigger.ignore', ({names}), true)")
            attack()


def test_ignoring_triggers_in_python_changes_nothing():
    for rule, attack in attacks():
        with pgtrigger.ignore(), refused(rule):
            attack()


def test_ignoring_triggers_leaves_the_history():
    actor = ActorFactory()
    with allowed(), pgtrigger.ignore():
        update(actor, name="Another")
    assert actor.history.latest("pgh_id").name == "Another"
