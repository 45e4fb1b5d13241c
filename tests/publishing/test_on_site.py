"""The admin leads to the public page of a row where there is one, and only there."""

from __future__ import annotations

import pytest
from django.urls import reverse

from actors.models import Actor
from events.models import Claim, Event, Place
from publishing.rendering import refresh
from sources.admin.on_site import public_page
from sources.models import Article
from tests.factories.events import EventFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]


def form(admin_client, row):
    """The address that the form of a row leads to, if it does."""
    meta = row._meta
    name = f"admin:{meta.app_label}_{meta.model_name}_change"
    context = admin_client.get(reverse(name, args=[row.pk])).context
    return context["absolute_url"]


@pytest.mark.parametrize("model", [Event, Actor, Claim, Article])
def test_a_published_row_leads_to_its_page(admin_client, client, model):
    row = model.objects.published().first()
    address = form(admin_client, row)
    assert client.get(address, follow=True).status_code == 200


def test_a_published_row_that_nothing_proves_has_no_page(admin_client, client):
    row = EventFactory(status="published")
    refresh()
    assert client.get(f"/events/{row.slug}/").status_code == 404
    assert form(admin_client, row) is None


def test_drafts_and_kinds_without_pages_have_none(admin_client):
    assert form(admin_client, EventFactory()) is None
    assert form(admin_client, Place.objects.published().first()) is None


def test_it_takes_one_query(django_assert_num_queries):
    event, place = Event.objects.published().first(), Place.objects.first()
    with django_assert_num_queries(1):
        assert public_page(event)
    with django_assert_num_queries(0):
        assert public_page(place) is None
