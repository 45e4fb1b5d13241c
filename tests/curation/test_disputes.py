"""Whether an event is disputed, asked in two ways."""

from __future__ import annotations

import random

import pytest

from curation.disputes import contradicted, in_dispute
from events.models import Event
from tests.factories.events import EventFactory, FigureFactory
from tests.factories.sources import term

pytestmark = pytest.mark.django_db

EVENTS = 30


def figure(event, chance):
    """A figure of an event: any bounds, measure, group and state; a part, or not."""
    low, high, quantifier = chance.choice(
        [
            *((number, number, "exact") for number in (1, 5, 9)),
            *((5, None, "at_least"), (None, 5, "up_to"), (1, 5, "between")),
        ]
    )
    whole = FigureFactory(event=None) if chance.random() < 0.3 else None
    return FigureFactory(
        event=event,
        low=low,
        high=high,
        quantifier=quantifier,
        measure=term(
            chance.choice(["measure/killed", "measure/killed", "measure/injured"])
        ),
        group=term(chance.choice(["group/all"] * 4 + ["group/civilians"])),
        status=chance.choice(["coded"] * 6 + ["draft"]),
        polarity=chance.choice(["positive"] * 6 + ["negative"]),
        part_of=whole,
    )


def test_an_event_is_disputed_where_figures_of_it_are_contradicted():
    chance = random.Random(7)
    for _ in range(EVENTS):
        event = EventFactory()
        for _ in range(chance.randint(3, 4)):
            figure(event, chance)
    disputed = set(Event.objects.filter(in_dispute("pk")).values_list("pk", flat=True))
    assert disputed == set(contradicted().values_list("event", flat=True))
    assert 3 <= len(disputed) <= EVENTS - 3
