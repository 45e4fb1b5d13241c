"""The desk: an article as the curator reads it."""

from __future__ import annotations

import html.parser

import pytest
from django.urls import reverse

from actors.models import Mention
from curation.admin.reading import reading_of
from curation.models import Omission
from tests.admin_forms import added_line, filled
from tests.factories.actors import ActorFactory, MentionFactory
from tests.factories.curation import OmissionFactory
from tests.factories.events import ClaimFactory
from tests.factories.sources import ArticleFactory, OutletFactory, SpanFactory

pytestmark = pytest.mark.django_db

TEXT = "Ad.\nThe <b>Taliban</b> & the attack killed 13 people."


@pytest.fixture
def article():
    return ArticleFactory(text=TEXT)


def change(article):
    return reverse("admin:sources_article_change", args=[article.pk])


class Words(html.parser.HTMLParser):
    """The text of a piece of HTML and the ids in it, as a browser sees them."""

    def __init__(self, markup):
        super().__init__()
        self.text, self.ids, self.links = "", [], []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if tag == "a" else []

    def handle_data(self, data):
        self.text += data


def test_the_text_is_shown_whole_whatever_lies_over_it(article):
    claim = ClaimFactory(evidence__article=article)
    ClaimFactory(evidence__article=article, evidence__quote="attack killed 13")
    MentionFactory(article=article, quote="attack")
    MentionFactory(article=article, quote="Taliban", actor=ActorFactory(name="<i>T"))
    OmissionFactory(article=article, quote="the attack")
    SpanFactory(article=article, kind="noise", start=0, end=3)
    shown = Words(reading_of(article))
    assert shown.text == TEXT
    start = claim.evidence.get().start
    assert f"c{start}" in shown.ids
    assert len(shown.ids) == len(set(shown.ids))
    assert reverse("admin:events_claim_change", args=[claim.pk]) in shown.links


def test_nothing_in_an_article_is_markup(article):
    markup = reading_of(article)
    assert "<b>" not in markup
    assert "&lt;b&gt;" in markup


def test_the_page_lists_the_claims_and_offers_no_way_to_edit_the_text(
    admin_client, article
):
    ClaimFactory(evidence__article=article, statement="People died.")
    page = admin_client.get(change(article))
    assert "People died." in page.content.decode()
    assert "text" not in page.context["adminform"].form.fields


def test_articles_are_imported_not_typed(admin_client):
    assert admin_client.get(reverse("admin:sources_article_add")).status_code == 403


def test_a_mention_and_an_omission_are_added_by_their_words(admin_client, article):
    page = admin_client.get(change(article))
    sent = filled(page, why="coded")
    sent |= added_line(page, "mentions", quote="Taliban", actor=ActorFactory().pk)
    sent |= added_line(page, "omissions", quote="Ad.", reason="advertising")
    admin_client.post(change(article), sent)
    assert Mention.objects.get().start == 11
    assert (Omission.objects.get().start, Omission.objects.get().end) == (0, 3)
    assert Mention.objects.get().status == "draft"


def test_an_article_with_hundreds_of_mentions_is_still_saved(admin_client):
    article, actor = ArticleFactory(text="IS " * 300), ActorFactory()
    Mention.objects.bulk_create(
        Mention(article=article, actor=actor, quote="IS", start=i * 3, end=i * 3 + 2)
        for i in range(300)
    )
    second = change(article) + "?mentions-page=2"
    sent = filled(admin_client.get(second), why="longer", title="Renamed")
    sent |= {"mentions-0-start": 120, "mentions-0-end": 125}
    assert admin_client.post(second, sent).status_code == 302
    article.refresh_from_db()
    assert article.title == "Renamed"
    assert Mention.objects.get(start=120).quote == "IS IS"
    assert article.mentions.count() == 300


def test_the_list_counts_claims_not_quotes(admin_client, article):
    ClaimFactory(evidence__article=article)
    page = admin_client.get(reverse("admin:sources_article_changelist"))
    assert [row.claim_count for row in page.context["cl"].result_list] == [1]


def test_claims_are_read_in_the_order_of_the_text(admin_client, article):
    ClaimFactory(slug="a-1", evidence__article=article)
    ClaimFactory(
        slug="a-2", kind="cause", evidence__article=article, evidence__quote="Taliban"
    )
    read = admin_client.get(change(article)).context["claims"]
    ((state, _, drafts),) = read
    assert state == "draft"
    assert [each.claim.slug for each in drafts] == ["a-2", "a-1"]


@pytest.mark.parametrize("word", ["chronicle", "004.txt"])
def test_an_article_is_found_by_its_outlet_and_its_file(admin_client, word):
    outlet = OutletFactory(name="The Chronicle")
    found = ArticleFactory(title="", outlet=outlet, source_name="004.txt")
    ArticleFactory()
    url = reverse("admin:sources_article_changelist")
    assert list(admin_client.get(url, {"q": word}).context["cl"].queryset) == [found]
    asked = {
        "app_label": "events",
        "model_name": "evidence",
        "field_name": "article",
        "term": word,
    }
    answer = admin_client.get(reverse("admin:autocomplete"), asked).json()
    assert [each["id"] for each in answer["results"]] == [str(found.pk)]
