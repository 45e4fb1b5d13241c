"""Public pages in Chromium: nothing from elsewhere, nothing refused, all legible."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

WIDTHS = [1280, 390]
SCHEMES = ["light", "dark"]


@pytest.fixture
def site(live_server, seed_folder):
    """The address of a server over the seeds and their curation."""
    from publishing.rendering import refresh

    call_command("import_articles", str(seed_folder), verbosity=0)
    call_command("load_curation", str(seed_folder.parent / "curation"), verbosity=0)
    refresh()
    return live_server.url


class Visit:
    """A browser page that notes what a reader would never see going wrong."""

    def __init__(self, browser, site, **more):
        self.site = site
        self.trouble = []
        self.context = browser.new_context(**more)
        self.page = self.context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on("request", self._asked)

    def _heard(self, message):
        if message.type in {"error", "warning"}:
            self.trouble.append(message.text)

    def _asked(self, request):
        if not request.url.startswith((self.site, "data:")):
            self.trouble.append(f"asks elsewhere: {request.url}")

    def go(self, path):
        self.page.goto(self.site + path)
        return self.page

    def overflow(self):
        """By how many pixels the page is wider than the window."""
        return self.page.evaluate(
            "() => { const e = document.documentElement;"
            " return e.scrollWidth - e.clientWidth }"
        )


@pytest.fixture
def visit(browser, site):
    visits = []

    def start(**more):
        visits.append(Visit(browser, site, **more))
        return visits[-1]

    yield start
    for one in visits:
        one.context.close()
        assert not one.trouble


def _paths():
    from publishing.models import Document, Kind

    article = Document.objects.current().of(Kind.ARTICLE).first()
    claim = Document.objects.current().of(Kind.CLAIM).first()
    return [
        *("/", "/?q=nothing+like+it", "/actors/", "/actors/isis-k/", "/about/"),
        *("/?q=airport", "/?place=kabul-airport", "/?place=nowhere&role=victim"),
        *("/events/kabul-airport-attack/", f"/claims/{claim.slug}/"),
        f"/articles/{article.object_id}/",
    ]


# Contrast of every text against the nearest background behind it (WCAG 2.2, 1.4.3).
# Text over a picture or a half-transparent mark is left to the eye.
CONTRAST = """
() => {
  const channels = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const part = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const behind = element => {
    for (let e = element; e; e = e.parentElement) {
      const found = channels(getComputedStyle(e).backgroundColor);
      if (found.length < 4 || found[3] === 1) return found;
      if (found[3] > 0) return null;
    }
    return [255, 255, 255];
  };
  const poor = new Set();
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (!own || element.closest("svg, .visually-hidden, .skip, option")) continue;
    const style = getComputedStyle(element);
    const ground = style.color.startsWith("rgb") ? behind(element) : null;
    if (!ground) continue;
    const [a, b] = [light(channels(style.color)), light(ground)];
    if ((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5)
      poor.add(`${element.className || element.tagName}: ${element.textContent}`);
  }
  return [...poor];
}
"""


def test_all_pages_are_quiet_legible_and_fit_the_window(visit):
    for width in WIDTHS:
        for scheme in SCHEMES:
            reader = visit(
                viewport={"width": width, "height": 844}, color_scheme=scheme
            )
            for path in _paths():
                page = reader.go(path)
                assert reader.overflow() <= 0, f"{path} at {width}"
                assert page.locator("h1").count() == 1, path
                assert page.evaluate(CONTRAST) == [], f"{path} {scheme}"


def test_from_the_promise_to_the_sentence_in_one_click(visit):
    page = visit().go("/")
    page.locator(".example .iv-picture a", has_text="up to 170 people").click()
    target = page.locator("mark.passage:target")
    name = target.get_attribute("class").split()[-1]
    lit = "".join(page.locator(f".{name}").all_inner_texts())
    assert "up to 170 people" in lit
    expect(target).to_be_in_viewport()


def test_a_passage_that_others_cut_lights_up_as_a_whole(visit):
    reader = visit()
    from publishing.models import Document, Kind

    for document in Document.objects.current().of(Kind.ARTICLE):
        page = reader.go(f"/articles/{document.object_id}/")
        cut = page.locator("mark[class*=cut-][id]")
        for number in range(cut.count()):
            first = cut.nth(number)
            anchor, pieces = first.get_attribute("id"), first.get_attribute("class")
            page.evaluate("anchor => { location.hash = anchor }", anchor)
            name = pieces.split()[-1]
            colours = page.locator(f".{name}").evaluate_all(
                "all => all.map(e => getComputedStyle(e).backgroundColor)"
            )
            assert len(colours) > 1
            assert len(set(colours)) == 1, anchor
        others = page.locator("mark.passage:not(:target)").first
        assert others.count() == 1


# Of each passage that has a note beside it: the notes marked while it is the target.
MARKED_NOTES = """
() => [...document.querySelectorAll(".row mark[class*=note-][id]")].map(mark => {
  location.hash = mark.id;
  const marked = [...document.querySelectorAll(".notes li")]
    .filter(note => getComputedStyle(note).borderLeftWidth === "4px");
  return [mark.id, marked.map(note => note.querySelector("a").hash)];
})
"""


def test_the_note_of_the_passage_that_is_the_target_is_marked(visit):
    reader = visit()
    from publishing.models import Document, Kind

    for document in Document.objects.current().of(Kind.ARTICLE):
        page = reader.go(f"/articles/{document.object_id}/")
        found = dict(page.evaluate(MARKED_NOTES))
        # A further passage of a claim in the paragraph leads to the same note.
        assert found == {name: [f"#{name.partition('.')[0]}"] for name in found}
        notes = page.locator(".note-jump").evaluate_all("all => all.map(a => a.hash)")
        assert {f"#{name}" for name in found} >= set(notes)
        assert page.evaluate(CONTRAST) == []


def test_from_words_searched_to_their_paragraph(visit):
    for scheme in SCHEMES:
        page = visit(color_scheme=scheme).go("/")
        page.get_by_label("Words").fill("a Taliban fighter stands guard")
        page.get_by_role("button", name="Find").click()
        assert page.evaluate(CONTRAST) == []
        found = page.get_by_role("region", name="In articles")
        found.get_by_role("link", name="A Taliban fighter stands guard").click()
        paragraph = page.locator(".para:target")
        expect(paragraph).to_be_in_viewport()
        expect(paragraph).to_contain_text("A Taliban fighter stands guard")


def test_the_pages_work_with_the_keyboard_alone(visit):
    page = visit().go("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert page.locator(".skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert float(outline.removesuffix("px")) >= 2


def test_the_pages_work_without_scripts(visit):
    page = visit(java_script_enabled=False).go("/")
    page.get_by_label("Actor, by any name").fill("iskp")
    page.get_by_role("button", name="Find").click()
    expect(page).to_have_url(re.compile("alias=iskp"))
    found = page.get_by_role("link", name="Suicide attack at Kabul airport")
    expect(found.first).to_be_visible()
