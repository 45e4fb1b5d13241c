"""The page of the queue: what it shows, and what its buttons do."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from curation.leases import take
from curation.models import Lease
from tests.factories.curation import UserFactory
from tests.factories.sources import ArticleFactory, OutletFactory

pytestmark = pytest.mark.django_db


def logged_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def client(curator):
    return logged_in(curator)


@pytest.fixture
def url():
    return reverse("admin:curation_queue")


def shown(client, url, **query):
    return client.get(url, query).content.decode()


def test_it_lies_where_people_look_for_it(client, url):
    assert url == "/admin/curation/queue/"
    menu = client.get(reverse("admin:index")).content.decode()
    assert f'href="{url}"' in menu


def test_an_article_is_shown_with_its_priority_and_reasons(client, url):
    outlet = OutletFactory(name="The Example")
    ArticleFactory(title="Attack in Kabul", outlet=outlet)
    page = shown(client, url)
    assert "Attack in Kabul" in page
    assert "nothing of the text is coded yet" in page
    assert "The Example: reliability not judged" in page
    assert '<td class="nd-priority">33</td>' in page


def test_the_next_one_is_taken_and_opened(client, url, curator):
    article = ArticleFactory()
    answer = client.post(url, {"next": "1"})
    assert str(article.pk) in answer.url
    assert Lease.objects.get().by == curator


def test_one_is_chosen_and_opened(client, url, curator):
    _, chosen = ArticleFactory(), ArticleFactory()
    answer = client.post(url, {"open": chosen.pk})
    assert str(chosen.pk) in answer.url
    assert Lease.objects.get().article == chosen


def test_nothing_is_left_to_take(client, url, reviewer):
    take(ArticleFactory(), by=reviewer)
    page = client.post(url, {"next": "1"}, follow=True).content.decode()
    assert "Nothing waits that is not on somebody’s desk already." in page
    assert "Take the next one</button>" not in page


def test_who_has_an_article_is_shown(client, url, reviewer):
    article = ArticleFactory()
    lease = take(article, by=reviewer)
    page = shown(client, url)
    assert f"reviewer since {lease.taken_at:%H:%M}" in page
    assert "Take over" not in page
    refused = client.post(url, {"open": article.pk}, follow=True).content.decode()
    assert "reviewer has had" in refused
    assert Lease.objects.get().by == reviewer


def test_an_article_is_given_back(client, url, curator):
    article = ArticleFactory(title="Attack")
    take(article, by=curator)
    page = client.post(url, {"release": article.pk}, follow=True).content.decode()
    assert "“Attack” is free for others again." in page
    assert not Lease.objects.exists()


def test_a_reviewer_takes_over_and_the_curator_reads_why(
    client, url, curator, reviewer
):
    article = ArticleFactory()
    take(article, by=curator)
    theirs = logged_in(reviewer)
    assert "Take over" in shown(theirs, url)
    refused = theirs.post(url, {"take_over": article.pk, "why": ""}, follow=True)
    assert "Say why you take it over" in refused.content.decode()
    theirs.post(url, {"take_over": article.pk, "why": "She is ill"})
    assert Lease.objects.get().by == reviewer
    assert "Took it over from curator: She is ill" in shown(client, url)
    assert "She is ill" not in shown(theirs, url)


def test_a_curator_cannot_take_over(client, url, reviewer):
    article = ArticleFactory()
    take(article, by=reviewer)
    client.post(url, {"take_over": article.pk, "why": "mine"})
    assert Lease.objects.get().by == reviewer


def test_only_mine_and_only_one_outlet(client, url, curator):
    outlet = OutletFactory()
    ArticleFactory(title="Of another one")
    theirs = ArticleFactory(title="Of this one", outlet=outlet)
    page = shown(client, url, outlet=outlet.pk)
    assert "Of this one" in page
    assert "Of another one" not in page
    assert "Nothing is on your desk" in shown(client, url, mine="on")
    take(theirs, by=curator)
    page = shown(client, url, mine="on")
    assert "Of this one" in page
    assert "Of another one" not in page


@pytest.mark.parametrize("outlet", ["", "x", "²", "9" * 30])
def test_an_outlet_that_is_none_shows_all(client, url, outlet):
    ArticleFactory(title="Attack")
    assert "Attack" in shown(client, url, outlet=outlet)


@pytest.mark.parametrize("verb", ["open", "release", "take_over"])
@pytest.mark.parametrize("pk", ["", "x", "9" * 17])
def test_an_article_that_is_none_is_not_found(client, url, verb, pk):
    assert client.post(url, {verb: pk}).status_code == 404


def test_no_button_says_so(client, url):
    page = client.post(url, {}, follow=True).content.decode()
    assert "Choose an article, or take the next one." in page


def test_an_empty_queue_leads_on(client, url):
    assert "import_articles fixtures/seeds" in shown(client, url)
    ArticleFactory(status="rejected")
    assert "Nothing waits: every article is coded" in shown(client, url)
    outlet = OutletFactory()
    assert "Nothing of this outlet waits" in shown(client, url, outlet=outlet.pk)


def test_who_may_not_see_articles_does_not_see_the_queue(url):
    client = logged_in(UserFactory(is_staff=True))
    assert client.get(url).status_code == 403
    assert client.post(url, {"next": "1"}).status_code == 403


def test_who_only_reads_is_offered_no_buttons(url):
    from django.contrib.auth.models import Group

    reader = UserFactory(is_staff=True)
    reader.groups.add(Group.objects.get(name="Reader"))
    ArticleFactory(title="Attack")
    page = shown(logged_in(reader), url)
    assert "Attack" in page
    assert "Take the next one</button>" not in page
    assert 'name="open"' not in page
