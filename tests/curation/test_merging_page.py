"""“Merge into…” in the admin: the plan before, the reason, the undo."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils.html import strip_tags

import curation.admin.merging
from curation.models import Merge
from events.models import Claim
from publishing.rendering import refresh
from tests.curation.merging_helper import MAKE, join, part, stored
from tests.factories.actors import ActorFactory, AliasFactory, MentionFactory
from tests.factories.events import ClaimFactory, EventFactory, ParticipationFactory
from tests.factories.sources import ArticleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, reviewer):
    client.force_login(reviewer)
    return client


def said(page):
    """What the next page would say."""
    return [strip_tags(str(each)) for each in get_messages(page.wsgi_request)]


def address(loser, into=None):
    page = reverse("admin:curation_merging", args=[loser._meta.model_name, loser.pk])
    return f"{page}?into={into.pk}" if into else page


def page_of(row):
    meta = row._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])


def states_said(page):
    """In the coloured fields that say states: of a form, or of the rows of a list."""
    fields = re.findall(
        r"<span class=\"inline-block font-semibold[^>]*>(.*?)</span>", page, re.DOTALL
    )
    return [unescape(each).strip() for each in fields]


def agree(client, loser, into, **sent):
    shown = client.get(address(loser, into))
    data = {"plan": shown.context["fingerprint"], "why": "one and the same", **sent}
    return client.post(address(loser, into), data)


@pytest.mark.parametrize("model", MAKE, ids=lambda model: model.__name__)
def test_from_the_page_of_a_record_to_the_merge_and_back(desk, model):
    loser, into = (MAKE[model](status="published") for _ in range(2))
    assert address(loser) in desk.get(page_of(loser)).content.decode()
    asked = desk.get(address(loser))
    assert "Which one stays" in asked.content.decode()
    done = agree(desk, loser, into)
    assert done.url == page_of(into)
    assert said(done) == [
        f"“{loser}” is merged into “{into}”. See what moved, or undo it"
    ]
    merge = Merge.objects.get()
    assert (merge.loser, merge.into, merge.why) == (loser, into, "one and the same")
    page = reverse("admin:curation_merge_change", args=[merge.pk])
    merged = desk.get(page_of(loser)).content.decode()
    assert f"It was merged into “{into}”" in merged
    assert states_said(merged) == [f"merged into {into}"]
    meta = model._meta
    rows = f"admin:{meta.app_label}_{meta.model_name}_changelist"
    listed = states_said(desk.get(reverse(rows)).content.decode())
    assert sorted(listed) == sorted(["published", f"merged into {into}"])
    assert page in merged
    assert "Merge into…" not in merged
    told = desk.get(page).content.decode()
    assert "Undo the merge" in told
    assert f"({loser.slug}, merged into “{into}”)" in told
    assert f"({into.slug}, published)" in told
    undone = desk.post(page, {"why": "they are two"})
    assert said(undone) == [f"Undone: “{loser}” stands for itself again."]
    shown = desk.get(page).content.decode()
    assert "was undone already" in shown
    assert f"({loser.slug}, published)" in shown
    assert states_said(desk.get(page_of(loser)).content.decode()) == ["published"]
    assert "Undo the merge</button>" not in shown
    loser.refresh_from_db()
    assert loser.status == "published"


def test_a_long_name_is_cut_where_a_state_is_shown(desk, reviewer):
    loser, into = EventFactory(), EventFactory(title="An attack that has " + "w" * 90)
    join(loser, into, reviewer)
    (said_of_it,) = states_said(desk.get(page_of(loser)).content.decode())
    assert said_of_it.startswith("merged into An attack that")
    assert len(said_of_it) == 32


def test_the_plan_says_what_moves_what_stays_and_what_the_public_sees(desk):
    loser, into = ActorFactory(status="published"), ActorFactory(status="published")
    event = EventFactory(title="The attack")
    for each in (loser, into):
        ParticipationFactory(actor=each, event=event)
        AliasFactory(actor=each, name="ISIS", status="published")
    article = ArticleFactory(status="published", title="The report")
    MentionFactory(actor=loser, article=article, status="published")
    ClaimFactory.create_batch(2, speaker=loser)
    refresh()
    rows = stored()
    shown = desk.get(address(loser, into))
    text = " ".join(shown.content.decode().split())
    assert shown.context["counted"] == [("mention", 1), ("claims", 2)]
    assert f"<li>{loser}, perpetrator (The attack) – there already:" in text
    assert "<li>ISIS – there already: ISIS</li>" in text
    assert f"“{loser.name}” becomes a name of “{into}”" in text
    told = {each.title: each for each in shown.context["consequences"]}
    leads = told["Public addresses that would lead to the other one"]
    assert [words for words, _ in leads.examples] == [f"Actor: {loser}"]
    changes = told["Public pages and documents that would change"]
    assert {words for words, _ in changes.examples} == {
        *(f"Actor: {into}", "Article: The report"),
    }
    beside = {each.label: (each.loser, each.into) for each in shown.context["beside"]}
    assert beside["Name"] == (loser.name, into.name)
    assert stored() == rows
    assert not Merge.objects.exists()


def test_what_moves_in_thousands_is_counted_and_not_tried(desk, monkeypatch):
    monkeypatch.setattr(curation.admin.merging, "MOST_TRIED", 2)
    loser, into = ActorFactory(status="published"), ActorFactory(status="published")
    ClaimFactory.create_batch(3, speaker=loser)
    [only] = desk.get(address(loser, into)).context["consequences"]
    assert (only.title, only.count) == ("Rows that move", 3)
    assert "not tried out here" in only.note


def test_nothing_is_merged_without_a_reason_or_by_another_plan(desk):
    loser, into = ActorFactory(), ActorFactory()
    for why in ("", "  "):
        refused = agree(desk, loser, into, why=why)
        assert "Say in words why" in refused.content.decode()
    shown = desk.get(address(loser, into))
    ClaimFactory(speaker=loser)
    data = {"plan": shown.context["fingerprint"], "why": "the same"}
    changed = desk.post(address(loser, into), data)
    assert "The plan is another one now" in changed.content.decode()
    assert 'value="the same"' in changed.content.decode()
    assert not Merge.objects.exists()
    data["plan"] = changed.context["fingerprint"]
    desk.post(address(loser, into), data)
    assert Claim.objects.get().speaker == into


def test_what_forbids_a_merge_is_said_in_place_of_the_plan(desk, reviewer):
    loser, into = ActorFactory(status="published"), ActorFactory()
    shown = desk.get(address(loser, into)).content.decode()
    assert "They cannot be merged so" in shown
    assert "publish that one first" in shown
    assert 'name="plan"' not in shown
    assert desk.post(address(loser, into), {"why": "x"}).status_code == 200
    assert "not merged into itself" in desk.get(address(into, into)).content.decode()
    done = join(into, ActorFactory(), reviewer)
    assert "was merged into" in desk.get(address(ActorFactory(), into)).content.decode()
    part(done, reviewer)


@pytest.mark.parametrize("into", ["", "x", "-1", "0", "9" * 30, "²"])
def test_an_id_of_nothing_asks_for_one(desk, into):
    loser = ActorFactory()
    shown = desk.get(f"{address(loser)}?into={into}")
    assert shown.status_code == 200
    assert "Which one stays" in shown.content.decode()
    assert desk.get(f"/admin/merging/actor/{loser.pk + 1}/").status_code == 404
    assert desk.get(f"/admin/merging/claim/{loser.pk}/").status_code == 404


@pytest.mark.parametrize("model", MAKE, ids=lambda model: model.__name__)
def test_the_action_of_the_list_takes_exactly_two(desk, model):
    first, second, third = (MAKE[model]() for _ in range(3))
    meta = model._meta
    rows = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")

    def chosen(*some):
        data = {"action": "merge_two", "_selected_action": [each.pk for each in some]}
        return desk.post(rows, data)

    assert chosen(second, first).url == address(second, first)  # the earlier one stays
    for some in ((first,), (first, second, third)):
        refused = chosen(*some)
        choose = f"Choose exactly two {meta.verbose_name_plural} to merge"
        assert said(refused)[-1] == f"{choose}: you chose {len(some)}."


def test_who_may_not_merge_may_look_at_the_plan(client, curator):
    loser, into = ActorFactory(status="published"), ActorFactory(status="published")
    client.force_login(curator)
    assert "Merge into…" not in client.get(page_of(loser)).content.decode()
    shown = client.get(address(loser, into))
    assert "You may look at this plan, not carry it out" in shown.content.decode()
    refused = client.post(
        address(loser, into), {"plan": shown.context["fingerprint"], "why": "same"}
    )
    assert "may not merge" in refused.content.decode()
    assert not Merge.objects.exists()
    draft = ActorFactory()
    assert "Merge into…" in client.get(page_of(draft)).content.decode()


def test_the_list_of_merges_tells_the_standing_from_the_undone(desk, reviewer):
    undone = join(ActorFactory(), ActorFactory(name="First"), reviewer)
    part(undone, reviewer)
    join(EventFactory(title="Doubled"), EventFactory(title="Second"), reviewer)
    rows = reverse("admin:curation_merge_changelist")
    whole = desk.get(rows).content.decode()
    assert "into “First”" in whole
    assert "into “Second”" in whole
    standing = desk.get(f"{rows}?standing=yes").content.decode()
    assert "into “First”" not in standing
    found = desk.get(f"{rows}?q=Doubled").content.decode()
    assert "into “Second”" in found
    assert "into “First”" not in found


def test_what_stands_in_the_way_of_the_undo_is_on_its_page(desk, reviewer):
    loser, into, third = ActorFactory.create_batch(3)
    claim = ClaimFactory(speaker=loser)
    done = join(loser, into, reviewer)
    Claim.objects.filter(pk=claim.pk).update(speaker=third)
    page = reverse("admin:curation_merge_change", args=[done.pk])
    shown = desk.get(page).content.decode()
    assert "was changed since by a direct write to the database" in shown
    assert "Undo the merge</button>" not in shown
    refused = desk.post(page, {"why": "two"})
    assert "was changed since" in refused.content.decode()
    assert Merge.objects.standing().exists()
