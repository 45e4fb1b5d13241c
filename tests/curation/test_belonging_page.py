"""The pages of “with what belongs to it”, and what is said after publishing."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from curation.models import Batch
from events.models import Claim
from tests.admin_forms import said
from tests.curation.belonging_helper import coded_by, more_of
from tests.factories.curation import UserFactory
from tests.factories.events import ClaimFactory
from tests.rules import update

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(curator):
    return coded_by(curator)


@pytest.fixture
def reviewing(client, reviewer):
    client.force_login(reviewer)
    return client


def plan_url(row, move):
    return reverse("admin:curation_together", args=[row._meta.model_name, row.pk, move])


def page_url(row):
    meta = row._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])


def shown(client, row):
    return client.get(page_url(row)).content.decode()


def agree(client, row, move, *, why="checked"):
    url = plan_url(row, move)
    seen = client.get(url).context["plan"].fingerprint
    return client.post(url, {"plan": seen, "why": why}, follow=True)


def moved(client, row, action):
    """What the button of one row says afterwards."""
    meta = row._meta
    url = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    sent = {"action": action, "_selected_action": [row.pk], "next": page_url(row)}
    return said(client.post(url, sent, follow=True))


# --- The plan --------------------


def test_the_plan_counts_by_kind_and_state(reviewing, case):
    update(case.figure, status="draft")
    update(case.city, status="reviewed")
    page = reviewing.get(plan_url(case.event, "publish"))
    kinds = {kind["name"]: kind for kind in page.context["kinds"]}
    assert kinds["2 places"]["moving"] == [(1, "coded"), (1, "reviewed")]
    (left,) = kinds["2 claims"]["left"]
    assert (left["number"], left["more"]) == (1, 0)
    words = page.content.decode()
    href = reverse("admin:events_claim_change", args=[case.figure.pk])
    named = f'<a href="{href}">“{case.figure.statement}”</a> is draft: who coded it'
    assert named in words
    assert "1 coded: reviewed by you first" in words
    assert "Publish 13 rows" in words
    assert case.states() == {"coded", "reviewed", "draft"}


def test_it_is_done_kept_and_told(reviewing, case):
    page = agree(reviewing, case.event, "publish")
    first, second = said(page)
    assert first.startswith("1 article, 1 event, 2 claims, 1 role")
    assert "are now published." in first
    batch = reverse("admin:curation_batch_change", args=[Batch.objects.get().pk])
    assert batch in first
    assert '“Attack” is public. <a class="nd-undo" href="/events/' in second
    assert case.states() == {"published"}
    assert reviewing.get(f"/events/{case.event.slug}/").status_code == 200


def test_the_batch_shows_the_rows_of_all_tables_and_undoes_them(reviewing, case):
    agree(reviewing, case.event, "review")
    url = reverse("admin:curation_batch_change", args=[Batch.objects.get().pk])
    page = reviewing.get(url)
    assert len(page.context["rows"]) == 14
    assert '<span class="nd-key">place:</span>' in page.content.decode()
    reviewing.post(url, {"why": "too quick"})
    assert case.states() == {"coded"}


def test_a_batch_of_many_tables_has_pages(reviewing, case):
    more_of(case, 20)
    agree(reviewing, case.article, "review")
    batch = Batch.objects.get()
    url = reverse("admin:curation_batch_change", args=[batch.pk])
    found = []
    for number in (1, 2, 3):
        rows = reviewing.get(f"{url}?p={number}").context["rows"]
        found += [row["href"] for row in rows]
    assert len(found) == len(set(found)) == batch.rows == 114


@pytest.mark.parametrize("why", ["", "  "])
def test_without_a_reason_nothing_is_done(reviewing, case, why):
    page = agree(reviewing, case.event, "publish", why=why)
    assert "The reason is empty" in page.content.decode()
    assert case.states() == {"coded"}


def test_a_plan_that_is_no_longer_true_is_shown_again(reviewing, case):
    url = plan_url(case.event, "publish")
    seen = reviewing.get(url).context["plan"].fingerprint
    update(case.figure, status="rejected")
    page = reviewing.post(url, {"plan": seen, "why": "all checked"})
    words = page.content.decode()
    assert "The plan is another one now" in words
    assert 'value="all checked"' in words
    assert case.states() == {"coded", "rejected"}


def test_a_plan_with_nothing_to_do_says_so(client, reviewer):
    client.force_login(reviewer)
    case = coded_by(reviewer)
    UserFactory(username="olga", is_superuser=True)
    words = client.get(plan_url(case.article, "review")).content.decode()
    assert "Nothing of it would change" in words
    assert "was coded by reviewer: another reviewer reviews it first" in words
    assert "Who may: olga." in words


def test_who_may_not_is_refused(client, curator, case):
    client.force_login(curator)
    for move in ("review", "publish"):
        url = plan_url(case.event, move)
        assert client.get(url).status_code == 403
        assert client.post(url, {"why": "x"}).status_code == 403
    assert case.states() == {"coded"}


@pytest.mark.parametrize(
    "path", ["actor/1/review/", "event/1/reject/", "event/99999/review/"]
)
def test_there_is_no_plan_for_what_is_not_there(reviewing, case, path):
    assert reviewing.get(f"/admin/together/{path}").status_code == 404


# --- On the pages of the rows --------------------


@pytest.mark.parametrize("name", ["article", "event", "said"])
def test_it_is_offered_beside_the_state(reviewing, case, name):
    row = getattr(case, name)
    words = shown(reviewing, row)
    assert "Review with what belongs to it" in words
    assert "Publish with what belongs to it" in words
    agree(reviewing, row, "review")
    words = shown(reviewing, row)
    assert "Review with what belongs to it" not in words
    assert plan_url(row, "publish") in words
    agree(reviewing, row, "publish")
    words = shown(reviewing, row)
    assert "with what belongs to it" not in words
    assert "See it on the site" in words


def test_who_may_not_is_not_offered_it(client, curator, case):
    reader = UserFactory(is_staff=True)
    reader.groups.add(Group.objects.get(name="Reader"))
    for user in (curator, reader):
        client.force_login(user)
        assert "with what belongs to it" not in shown(client, case.event)


def test_a_published_event_says_what_keeps_it_back(reviewing, case):
    update(case.event, status="published")
    update(case.said, status="published")
    words = shown(reviewing, case.event)
    assert f"Not public yet: the article “{case.article.title}” is coded." in words
    assert plan_url(case.event, "publish") in words
    assert "See it on the site" not in words


def test_a_curator_is_told_who_can_help(client, curator, case):
    update(case.event, status="published")
    client.force_login(curator)
    words = shown(client, case.event)
    assert "A reviewer publishes that." in words
    assert plan_url(case.event, "publish") not in words


# --- After “Publish” --------------------


def test_publishing_an_event_tells_what_is_missing(reviewing, case):
    for row in (case.event, case.said, case.figure):
        update(row, status="reviewed")
    done, missing = moved(reviewing, case.event, "publish")
    assert done == "1 event is now published."
    assert missing.startswith("Not public yet: 2 claims are reviewed and the article")
    assert plan_url(case.event, "publish") in missing
    update(case.article, status="published")
    update(case.figure, status="published")
    _, missing, public = moved(reviewing, case.said, "publish")
    assert missing.startswith("Public, but not whole: ")
    assert "See it on the site" in public


def test_publishing_several_tells_how_many_are_not_public(reviewing, case):
    claims = [case.said, case.figure]
    other = ClaimFactory(evidence__article__status="published", status="reviewed")
    for row in claims:
        update(row, status="reviewed")
    url = reverse("admin:events_claim_changelist")
    keys = [row.pk for row in (*claims, other)]
    sent = {"action": "publish", "_selected_action": keys}
    seen = reviewing.post(url, sent).context["plan"]["fingerprint"]
    page = reviewing.post(url, {**sent, "plan": seen, "why": "x"}, follow=True)
    assert said(page)[-1].startswith("Not public yet: 2 of them, such as “")
    assert Claim.objects.published().count() == 3


def test_no_more_is_said_of_other_moves_and_other_rows(reviewing, case):
    assert len(moved(reviewing, case.event, "mark_reviewed")) == 1
    update(case.place, status="reviewed")
    assert moved(reviewing, case.place, "publish") == ["1 place is now published."]


# --- The page asks no more for more --------------------


@pytest.mark.parametrize("kind", ["event", "article"])
def test_thirty_rows_ask_no_more_than_three(reviewing, case, kind):
    def asked(url):
        with CaptureQueriesContext(connection) as caught:
            reviewing.get(url)
        return len(caught)

    root = getattr(case, kind)
    urls = (plan_url(root, "publish"), page_url(root))
    for name in ("article", "event", "said"):
        update(getattr(case, name), status="published")
    more_of(case, 3)
    reviewing.get(urls[0])
    few = [asked(url) for url in urls]
    more_of(case, 27)
    assert all(
        many <= before
        for many, before in zip([asked(url) for url in urls], few, strict=True)
    )
