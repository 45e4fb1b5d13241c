"""The desk while the server is slow, in small windows, and to the end of an article."""

from __future__ import annotations

import re
import time

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from actors.models import Mention
from curation.models import Judgement, Omission
from events.models import Claim, Event
from sources.models import Article
from tests.factories.curation import ProposalFactory, RunFactory, SightingFactory
from tests.factories.events import PlaceFactory
from tests.factories.sources import ArticleFactory, SpanFactory

pytestmark = pytest.mark.django_db(transaction=True)

SENTENCES = [
    "Police came to the airport.",
    "Two people died in Kabul on 26 August 2021.",
    "The Taliban said nothing.",
    "Austin spoke of it later.",
    "They fled.",
]
TEXT = " ".join(SENTENCES)
SLOW = 1.0  # seconds
SMALL = [(1366, 820), (1280, 720)]


@pytest.fixture
def article(reviewer):
    row = ArticleFactory(title="Kabul attack", text=TEXT)
    SpanFactory(article=row, kind="body", start=0, end=len(TEXT))
    run = RunFactory(article=row)
    fields = ProposalFactory.build(article=row, quote="Police").fields
    for words in ("Police", "Taliban", "Austin"):
        # Two mentions of one actor, then two of one mention each.
        proposal = ProposalFactory(article=row, quote=words)
        SightingFactory(run=run, proposal=proposal)
    again = ProposalFactory(article=row, quote="They", fields=fields)
    SightingFactory(run=run, proposal=again)
    return row


@pytest.fixture
def page(reviewing, live_server, article):
    reviewing.set_viewport_size({"width": 1280, "height": 720})
    url = reverse("admin:curation_desk", args=[article.pk])
    reviewing.goto(live_server.url + url)
    reviewing.locator("#nd-desk[data-ready]").wait_for()
    return reviewing


@pytest.fixture
def slow(page):
    """The page, whose server takes its time over everything that is done."""

    def wait(route):
        if route.request.method == "POST":
            time.sleep(SLOW)
        route.continue_()

    page.route("**/admin/curation/desk/**", wait)
    return page


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def left_to_decide(page, number):
    expect(page.locator("#proposals-title")).to_contain_text(f"{number} to decide")


def test_decisions_belong_to_what_was_chosen_when_the_key_was_pressed(slow):
    press(slow, "n", "a", "r", "3", "a")
    left_to_decide(slow, 0)
    accepted = Judgement.objects.filter(verdict="accepted")
    assert {row.proposal.quote for row in accepted} == {"Police", "They", "Austin"}
    rejected = Judgement.objects.get(verdict="rejected")
    assert (rejected.proposal.quote, rejected.why) == (
        *("Taliban", "the text does not say so"),
    )


def test_a_button_and_then_keys_lose_nothing(slow):
    slow.get_by_role("button", name="Accept all 2").click()
    press(slow, "r", "3")
    left_to_decide(slow, 1)
    assert Judgement.objects.get(verdict="rejected").proposal.quote == "Taliban"
    assert Mention.objects.count() == 2


def test_a_late_answer_does_not_move_the_choice_back(slow):
    press(slow, "n", "a")
    left_to_decide(slow, 2)
    press(slow, "u", *["ArrowDown"] * 3, "o")
    form = slow.locator("#nd-form")
    expect(form.locator("[data-quote]")).to_have_text(SENTENCES[-1])
    left_to_decide(slow, 3)
    expect(slow.locator("#nd-chosen")).to_contain_text(SENTENCES[-1])
    expect(slow.locator(".nd-sentence.nd-current")).to_have_text(SENTENCES[-1])
    slow.keyboard.type("Known.")
    press(slow, "Control+Enter")
    expect(form).to_be_hidden()
    assert Omission.objects.get().quote == SENTENCES[-1]
    # What was just left out is still what is chosen and shown.
    expect(slow.locator(".nd-sentence.nd-current")).to_have_text(SENTENCES[-1])
    expect(slow.locator("#nd-here")).to_contain_text("Left without a claim")


def test_nothing_is_decided_that_nobody_chose(page):
    for key in ("r", "a", "e"):
        press(page, key)
        expect(page.locator("#nd-said")).to_contain_text("Choose a proposal first")
    expect(page.locator("#nd-ask")).to_be_hidden()
    press(page, "n", "ArrowDown", "a")  # the choice was left
    expect(page.locator("#nd-said")).to_contain_text("Choose a proposal first")
    assert not Judgement.objects.exists()


def test_the_question_why_stands_once_and_names_all(page):
    press(page, "n", "r")
    expect(page.get_by_text("wrong words")).to_have_count(2)  # the other: the keys
    expect(page.locator("#nd-ask")).to_contain_text("Why reject all 2 “Police”?")
    expect(page.get_by_role("button", name="Reject all 2")).to_be_visible()
    press(page, "Escape")
    expect(page.locator("#nd-ask")).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 390])
