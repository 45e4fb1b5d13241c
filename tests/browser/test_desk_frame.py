"""The desk's own frame: what the admin's theme gives, without its scripts."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories.sources import ArticleFactory

pytestmark = pytest.mark.django_db(transaction=True)

SCRIPTS = """[...document.scripts]
    .filter(each => each.type !== "text/html") // the forms, which nothing starts
    .map(each => each.src)"""
IS_DARK = "document.documentElement.classList.contains('dark')"


@pytest.fixture
def desk(reviewing, live_server, reviewer):
    article = ArticleFactory(title="Kabul", text="Police came.")
    url = reverse("admin:curation_desk", args=[article.pk])
    reviewing.goto(live_server.url + url)
    reviewing.locator("#nd-desk[data-ready]").wait_for()
    return reviewing


def test_only_the_scripts_of_the_desk_are_started(desk):
    """Those of the theme took longer than a long article takes to open."""
    folders = {
        urlsplit(each).path.rpartition("/")[0] for each in desk.evaluate(SCRIPTS)
    }
    assert folders == {"/static/curation/desk"}


def test_its_links_lead_to_the_rooms_of_the_admin(desk):
    bar = desk.get_by_role("navigation", name="Main")
    for name, view in (("newsdb", "index"), ("Queue", "curation_queue")):
        href = reverse(f"admin:{view}")
        expect(bar.get_by_role("link", name=name)).to_have_attribute("href", href)
    desk.locator(".nd-account summary").click()
    desk.get_by_role("button", name="Log out").click()
    expect(desk.get_by_role("link", name="Log in again")).to_be_visible()


def test_light_or_dark_is_chosen_here_and_kept_for_the_admin(desk, live_server):
    desk.emulate_media(color_scheme="light")
    assert not desk.evaluate(IS_DARK)
    desk.locator(".nd-account summary").click()
    desk.get_by_label("Light or dark").select_option("dark")
    assert desk.evaluate(IS_DARK)
    desk.reload()
    assert desk.evaluate(IS_DARK)
    expect(desk.locator("#nd-theme")).to_have_value("dark")
    desk.goto(live_server.url + reverse("admin:curation_queue"))
    desk.locator("html.dark").wait_for()
