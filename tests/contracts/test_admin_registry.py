"""Every table of ours can be reached in the admin, or says here why not."""

from __future__ import annotations

from django.apps import apps
from django.contrib import admin
from unfold.admin import ModelAdmin

OUR_APPS = {"sources", "actors", "events", "curation", "publishing"}
# Label of a model: why it is not in the admin.
EXEMPT = {
    "curation.ArticleDigest": "words and numbers for machines; nobody reads it",
    "curation.Sighting": "joins Run and Proposal, which have their pages",
    "publishing.KeptAnswer": "answers for programs that ask twice; gone after a day",
    "publishing.Quota": "a count of one minute",
    "publishing.Posting": "derived from documents, for filters; `verify` proves it",
    "publishing.Magnitude": "as Posting",
    "publishing.Area": "as Posting",
    "publishing.NameForm": "as Posting",
    "curation.MergeMove": "counted on the page of its merge",
    "curation.Visit": "a time for each user; shown as what is new on the first page",
}


def ours():
    """Our models; tables of history are read on the page of the row itself."""
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in OUR_APPS and not hasattr(model, "pgh_tracked_model")
    ]


def inlined():
    return {
        inline.model
        for registered in admin.site._registry.values()
        for inline in registered.inlines
    }


def test_every_model_is_registered_or_an_inline():
    reachable = set(admin.site._registry) | inlined()
    missing = {m._meta.label for m in ours() if m not in reachable} - EXEMPT.keys()
    assert not missing, f"register {missing} or exempt them above, with the reason"


def test_every_page_has_the_same_look():
    plain = [
        model._meta.label
        for model, registered in admin.site._registry.items()
        if not isinstance(registered, ModelAdmin)
    ]
    assert not plain


def test_no_list_counts_all_rows_besides_those_found():
    counting = [
        model._meta.label
        for model, registered in admin.site._registry.items()
        if model._meta.app_label in OUR_APPS and registered.show_full_result_count
    ]
    assert not counting


def test_no_form_begins_with_empty_lines():
    # unfold preselects the first choice of an empty line, which then counts as filled.
    inlines = [i for r in admin.site._registry.values() for i in r.inlines]
    assert not [inline for inline in inlines if inline.extra]
