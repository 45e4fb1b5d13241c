from __future__ import annotations

import pytest

from publishing.pages import words
from publishing.pages.documents import Names

NAMES = Names(
    {
        ("measure", "killed"): ("Killed", ""),
        ("group", "americans"): ("Americans", ""),
        ("date-precision", "week"): ("Week", "Known to within one week."),
    }
)


def date(earliest, latest, **more):
    return {"earliest": earliest, "latest": latest, **more}


@pytest.mark.parametrize(
    ("earliest", "latest", "told"),
    [
        ("2021-08-26", "2021-08-26", "26 August 2021"),
        ("2021-08-01", "2021-08-31", "August 2021"),
        ("2021-01-01", "2021-12-31", "2021"),
        ("2020-01-01", "2021-12-31", "1 January 2020 – 31 December 2021"),
        ("2021-09-01", "2021-09-05", "1–5 September 2021"),
        ("2021-08-30", "2021-09-05", "30 August – 5 September 2021"),
        ("2001-08-31", "2021-08-30", "31 August 2001 – 30 August 2021"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        (None, "2021-08-31", "on or before 31 August 2021"),
        ("2021-08-31", None, "on or after 31 August 2021"),
        (None, None, "date not known"),
    ],
)
def test_dates_are_told_as_people_write_them(earliest, latest, told):
    assert words.date_in_words(date(earliest, latest)) == told


def test_no_date_at_all_is_not_known():
    assert words.date_in_words(None) == "date not known"


def test_a_date_tells_its_precision_basis_and_how():
    shown = date(
        None, None, precision="week", basis="relative", note="from “last week”"
    )
    assert words.date_details(shown, NAMES) == [
        "Known to within one week.",
        "Worked out from the words of the text and the date of publication.",
        "How: from “last week”.",
    ]


@pytest.mark.parametrize(
    ("metres", "told"),
    [(None, ""), (0, "0 m"), (100, "100 m"), (2000, "2 km"), (1500, "1.5 km")],
)
def test_radius_in_words(metres, told):
    assert words.distance(metres) == told


def test_a_point_has_its_radius_and_hemispheres():
    place = {"latitude": -34.5, "longitude": 69.25, "radius_m": 2000}
    assert words.coordinates(place) == "34.5000° S, 69.2500° E, within 2 km"
    assert words.coordinates({**place, "latitude": None}) == ""


@pytest.mark.parametrize(
    ("group", "told"),
    [("all", "killed"), (None, "killed"), ("americans", "killed (Americans)")],
)
def test_what_is_counted(group, told):
    assert words.counted({"measure": "killed", "group": group}, NAMES) == told


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (164, 170, "any number from 164 to 170"),
        (13, 13, "at once: 13."),
        (1001, None, "any number from 1,001 up"),
        (None, 170, "any number up to 170"),
        (None, None, "nothing they say excludes the other"),
    ],
)
def test_a_compatible_verdict_says_what_satisfies_all(low, high, told):
    estimate = {"verdict": "compatible", "origins": 2, "low": low, "high": high}
    assert told in words.verdict_in_words(estimate)
    assert words.verdict_in_words(estimate).startswith("2 independent sources")


def test_zero_is_a_number():
    assert words.bounds({"low": 0, "high": 0}) == "0"
    assert words.bounds({"low": None, "high": None}) == "no exact number"


@pytest.mark.parametrize(
    ("text", "told"),
    [("up to 170", "“up to 170”"), ("“it is possible”", "“it is possible”")],
)
def test_quotation_marks_are_not_doubled(text, told):
    assert words.quoted(text) == told


def test_context_begins_and_ends_with_whole_words():
    assert words.before("asan), the group’s wing, ", 400) == "… the group’s wing, "
    assert words.before("The ", 4) == "The "
    assert words.after(" last week. K means Khorasan, wh") == (
        " last week. K means Khorasan, …"
    )
    assert words.after(" the end.") == " the end."


def test_conflicts_and_deaths_are_told_first():
    def estimate(verdict, measure, group):
        return {"verdict": verdict, "measure": measure, "group": group}

    calm = estimate("single_source", "devices", None)
    part = estimate("agree", "killed", "americans")
    deaths = estimate("compatible", "killed", "all")
    conflict = estimate("conflicting", "injured", "all")
    found = sorted([calm, part, deaths, conflict], key=words.telling)
    assert found == [conflict, deaths, part, calm]
