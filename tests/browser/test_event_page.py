"""The page of an event in Chromium: its pictures move, and everybody can use it."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True)

ATTACK = "/events/kabul-airport-attack/"
WIDTHS = [1280, 390]
SCHEMES = ["light", "dark"]


@pytest.fixture
def attack(code_lists, seed_folder):
    """The event of the seeds, published, and its page in the admin."""
    from events.models import Event
    from publishing.rendering import refresh

    call_command("import_articles", str(seed_folder), verbosity=0)
    call_command("load_curation", str(seed_folder.parent / "curation"), verbosity=0)
    refresh()
    event = Event.objects.get(slug="kabul-airport-attack")
    return reverse("admin:events_event_change", args=[event.pk])


def found_by_axe(page):
    return [
        (violation["id"], node["target"][-1], node["html"][:160])
        for violation in Axe().run(page).response["violations"]
        for node in violation["nodes"]
    ]


def overflow(page):
    return page.evaluate(
        "() => document.documentElement.scrollWidth"
        " - document.documentElement.clientWidth"
    )


def stage_width(page):
    """How many times as wide as the picture the line of time is drawn."""
    return float(
        page.locator(".tl-picture .nd-stage").get_attribute("width").rstrip("%")
    )


def test_the_page_of_an_event_is_open_to_everybody(reviewing, live_server, attack):
    for scheme in SCHEMES:
        reviewing.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            reviewing.set_viewport_size({"width": width, "height": 900})
            reviewing.goto(live_server.url + attack)
            expect(reviewing.locator(".pic-tools").first).to_be_visible()
            assert overflow(reviewing) <= 0, f"{width} {scheme}"
            assert found_by_axe(reviewing) == [], f"{width} {scheme}"


def test_the_public_page_is_open_to_everybody(watched, live_server, attack):
    for scheme in SCHEMES:
        watched.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            watched.set_viewport_size({"width": width, "height": 900})
            watched.goto(live_server.url + ATTACK)
            expect(watched.locator(".pic-tools").first).to_be_visible()
            for summary in watched.locator(".pic-table summary").all():
                summary.click()
            assert overflow(watched) <= 0, f"{width} {scheme}"
            assert found_by_axe(watched) == [], f"{width} {scheme}"


def test_a_bar_leads_to_its_sentence(reviewing, live_server, attack):
    reviewing.goto(live_server.url + attack)
    reviewing.locator(".iv-picture a", has_text="up to 170 people").first.click()
    reviewing.wait_for_url("**/admin/sources/article/*/change/#c*")
    anchor = reviewing.url.partition("#")[2]
    sentence = reviewing.locator(f"[id={anchor}]")
    expect(sentence).to_be_in_viewport()


def test_a_cell_leads_to_its_sentence(reviewing, live_server, attack):
    reviewing.goto(live_server.url + attack)
    line = reviewing.get_by_role("row", name="Killed (all)")
    line.get_by_role("link", name="more than 100 people").click()
    reviewing.wait_for_url("**/admin/sources/article/*/change/#c*")


def test_the_line_of_time_is_enlarged_by_buttons_and_keys(watched, live_server, attack):
    watched.emulate_media(reduced_motion="reduce")
    watched.goto(live_server.url + ATTACK)
    tools = watched.get_by_role("group", name="Enlarge and move: When it happened")
    assert tools.get_by_role("button", name="Whole picture").is_disabled()
    tools.get_by_role("button", name="Enlarge").click()
    assert stage_width(watched) == pytest.approx(160)
    expect(tools.get_by_role("status")).to_have_text("1.6×")
    watched.keyboard.press("+")
    assert stage_width(watched) == pytest.approx(256)
    stage = watched.locator(".tl-picture .nd-stage")
    before = float(stage.get_attribute("x"))
    watched.keyboard.press("ArrowRight")
    assert float(stage.get_attribute("x")) < before
    watched.keyboard.press("0")
    assert stage_width(watched) == 100
    assert float(stage.get_attribute("x")) == 0


def test_a_step_is_seen_unless_people_ask_for_no_motion(watched, live_server, attack):
    watched.emulate_media(reduced_motion="no-preference")
    watched.goto(live_server.url + ATTACK)
    more = watched.locator(".tl").get_by_role("button", name="Enlarge")
    widths = watched.evaluate(
        """async (button) => {
          const stage = document.querySelector(".tl-picture .nd-stage");
          const seen = new Set();
          button.click();
          for (let n = 0; n < 60; n += 1) {
            await new Promise(requestAnimationFrame);
            seen.add(stage.getAttribute("width"));
            if (stage.getAttribute("width") === "160%") break;
          }
          return [...seen];
        }""",
        more.element_handle(),
    )
    assert widths[-1] == "160%"
    assert len(widths) > 1


def test_a_map_is_enlarged_by_the_wheel_and_moved_by_dragging(
    watched, live_server, attack
):
    watched.goto(live_server.url + ATTACK)
    svg = watched.locator("svg.map-picture")
    svg.scroll_into_view_if_needed()
    stage = svg.locator(".nd-stage")
    whole = stage.get_attribute("transform")
    box = svg.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    watched.mouse.move(x, y)
    watched.keyboard.down("Control")
    watched.mouse.wheel(0, -100)
    watched.keyboard.up("Control")
    expect(stage).not_to_have_attribute("transform", whole)
    large = stage.get_attribute("transform")
    address = watched.url
    watched.mouse.down()
    watched.mouse.move(x + 40, y + 20, steps=4)
    watched.mouse.up()
    expect(stage).not_to_have_attribute("transform", large)
    assert watched.url == address


def test_the_wheel_scrolls_past_a_picture_that_is_whole(watched, live_server, attack):
    watched.goto(live_server.url + ATTACK)
    svg = watched.locator("svg.map-picture")
    svg.scroll_into_view_if_needed()
    whole = svg.locator(".nd-stage").get_attribute("transform")
    top = watched.evaluate("scrollY")
    svg.hover()
    watched.mouse.wheel(0, 200)
    watched.wait_for_function("top => scrollY > top", arg=top)
    assert svg.locator(".nd-stage").get_attribute("transform") == whole


def test_what_belongs_together_lights_up_together(watched, live_server, attack):
    watched.goto(live_server.url + ATTACK)
    row = watched.locator(".tl-row").nth(1)
    row.hover()
    lit = watched.locator(".tl-picture .nd-lit")
    expect(lit).to_have_count(2)  # the words and their bar
    watched.mouse.move(0, 0)
    expect(lit).to_have_count(0)


def test_without_scripts_the_pictures_are_whole(browser, live_server, attack):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + ATTACK)
    expect(page.locator("svg.tl-picture")).to_be_visible()
    expect(page.locator(".pic-tools")).to_have_count(0)
    page.locator(".tl .pic-table summary").click()
    expect(page.locator(".tl table")).to_contain_text("20 months later")
    context.close()
