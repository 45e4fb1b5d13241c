"""The menu of the admin: what a person may follow, and where they are."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def menu(user, address):
    """What the lines of the menu on that page are called, and the one that is on."""
    client = Client()
    client.force_login(user)
    page = client.get(address).content.decode()
    lines = re.findall(r'<li><a href="([^"]+)"([^>]*)>(.*?)</a></li>', page)
    names = [re.findall(r"<span>([^<]+)</span>", inside)[0] for _, _, inside in lines]
    here = [
        name
        for name, (_, attributes, _) in zip(names, lines, strict=True)
        if 'aria-current="true"' in attributes
    ]
    return names, here


def test_the_menu_shows_what_a_person_may_see_and_where_they_are(curator, admin_user):
    address = reverse("admin:events_claim_changelist")
    names, here = menu(curator, address)
    assert {"Queue", "Articles", "Events", "Claims"} <= set(names)
    assert not {"Users", "Groups"} & set(names)
    assert here == ["Claims"]
    assert {"Users", "Groups"} <= set(menu(admin_user, address)[0])


def test_a_group_of_lines_that_nobody_may_follow_has_no_title(curator, admin_user):
    address = reverse("admin:index")
    pages = {}
    for user in (curator, admin_user):
        client = Client()
        client.force_login(user)
        pages[user] = client.get(address).context["sidebar_navigation"]
    titles = [group["title"] for group in pages[admin_user]]
    assert "Set up" in titles
    assert all(group["items"] for group in pages[curator])


def test_tables_are_listed_where_a_page_asks_for_them(admin_client):
    page = admin_client.get(reverse("admin:app_list", args=["events"]))
    names = [table["object_name"] for table in page.context["app_list"][0]["models"]]
    assert {"Event", "Claim"} <= set(names)
