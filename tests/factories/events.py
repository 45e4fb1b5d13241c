"""Places, events and claims with their evidence, for tests."""

from __future__ import annotations

from typing import Any

import factory
from django.db import transaction
from factory.django import DjangoModelFactory

from events.models import (
    Attribution,
    Claim,
    Event,
    EventIdentifier,
    Evidence,
    GazetteerEntry,
    GazetteerName,
    Participation,
    Place,
    PlaceIdentifier,
    PlaceName,
    Support,
)
from tests.factories.actors import ActorFactory
from tests.factories.sources import ArticleFactory, term


class PlaceFactory(DjangoModelFactory[Place]):
    class Meta:
        model = Place

    slug = factory.Sequence(lambda n: f"place-{n}")
    name = factory.Sequence(lambda n: f"Place {n}")
    kind = factory.LazyFunction(lambda: term("place-kind/city"))


class PlaceNameFactory(DjangoModelFactory[PlaceName]):
    class Meta:
        model = PlaceName

    place = factory.SubFactory(PlaceFactory)
    name = factory.Sequence(lambda n: f"Place name {n}")
    kind = factory.LazyFunction(lambda: term("alias-kind/common"))


class PlaceIdentifierFactory(DjangoModelFactory[PlaceIdentifier]):
    class Meta:
        model = PlaceIdentifier

    place = factory.SubFactory(PlaceFactory)
    scheme = factory.LazyFunction(lambda: term("external-id-scheme/geonames"))
    value = factory.Sequence(str)


class GazetteerEntryFactory(DjangoModelFactory[GazetteerEntry]):
    class Meta:
        model = GazetteerEntry

    id = factory.Sequence(lambda n: f"test:{n}")
    name = factory.Sequence(lambda n: f"Entry {n}")
    kind = "city"
    country = "AFG"
    latitude = 34.5
    longitude = 69.2
    radius_m = 5000
    source = "test"


class GazetteerNameFactory(DjangoModelFactory[GazetteerName]):
    class Meta:
        model = GazetteerName

    entry = factory.SubFactory(GazetteerEntryFactory)
    folded = factory.Sequence(lambda n: f"entry {n}")
    country = factory.SelfAttribute("entry.country")


class EventFactory(DjangoModelFactory[Event]):
    class Meta:
        model = Event

    slug = factory.Sequence(lambda n: f"event-{n}")
    title = factory.Sequence(lambda n: f"Event {n}")
    type = factory.LazyFunction(lambda: term("plover-type/ASSAULT"))


class EventIdentifierFactory(DjangoModelFactory[EventIdentifier]):
    class Meta:
        model = EventIdentifier

    event = factory.SubFactory(EventFactory)
    scheme = factory.LazyFunction(lambda: term("external-id-scheme/gtd"))
    value = factory.Sequence(str)


class ParticipationFactory(DjangoModelFactory[Participation]):
    class Meta:
        model = Participation

    event = factory.SubFactory(EventFactory)
    actor = factory.SubFactory(ActorFactory)
    role = factory.LazyFunction(lambda: term("role/perpetrator"))


class EvidenceFactory(DjangoModelFactory[Evidence]):
    """By default the words "killed 13 people" of the factory's article."""

    class Meta:
        model = Evidence

    claim = factory.SubFactory("tests.factories.events.ClaimFactory", evidence=False)
    article = factory.SubFactory(ArticleFactory)
    quote = "killed 13 people"
    start = factory.LazyAttribute(lambda row: row.article.text.index(row.quote))
    end = factory.LazyAttribute(lambda row: row.start + len(row.quote))


class ClaimFactory(DjangoModelFactory[Claim]):
    """An occurrence with one evidence; `evidence__…` shapes it, `evidence=False` none.

    The claim and its evidence are written in one transaction: a claim without
    evidence does not commit.
    """

    class Meta:
        model = Claim
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"claim-{n}")
    kind = "occurrence"
    statement = factory.Sequence(lambda n: f"It happened ({n}).")

    @classmethod
    def _generate(cls, strategy: str, params: Any) -> Claim:
        with transaction.atomic():
            claim: Claim = super()._generate(strategy, params)
            return claim

    @factory.post_generation
    def evidence(self, create: bool, wanted: Any, **shape: Any) -> None:
        if create and wanted is not False:
            EvidenceFactory(claim=self, **shape)


class FigureFactory(ClaimFactory):
    """A claim that exactly 13 people were killed."""

    kind = "figure"
    statement = "The attack killed 13 people."
    measure = factory.LazyFunction(lambda: term("measure/killed"))
    group = factory.LazyFunction(lambda: term("group/all"))
    low = 13
    high = 13
    quantifier = "exact"
    figure_text = "13 people"


class AttributionFactory(DjangoModelFactory[Attribution]):
    class Meta:
        model = Attribution

    claim = factory.SubFactory(ClaimFactory)
    position = factory.Sequence(lambda n: n + 1)
    actor = factory.SubFactory(ActorFactory)


class SupportFactory(DjangoModelFactory[Support]):
    class Meta:
        model = Support

    claim = factory.SubFactory(ClaimFactory)
    event = factory.SubFactory(EventFactory)
    part = "occurrence"
