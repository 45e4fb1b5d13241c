"""`as_of` answers what was answered then, byte for byte."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from actors.models import Actor
from events.models import Event
from publishing.rendering import refresh
from sources.models import Status

READS = [
    "events/",
    "events/?country=AFG&ordering=-date",
    "events/?actor=taliban&date_from=2021-01-01",
    "events/?killed_low__gte=1",
    "events/?near=34.5,69.2&within_km=50&ordering=-id",
    "events/?actor_tree=taliban",
    "events/?alias=Daesh-K",
    "events/?said_by=mark-milley",
    "events/?q=airport&ordering=id",
    "events/?q=airport",
    "events/?expand=participants.actor",
    "events/?fields=id,title&count=exact",
    "claims/?hearsay_max=0&limit=20",
    "claims/?reported_by=trt-world&limit=20",
    "actors/?q=Masood",
    "actors/?ordering=-modified",
    "places/?near=34.5,69.2&within_km=5",
    "relations/?actor=taliban",
    "articles/?outlet=trt-world",
    "events/kabul-airport-attack/",
    "actors/taliban/",
]


def asked(client, read, moment=None):
    """The answer, without the parameter in the addresses of other pages."""
    joint = "&" if "?" in read else "?"
    query = f"{joint}as_of={moment.isoformat().replace('+', '%2B')}" if moment else ""
    answer = client.get(f"/api/v1/{read}{query}")
    body = re.sub(rb'as_of=[^&"]*&', b"", answer.content)
    return answer.status_code, re.sub(rb'[?&]as_of=[^&"]*', b"", body)


def edits():
    """Steps of a history: renamed, retracted, published again, corrected."""
    yield lambda: Actor.objects.filter(slug="taliban").update(name="The Taliban")
    yield lambda: Event.objects.filter(slug="kabul-airport-attack").update(
        status=Status.RETRACTED
    )
    yield lambda: Actor.objects.filter(slug="ahmad-massoud").update(
        status=Status.RETRACTED
    )
    yield lambda: Event.objects.filter(slug="kabul-airport-attack").update(
        status=Status.PUBLISHED, title="Attack at the airport of Kabul"
    )
    yield lambda: Actor.objects.filter(slug="ahmad-massoud").update(
        status=Status.PUBLISHED, description="Leads the resistance in Panjshir."
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("seeded")
def test_every_read_of_the_past_is_what_was_read_then(client):
    then = {}
    for edit in [lambda: None, *edits()]:
        edit()
        refresh()
        moment = timezone.now()
        then[moment] = {read: asked(client, read) for read in READS}
    answers = list(then.values())
    assert answers[0] != answers[1] != answers[2] != answers[3] != answers[4]
    for moment, reads in then.items():
        for read, answer in reads.items():
            assert asked(client, read, moment) == answer, (read, moment)


@pytest.mark.django_db
@pytest.mark.usefixtures("seeded")
def test_what_was_not_yet_public_is_not_there(client):
    early = "as_of=2000-01-01T00:00:00Z"
    assert client.get(f"/api/v1/events/?{early}").json()["results"] == []
    answer = client.get(f"/api/v1/events/kabul-airport-attack/?{early}")
    assert answer.status_code == 404


@pytest.mark.django_db
@pytest.mark.usefixtures("seeded")
def test_the_past_may_be_kept_for_ever_and_the_present_not(client):
    past = client.get("/api/v1/events/?as_of=2000-01-01T00:00:00Z")
    assert "immutable" in past.headers["Cache-Control"]
    assert "max-age=31536000" in past.headers["Cache-Control"]
    assert "max-age=0" in client.get("/api/v1/events/").headers["Cache-Control"]
