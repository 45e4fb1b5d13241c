"""The desk of a long article in Chromium: what its main thread does for each key."""

from __future__ import annotations

import os
import shutil
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import Client, override_settings
from django.test.testcases import LiveServerThread
from django.urls import reverse

TURNS = 5
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
    ("next proposal", "j"),
    ("open a form", "c"),
    ("close it", "Escape"),
)


class Work(NamedTuple):
    """Milliseconds of the main thread: all tasks, and of these style and layout."""

    name: str
    tasks: float
    layout: float


def measure(article: int, reader: User) -> Iterator[Work]:
    """Opening the desk, and each of KEYS; medians of TURNS. Nothing without Chromium."""
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
            context.add_cookies(
                [{"name": name, "value": cookie.value, "url": address}]
            )
        yield from _of_page(
            context.new_page(), address + reverse("admin:curation_desk", args=[article])
        )
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


def _of_page(page: Any, url: str) -> Iterator[Work]:
    metrics = page.context.new_cdp_session(page)
    metrics.send("Performance.enable")

    def ready() -> None:
        page.goto(url)
        page.locator("#nd-desk[data-ready]").wait_for()
        page.wait_for_timeout(500)

    def cost(act: Callable[[], object]) -> tuple[float, float]:
        before = _read(metrics)
        act()
        page.wait_for_timeout(500)  # until answers have come and are drawn
        after = _read(metrics)
        return tuple(1000 * (b - a) for a, b in zip(before, after, strict=True))  # type: ignore[return-value]

    ready()
    found: dict[str, list[tuple[float, float]]] = {name: [] for name, _ in KEYS}
    opened = []
    for _ in range(TURNS):
        opened.append(cost(ready))
        for name, key in KEYS:
            found[name].append(cost(lambda key=key: page.keyboard.press(key)))
    for name, costs in {"open": opened, **found}.items():
        tasks, layout = zip(*costs, strict=True)
        yield Work(name, statistics.median(tasks), statistics.median(layout))


def _read(metrics: Any) -> tuple[float, float]:
    """Seconds that the main thread has worked so far; and of that, style and layout."""
    answer = metrics.send("Performance.getMetrics")["metrics"]
    values = {each["name"]: each["value"] for each in answer}
    layout = values["LayoutDuration"] + values["RecalcStyleDuration"]
    return values["TaskDuration"], layout
