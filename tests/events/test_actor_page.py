"""The page of an actor in the admin."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from actors.models import Actor, Mention
from tests.admin_forms import errors_of, filled, said
from tests.factories.actors import (
    ActorFactory,
    AliasFactory,
    MentionFactory,
    RelationFactory,
)
from tests.factories.events import (
    ClaimFactory,
    EventFactory,
    ParticipationFactory,
    SupportFactory,
)
from tests.factories.sources import ArticleFactory

pytestmark = pytest.mark.django_db


def page_of(client, actor, **query):
    url = reverse("admin:actors_actor_change", args=[actor.pk])
    page = client.get(url, query)
    assert page.status_code == 200
    return page


def html(page):
    return page.content.decode()


def test_an_actor_shows_its_relations_both_ways_and_its_mentions(admin_client):
    actor = ActorFactory()
    to, source = RelationFactory(subject=actor), RelationFactory(object=actor)
    MentionFactory.create_batch(2, actor=actor)
    page = page_of(admin_client, actor)
    assert {line.relation for line in page.context["relations"]} == {to, source}
    assert (page.context["mentions"], page.context["articles"]) == (2, 2)


def test_an_actor_of_whom_nothing_is_known_says_what_to_do(admin_client):
    told = html(page_of(admin_client, ActorFactory()))
    for words in (
        "Not mentioned in any article yet",
        "Add a relation",
        "No other name yet",
        "No relation leads anywhere yet",
        "Nothing with a known month yet",
        "In none yet",
        "no claim has it as its speaker",
    ):
        assert words in told
    assert "Which one is meant?" not in told


# --- Names ---------------------------------------------------------------------


def test_each_name_stands_with_the_sentences_where_it_was_seen(admin_client):
    actor = ActorFactory(name="Taliban")
    alias = AliasFactory(actor=actor, name="Islamic Emirate")
    AliasFactory(actor=actor, name="Nobody says so")
    text = "The Taliban and the Islamic Emirate are one. The movement, the TALIBAN."
    article = ArticleFactory(title="One and the same", text=text)
    MentionFactory(article=article, quote="Taliban", actor=actor)
    MentionFactory(article=article, quote="TALIBAN", actor=actor)
    MentionFactory(article=article, quote="Islamic Emirate", actor=actor, alias=alias)
    MentionFactory(article=article, quote="The movement", actor=actor)
    MentionFactory(article=article, quote="one", actor=actor, status="rejected")
    page = page_of(admin_client, actor)
    assert [(n.name, n.kind, n.count) for n in page.context["names"]] == [
        ("Islamic Emirate", "common name", 1),
        ("Nobody says so", "common name", 0),
        ("TALIBAN", "usual name", 2),
        ("The movement", "words in the text", 1),
    ]
    href = reverse("admin:sources_article_change", args=[article.pk])
    assert f"{href}#c{text.index('Islamic')}" in html(page)
    assert f"{href}#c{text.index('Taliban')}" in html(page)


# --- Relations -----------------------------------------------------------------


def test_a_relation_that_claims_dispute_comes_first_with_both_sides(admin_client):
    actor = ActorFactory()
    RelationFactory(subject=actor)
    disputed = RelationFactory(subject=actor)
    ClaimFactory(relation=disputed, statement="They are one.")
    ClaimFactory(relation=disputed, statement="They are not.", polarity="negative")
    page = page_of(admin_client, actor)
    [first, second] = page.context["relations"]
    assert (first.relation, first.disputed) == (disputed, True)
    assert not second.disputed
    told = html(page)
    assert told.index("They are one.") < told.index("They are not.")
    assert "killed 13 people" in told  # the quote of a claim


def test_a_claim_that_was_rejected_disputes_nothing(admin_client):
    relation = RelationFactory()
    ClaimFactory(relation=relation, polarity="negative", status="rejected")
    page = page_of(admin_client, relation.subject)
    assert not page.context["relations"][0].disputed
    assert not page.context["network"].ties[0].disputed


def test_a_relation_with_dates_has_a_bar_and_words(admin_client):
    relation = RelationFactory(
        start_earliest="2015-01-01",
        start_latest="2015-12-31",
        start_precision="year",
        start_basis="stated",
    )
    page = page_of(admin_client, relation.subject)
    assert "from 2015" in html(page)
    assert "span-open" in page.context["relations"][0].bar


# --- Network -------------------------------------------------------------------


def test_the_network_goes_one_step_or_two(admin_client):
    near = RelationFactory()
    far = RelationFactory(subject=near.object)
    actor = near.subject
    one = page_of(admin_client, actor).context["network"]
    assert set(one.steps) == {actor.pk, near.object_id}
    two = page_of(admin_client, actor, steps=2).context["network"]
    assert set(two.steps) == {actor.pk, near.object_id, far.object_id}


@pytest.mark.parametrize("steps", ["0", "3", "x", ""])
def test_any_other_number_of_steps_is_one(admin_client, steps):
    page = page_of(admin_client, ActorFactory(), steps=steps)
    assert page.context["steps"] == 1


def test_more_than_two_hundred_are_not_drawn_and_it_is_said(admin_client):
    actor = ActorFactory()
    for _ in range(205):
        RelationFactory(subject=actor)
    page = page_of(admin_client, actor)
    assert len(page.context["network"].steps) == 200
    assert "6 more lie as near and are left out" in html(page)


def test_two_steps_ask_as_often_for_thirty_as_for_three(
    admin_client, django_assert_max_num_queries
):
    actor = ActorFactory()

    def fill(count):
        for _ in range(count):
            RelationFactory(subject=RelationFactory(subject=actor).object)

    fill(3)
    page_of(admin_client, actor, steps=2)
    with django_assert_max_num_queries(80) as few:
        page_of(admin_client, actor, steps=2)
    fill(27)
    with django_assert_max_num_queries(len(few)):
        page_of(admin_client, actor, steps=2)


def test_a_relation_that_was_rejected_leads_nowhere(admin_client):
    relation = RelationFactory(status="rejected")
    page = page_of(admin_client, relation.subject)
    assert page.context["network"].ties == []


# --- Activity ------------------------------------------------------------------


def dated(earliest, latest=None):
    precision = "day" if latest is None else "year"
    return {
        "earliest": earliest,
        "latest": latest or earliest,
        "precision": precision,
        "basis": "stated",
    }


def fields(prefix, **values):
    return {f"{prefix}_{name}": value for name, value in values.items()}


def test_events_and_mentions_are_counted_by_month(admin_client):
    actor = ActorFactory()
    august = EventFactory(**fields("date", **dated(dt.date(2021, 8, 26))))
    for role in ("role/perpetrator", "role/claimant"):  # one event, two roles
        ParticipationFactory(actor=actor, event=august, role_id=role)
    vague = EventFactory(
        **fields("date", **dated(dt.date(2021, 1, 1), dt.date(2021, 12, 31)))
    )
    ParticipationFactory(actor=actor, event=vague)
    ParticipationFactory(actor=actor, event__status="rejected")
    article = ArticleFactory(**fields("published", **dated(dt.date(2021, 9, 1))))
    MentionFactory(actor=actor, article=article)
    told = html(page_of(admin_client, actor))
    assert "August 2021: 1 event" in told
    assert "September 2021: 1 mention" in told
    assert "no single month is known: 1 event." in " ".join(told.split())


# --- What it did and said --------------------------------------------------------


def test_its_parts_in_events_are_listed_the_latest_first(admin_client):
    actor = ActorFactory()
    early, late = (
        EventFactory(
            title=f"in {year}", **fields("date", **dated(dt.date(year, 8, 26)))
        )
        for year in (2019, 2021)
    )
    unproved = ParticipationFactory(actor=actor, event=early)
    proved = ParticipationFactory(actor=actor, event=late)
    SupportFactory(event=late, participation=proved, part="participation")
    undated = ParticipationFactory(actor=actor)
    ParticipationFactory(actor=actor, status="rejected")
    ParticipationFactory(actor=actor, event__status="rejected")
    page = page_of(admin_client, actor)
    assert page.context["parts"] == [proved, unproved, undated]
    assert page.context["parts_count"] == 3
    assert html(page).count("no claim says so") == 2


def test_the_claims_it_made_stand_with_their_words(admin_client):
    actor = ActorFactory()
    for words in ("It was us", "We deny it"):
        ClaimFactory(speaker=actor, voice="attributed", statement=words)
    ClaimFactory(speaker=actor, voice="attributed", status="retracted")
    page = page_of(admin_client, actor)
    found = [item.claim.statement for item in page.context["said"]]
    assert found == ["We deny it", "It was us"]
    assert page.context["said_count"] == 2


# --- Which one is meant --------------------------------------------------------


@pytest.fixture
def unclear():
    """A mention of Islamic State by a name that its branch has too."""
    state, branch = ActorFactory(name="Islamic State"), ActorFactory(name="IS Khorasan")
    for actor in (state, branch):
        AliasFactory(actor=actor, name="ISIS")
    article = ArticleFactory(text="Quiet. Perhaps ISIS did it. The end.")
    return MentionFactory(article=article, quote="ISIS", actor=state), branch


def settle(client, mention, actor, /, **sent):
    url = reverse("admin:actors_actor_settle", args=[mention.actor_id])
    sent = {"mention": mention.pk, "actor": actor.pk} | sent
    return client.post(url, sent, follow=True)


def test_it_asks_which_one_is_meant_with_a_button_for_each(admin_client, unclear):
    mention, branch = unclear
    told = html(page_of(admin_client, mention.actor))
    assert "Which one is meant?" in told
    assert "Perhaps " in told
    assert "It is Islamic State<" in told
    assert f'value="{branch.pk}" class="nd-button">It is IS Khorasan<' in told
    assert "also a name of" in told


def test_the_button_settles_it_and_it_is_not_asked_again(admin_client, unclear):
    mention, branch = unclear
    page = settle(admin_client, mention, branch, why="in Kabul")
    assert said(page) == ["“ISIS” is IS Khorasan there."]
    assert "Which one is meant?" not in html(page)
    mention.refresh_from_db()
    assert (mention.actor, mention.note) == (branch, "in Kabul")


def test_the_second_of_two_people_is_told_what_the_first_decided(admin_client, unclear):
    mention, branch = unclear
    settle(admin_client, mention, branch, why="in Kabul")
    page = settle(admin_client, mention, mention.actor)
    assert said(page)[-1].startswith("Not decided: “ISIS” was decided meanwhile")
    assert Mention.objects.get().actor == branch


def test_who_may_only_look_sees_the_sentence_and_no_button(client, unclear):
    from django.contrib.auth.models import Permission, User

    mention, branch = unclear
    user = User.objects.create_user("guest", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_actor"))
    client.force_login(user)
    told = html(page_of(client, mention.actor))
    assert "Perhaps " in told
    assert "It is IS Khorasan" not in told
    assert settle(client, mention, branch).status_code == 403
    assert (
        client.get(
            reverse("admin:actors_actor_settle", args=[mention.actor_id])
        ).status_code
        == 405
    )


@pytest.mark.parametrize("sent", [{"mention": "x"}, {"actor": "9" * 30}, {"actor": ""}])
def test_numbers_that_no_row_has_are_not_found(admin_client, unclear, sent):
    mention, branch = unclear
    assert settle(admin_client, mention, branch, **sent).status_code == 404


def test_a_name_that_is_known_is_asked_about_before_it_is_added_again(admin_client):
    known = ActorFactory(name="Mark Milley", slug="mark-milley")
    AliasFactory(actor=known, name="Mark A. Milley")
    url = reverse("admin:actors_actor_add")
    empty = admin_client.get(url)
    assert 'name="another"' not in html(empty)
    asked = filled(empty, name="mark a. Milley", slug="other", kind=known.kind_id)
    page = admin_client.post(url, asked)
    told = errors_of(page)
    assert "is a name of" in told
    assert reverse("admin:actors_actor_change", args=[known.pk]) in told
    assert not Actor.objects.filter(slug="other").exists()
    assert 'name="another"' in page.content.decode()
    admin_client.post(url, asked | {"another": "on"})
    assert Actor.objects.filter(slug="other").exists()


def test_a_key_that_is_taken_says_by_whom(admin_client):
    known = ActorFactory(name="Mark Milley", slug="mark-milley")
    url = reverse("admin:actors_actor_add")
    asked = filled(
        admin_client.get(url), name="M. Milley", slug=known.slug, kind=known.kind_id
    )
    assert "“Mark Milley” already has this key" in errors_of(
        admin_client.post(url, asked)
    )
