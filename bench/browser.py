"""The desk of a long article in Chromium: what its main thread does for each key."""

from __future__ import annotations

import os
import shutil
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import Client, override_settings
from django.test.testcases import LiveServerThread
from django.urls import reverse

TURNS = 5
QUIET = 1_500  # milliseconds until what has come is drawn
HOST = "127.0.0.1"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
]
# What is pressed, in this order; each finds the page as the ones before have left it.
KEYS = (
    ("next sentence", "ArrowDown"),
    ("extend by a word", "ArrowRight"),
    ("open a form", "c"),
    ("close it", "Escape"),
    ("next proposal", "n"),
    ("accept it", "a"),
    ("undo", "u"),
)


class Cost(NamedTuple):
    """Milliseconds of the main thread: of the processor's time, and by the clock.

    By the clock it is more where other work runs on the machine.
    """

    work: float
    clock: float


class Work(NamedTuple):
    """What one key, or opening the page, costs."""

    name: str
    work: float
    clock: float


def measure(article: int, reader: User) -> Iterator[Work]:
    """Opening the desk, and each of KEYS: medians of TURNS. None without Chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        return
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    from playwright.sync_api import sync_playwright

    with _served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        context = browser.new_context()
        client = Client()
        client.force_login(reader)
        for name, cookie in client.cookies.items():
            context.add_cookies([{"name": name, "value": cookie.value, "url": address}])
        url = address + reverse("admin:curation_desk", args=[article])
        turns = [_turn(context, url) for _ in range(TURNS)]
        for name in turns[0]:
            work, clock = zip(*(turn[name] for turn in turns), strict=True)
            yield Work(name, statistics.median(work), statistics.median(clock))
        browser.close()


@contextmanager
def _served() -> Iterator[str]:
    with override_settings(ALLOWED_HOSTS=[HOST]):
        thread = LiveServerThread(HOST, static_handler=StaticFilesHandler)
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        if thread.error:
            raise thread.error
        try:
            yield f"http://{HOST}:{thread.port}"
        finally:
            thread.terminate()


def _turn(context: Any, url: str) -> dict[str, Cost]:
    """A new page: what opening it costs, then each key."""
    page = context.new_page()
    asked: set[Any] = set()  # what the server has not answered yet
    page.on("request", lambda each: asked.add(each))
    page.on("requestfinished", lambda each: asked.discard(each))
    page.on("requestfailed", lambda each: asked.discard(each))
    metrics = context.new_cdp_session(page)
    metrics.send("Performance.enable")
    page.goto(url)
    _settle(page, asked)
    found = {"open": _read(metrics)}
    # Asked only now: looking into the page is work for its main thread, too.
    page.locator("#nd-desk[data-ready]").wait_for()
    for name, key in KEYS:
        before = _read(metrics)
        page.keyboard.press(key)
        _settle(page, asked)
        after = _read(metrics)
        found[name] = Cost(after.work - before.work, after.clock - before.clock)
    page.close()
    return found


def _settle(page: Any, asked: set[Any]) -> None:
    """Wait until every answer has come and is drawn."""
    page.wait_for_timeout(QUIET)
    while asked:
        page.wait_for_timeout(QUIET)


def _read(metrics: Any) -> Cost:
    """How long the main thread has worked so far."""
    answer = metrics.send("Performance.getMetrics")["metrics"]
    values = {each["name"]: 1000 * each["value"] for each in answer}
    return Cost(values["ThreadTime"], values["TaskDuration"])
