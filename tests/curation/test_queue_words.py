"""The queue says what articles are about, and is searched by words."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from curation.abouts import abouts
from curation.queue import queue
from tests.factories.curation import ProposalFactory, RunFactory, SightingFactory
from tests.factories.sources import ArticleFactory, SpanFactory

pytestmark = pytest.mark.django_db


def found(words):
    return [waiting.article.title for waiting in queue(words=words)]


@pytest.fixture
def attack():
    text = "Attack\nin Kabul\n\nAt the airport 13 people died. They fled."
    return ArticleFactory(title="Attack in Kabul", text=text)


def test_words_are_found_in_titles_and_texts(attack):
    ArticleFactory(title="Rain in Herat", text="It rained at the airport of Herat.")
    assert found("kabul") == ["Attack in Kabul"]
    assert found("airport died") == ["Attack in Kabul"]
    assert sorted(found("airport")) == ["Attack in Kabul", "Rain in Herat"]
    assert found("kabul herat") == []


def test_titles_are_searched_beyond_those_weighed(attack, monkeypatch):
    monkeypatch.setattr("curation.queue.WINDOW", 1)
    ArticleFactory(title="Rain in Herat", text="It rained at the bus station.")
    hidden = ArticleFactory(title="Flood in Balkh", text="It rained in the fields.")
    ArticleFactory(title="Snow in Ghor", text="It snowed.")
    assert found("balkh") == [hidden.title]
    assert found("fields") == []  # its text is not weighed


def test_it_says_how_they_begin_and_who_and_where(attack):
    run = RunFactory(article=attack)
    fields = ProposalFactory.build(article=attack, quote="people").fields
    for words in ("people", "They", "fled"):
        name = "Others" if words == "fled" else "The people"
        actor = ProposalFactory(
            article=attack, quote=words, fields=fields | {"name": name}
        )
        SightingFactory(run=run, proposal=actor)
    about = abouts([attack.pk])[attack.pk]
    assert about.begins == "At the airport 13 people died. They fled."
    assert about.actors == ["The people", "Others"]
    assert about.places == []


def test_it_begins_where_the_body_does():
    text = "text_fieldsKabul: The airport was closed.\nNobody was hurt."
    article = ArticleFactory(title="", text=text)
    begins = {"noise": 0, "dateline": 11, "body": 18}
    ends = [*list(begins.values())[1:], len(text)]
    for (kind, start), end in zip(begins.items(), ends, strict=True):
        SpanFactory(article=article, kind=kind, start=start, end=end)
    found = abouts([article.pk])[article.pk]
    assert found.begins == "The airport was closed. Nobody was hurt."


def test_the_page_shows_it_and_finds_it(attack, curator):
    client = Client()
    client.force_login(curator)
    url = reverse("admin:curation_queue")
    page = client.get(url, {"q": "airport"}).content.decode()
    assert "At the airport 13 people died." in page
    assert 'value="airport"' in page
    assert "<title>" in page
    assert "Queue: which articles wait" in page.partition("</title>")[0]
    page = client.get(url, {"q": "Ghazni\0"}).content.decode()
    assert "No article that waits has “Ghazni” in its title" in page
