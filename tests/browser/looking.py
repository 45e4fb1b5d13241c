"""Looking at a page as people do: light and dark, wide and narrow, and with axe."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from axe_playwright_python.base import AXE_SCRIPT
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Container

    from playwright.sync_api import Page, Response

MAIN = Path(__file__).parents[2]
PICTURES = MAIN / ".local/screenshots"
# What README shows: the page, the file in docs/images. Drawn anew when all pages are.
IMAGES = {
    "dashboard": "dashboard",
    "desk": "desk",
    "front-page": "front-page",
    "event-change": "event",
}
# Where such an image ends, if not with the window that opens: above this heading, with
# what the bar at the foot of a form covers.
SCROLL = """
heading => {
  document.querySelector(heading).scrollIntoView({block: "end"});
  scrollBy(0, 40);
}
"""
ENDS_AT = {"event-change": "#where-title"}
COLOURS = 256  # of an image: flat areas and letters need no more
WIDTHS = (1280, 390)
HEIGHT = 900

# Everything that WCAG 2.2 AA asks for and a machine can see, and axe's best practices.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERY_RULE: dict[str, Any] = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},  # else off, though WCAG 2.2 AA
}
# What can differ between light and dark: their elements are the same.
RULES_OF_COLOUR: dict[str, Any] = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}

# Colours are measured, so that they must have arrived; a sheet made by a script is
# not held back by the page's policy, as a <style> would be.
STILL = """
() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("*, ::before, ::after { transition: none !important; \
animation: none !important; }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
"""
# The admin's theme chooses when a page is loaded; this is what it then does.
WEAR = "dark => document.documentElement.classList.toggle('dark', dark)"
OVERFLOW = """
() => {
  const root = document.documentElement;
  const over = root.scrollWidth - root.clientWidth;
  if (over <= 0) return "";
  const wide = [...document.querySelectorAll("body *")].filter(
    each => each.getBoundingClientRect().right > root.clientWidth + 1);
  return `${over} px wider than the window: ${wide.slice(0, 9).map(
    each => each.outerHTML.slice(0, 90)).join(" > ")}`;
}
"""
RUN_AXE = """
async options => (await axe.run(document, options)).violations.flatMap(rule =>
  rule.nodes.map(node => `${rule.id} ${node.target.join(" ")}: `
    + node.html.replace(/\\s+/g, " ").slice(0, 200)))
"""


class Looker:
    """Visits pages and keeps what is wrong with them, in words."""

    def __init__(self, page: Page, site: str, *, pictures_of: Container[str]) -> None:
        """`pictures_of`: names of the pages to draw; see `wanted_pictures`."""
        self.page, self.site, self.pictures_of = page, site, pictures_of
        self.faults: list[str] = []
        self._name, self._refused = "", False
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self._note(f"script: {error}"))
        page.on("request", self._asked)

    def visit(self, name: str, path: str) -> Response | None:
        """Open the page, look at it in all ways, note its faults under `name`.

        Pages that are refused are all alike: the first one is looked at.
        """
        response = self.open(name, path)
        status = response.status if response else 0
        if status >= 500:
            self._note(f"answers {status}")
        if status != 403 or not self._refused:
            self.look()
        self._refused |= status == 403
        return response

    def open(self, name: str, path: str) -> Response | None:
        self._name = name
        self.page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
        self.page.emulate_media(color_scheme="light")
        response = self.page.goto(self.site + path)
        if "/docs/" in path:  # drawn by a script, from what it fetches
            self.page.locator(".opblock-summary").first.wait_for()
        return response

    def look(self, name: str = "") -> None:
        """At the page as it is: wide and light, narrow and dark; drawn ones all four.

        All four ways of every page: NEWSDB_EVERY_PICTURE=1 (make pictures).
        """
        self._name = name or self._name
        self.page.evaluate(STILL)
        self.page.evaluate(AXE_SCRIPT)
        wide, narrow = WIDTHS
        self._look_once(wide, "light", EVERY_RULE)
        if self._name in self.pictures_of:
            self._look_once(wide, "dark", RULES_OF_COLOUR)
            self._look_once(narrow, "light", EVERY_RULE)
        self._look_once(narrow, "dark", EVERY_RULE)

    def _look_once(self, width: int, scheme: str, rules: dict[str, Any]) -> None:
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        self.page.emulate_media(color_scheme=scheme)
        self.page.evaluate(WEAR, scheme == "dark")
        if self._name in self.pictures_of:
            self._draw(width, scheme)
        where = f"[{scheme} {width}]"
        for fault in self.page.evaluate(RUN_AXE, rules):
            self._note(f"{where} {fault}")
        if over := self.page.evaluate(OVERFLOW):
            self._note(f"{where} {over}")

    def _draw(self, width: int, scheme: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(
            path=PICTURES / f"{self._name}-{scheme}-{width}.png", full_page=width < 1000
        )
        shown = self._name in IMAGES and (width, scheme) == (WIDTHS[0], "light")
        if shown and isinstance(self.pictures_of, Everything):
            self._show()

    def _show(self) -> None:
        """Draw the page for README, with as few colours as it needs."""
        if heading := ENDS_AT.get(self._name):
            self.page.evaluate(SCROLL, heading)
        with Image.open(io.BytesIO(self.page.screenshot())) as drawn:
            few = drawn.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(MAIN / f"docs/images/{IMAGES[self._name]}.png", optimize=True)

    def _note(self, fault: str) -> None:
        self.faults.append(f"{self._name}: {fault}")

    def _heard(self, message: Any) -> None:
        status = re.search(r"status of (\d+)", message.text)
        told = status is not None and status[1] in {"400", "403", "404", "405", "410"}
        if message.type == "error" and not told:
            self._note(f"console: {message.text}")

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.site, "data:", "blob:")):
            self._note(f"asks elsewhere: {request.url}")


def sound(page: Page) -> None:
    """Nothing of the page, as it is, is out of reach: by axe or by width."""
    page.evaluate(STILL)
    page.evaluate(AXE_SCRIPT)
    assert page.evaluate(RUN_AXE, EVERY_RULE) == []
    assert page.evaluate(OVERFLOW) == ""


def wanted_pictures(main: set[str]) -> Container[str]:
    """Names of the pages to draw: `main`, or all with NEWSDB_EVERY_PICTURE set."""
    return Everything() if os.environ.get("NEWSDB_EVERY_PICTURE") else main


class Everything:
    def __contains__(self, _name: object) -> bool:
        return True
