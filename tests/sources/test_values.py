"""Filters offer what columns hold, without reading whole tables."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sources.admin import values
from tests.factories.curation import RunFactory
from tests.factories.sources import ArticleFactory

pytestmark = pytest.mark.django_db

ARTICLES = "admin:sources_article_changelist"
RUNS = "admin:curation_run_changelist"


def offered(client, name, column):
    """The title of a filter and what may be chosen in it, but for "All"."""
    changelist = client.get(reverse(name)).context["cl"]
    spec = next(
        each
        for each in changelist.filter_specs
        if getattr(each, "field_path", "") == column
    )
    return spec.title, [each["display"] for each in spec.choices(changelist)][1:]


def test_each_language_of_the_articles_is_offered_once(admin_client):
    for language in ("fr", "ar", "fr", "prs"):
        ArticleFactory(language=language)
    assert offered(admin_client, ARTICLES, "language")[1] == ["ar", "fr", "prs"]
    page = admin_client.get(reverse(ARTICLES), {"language": "fr"})
    assert [row.language for row in page.context["cl"].result_list] == ["fr", "fr"]


def test_of_no_articles_no_language_is_offered(admin_client):
    assert offered(admin_client, ARTICLES, "language")[1] == []


def test_the_newest_runs_say_which_extractors_are_offered(admin_client, monkeypatch):
    for extractor in ("dates", "actors", "claims", "claims"):
        RunFactory(extractor=extractor)
    title, extractors = offered(admin_client, RUNS, "extractor")
    assert extractors == ["actors", "claims", "dates"]
    assert title == "extractor, of the newest 10,000"
    monkeypatch.setattr(values, "NEWEST", 3)
    title, extractors = offered(admin_client, RUNS, "extractor")
    assert extractors == ["actors", "claims"]
    assert title == "extractor, of the newest 3"
