"""Chromium against a live server, watched for errors and for requests elsewhere."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

# Playwright's own loop runs in this thread; Django would take it for an async view.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Machines are shared: patience costs nothing where all is well.
expect.set_options(timeout=15_000)

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    absent = pytest.mark.skip(
        reason="no Chromium on this machine (apt-get install chromium)"
    )
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(absent)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {
        "executable_path": CHROMIUM,
        "args": [
            "--no-sandbox",  # tests may run as root
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-dev-shm-usage",
        ],
    }


@pytest.fixture(scope="session")
def base_url() -> None:
    """In place of pytest-base-url's, which warns with pytest 9."""


@pytest.fixture
def expected() -> list[str]:
    """Words of the errors that a test brings about, such as a lost connection."""
    return []


@pytest.fixture
def watched(page: Page, live_server: Any, expected: list[str]) -> Iterator[Page]:
    """A page that must ask no other host and report no error in its console."""
    wrong: list[str] = []

    def on_console(message: Any) -> None:
        known = "favicon" in str(message.location)
        known = known or any(words in message.text for words in expected)
        if message.type == "error" and not known:
            wrong.append(f"console: {message.text}")

    def on_request(request: Any) -> None:
        if not request.url.startswith((live_server.url, "data:", "blob:")):
            wrong.append(f"asked another host: {request.url}")

    page.on("console", on_console)
    page.on("request", on_request)
    page.on("pageerror", lambda error: wrong.append(f"script: {error.stack}"))
    page.set_default_timeout(60_000)  # machines are shared
    with answered(page):
        yield page
    assert not wrong


@contextmanager
def answered(page: Page) -> Iterator[None]:
    """At its end the server has answered: the database can be emptied."""
    asked: set[Any] = set()
    page.on("request", lambda each: asked.add(each))
    page.on("requestfinished", lambda each: asked.discard(each))
    page.on("requestfailed", lambda each: asked.discard(each))
    yield
    for _ in range(200):
        if not asked or page.is_closed():
            break
        page.wait_for_timeout(50)


def log_in(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill("secret")
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(f"{site}/admin/")


@pytest.fixture
def reviewing(watched: Page, live_server: Any, reviewer: Any) -> Page:
    """The page, with a reviewer logged in at the admin's first page."""
    log_in(watched, live_server.url, "reviewer")
    return watched


@pytest.fixture
def coding(browser: Browser, live_server: Any, curator: Any) -> Iterator[Page]:
    """A second browser, with a curator logged in."""
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(60_000)
    with answered(page):
        log_in(page, live_server.url, "curator")
        yield page
    context.close()


@pytest.fixture(params=[(1280, "light"), (390, "dark")], ids=["wide", "phone"])
def shown(request: pytest.FixtureRequest, reviewing: Page) -> Page:
    """The reviewer's page at a width and in a scheme."""
    width, scheme = request.param
    reviewing.set_viewport_size({"width": width, "height": 900})
    reviewing.emulate_media(color_scheme=scheme)
    return reviewing
