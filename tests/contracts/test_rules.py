"""Every rule of the database has a test that tries to break it.

A rule is a named constraint or trigger of one of our models. Its name must stand in
one of the files tests/*/test_*rules.py: `constraint`, or `table:trigger`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import CheckConstraint, ForeignKey, UniqueConstraint

from sources.models import Term
from sources.services import recorded
from tests.factories.events import EvidenceFactory
from tests.rules import (
    copy,
    delete,
    factory_of,
    full_row_of,
    insert,
    refused,
    sql,
    update,
)

APPS = {"sources", "actors", "events", "curation", "publishing"}
MODELS = [m for m in apps.get_models() if m._meta.app_label in APPS]
TRACKED = [m for m in MODELS if hasattr(m, "history")]
# Triggers of sources.models.tracked; tested below for every tracked model.
HISTORY = {"insert_insert", "update_update", "delete_delete"}
TESTS = "\n".join(
    path.read_text() for path in Path(__file__).parents[1].glob("*/test_*rules.py")
)


def rules_of(model):
    table = model._meta.db_table
    for constraint in model._meta.constraints:
        assert isinstance(constraint, CheckConstraint | UniqueConstraint)
        yield constraint.name
    for trigger in getattr(model._meta, "triggers", []):
        if not (model in TRACKED and trigger.name in HISTORY):
            yield f"{table}:{trigger.name}"


RULES = sorted({rule for model in MODELS for rule in rules_of(model)})


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_test_that_breaks_it(rule):
    assert rule in TESTS, (
        f"No test tries to break {rule}. Add one to tests/<app>/test_rules.py: raw SQL"
        f' under `with refused("{rule}"):`, and a row that is `allowed()`.'
    )


def test_the_walk_sees_constraints_and_triggers():
    assert "events_claim_low_before_high" in RULES
    assert "sources_article:text_never_changes" in RULES
    assert len(TRACKED) >= 13


@pytest.mark.parametrize(
    ("model", "column"),
    [
        (model, field.name)
        for model in MODELS
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.related_model is Term
        if not model.__name__.endswith("History") and model is not Term
    ],
)
def test_every_column_of_codes_is_held_to_its_list(model, column):
    names = [constraint.name for constraint in model._meta.constraints]
    assert f"{model._meta.db_table}_{column}_from_its_list" in names, (
        f"{model.__name__}.{column} takes codes of any list. Add "
        f'term_constraint("{column}", <list>) to its constraints.'
    )


CHANGES = {
    "actors_mention": {"note": "x"},
    "curation_omission": {"reason": "x"},
    "events_attribution": {"text": "x"},
    "events_claim": {"note": "x"},
    "events_event": {"summary": "x"},
    "events_evidence": {"start": 0, "end": 5, "quote": "Kabul"},
    "events_participation": {"role_id": "role/host"},
    "events_support": {"stance": "disputes"},
    "sources_article": {"title": "x"},
}


@pytest.mark.django_db
@pytest.mark.parametrize("model", TRACKED, ids=lambda model: model._meta.db_table)
def test_history_sees_raw_sql_and_copy(model):
    """Who, when, why and the state, whoever writes, and however."""
    table = model._meta.db_table
    row = factory_of(table)()
    history = model.history.rel.related_model.objects.filter(pgh_obj_id=row.pk)
    before = set(history.values_list("pk", flat=True))
    change = CHANGES.get(
        table, {"name": "x"} if hasattr(model, "name") else {"note": "x"}
    )
    with recorded(by="psql", why="to see it"):
        update(row, **change)
        values = full_row_of(row)
        delete(row)
        insert(table, **values)
        delete(row)
        copy(table, values)
    kept = history.exclude(pk__in=before).order_by("pgh_id")
    labels = [entry.pgh_label for entry in kept]
    assert labels == ["update", "delete", "insert", "delete", "insert"]
    for entry in kept:
        assert entry.pgh_context.metadata["by"] == "psql"
        assert entry.pgh_context.metadata["why"] == "to see it"
        for column, value in change.items():
            assert getattr(entry, column) == value


@pytest.mark.django_db
def test_without_its_trigger_a_wrong_quote_would_pass():
    """The tests of rules can fail: they see the rule and nothing else."""
    proof = EvidenceFactory()
    [(trigger,)] = sql(
        "SELECT tgname FROM pg_trigger WHERE tgrelid = 'events_evidence'::regclass"
        " AND starts_with(tgname, 'pgtrigger_quote_is_text_on_update')"
    )
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql(f'DROP TRIGGER "{trigger}" ON events_evidence')  # until the rollback
    with (
        pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"),
        refused("events_evidence_quote_is_text"),
    ):
        update(proof, quote="killed 31 people")
