"""Dates: which days words mean, and from what that was worked out."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from curation.extraction.context import Context
from curation.extraction.dates import Dates
from curation.extraction.documents import Document, Interval
from curation.extraction.findings import DateMention, Finding
from curation.extraction.running import extract
from sources.dates import Basis, Precision, date_problems

PUBLISHED = dt.date(2021, 9, 1)  # a Wednesday
DAY = dt.timedelta(days=1)


@pytest.fixture(scope="session")
def dates(read: Any) -> Any:
    def found(text: str, *, published: dt.date | None = PUBLISHED) -> list[Finding]:
        findings = read(text, extractors=[Dates()], published=published)
        found = [each for each in findings if isinstance(each.fields, DateMention)]
        for each in found:
            fields = each.fields
            assert isinstance(fields, DateMention)
            assert not date_problems(
                fields.earliest,
                fields.latest,
                fields.precision,
                fields.basis,
                fields.note,
            )
        return found

    return found


def value(finding: Finding) -> str:
    fields = finding.fields
    assert isinstance(fields, DateMention)
    if fields.earliest == fields.latest:
        return str(fields.earliest)
    return f"{fields.earliest}/{fields.latest}"


SAID = [
    # Written out.
    ("It began on Jan. 22, 2013.", "Jan. 22, 2013", "2013-01-22", "stated"),
    ("It began on 22nd of January 2013.", None, "2013-01-22", "stated"),
    ("It began on 2013-01-22.", "2013-01-22", "2013-01-22", "stated"),
    ("It began on 25.12.2020.", "25.12.2020", "2020-12-25", "stated"),
    ("It fell in August 2021.", "August 2021", "2021-08-01/2021-08-31", "stated"),
    ("It was in the fall of 2001.", None, "2001-09-01/2001-12-21", "stated"),
    ("It was in late 2019.", "late 2019", "2019-09-01/2019-12-31", "stated"),
    ("It was in mid-August 2021.", None, "2021-08-11/2021-08-20", "stated"),
    ("It was in the 1990s.", "the 1990s", "1990-01-01/1999-12-31", "stated"),
    ("The 2020-21 season was cold.", "2020-21", "2020-01-01/2021-12-31", "stated"),
    ("It rained on Aug. 3-5, 2011.", None, "2011-08-03/2011-08-05", "stated"),
    ("He ruled between 2009 and 2011.", None, "2009-01-01/2011-12-31", "stated"),
    ("He ruled from May 2009 to June 2010.", None, "2009-05-01/2010-06-30", "stated"),
    ("They have fought since 2001.", "since 2001", "2001-01-01/None", "stated"),
    ("He stayed until May 2010.", "until May 2010", "None/2010-05-31", "stated"),
    ("After the 9/11 attacks they left.", "9/11", "2001-09-11", "stated"),
    # Counted from the publication.
    ("He spoke on Monday.", "Monday", "2021-08-30", "relative"),
    ("He spoke on Wednesday.", "Wednesday", "2021-09-01", "relative"),
    ("It happened last Wednesday.", "last Wednesday", "2021-08-25", "relative"),
    ("He will travel to Doha on Friday.", "Friday", "2021-09-03", "relative"),
    ("He was killed on Friday.", "Friday", "2021-08-27", "relative"),
    ("He agreed on Friday to leave.", "Friday", "2021-08-27", "relative"),
    ("The talks are set for Friday.", "Friday", "2021-09-03", "relative"),
    ("They are to gather on Friday.", "Friday", "2021-09-03", "relative"),
    ("They meet next Monday.", "next Monday", "2021-09-06", "relative"),
    ("It came on Tuesday night.", "Tuesday night", "2021-08-31", "relative"),
    ("He died yesterday.", "yesterday", "2021-08-31", "relative"),
    ("He died last night.", "last night", "2021-08-31", "relative"),
    ("They left last week.", "last week", "2021-08-23/2021-08-29", "relative"),
    ("They left three days ago.", "three days ago", "2021-08-29", "relative"),
    ("They left two years ago.", None, "2019-01-01/2019-12-31", "relative"),
    ("It was last year in October.", None, "2020-10-01/2020-10-31", "relative"),
    ("It was in August last year.", None, "2020-08-01/2020-08-31", "relative"),
    ("They won in June last.", "June last", "2021-06-01/2021-06-30", "relative"),
    ("It grew in the last three weeks.", None, "2021-08-11/2021-09-01", "relative"),
    ("They met recently.", "recently", "None/2021-09-01", "relative"),
    ("He died the night before last.", None, "2021-08-30", "relative"),
    ("He died on Sat. in the north.", "Sat.", "2021-08-28", "relative"),
    ("It rained in the past 24 hours.", None, "2021-08-31/2021-09-01", "relative"),
    ("It rained in the past few hours.", None, "None/2021-09-01", "relative"),
    # The year is missing.
    ("It was on 26 August.", "26 August", "2021-08-26", "inferred"),
    ("It was on October 22.", "October 22", "2020-10-22", "inferred"),
]


@pytest.mark.parametrize(("text", "words", "days", "basis"), SAID)
def test_which_days_words_mean(
    dates: Any, text: str, words: str | None, days: str, basis: str
) -> None:
    (found,) = dates(text)
    assert (value(found), found.fields.basis) == (days, basis)
    if words:
        assert found.span.text == words
    if basis != "stated":
        assert found.fields.note


@pytest.mark.parametrize(
    "text",
    [
        "He may march now, the second man in line.",
        "They fall and spring back, and sat in the sun.",
        "He is 45 and lives in room 2014.",
        "Call 555-2010 about release 2010-12-S-098.",
        "In 2000 cases the answer was no.",
        "They fought for three weeks.",
        "It was the Friday prayer leader on Super Tuesday.",
        "The price is $1999.",
    ],
)
def test_what_is_no_date(dates: Any, text: str) -> None:
    assert dates(text) == []


def test_words_stay_words_without_a_day_to_count_from(dates: Any) -> None:
    (found,) = dates("He was killed on Wednesday.", published=None)
    fields = found.fields
    assert (fields.earliest, fields.latest, fields.precision) == (None, None, "unknown")
    assert found.rule == "date.weekday-words-only"


def test_a_dateline_is_counted_from_and_named_in_the_rule(dates: Any) -> None:
    text = "KABUL, Afghanistan (Jan. 22, 2013) - Troops seized arms yesterday."
    _, found = dates(text, published=None)
    assert (value(found), found.rule) == ("2013-01-21", "date.today-dateline")
    assert "dateline" in found.fields.note


@pytest.mark.parametrize(
    "head",
    [
        "KABUL, Afghanistan (Tuesday, Jan. 22, 2013) -",
        "KABUL, Afghanistan (Jan. 22. 2013) -",
        "KABUL, Afghanistan (Jan. 22, 2013 -",
        "KABUL, Afghanistan [Jan. 22, 2013]",
        "KABUL, Afghanistan - Jan. 22, 2013 -",
        "LONDON (AP) Jan. 22, 2013 -",
    ],
)
def test_datelines_are_written_in_many_ways(dates: Any, head: str) -> None:
    _, found = dates(f"{head} Troops seized arms yesterday.", published=None)
    assert (value(found), found.rule) == ("2013-01-21", "date.today-dateline")


@pytest.mark.parametrize(
    "text",
    [
        "On May 5, 2013 - the day of the vote - he died. Troops came yesterday.",
        "The feast (Aug. 1 - Aug. 29, 2013) began. Troops came yesterday.",
    ],
)
def test_a_date_in_a_sentence_is_no_dateline(dates: Any, text: str) -> None:
    assert dates(text, published=None)[-1].rule == "date.today-words-only"


def test_a_number_tells_the_month_of_what_is_known_by_its_year(parser: Any) -> None:
    year = Interval(
        dt.date(2010, 1, 1), dt.date(2010, 12, 31), Precision.YEAR, Basis.METADATA
    )
    text = "Troops Seize Arms\n2010-12-S-098\n\nTroops seized arms yesterday."
    document = Document.of_text("a", text, published=year)
    result = extract(document, Context(), extractors=[Dates()], parser=parser)
    found = [f for f in result.findings if isinstance(f.fields, DateMention)][-1]
    assert value(found) == "2010-11-30/2010-12-30"
    assert found.rule == "date.today-reference"


def test_a_dateline_without_a_year_takes_it_from_the_reference_number(
    dates: Any,
) -> None:
    text = (
        "Troops Seize Arms\n2010-12-S-098\n\n"
        "KABUL, Afghanistan (Dec. 9) - Troops seized arms yesterday."
    )
    assert value(dates(text, published=None)[-1]) == "2010-12-08"


def test_a_year_comes_from_the_same_sentence_or_the_same_month_before(
    dates: Any,
) -> None:
    text = "The August 26 bombs went off; he stood there on August 27, 2019."
    first, _ = dates(text)
    assert value(first) == "2019-08-26"
    assert "August 27, 2019" in first.fields.note
    text = "The attack was last year in October. Four men died on October 22."
    _, second = dates(text, published=dt.date(2023, 4, 26))
    assert value(second) == "2022-10-22"


def test_a_day_is_counted_from_a_day_of_the_text(dates: Any) -> None:
    _, later = dates("He was shot on May 3, 2010. He died two days later.")
    assert (value(later), later.fields.basis) == ("2010-05-05", "inferred")


def test_day_and_month_that_cannot_be_told_apart_are_not_guessed(dates: Any) -> None:
    (found,) = dates("It was on 03/04/2020.")
    assert found.fields.earliest is None
    (found,) = dates("It was on 12/25/2020.")
    assert value(found) == "2020-12-25"


def test_days_that_no_calendar_has_are_no_dates(dates: Any) -> None:
    assert dates("It was on 2021-02-30.") == []
    assert dates("It was on 31 February 2021.") == []


def test_a_date_that_is_glued_to_the_text_is_metadata(dates: Any) -> None:
    (found,) = dates("date 2023-04-26 The talks have started, sources said.")
    assert (value(found), found.fields.basis) == ("2023-04-26", "metadata")


def test_odd_input_is_read(dates: Any) -> None:
    for text in (
        "",
        "😀 yesterday\u200b",
        "9999-12-31",
        "next year " * 50,
        "1501 " * 99,
    ):
        dates(text)
        dates(text, published=dt.date.max)
        dates(text, published=dt.date.min)


@pytest.mark.parametrize(
    "text",
    [
        "This may have been a mistake.",
        "It was fast, and may God help us.",
        "They took part in a march and march on.",
        "Mrs May spoke. The deal that was struck by May fell apart.",
        "Section 506 of the Foreign Assistance Act of 1961 applies.",
    ],
)
def test_words_that_are_also_a_month_or_name_a_law(dates: Any, text: str) -> None:
    assert dates(text) == []


def test_may_is_a_month_where_nobody_is_called_so(dates: Any) -> None:
    assert [value(f) for f in dates("It ended by May.")] == ["2021-05-01/2021-05-31"]
    assert [value(f) for f in dates("it ended in may.")] == ["2021-05-01/2021-05-31"]


def test_the_first_months_of_a_year_are_not_the_year(dates: Any) -> None:
    text = (
        "Sales rose in the first four months of 2017 and in the last 2 months of 2018."
    )
    assert [value(f) for f in dates(text)] == [
        "2017-01-01/2017-04-30",
        "2018-11-01/2018-12-31",
    ]


def test_two_months_share_the_year_behind_them(dates: Any) -> None:
    text = "It was built in May 2008. It flies in August or September of this year."
    assert [value(f) for f in dates(text)][1:] == [
        "2021-08-01/2021-08-31",
        "2021-09-01/2021-09-30",
    ]


def test_a_story_that_begins_with_its_full_date_is_counted_from_it(dates: Any) -> None:
    text = (
        "Firm launches a telephone\n\nJune 9, 2008 The firm today launched it. The "
        "shop opens on Monday with a second one, its chief told reporters there."
    )
    found = dates(text, published=None)
    assert [(f.span.text, value(f)) for f in found][:2] == [
        ("June 9, 2008", "2008-06-09"),
        ("today", "2008-06-09"),
    ]
