"""The page on which an article's proposals are decided."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actors.models import Mention
from curation.desk import desk_of
from curation.extraction.scoring import measured
from curation.models import Judgement, Proposal
from events.models import Claim, Place
from tests.factories.actors import ActorFactory, MentionFactory
from tests.factories.curation import (
    JudgementFactory,
    ProposalFactory,
    RunFactory,
    SightingFactory,
)
from tests.factories.events import EvidenceFactory
from tests.factories.sources import TEXT, ArticleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    return RunFactory(article=ArticleFactory(text=TEXT, title="Attack in Kabul"))


@pytest.fixture
def propose(run):
    """A proposal that the run found."""

    def found(**values):
        proposal = ProposalFactory(article=run.article, **values)
        SightingFactory(run=run, proposal=proposal)
        return proposal

    return found


@pytest.fixture
def client(curator):
    client = Client()
    client.force_login(curator)
    return client


def page_of(article):
    return reverse("admin:curation_desk", args=[article.pk])


def post(client, article, **data):
    return client.post(page_of(article), data, follow=True)


def test_an_article_nobody_read_says_what_to_do(client):
    article = ArticleFactory()
    page = client.get(page_of(article)).content.decode()
    assert "No machine has read this article yet" in page
    assert f"./manage.py propose --article {article.pk}" in page


def test_everything_stands_with_quote_reason_and_score(client, run, propose):
    propose()
    page = client.get(page_of(run.article)).content.decode()
    assert "1 to decide" in page
    assert "police, a new name among the actors: government body" in page
    assert "written for a test" in page
    assert "about 90 of 100 such proposals should be right" in page
    assert 'title="Rule actor.test"' in page
    assert "Kabul. The attack killed 13 people, the " in page


def test_accept_reject_and_undo(client, run, propose):
    first = propose()
    page = post(client, run.article, accept=first.pk).content.decode()
    assert "Accepted: actor “police”." in page
    assert Mention.objects.count() == 1
    assert "Nothing waits here" in page
    judgement = Judgement.objects.get()
    page = post(client, run.article, undo=judgement.pk).content.decode()
    assert "Undone: accepted" in page
    assert not Mention.objects.exists()
    page = post(client, run.article, reject=first.pk).content.decode()
    assert "It will not be proposed again." in page
    assert Judgement.objects.filter(verdict="rejected").exists()


def test_a_refusal_is_told_and_nothing_is_half_done(client, run, propose):
    good = propose()
    bad = propose(fields=good.fields | {"actor_kind": None, "name": "13"}, quote="13")
    page = post(client, run.article, accept=bad.pk).content.decode()
    assert '<p class="nd-error" role="alert">Nobody has recorded “13”' in page
    page = post(client, run.article, accept=f"{good.pk},{bad.pk}").content.decode()
    assert "choose what kind of actor it is" in page
    assert not Judgement.objects.exists()
    assert "Choose a proposal" in post(client, run.article).content.decode()


def test_editing_shows_the_fields_and_accepts_them(client, run, propose):
    ActorFactory(slug="the-police")
    proposal = propose()
    page = client.get(page_of(run.article), {"edit": proposal.pk}).content.decode()
    assert 'name="actor_name"' in page
    fields = {"actor": "", "name": "Afghan police", "actor_kind": "government_body"}
    fields |= {"suggested_alias": "short", "why": "the full name"}
    post(client, run.article, edit=proposal.pk, **fields)
    made = Mention.objects.get()
    assert made.actor.name == "Afghan police"
    assert made.alias.kind_id == "alias-kind/short"
    judgement = Judgement.objects.get()
    assert (judgement.verdict, judgement.why) == ("edited", "the full name")
    assert judgement.changes == {"name": "Afghan police", "suggested_alias": "short"}


def test_mentions_of_one_actor_are_decided_together(client, run, propose):
    first = propose()
    second = propose(quote="the police", fields=first.fields)
    (group,) = desk_of(run.article).groups
    (item,) = group.items
    assert item.ids == f"{second.pk},{first.pk}"  # in the order of the text
    post(client, run.article, accept=item.ids)
    assert Mention.objects.count() == 2


def test_rules_that_are_often_wrong_are_folded_away(run, propose):
    propose(rule="actor.weak", score=0.5)
    propose(rule="actor.strong", quote="attack", score=0.95)
    groups = desk_of(run.article).groups
    assert [(g.key, g.folded) for g in groups] == [
        ("actor", False),
        ("often-wrong", True),
    ]
    # What people decide counts more than what was measured.
    for _ in range(10):
        JudgementFactory(proposal__rule="actor.strong", verdict="rejected")
        JudgementFactory(proposal__rule="actor.weak")
    moved = {g.key: g.items[0].first.rule for g in desk_of(run.article).groups}
    assert moved == {"actor": "actor.weak", "often-wrong": "actor.strong"}


def test_what_is_coded_already_is_not_asked(run, propose):
    proposal = propose()
    MentionFactory(
        article=run.article,
        start=proposal.start,
        end=proposal.end,
        quote=proposal.quote,
        status="coded",
    )
    desk = desk_of(run.article)
    assert (desk.open, desk.coded) == (0, 1)


def test_a_figure_that_is_coded_with_other_bounds_is_asked(run, propose):
    fields = {
        "measure": "killed",
        "group": "all",
        "low": 13,
        "high": 13,
        "quantifier": "exact",
        "counted": "people",
        "part_of": None,
        "implicit": False,
    }
    propose(kind="figure", quote="13 people", fields=fields)
    EvidenceFactory(
        article=run.article, claim__status="coded", quote="killed 13 people"
    )
    assert desk_of(run.article).open == 1


def test_only_what_the_latest_run_found_is_asked(run, propose):
    propose()
    later = RunFactory(article=run.article, version="2")
    assert desk_of(run.article).open == 0
    SightingFactory(run=later, proposal=Proposal.objects.get())
    assert desk_of(run.article).open == 1


def test_readers_look_and_do_not_decide(run, propose, django_user_model):
    from django.contrib.auth.models import Group

    proposal = propose()
    reader = django_user_model.objects.create_user("reader", is_staff=True)
    reader.groups.add(Group.objects.get(name="Reader"))
    client = Client()
    client.force_login(reader)
    page = client.get(page_of(run.article)).content.decode()
    assert "1 to decide" in page
    assert ">Accept" not in page
    refused = post(client, run.article, accept=proposal.pk).content.decode()
    assert "may not decide proposals" in refused
    edit = {"edit": proposal.pk}
    assert client.get(page_of(run.article), edit).status_code == 403
    assert not Judgement.objects.exists()


def test_queries_do_not_grow(client, run, propose, django_assert_max_num_queries):
    for number in range(3):
        propose(quote="police", rule=f"actor.r{number}")
    with CaptureQueriesContext(connection) as few:
        client.get(page_of(run.article))
    for number in range(30):
        propose(quote="police", rule=f"actor.more{number}")
    with django_assert_max_num_queries(len(few)):
        client.get(page_of(run.article))
    assert len(few) <= 36


def test_lists_of_proposals_and_judgements(client, run, propose):
    JudgementFactory(proposal=propose())
    for model in ("proposal", "judgement"):
        page = client.get(reverse(f"admin:curation_{model}_changelist"))
        assert page.status_code == 200
        assert "police" in page.content.decode()


def test_what_several_extractors_propose_is_one_item(client, run, propose):
    propose(quote="the police")
    other = RunFactory(article=run.article, extractor="llm")
    second = ProposalFactory(article=run.article, extractor="llm", score=0.4)
    SightingFactory(run=other, proposal=second)
    (group,) = desk_of(run.article).groups
    (item,) = group.items
    assert item.also == ["llm"]
    assert item.first.extractor == "test"
    assert "also proposed by llm" in client.get(page_of(run.article)).content.decode()


def test_a_pair_stands_on_both_pages(client, run, propose):
    earlier = ArticleFactory(title="The first report")
    fields = {
        "relation": "same_event",
        "other": str(earlier.pk),
        "why": "both name Kabul",
        "other_start": None,
        "other_end": None,
    }
    propose(kind="pair", quote="Kabul", fields=fields, reason="both name Kabul")
    page = client.get(page_of(run.article)).content.decode()
    assert f"same event as article {earlier.pk}: both name Kabul" in page
    page = client.get(page_of(earlier)).content.decode()
    assert "Attack in Kabul</a>: both name Kabul" in page


def test_one_button_accepts_one_thing(client, run, propose):
    ids = f"{propose().pk},{propose(quote='attack').pk}"
    page = post(client, run.article, accept=ids).content.decode()
    assert "These are several things" in page
    assert not Judgement.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        {"undo": "abc"},
        {"undo": "9" * 5_000},
        {"accept": "9" * 5_000},
        {"accept": "²"},
        {"reject": "0"},
    ],
)
def test_forged_input_is_told(client, run, propose, data):
    propose()
    page = post(client, run.article, **data)
    assert page.status_code == 200
    assert "was chosen" in page.content.decode()


def test_odd_reasons_are_told(client, run, propose):
    proposal = propose()
    page = post(client, run.article, reject=proposal.pk, why="nul \0").content.decode()
    assert "Null characters are not allowed" in page
    assert not Judgement.objects.exists()


def test_proposals_of_other_articles_are_not_accepted(client, run, propose):
    page = post(client, run.article, accept=ProposalFactory().pk).content.decode()
    assert "Nothing of this article was chosen" in page


def test_reviewers_accept_all_of_precise_rules(client, run, propose, reviewer):
    proposal = propose()
    propose(rule="actor.other", quote="attack")
    for _ in range(20):
        JudgementFactory()
    button = "Accept all 1 of precise rules"
    assert button not in client.get(page_of(run.article)).content.decode()
    client.force_login(reviewer)
    assert button in client.get(page_of(run.article)).content.decode()
    post(client, run.article, accept_all=proposal.pk)
    assert Mention.objects.get().quote == "police"


FIGURE = {
    "measure": "killed",
    "group": "all",
    "low": 13,
    "high": 13,
    "quantifier": "exact",
    "counted": "people",
    "part_of": None,
    "implicit": False,
}
CLAIM = {
    "attributed": True,
    "speaker": {"words": "the police", "how": "described", "cluster": None},
    "quoted": "indirect",
    "modality": "asserted",
    "polarity": "positive",
    "statement": "figure",
    "cue": "said",
    "via": [],
}


def test_who_says_a_figure_stands_in_its_line(client, run, propose):
    propose(kind="figure", quote="13 people", fields=FIGURE)
    said = propose(kind="claim", quote="The attack killed 13 people", fields=CLAIM)
    page = client.get(page_of(run.article)).content.decode()
    assert "13; said by the police" in page
    post(client, run.article, reject=said.pk)
    assert "said by" not in client.get(page_of(run.article)).content.decode()


def test_clearing_the_speaker_in_the_form_leaves_the_words(client, run, propose):
    said = propose(kind="claim", quote="The attack killed 13 people", fields=CLAIM)
    page = client.get(page_of(run.article), {"edit": said.pk}).content.decode()
    assert 'value="the police"' in page
    fields = {"statement": "13 died.", "kind": "occurrence", "speaker_text": "police"}
    data = fields | {"modality": "asserted", "polarity": "positive", "speaker": ""}
    post(client, run.article, edit=said.pk, **data)
    assert Claim.objects.get().speaker_text == "police"


def test_what_is_often_wrong_is_shown_when_there_is_nothing_else(run, propose):
    propose(score=0.5)
    (group,) = desk_of(run.article).groups
    assert (group.key, group.folded) == ("often-wrong", False)


def test_how_far_to_trust_a_rule_stands_in_words(run, propose):
    def trust(**values):
        propose(**values)
        groups = desk_of(run.article).groups
        return next(
            item.trust
            for group in groups
            for item in group.items
            if item.first.rule == values["rule"]
        )

    assert (
        trust(quote="attack", rule="actor.unheard", score=0.5)
        == "nobody has measured yet how often such proposals are right"
    )
    rule, (right, wrong) = next(
        (rule, counts) for rule, counts in measured().items() if sum(counts) > 20
    )
    score = (right + 1) / (right + wrong + 2)
    expected = f"{score * 100:.0f} of 100 such proposals were right in a trial"
    assert trust(quote="Kabul", rule=rule, score=score) == expected
    for _ in range(10):
        JudgementFactory(proposal__rule="actor.liked")
    assert (
        trust(quote="people", rule="actor.liked", score=0.5)
        == "people agreed with 100 of 100 such proposals"
    )


def test_the_way_to_the_page(client, run, propose):
    propose()
    href = page_of(run.article)
    index = client.get(reverse("admin:index")).content.decode()
    assert f'href="{href}">Decide what a machine read in the next article' in index
    assert f'href="{reverse("admin:curation_proposal_changelist")}"' in index
    own = reverse("admin:sources_article_change", args=[run.article.pk])
    assert f'href="{href}"' in client.get(own).content.decode()


def test_one_place_is_decided_once(client, run, propose):
    fields = {
        "name": "Kabul",
        "place": None,
        "entry": "geonames:1138958",
        "kind": "city",
        "country": "AFG",
        "admin1": "Kabul",
        "latitude": 34.5,
        "longitude": 69.2,
        "radius_m": 10_000,
        "precision": "city",
        "candidates": [],
    }
    first = propose(kind="place", quote="Kabul", fields=fields)
    second = propose(kind="place", quote="The attack", fields=fields)
    known = fields | {"place": "kabul-city"}
    propose(kind="place", quote="police", fields=known)
    desk = desk_of(run.article)
    assert [item.ids for group in desk.groups for item in group.items] == [
        f"{first.pk},{second.pk}"
    ]
    assert desk.coded == 1
    post(client, run.article, accept=f"{first.pk},{second.pk}")
    assert Place.objects.get().name == "Kabul"
    assert Judgement.objects.count() == 2