def test_what_is_said_covers_nothing_and_goes_away(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    before = page.locator(".nd-tools").bounding_box()
    press(page, "n", "a")
    expect(page.locator("#nd-said")).to_contain_text("Accepted")
    box = page.locator("#nd-says").bounding_box()
    for each in page.locator(".nd-tools .nd-moves .nd-button:visible").all():
        assert apart(box, each.bounding_box())
    tools = page.locator(".nd-tools").bounding_box()
    assert tools["x"] <= box["x"]
    assert tools["y"] <= box["y"]
    assert tools["width"] == before["width"]
    page.get_by_role("button", name="Close this message").click()
    expect(page.locator("#nd-said")).to_be_empty()
    page.clock.install()
    press(page, "u")
    expect(page.locator("#nd-said")).to_contain_text("Undone")
    page.clock.run_for(7_000)
    expect(page.locator("#nd-said")).to_be_empty()


def apart(one, other):
    return (
        one["x"] + one["width"] <= other["x"]
        or other["x"] + other["width"] <= one["x"]
        or one["y"] + one["height"] <= other["y"]
        or other["y"] + other["height"] <= one["y"]
    )


def uncovered(page, locator):
    """Whether its middle can be seen and clicked."""
    return locator.evaluate(
        """each => {
            const box = each.getBoundingClientRect();
            const found = document.elementFromPoint(
                box.x + box.width / 2, box.y + box.height / 2);
            return found !== null && (each === found || each.contains(found));
        }"""
    )


@pytest.mark.parametrize(("width", "height"), [*SMALL, (390, 844)])
def test_a_form_and_its_lists_are_in_sight(page, width, height):
    page.set_viewport_size({"width": width, "height": height})
    press(page, "ArrowDown", "ArrowDown", "c")
    form = page.locator("#nd-form")
    expect(form.locator("[name=statement]")).not_to_have_value("")
    page.wait_for_timeout(500)
    assert uncovered(page, form.locator("[name=kind]"))
    event = form.locator("[name=event_name]")
    event.focus()
    page.keyboard.type("Kabul attack")
    option = form.get_by_role("option").last
    expect(option).to_contain_text("New event")
    page.wait_for_timeout(500)  # it rolls smoothly
    assert uncovered(page, event)
    assert uncovered(page, option)
    assert uncovered(page, form.get_by_role("button", name="Save"))
    list_, box = option.bounding_box(), event.bounding_box()
    assert 0 <= list_["y"] - (box["y"] + box["height"]) < 60
    press(page, "Enter")
    expect(form.locator("[data-new-event]")).to_be_visible()
    page.wait_for_timeout(500)
    expect(event).to_be_focused()
    assert uncovered(page, event)
    assert uncovered(page, form.locator("[name=event_type]"))
    assert uncovered(page, form.get_by_role("button", name="Save"))


def test_what_one_has_typed_is_not_overwritten_by_what_is_suggested(page):
    def wait(route):
        time.sleep(SLOW)
        route.continue_()

    page.route("**/admin/curation/desk/*/?suggest=*", wait)
    press(page, "ArrowDown", "ArrowDown", "c")
    form = page.locator("#nd-form")
    form.locator("[name=statement]").fill("Two were killed.")
    expect(form.locator("[name=kind]")).to_have_value("figure")
    expect(form.locator("[name=statement]")).to_have_value("Two were killed.")


def test_a_new_event_is_asked_for_all_that_matters(page, article):
    day = {
        "earliest": "2021-08-26",
        "latest": "2021-08-26",
        "precision": "day",
        "basis": "stated",
        "note": "",
    }
    date = ProposalFactory(
        article=article, kind="date", quote="26 August 2021", fields=day
    )
    SightingFactory(run=article.runs.get(), proposal=date)
    place = PlaceFactory(name="Kabul", status="coded")
    press(page, "ArrowDown", "ArrowDown", "c")
    form = page.locator("#nd-form")
    expect(form.locator("[name=event_date]")).to_have_value("2021-08-26")
    form.locator("[name=kind]").select_option("occurrence")
    form.locator("[name=event_name]").focus()
    page.keyboard.type("Attack in Kabul")
    expect(form.get_by_role("option").last).to_contain_text("New event")
    press(page, "Enter")
    form.locator("[name=event_type]").select_option("ASSAULT")
    form.locator("[name=event_place_name]").focus()
    page.keyboard.type("kab")
    expect(form.get_by_role("option", name="Kabul")).to_be_visible()
    press(page, "Enter", "Control+Enter")
    expect(form).to_be_hidden()
    event = Event.objects.get()
    assert str(event.date_earliest) == str(event.date_latest) == "2021-08-26"
    assert (event.date_precision, event.date_basis) == ("day", "stated")
    assert (event.type_id, event.place) == ("plover-type/ASSAULT", place)
    assert event.place_precision_id.startswith("place-precision/")
    parts = set(Claim.objects.get().supports.values_list("part", flat=True))
    assert parts == {"occurrence", "date", "place"}
    href = reverse("admin:events_event_change", args=[event.pk])
    expect(page.locator("#nd-said a")).to_have_attribute("href", href)
    expect(page.locator("#nd-pane").locator(f"a[href='{href}']").last).to_be_visible()


def test_a_date_that_cannot_be_is_refused_beside_its_field(page, expected):
    expected.append("422")
    press(page, "ArrowDown", "c")
    form = page.locator("#nd-form")
    form.locator("[name=event_name]").focus()
    page.keyboard.type("Attack")
    expect(form.get_by_role("option").last).to_contain_text("New event")
    press(page, "Enter")
    form.locator("[name=event_date]").fill("2021-08-26")
    form.get_by_text("How exactly the day is known").click()
    form.locator("[name=event_until]").fill("2021-08-29")
    press(page, "Control+Enter")
    wrong = form.locator("[data-field=event_date] [data-error]")
    expect(wrong).to_contain_text("4 days do not fit precision day")
    form.locator("[name=event_precision]").select_option("few_days")
    press(page, "Control+Enter")
    expect(form).to_be_hidden()
    assert str(Event.objects.get().date_latest) == "2021-08-29"


def test_an_article_is_finished_by_key(page, article, live_server):
    other = ArticleFactory(title="The next one", text="They came.")
    press(page, "d")
    left = page.locator("#nd-done")
    expect(left).to_contain_text("3 proposals are undecided.")
    expect(left).to_contain_text("5 of 5 sentences are neither covered")
    expect(left).to_contain_text("No claims rest on it.")
    expect(left.get_by_role("button")).to_be_focused()
    assert Article.objects.get(pk=article.pk).status == "draft"
    press(page, "Enter")
    expect(page.locator("#nd-said")).to_contain_text("Marked as coded")
    expect(page.get_by_role("button", name="Take the next one")).to_be_focused()
    assert Article.objects.get(pk=article.pk).status == "coded"
    press(page, "Enter")
    page.wait_for_url(f"**/desk/{other.pk}/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_buttons_can_be_read_while_they_are_pressed(page, scheme):
    page.evaluate(f"localStorage.setItem('adminTheme', '\"{scheme}\"')")
    page.reload()
    page.locator("#nd-desk[data-ready]").wait_for()
    for name in ("Accept all 2", "Reject all 2", "Claim"):
        button = page.get_by_role("button", name=name).first
        button.focus()
        assert contrast(button) >= 4.5
        button.hover()
        assert contrast(button) >= 4.5
        page.mouse.down()
        assert contrast(button) >= 4.5
        page.mouse.move(2, 2)
        page.mouse.up()


def contrast(locator):
    return locator.evaluate(
        """async each => {
            await Promise.all(each.getAnimations().map(a => a.finished));
            const pen = document.createElement("canvas").getContext(
                "2d", { willReadFrequently: true });
            const parts = colours => {
                pen.clearRect(0, 0, 1, 1);
                for (const colour of colours) {
                    pen.fillStyle = colour;
                    pen.fillRect(0, 0, 1, 1);
                }
                return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
            };
            const light = parts => {
                const [r, g, b] = parts.map(v => v / 255).map(
                    v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const grounds = [];
            for (let at = each; at; at = at.parentElement) {
                grounds.unshift(getComputedStyle(at).backgroundColor);
            }
            const ground = light(parts(["#fff", ...grounds]));
            const ink = light(parts([getComputedStyle(each).color]));
            const [low, high] = [ground, ink].sort((a, b) => a - b);
            return (high + 0.05) / (low + 0.05);
        }"""
    )


def test_what_is_refused_is_chosen_again(page, article, expected):
    expected.append("422")
    fields = {
        "relation": "leads",
        "person": 0,
        "organisation": None,
        "title": "",
        "organisation_words": "the airport",
    }
    office = ProposalFactory(
        article=article, kind="office", quote="Police came", fields=fields
    )
    SightingFactory(run=article.runs.get(), proposal=office)
    page.reload()
    page.locator("#nd-desk[data-ready]").wait_for()
    item = page.locator(f"#p{office.pk}")
    page.locator("#nd-pane summary").last.click() if item.is_hidden() else None
    item.click(position={"x": 5, "y": 5})
    press(page, "a")
    expect(page.locator("#nd-alert")).to_contain_text(
        "Accept the person and the organisation as actors"
    )
    expect(item).to_have_class(re.compile("nd-active"))
