"""Every page in Chromium: open to everybody, light and dark, wide and narrow.

Each is loaded once and looked at four ways: see tests/browser/looking.py. The main ones
are drawn into .local/screenshots; with NEWSDB_EVERY_PICTURE=1 (make pictures) all are,
and README's anew into docs/images.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.urls import resolve, reverse
from playwright.sync_api import expect

from events.models import Claim, Event
from sources.models import Status
from sources.services import change_status
from tests.browser import addresses
from tests.browser.looking import IMAGES, Looker, wanted_pictures

pytestmark = pytest.mark.django_db(transaction=True)

README = Path(__file__).parents[2] / "README.md"
ROWS_OF_A_LIST = 6  # each is like the others, and axe looks at every one

# The pages that are drawn each time; README shows some of them.
MAIN = {
    *("dashboard", "queue", "desk", "event-change", "actor-change", "place-change"),
    *("article-change", "claim-list", "problems", "front-page", "public-event"),
    "log-in",
}
# Forms that are saved as they open, to see how their errors are told.
WITH_ERRORS = ("actor", "claim", "event", "place", "relation", "mention", "outlet")
# Actions whose page is looked at: (model, action). Nothing is carried out.
PLANS = (
    (Claim, "publish"),
    (Claim, "to_event"),
    (Event, "retract"),
    (Event, "to_date"),
)
LOG_OUT = "document.querySelector('form[action$=\"/logout/\"]').submit()"


@pytest.fixture
def person(code_lists):
    """Who may see everything."""
    return User.objects.create_superuser("ann", password="secret")


@pytest.fixture
def looker(page, context, live_server, client, person, monkeypatch):
    """Looks at pages as `person`; what it found wrong is told when the test ends."""
    for registered in admin.site._registry.values():
        monkeypatch.setattr(registered, "list_per_page", ROWS_OF_A_LIST, raising=False)
    client.force_login(person)
    cookie = client.cookies["sessionid"].value
    context.add_cookies(
        [{"name": "sessionid", "value": cookie, "url": live_server.url}]
    )
    page.set_default_timeout(60_000)  # machines are shared
    looker = Looker(page, live_server.url, pictures_of=wanted_pictures(MAIN))
    yield looker
    assert not looker.faults, "\n".join(looker.faults)


@pytest.fixture
def loaded(person, seed_folder):
    """The seeds with their curation and proposals, and a row in every other table.

    The key of a claim that was public, and is no more.
    """
    addresses.load_everything(seed_folder, by=person)
    claim = Claim.objects.published().latest("pk")
    change_status([claim], to=Status.RETRACTED, by=person, why="a slip")
    return claim.slug


def test_lists_forms_and_plans(looker, loaded):
    for name, path in addresses.admin_lists():
        looker.visit(name, path)
    for name in WITH_ERRORS:
        model = next(m for m in addresses.models() if m._meta.model_name == name)
        save_nothing(looker, f"{name}-errors", addresses.of_model(model, "add"))
    for model, action in PLANS:
        ask_for_plan(looker, model, action)


@pytest.mark.parametrize("half", [0, 1], ids=["one-half", "the-other"])
def test_pages_of_rows(looker, loaded, half):
    """In halves: together they take longer than all other pages."""
    for name, path in list(addresses.admin_rows())[half::2]:
        looker.visit(name, path)


def test_public_pages(looker, loaded, context):
    for name, path in addresses.public_pages():
        looker.visit(name, path)
    looker.visit("bad-request", "/?" + "q=&" * 1001)
    looker.visit("gone", f"/claims/{loaded}/")
    looker.open("logged-out", reverse("admin:index"))
    with looker.page.expect_navigation():
        looker.page.evaluate(LOG_OUT)
    expect(looker.page.get_by_role("link", name="Log in again")).to_be_visible()
    looker.look()
    looker.open("server-error", "/about/")
    looker.page.set_content(render_to_string("500.html", {"in_admin": True}))
    looker.look()
    context.clear_cookies()
    looker.visit("log-in", reverse("admin:login"))
    looker.page.get_by_label("Username").fill("ann")
    looker.page.get_by_label("Password").fill("wrong")
    looker.page.get_by_role("button", name="Log in").click()
    expect(looker.page.locator(".errornote").first).to_be_visible()
    looker.look("log-in-refused")
    context.clear_cookies()  # among them what shows that a form is from here
    looker.page.get_by_label("Password").fill("wrong")
    looker.page.get_by_role("button", name="Log in").click()
    expect(looker.page.get_by_role("heading", name="was not taken")).to_be_visible()
    looker.look("form-not-taken")


def test_pages_where_nothing_is_yet(looker):
    for name, path in addresses.admin_lists():
        if not name.endswith("-add"):
            looker.visit(f"empty-{name}", path)
    for path in ("/", "/actors/", "/about/"):
        looker.visit(f"empty-{path}", path)


def test_no_page_is_forgotten(loaded):
    """A new address is walked above, or shows no page and says so in `NO_PAGE`."""
    walked = {
        resolve(path.partition("?")[0]).route
        for pages in (
            addresses.admin_lists(),
            addresses.admin_rows(),
            addresses.public_pages(),
            [("log-in", reverse("admin:login"))],
        )
        for _, path in pages
    }
    forgotten = {
        f"{name} ({route})"
        for name, route in addresses.routes()
        if route not in walked and not addresses.shows_none(name, route)
    }
    assert not forgotten


def test_pictures_of_the_readme_are_made_here():
    shown = re.findall(r"!\[[^]]+\]\(docs/images/([\w-]+)\.png\)", README.read_text())
    assert shown
    assert set(shown) == set(IMAGES.values())
    assert set(IMAGES) <= MAIN


def save_nothing(looker, name, path):
    looker.open(name, path)
    looker.page.get_by_role("button", name="Save", exact=True).click()
    expect(looker.page.locator(".errornote").first).to_be_visible()
    looker.look(name)


def ask_for_plan(looker, model, action):
    page, name = looker.page, f"{model._meta.model_name}-plan-{action}"
    looker.open(name, addresses.of_model(model, "changelist"))
    for box in page.locator("input[name=_selected_action]").all()[:2]:
        box.check()
    page.get_by_label("Select action to run").select_option(action)
    with page.expect_navigation():
        page.get_by_role("button", name="Run", exact=True).click()
    looker.look(name)
