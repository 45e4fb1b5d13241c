"""What each part of a text is taken for, on the seeds and on made-up pages."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.dates import Basis
from sources.models import SpanKind
from sources.structure import Mark, mark, published_date

BODY = "The minister said on Monday that the talks would go on for another week."


def parts(text: str) -> list[tuple[str, str]]:
    """Kind and words of each part of `text`."""
    return [(m.kind, text[m.start : m.end]) for m in mark(text)]


def of_kind(text: str, kind: str) -> list[str]:
    return [words for each, words in parts(text) if each == kind]


def not_body(text: str) -> list[tuple[str, str]]:
    return [(kind, words) for kind, words in parts(text) if kind != "body"]


def assert_covers(text: str, marks: list[Mark]) -> None:
    """In order, without overlap, trimmed, and nothing but white space left over."""
    at = 0
    for each in marks:
        assert at <= each.start < each.end
        assert text[at : each.start].strip() == ""
        words = text[each.start : each.end]
        assert words == words.strip()
        assert each.kind in SpanKind.values
        assert 0 < len(each.rule) <= 60
        at = each.end
    assert text[at:].strip() == ""


# --- the seeds -----------------------------------------------------------------


def test_seed_000(seeds: dict[str, str]) -> None:
    assert not_body(seeds["000"]) == [
        ("title", "Spies turn to Islamic State to save lives from Taliban"),
        ("dateline", "Kabul."),
    ]
    assert len(of_kind(seeds["000"], "body")) == 5


def test_seed_001(seeds: dict[str, str]) -> None:
    assert not_body(seeds["001"]) == [
        (
            "title",
            "US Military general hints at possible tie-up with Taliban to fight IS",
        ),
        ("noise", "text_fields"),
        ("dateline", "Washington:"),
    ]
    assert of_kind(seeds["001"], "body")[0].startswith("US Army General Mark Milley,")
    assert len(of_kind(seeds["001"], "body")) == 8


def test_seed_002(seeds: dict[str, str]) -> None:
    text = seeds["002"]
    assert not_body(text) == [
        ("date", "date 2023-04-26"),
        ("heading", "Haqqani and Kandhari Divide"),
    ]
    assert of_kind(text, "body")[0].startswith("The Afghan intelligence and the US")
    found = published_date(text, mark(text))
    assert found == (
        dt.date(2023, 4, 26),
        "date 2023-04-26",
        Basis.METADATA,
        "glued to the beginning of the text",
    )


def test_seed_003(seeds: dict[str, str]) -> None:
    text = seeds["003"]
    assert [(kind, words[:45]) for kind, words in not_body(text)] == [
        ("title", "Will the Taliban go after Daesh-K in Afghanis"),
        ("caption", "A Taliban fighter stands guard at the site of"),
        ("heading", "Long war"),
        ("heading", "Taliban factions"),
        ("caption", "Senior Haqqani group leader Anas Haqqani nego"),
        ("caption", "The Taliban released many Daesh and Al Qaeda-"),
        ("heading", "What should the Taliban do?"),
    ]
    assert of_kind(text, "body")[0].startswith("The Biden administration says")


def test_seed_004(seeds: dict[str, str]) -> None:
    assert not_body(seeds["004"]) == [
        (
            "title",
            "US General mentions “possible” alliance with Taliban against ISIS-K",
        ),
        ("noise", "Image: Getty Images"),
    ]
    assert len(of_kind(seeds["004"], "body")) == 14


@pytest.mark.parametrize("number", ["000", "001", "003", "004"])
def test_seeds_without_a_date_of_their_own(seeds: dict[str, str], number: str) -> None:
    assert published_date(seeds[number], mark(seeds[number])) is None


def test_seeds_are_covered(seeds: dict[str, str]) -> None:
    for text in seeds.values():
        assert_covers(text, mark(text))


# --- properties ----------------------------------------------------------------

LINES = st.sampled_from(
    [
        "",
        "   ",
        "Talks begin in Doha",
        BODY,
        "text_fieldsKabul: The talks began on Monday in a hotel by the sea.",
        "date 2023-04-26 The talks began",
        "KABUL, Afghanistan (AP) — The talks began on Monday.",
        "Image: Getty Images",
        "August 27, 2021",
        "\ufeff",
        "\u200b",
        "***",
        "😀 e\u0301 \u00a0",
        "Read more: Another story",
        "done. date 2023-04-26",
    ]
)


@given(st.lists(LINES), st.sampled_from(["\n", "\r\n", "\n\n", "\u2028", "\x0b"]))
def test_made_up_pages_are_covered(lines: list[str], newline: str) -> None:
    text = newline.join(lines)
    assert_covers(text, mark(text))


@given(st.text())
def test_any_text_is_covered(text: str) -> None:
    marks = mark(text)
    assert_covers(text, marks)
    published_date(text, marks)


@pytest.mark.parametrize(
    "text",
    [
        "A" * 1_000_000,
        "A. " * 300_000,
        "Kabul, " * 140_000,
        "(" * 500_000,
        "a\n" * 9999,
    ],
)
def test_long_texts_take_no_longer_than_long(text: str) -> None:
    started = time.process_time()
    mark(text)
    assert time.process_time() - started < 5


# --- titles --------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        "Talks begin in Doha",
        "Will talks begin in Doha?",
        "Blast kills 13 in the U.S.",
        "Minister: “We will talk”",
    ],
)
def test_short_first_line_is_the_title(title: str) -> None:
    assert parts(f"{title}\n\n{BODY}")[0] == ("title", title)


@pytest.mark.parametrize(
    "line",
    [
        "Talks began in Doha.",
        "He said: “Talks began.”",
        "Talks began. Nobody knew why",
        "MS. PSAKI: Hello, everyone",
        "- first point",
        "Talks " * 50,
    ],
)
def test_first_line_that_is_no_title(line: str) -> None:
    assert parts(f"{line}\n\n{BODY}")[0][0] == "body"


def test_a_single_line_is_body() -> None:
    assert parts("Talks begin in Doha") == [("body", "Talks begin in Doha")]


def test_title_behind_a_glued_date() -> None:
    assert parts(f"date 2023-04-26 Talks begin in Doha\n{BODY}") == [
        ("date", "date 2023-04-26"),
        ("title", "Talks begin in Doha"),
        ("body", BODY),
    ]


# --- datelines -----------------------------------------------------------------


@pytest.mark.parametrize(
    "dateline",
    [
        "Kabul.",
        "New Delhi.",
        "Washington:",
        "Kabul, Aug 27:",
        "KABUL, Afghanistan (AP) —",
        "WASHINGTON (Reuters) -",
        "TEHRAN –",
        "TEHRAN-",
        "KABUL, Aug. 27 (Xinhua) --",
        "New York, NY –",
    ],
)
def test_dateline_before_the_first_sentence(dateline: str) -> None:
    assert parts(f"Talks go on\n\n{dateline} {BODY}\n\n{BODY}") == [
        ("title", "Talks go on"),
        ("dateline", dateline),
        ("body", BODY),
        ("body", BODY),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Yes.",
        "Gen. Milley said so.",
        "Analysis:",
        "THE PRESIDENT:",
        "The minister –",
        "Fear. Hunger. Death. That is all.",
    ],
)
def test_what_is_no_dateline(words: str) -> None:
    assert of_kind(f"Talks go on\n\n{words} {BODY}", "dateline") == []


def test_a_label_that_comes_again_is_a_speaker() -> None:
    text = f"Talks go on\n\nMilley: {BODY}\n\nAustin: {BODY}\n\nMilley: {BODY}"
    assert of_kind(text, "dateline") == []


def test_weak_datelines_need_a_title_before() -> None:
    assert of_kind(f"Kabul. {BODY}\n\n{BODY}", "dateline") == []


def test_place_and_time_lines_before_the_story() -> None:
    text = f"Talks go on\n\nKABUL, Afghanistan (July 31)\n\n10:01 A.M. EDT\n\n{BODY}"
    assert of_kind(text, "dateline") == [
        "KABUL, Afghanistan (July 31)",
        "10:01 A.M. EDT",
    ]


# --- dates ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "day", "basis"),
    [
        ("August 27, 2021", dt.date(2021, 8, 27), Basis.STATED),
        ("Published: 27 Aug 2021", dt.date(2021, 8, 27), Basis.STATED),
        ("(July 29, 2021)", dt.date(2021, 7, 29), Basis.STATED),
        ("2021-08-27T10:30:00+02:00", dt.date(2021, 8, 27), Basis.STATED),
    ],
)
def test_date_on_its_own_line(line: str, day: dt.date, basis: Basis) -> None:
    text = f"Talks go on\n{line}\n{BODY}"
    assert of_kind(text, "date") == [line]
    found = published_date(text, mark(text))
    assert found is not None
    assert (found.day, found.words, found.basis) == (day, line, basis)


def test_date_glued_to_the_end() -> None:
    text = f"Talks go on\n{BODY} date 2023-04-26\n"
    assert parts(text)[1:] == [("body", BODY), ("date", "date 2023-04-26")]
    found = published_date(text, mark(text))
    assert found is not None
    assert found.note == "glued to the end of the text"


def test_a_time_zone_is_not_cut_from_a_country() -> None:
    text = f"date 2023-04-26 10:30 US General speaks. {BODY}"
    assert of_kind(text, "date") == ["date 2023-04-26 10:30"]


@pytest.mark.parametrize(
    "text",
    [
        f"date 2023-02-30 {BODY}",
        f"{BODY} The attack was on 2021-08-26",
        f"{BODY}\n\nAugust 27, 2021\n\n{BODY}",
        f"The date 2023-04-26 was chosen. {BODY}",
    ],
)
def test_no_date_of_publication(text: str) -> None:
    assert of_kind(text, "date") == []
    assert published_date(text, mark(text)) is None


# --- headings, captions, noise ---------------------------------------------------


def test_headings_stand_between_paragraphs() -> None:
    text = f"Talks go on\n{BODY}\nA long war\n{BODY}\nWhat is next?\n{BODY}\nThe end"
    assert of_kind(text, "heading") == ["A long war", "What is next?"]


@pytest.mark.parametrize(
    "line",
    [
        "Q And what did you say?",
        "Will you be there?",
        "MS. PSAKI: Hi everyone",
        "and so it went on",
        "• first point",
        "He said,",
        "They went. What next?",
        "“Never again?”",
    ],
)
def test_short_lines_that_are_no_headings(line: str) -> None:
    assert of_kind(f"{BODY}\n{line}\n{BODY}", "heading") == []


@pytest.mark.parametrize(
    "line",
    [
        "Mourners gather at a mosque in Herat, Afghanistan, on June 3, 2022.",
        "A woman walks past a checkpoint in Kabul, 3 June 2022",
        "President Joe Biden, left, and Lloyd Austin at the Pentagon.",
        "Jane Doe (L) and John Roe (R) at the talks in Doha.",
        "The hotel in Doha where the talks were held (AP Photo)",
        "In this handout photo, the minister arrives in Doha.",
        "File photo: the hotel in Doha.",
    ],
)
def test_captions(line: str) -> None:
    assert of_kind(f"{BODY}\n{line}\n{BODY}", "caption") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "The agreement was signed in Doha on February 29, 2020.",
        "The envoy, who holds two passports, said he would leave on June 3, 2022.",
        "According to the police, a man walks there on June 3, 2022.",
        "“There was nobody left,” she recalled on June 3, 2022.",
        "That was right, because nobody stayed.",
    ],
)
def test_sentences_that_are_no_captions(line: str) -> None:
    assert of_kind(f"{BODY}\n{line}\n{BODY}", "caption") == []


@pytest.mark.parametrize(
    "line",
    [
        "Image: Getty Images",
        "Photo credit: Jane Doe",
        "(Image credit: Jane Doe)",
        "Getty Images",
        "[Jane Doe/AFP]",
        "Reuters / Handout",
        "Advertisement",
        "READ MORE: Talks fail in Doha",
        "Sign up for our newsletter",
        "***",
        "https://example.org/story",
        "© 2021 The Paper",
        "2012-07-S-049",
    ],
)
def test_noise(line: str) -> None:
    assert of_kind(f"{BODY}\n{line}\n{BODY}", "noise") == [line]


def test_byline_before_the_story_only() -> None:
    text = f"Talks go on\nBy Jane Doe and John Roe\n{BODY}\nBy Tuesday Night\n{BODY}"
    assert of_kind(text, "noise") == ["By Jane Doe and John Roe"]


def test_licence_notice_glued_to_the_end() -> None:
    notice = "All Content by The Paper is licensed under a Creative Commons licence."
    assert parts(f"TEHRAN – {BODY} {notice}") == [
        ("dateline", "TEHRAN –"),
        ("body", BODY),
        ("noise", notice),
    ]


def test_byte_order_mark_is_noise() -> None:
    assert parts(f"\ufeffTalks go on\r\n{BODY}\r\n") == [
        ("noise", "\ufeff"),
        ("title", "Talks go on"),
        ("body", BODY),
    ]


# --- hard-wrapped files ----------------------------------------------------------


def test_lines_of_a_wrapped_file_are_joined() -> None:
    paragraph = (
        "The minister said on Monday that the talks in Doha\n"
        "would go on for another week, and that nobody could\n"
        "say today what the two sides would agree upon when\n"
        "they meet again."
    )
    text = f"Talks go on\n\n{paragraph}\n\n{paragraph}\n"
    assert parts(text) == [
        ("title", "Talks go on"),
        ("body", paragraph),
        ("body", paragraph),
    ]
