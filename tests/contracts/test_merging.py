"""Every column that names an actor, an event or a place is known to merging."""

from __future__ import annotations

import pytest
from django.apps import apps

from curation.merging.references import FOLLOWERS, KINDS, MOVED, STAYS

RECORDS = set(KINDS.values())
HELP = (
    "{name} names a record that can be merged. Say what a merge does with it, in "
    "curation/merging/references.py: a Reference in MOVED (then give it the triggers "
    "of a migration like curation's 0008 and a row in tests/curation/test_merging.py's "
    "full()), a Follower, or a reason in STAYS."
)


def pointing_at_records():
    """Columns of our tables that point at a record, but for tables of history."""
    for model in RECORDS:
        for relation in model._meta.get_fields(include_hidden=True):
            if relation.auto_created and not relation.concrete:
                source = relation.related_model
                if not hasattr(source, "pgh_tracked_model"):
                    yield f"{source._meta.label}.{relation.field.name}", model


def known():
    moved = {
        f"{each.label}.{each.field}": model
        for model, references in MOVED.items()
        for each in references
    }
    return moved | dict.fromkeys(STAYS)


@pytest.mark.parametrize(("name", "model"), sorted(pointing_at_records(), key=str))
def test_every_reference_to_a_record_is_classified(name, model):
    assert name in known(), HELP.format(name=name)
    assert known()[name] in {model, None}, f"{name} names another kind of record"


def test_nothing_is_classified_that_is_not_there():
    assert known().keys() == {name for name, _ in pointing_at_records()}
    assert len(known()) >= 22


@pytest.mark.parametrize(
    "reference",
    [each for references in MOVED.values() for each in references],
    ids=lambda each: f"{each.label}.{each.field}",
)
def test_what_may_be_there_once_is_known_to_the_merge(reference):
    """Unique columns beside the one that moves are what the Reference says."""
    constraints = reference.model._meta.total_unique_constraints
    others = [
        *({*constraint.fields} for constraint in constraints),
        *(
            {e.name for e in c.expressions}
            for c in reference.model._meta.constraints
            if getattr(c, "expressions", ())
            and not hasattr(c, "condition_only")
            and all(hasattr(e, "name") for e in getattr(c, "expressions", ()))
        ),
    ]
    once = {each.removesuffix("_id") for each in reference.once}
    expected = [
        fields - {reference.field} for fields in others if reference.field in fields
    ]
    assert [once] == expected or (not once and not expected)


def test_what_stays_behind_takes_along_who_names_it():
    """Whatever names a row that may stay with the merged record is a Follower."""
    staying = {
        each.model for references in MOVED.values() for each in references if each.once
    }
    naming = {
        f"{field.related_model._meta.label}.{field.field.name}"
        for model in staying
        for field in model._meta.get_fields(include_hidden=True)
        if field.auto_created
        and not field.concrete
        and not hasattr(field.related_model, "pgh_tracked_model")
    }
    assert naming == {f"{f.model._meta.label}.{f.field}" for f in FOLLOWERS}, (
        "add a Follower to curation/merging/references.py"
    )


def test_models_are_walked():
    assert len(list(pointing_at_records())) >= 22
    assert apps.get_model("actors.Actor") in RECORDS
