"""No page of the admin asks the database more often because there are more rows."""

from __future__ import annotations

import hashlib

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from publishing.models import Document, Estimate, Stale
from sources.models import Term
from tests.factories import actors, curation, events, publishing, sources

pytestmark = pytest.mark.django_db

OUR_APPS = {"sources", "actors", "events", "curation", "publishing"}


def _articles(n):
    return [
        sources.ArticleFactory(
            outlet=sources.OutletFactory(), origin=sources.OriginFactory()
        )
        for _ in range(n)
    ]


def _claims(n, **fields):
    return [
        events.FigureFactory(
            status="coded",
            speaker=actors.ActorFactory(),
            part_of=events.FigureFactory(),
            **{"event": events.EventFactory(), **fields},
        )
        for _ in range(n)
    ]


def _documents(n):
    return [
        Document.objects.create(
            kind="event",
            object_id=10_000 + i + n * 100,
            slug="x",
            version=1,
            valid_from="2021-09-01T00:00Z",
            sha256=hashlib.sha256(b"{}").hexdigest(),
            body="{}",
        )
        for i in range(n)
    ]


def _estimates(n):
    return [
        Estimate.objects.create(
            event_id=10_000 + i + n * 100,
            measure="killed",
            verdict="agree",
            origins=1,
            claims=[],
            low_claims=[],
            high_claims=[],
            position=0,
        )
        for i in range(n)
    ]


LISTS = {
    "sources.Outlet": lambda n: [
        sources.OutletFactory(country=sources.term("country/AFG")) for _ in range(n)
    ],
    "sources.Origin": sources.OriginFactory.create_batch,
    "sources.Article": _articles,
    "sources.Term": lambda n: list(Term.objects.all()[:n]),
    "actors.Actor": lambda n: [
        actors.ActorFactory(country=sources.term("country/AFG")) for _ in range(n)
    ],
    "actors.Alias": actors.AliasFactory.create_batch,
    "actors.Mention": actors.MentionFactory.create_batch,
    "actors.Relation": actors.RelationFactory.create_batch,
    "events.Place": lambda n: [
        events.PlaceFactory(parent=events.PlaceFactory()) for _ in range(n)
    ],
    "events.PlaceName": events.PlaceNameFactory.create_batch,
    "events.GazetteerEntry": events.GazetteerEntryFactory.create_batch,
    "events.Event": lambda n: [
        events.EventFactory(
            place=events.PlaceFactory(),
            place_precision=sources.term("place-precision/city"),
        )
        for _ in range(n)
    ],
    "events.Participation": events.ParticipationFactory.create_batch,
    "events.Claim": _claims,
    "curation.Omission": curation.OmissionFactory.create_batch,
    "curation.Proposal": lambda n: [
        sighting.proposal for sighting in curation.SightingFactory.create_batch(n)
    ],
    "curation.Judgement": curation.JudgementFactory.create_batch,
    "curation.Run": curation.RunFactory.create_batch,
    "curation.Lease": curation.LeaseFactory.create_batch,
    "curation.Step": curation.StepFactory.create_batch,
    "curation.Batch": curation.BatchFactory.create_batch,
    "curation.Merge": curation.MergeFactory.create_batch,
    "publishing.Document": _documents,
    "publishing.Estimate": _estimates,
    "publishing.Token": publishing.TokenFactory.create_batch,
    "publishing.Stale": lambda n: [
        Stale.objects.create(kind="event", object_id=i) for i in range(n)
    ],
}


def fill_actor(actor, n):
    for _ in range(n):
        alias = actors.AliasFactory(actor=actor)
        actors.ActorIdentifierFactory(actor=actor)
        near = actors.RelationFactory(subject=actor)
        actors.RelationFactory(subject=near.object)
        disputed = actors.RelationFactory(object=actor)
        events.ClaimFactory(relation=disputed, speaker=actors.ActorFactory())
        events.ClaimFactory(relation=disputed, polarity="negative")
        actors.MentionFactory(actor=actor, alias=alias)
        unclear = actors.MentionFactory(actor=actor)
        actors.AliasFactory(actor=actor, name=f"{alias.name} too")
        actors.AliasFactory(name=f"{alias.name} too")
        shared = actors.AliasFactory(name=unclear.quote)
        actors.AliasFactory.create(actor=shared.actor, name=alias.name)
        events.ParticipationFactory(actor=actor)
    if not actor.aliases.filter(name="attack").exists():
        actors.AliasFactory(actor=actor, name="attack")


def fill_place(place, n):
    for _ in range(n):
        events.PlaceNameFactory(place=place)
        events.PlaceIdentifierFactory(place=place)
        events.PlaceFactory(parent=place, latitude=1, longitude=1, radius_m=9)
        events.EventFactory(
            place=place, place_precision=sources.term("place-precision/city")
        )


def fill_entry(entry, n):
    events.GazetteerNameFactory.create_batch(n, entry=entry)


