"""Merges of what the seeds' curation holds, undone to the last byte."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from actors.models import Actor
from curation.merging import plan
from events.models import Event, Place
from publishing.rendering import refresh
from tests.curation.merging_helper import join, part, public, stored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]


def test_actors_are_merged_and_parted_to_the_last_byte(reviewer):
    actors = list(Actor.objects.filter(outlet=None).order_by("slug")[::6])
    before, rows = public(), stored()
    merged = 0
    for loser, into in zip(actors, [*actors[1:], actors[0]], strict=True):
        if plan(loser, into).problems:
            continue
        done = join(loser, into, reviewer)
        assert public() != before
        assert ("actor", loser.pk) not in public()
        part(done, reviewer)
        assert public() == before, (loser, into)
        assert stored() == rows
        merged += 1
    assert merged > 8


@pytest.mark.parametrize("model", [Event, Place])
def test_others_are_merged_and_parted_to_the_last_byte(reviewer, model):
    objects = list(model.objects.published().order_by("slug")[::3])
    before, rows = public(), stored()
    merged = 0
    for loser, into in zip(objects, [*objects[1:], objects[0]], strict=True):
        if plan(loser, into).problems:
            continue
        done = join(loser, into, reviewer)
        assert (model.__name__.lower(), loser.pk) not in public()
        part(done, reviewer)
        assert public() == before, (loser, into)
        assert stored() == rows
        merged += 1
    assert merged > 3


def test_every_rule_holds_while_they_are_merged(reviewer, capsys):
    actors = Actor.objects.filter(slug__in=["isis-k", "islamic-state"])
    loser, into = actors.order_by("-slug")
    join(loser, into, reviewer)
    events = list(Event.objects.published()[:2])
    join(*events, reviewer)
    refresh()
    call_command("verify")
    assert "rules hold" in capsys.readouterr().out
