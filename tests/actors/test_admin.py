from __future__ import annotations

import pytest
from django.urls import reverse

from actors.models import Mention
from tests.admin_forms import errors_of, filled
from tests.factories.actors import (
    ActorFactory,
    AliasFactory,
    MentionFactory,
)
from tests.factories.sources import ArticleFactory

pytestmark = pytest.mark.django_db

ACTORS = "admin:actors_actor_changelist"


def found(client, words):
    page = client.get(reverse(ACTORS), {"q": words})
    return list(page.context["cl"].queryset)


@pytest.mark.parametrize("words", ["iskp", "Khorasan", "islamic KHÔRASAN", "isis-k"])
def test_an_actor_is_found_by_name_alias_or_key_without_accents(admin_client, words):
    actor = ActorFactory(name="Islamic State Khorāsān", slug="isis-k")
    AliasFactory(actor=actor, name="ISKP")
    ActorFactory(name="Another")
    assert found(admin_client, words) == [actor]


def test_a_percent_sign_is_a_letter_like_any_other(admin_client):
    ActorFactory(name="Anybody")
    assert found(admin_client, "%") == []


def test_an_alias_shared_by_two_actors_finds_both_once(admin_client):
    for name in ("One", "Two"):
        actor = ActorFactory(name=name)
        AliasFactory(actor=actor, name="ISIS")
        AliasFactory(actor=actor, name="ISIS branch")
    assert [actor.name for actor in found(admin_client, "isis")] == ["One", "Two"]


def add_mention(client, text, quote):
    url = reverse("admin:actors_mention_add")
    article = ArticleFactory(text=text)
    fields = {"article": article.pk, "quote": quote, "actor": ActorFactory().pk}
    return client.post(url, filled(client.get(url), **fields))


def test_a_mention_is_placed_by_its_whole_words(admin_client):
    add_mention(admin_client, "Talibans? The Taliban.", "Taliban")
    assert Mention.objects.get().start == 14


def test_a_mention_never_stands_inside_a_word(admin_client):
    page = add_mention(admin_client, "Talibans.", "Taliban")
    assert "does not stand" in errors_of(page)


def test_an_alias_of_another_actor_is_refused_in_words(admin_client):
    mention, alias = MentionFactory(), AliasFactory()
    url = reverse("admin:actors_mention_change", args=[mention.pk])
    sent = filled(admin_client.get(url), alias=alias.pk, why="x")
    page = admin_client.post(url, sent)
    assert "is not a name of actor" in errors_of(page)
