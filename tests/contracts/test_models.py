"""Every model has what every model must have."""

from __future__ import annotations

import pytest
from django.apps import apps

from publishing.dependents import WATCHED
from sources.models import Curated

ROOMS = ["sources", "actors", "events", "curation", "publishing"]
OURS = [
    model
    for model in apps.get_models()
    if model._meta.app_label in ROOMS and not model.__name__.endswith("History")
]

# Why a table keeps no history.
WITHOUT_HISTORY = {
    "Term": "kept under version control in fixtures/reference",
    "Span": "derived from an article's text, which never changes",
    "ActorIdentifier": "a pointer to another database; its own history is there",
    "PlaceIdentifier": "as ActorIdentifier",
    "EventIdentifier": "as ActorIdentifier",
    "Document": "is a history itself",
    "Stale": "a note that lives for seconds",
    "Estimate": "derived from claims",
    "GazetteerEntry": "reference data, exchanged as a whole with each edition",
    "GazetteerName": "as GazetteerEntry",
    "ArticleDigest": "derived from an article and its findings",
    "Run": "only grows: is a history itself",
    "Proposal": "as Run",
    "Sighting": "as Run",
    "Judgement": "as Run; superseded, never overwritten",
    "Step": "as Run; undone once",
    "Batch": "as Run; undone by another batch",
    "Merge": "as Run; undone once",
    "MergeMove": "as Run",
    "Lease": "who works on what just now",
    "Visit": "when somebody was here last",
    "Token": "as Run; used, and revoked once",
    "Quota": "a count of one minute",
    "KeptAnswer": "kept for a day, for whoever asks again",
    "Posting": "derived from documents, which are a history",
    "Magnitude": "as Posting",
    "Area": "as Posting",
    "NameForm": "as Posting",
}
# Why a change to a table touches no document.
UNWATCHED = {
    "curation_omission": "what is deliberately not coded is nobody's document",
    "curation_articledigest": "derived, for machines",
    "curation_run": "machines' work is never public",
    "curation_proposal": "as curation_run",
    "curation_sighting": "as curation_run",
    "curation_judgement": "what it made is public by itself, once published",
    "curation_step": "as curation_judgement",
    "curation_batch": "the rows it changed are watched",
    "curation_mergemove": "the rows it moved are watched, and so is its merge",
    "curation_lease": "who works on what is nobody's document",
    "curation_visit": "as curation_lease",
    "publishing_token": "who may use the API is nobody's document",
    "publishing_quota": "as publishing_token",
    "publishing_keptanswer": "as publishing_token",
    "publishing_document": "is the documents",
    "publishing_posting": "derived from the documents",
    "publishing_magnitude": "as publishing_posting",
    "publishing_area": "as publishing_posting",
    "publishing_nameform": "as publishing_posting",
    "publishing_stale": "is the notes themselves",
    "publishing_estimate": "derived while documents are rendered",
    "events_gazetteerentry": "where machines look names up; curators' places are shown",
    "events_gazetteername": "as events_gazetteerentry",
}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_model_keeps_its_history(model):
    kept = hasattr(model, "history")
    excused = model.__name__ in WITHOUT_HISTORY
    assert kept != excused, (
        f"track {model.__name__} (sources.models.tracked), or say in WITHOUT_HISTORY "
        "why not"
    )


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_change_of_a_table_is_noticed_by_publishing(model):
    table = model._meta.db_table
    assert (table in WATCHED) != (table in UNWATCHED), (
        f"{table}: note its changes (a migration like publishing's 0003, and WATCHED "
        "in publishing/dependents.py), or say in UNWATCHED why no document shows it"
    )


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_model_is_ordered_named_and_described(model):
    assert model._meta.ordering, "an unordered list changes under its reader"
    assert model.__doc__, "say what a row is"
    assert not model.__doc__.startswith(f"{model.__name__}("), "say what a row is"


@pytest.mark.parametrize(
    "model",
    [model for model in OURS if issubclass(model, Curated)],
    ids=lambda model: model.__name__,
)
def test_objects_are_never_filtered_in_secret(model):
    assert model._default_manager.name == "objects"
    sql = str(model.objects.order_by().values("pk").query)
    assert "WHERE" not in sql