def fill_event(event, n):
    for claim in _claims(n, event=event):
        events.AttributionFactory(claim=claim)
        events.EventIdentifierFactory(event=event)
        part = events.ParticipationFactory(event=event)
        events.SupportFactory(
            claim=claim, event=event, part="participation", participation=part
        )


def fill_claim(claim, n):
    for _ in range(n):
        events.EvidenceFactory(claim=claim)
        events.AttributionFactory(claim=claim)
        events.FigureFactory(part_of=claim)
        part = events.ParticipationFactory()
        events.SupportFactory(
            claim=claim, event=part.event, part="participation", participation=part
        )


def fill_article(article, n):
    first = article.spans.count()
    for i in range(first, first + n):
        events.FigureFactory(evidence__article=article, speaker=actors.ActorFactory())
        alias = actors.AliasFactory()
        actors.MentionFactory(article=article, actor=alias.actor, alias=alias)
        curation.OmissionFactory(
            article=article, quote=article.text[i : i + 2], start=i, end=i + 2
        )
        sources.SpanFactory(article=article, start=i, end=i + 1)


def fill_relation(relation, n):
    for _ in range(n):
        events.ClaimFactory(relation=relation, speaker=actors.ActorFactory())


PAGES = {
    "actors.Actor": (actors.ActorFactory, fill_actor),
    "actors.Relation": (actors.RelationFactory, fill_relation),
    "events.Place": (
        lambda: events.PlaceFactory(
            latitude=34.5, longitude=69.2, radius_m=9000, parent=events.PlaceFactory()
        ),
        fill_place,
    ),
    "events.GazetteerEntry": (events.GazetteerEntryFactory, fill_entry),
    "events.Event": (events.EventFactory, fill_event),
    "events.Claim": (events.FigureFactory, fill_claim),
    "sources.Article": (sources.ArticleFactory, fill_article),
}


def asked(client, url):
    with CaptureQueriesContext(connection) as caught:
        page = client.get(url)
        page.render() if hasattr(page, "render") and not page.is_rendered else None
    assert page.status_code == 200
    return [query["sql"] for query in caught]


def same(few, many):
    assert len(many) <= len(few), "\n".join(many[-40:])


def url_of(label, kind, *args):
    return reverse(f"admin:{label.lower().replace('.', '_')}_{kind}", args=args)


def test_every_list_of_ours_is_measured():
    registered = {m._meta.label for m in admin.site._registry}
    assert {r for r in registered if r.partition(".")[0] in OUR_APPS} == set(LISTS)


def test_every_page_with_lines_is_measured():
    lines = {m._meta.label for m, r in admin.site._registry.items() if r.inlines}
    ours = {label for label in lines if label.partition(".")[0] in OUR_APPS}
    assert ours <= set(PAGES)


@pytest.mark.parametrize("label", LISTS)
def test_a_list_of_thirty_asks_no_more_than_one_of_three(admin_client, label):
    url = url_of(label, "changelist")
    LISTS[label](3)
    admin_client.get(url)  # what is asked once per process
    few = asked(admin_client, url)
    LISTS[label](27)
    same(few, asked(admin_client, url))


@pytest.mark.parametrize("kind", ["change", "history"])
@pytest.mark.parametrize("label", PAGES)
def test_a_page_with_thirty_lines_asks_no_more_than_one_with_three(
    admin_client, label, kind
):
    make, fill = PAGES[label]
    row = make()
    url = url_of(label, kind, row.pk)
    fill(row, 3)
    admin_client.get(url)
    few = asked(admin_client, url)
    fill(row, 27)
    same(few, asked(admin_client, url))


@pytest.mark.parametrize("label", ["sources.Article", "actors.Actor", "events.Claim"])
def test_the_box_to_search_in_asks_no_more_for_thirty(admin_client, label):
    field = {
        "sources.Article": "events.Evidence.article",
        "actors.Actor": "events.Claim.speaker",
        "events.Claim": "events.Claim.part_of",
    }[label]
    app, model, name = field.split(".")
    query = f"?app_label={app}&model_name={model.lower()}&field_name={name}"
    url = reverse("admin:autocomplete") + query
    LISTS[label](3)
    few = asked(admin_client, url)
    LISTS[label](15)
    same(few, asked(admin_client, url))


@pytest.mark.parametrize("name", ["index", "curation_queue"])
def test_a_page_of_its_own_asks_no_more_for_thirty_articles(admin_client, name):
    def fill(n):
        for sighting in curation.SightingFactory.create_batch(n):
            article = sighting.run.article
            events.FigureFactory(evidence__article=article, event=events.EventFactory())
            curation.LeaseFactory()
            curation.JudgementFactory()
            curation.OmissionFactory()

    url = reverse(f"admin:{name}")
    fill(3)
    admin_client.get(url)
    few = asked(admin_client, url)
    fill(27)
    same(few, asked(admin_client, url))
