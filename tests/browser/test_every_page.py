"""Every page in Chromium: open to everybody, light and dark, wide and narrow."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import resolve

from tests.browser import addresses
from tests.browser.looking import Looker, wanted_pictures

pytestmark = pytest.mark.django_db(transaction=True)

MAIN = {"dashboard", "queue", "desk", "event-change"}


@pytest.fixture
def person(code_lists):
    """Who may see everything."""
    return User.objects.create_superuser("nadia", password="secret")


@pytest.fixture
def short_lists(monkeypatch):
    """Lists of few rows: each is like the others, and axe looks at every one."""
    for registered in admin.site._registry.values():
        monkeypatch.setattr(registered, "list_per_page", 6, raising=False)


def test_walk(short_lists, page, live_server, client, person, seed_folder, context):
    import time
    client.force_login(person)
    context.add_cookies([{"name":"sessionid","value":client.cookies["sessionid"].value,"url":live_server.url}])
    t=time.time()
    addresses.load_everything(seed_folder, by=person)
    print("load", time.time()-t)
    looker = Looker(page, live_server.url, pictures_of=wanted_pictures(MAIN, iter(())))
    for name, path in [*addresses.admin_lists(), *addresses.admin_rows(), *addresses.public_pages()]:
        import re, os
        if not re.fullmatch(os.environ.get("EP", ".*"), name): continue
        t=time.time()
        r = looker.visit(name, path)
        print(name, path, r and r.status, round(time.time()-t,2), flush=True)
    print("\n".join(looker.faults))
    assert 0
