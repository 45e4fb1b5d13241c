"""Figures in words: what is read, what is refused, and what check_bounds objects to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.bounds import (
    VAGUE,
    Bounds,
    Quantifier,
    bounds_from_words,
    check_bounds,
    wrong_ends,
)

READ = [
    # The five seed articles.
    ("more than 150 Afghans", 151, None, "more_than"),
    ("13 American service members", 13, 13, "exact"),
    ("more than 100 people", 101, None, "more_than"),
    ("scores of people", 40, None, "vague"),
    ("up to 170 people", None, 170, "up_to"),
    ("over 124 000 people", 124_001, None, "more_than"),
    ("Between 100 to 200 American citizens", 100, 200, "between"),
    ("Four Islamic State militants", 4, 4, "exact"),
    ("2 senior commanders", 2, 2, "exact"),
    ("twin suicide bombs", 2, 2, "exact"),
    ("dozens of armoured Humvees", 24, None, "vague"),
    ("thousands of policemen and soldiers", 2000, None, "vague"),
    ("over three weeks", 4, None, "more_than"),
    ("19 years", 19, 19, "exact"),
    ("nearly 20-year", None, 20, "nearly"),
    ("two-decade-long", None, None, "about"),
    ("around two years", None, None, "about"),
    # Digits.
    ("1,200", 1200, 1200, "exact"),
    ("13\u00a0troops", 13, 13, "exact"),
    ("12\u202f500 people", 12_500, 12_500, "exact"),
    ("killed—13 people", 13, 13, "exact"),
    ("(13).", 13, 13, "exact"),
    ("2 thousand", 2000, 2000, "exact"),
    ("999,999,999", 999_999_999, 999_999_999, "exact"),
    # Number words.
    ("zero", 0, 0, "exact"),
    ("a dozen", 12, 12, "exact"),
    ("half a dozen men", 6, 6, "exact"),
    ("two dozen", 24, 24, "exact"),
    ("sixty-six", 66, 66, "exact"),
    ("one hundred and thirteen", 113, 113, "exact"),
    ("twelve hundred", 1200, 1200, "exact"),
    ("two hundred and twenty-five thousand", 225_000, 225_000, "exact"),
    ("three thousand two hundred and five", 3205, 3205, "exact"),
    # Quantifiers before and after.
    ("at least a dozen", 12, None, "at_least"),
    ("no fewer than 5", 5, None, "at_least"),
    ("150 people or more", 150, None, "at_least"),
    ("20+", 20, None, "at_least"),
    ("no more than 20", None, 20, "up_to"),
    ("as many as 60", None, 60, "up_to"),
    ("20 at most", None, 20, "up_to"),
    ("fewer than 10", None, 9, "fewer_than"),
    ("fewer than 1", None, 0, "fewer_than"),
    ("almost a dozen", None, 12, "nearly"),
    ("more than another 20", 21, None, "more_than"),
    ("some 20 militants", None, None, "about"),
    ("20-odd", None, None, "about"),
    ("at least about 20", None, None, "about"),
    # Ranges.
    ("100–200", 100, 200, "between"),
    ("between one hundred and two hundred", 100, 200, "between"),
    ("two or three soldiers", 2, 3, "between"),
    ("fifty to two hundred", 50, 200, "between"),
    ("about 100 to 200", 100, 200, "about"),
    ("between about 100 and 200", 100, 200, "about"),
    # Vague words stay vague under a comparison that adds nothing to them.
    ("several hundred", 300, None, "vague"),
    ("tens of thousands of refugees", 20_000, None, "vague"),
    ("at least several", 3, None, "vague"),
]


@pytest.mark.parametrize(("text", "low", "high", "quantifier"), READ)
def test_reads(
    text: str, low: int | None, high: int | None, quantifier: Quantifier
) -> None:
    assert bounds_from_words(text) == Bounds(low, high, Quantifier(quantifier))


REFUSED = {
    "no number": ["", "people", "the dozen soldiers", "no casualties", "few people"],
    "more than one number": [
        "more than 150 Afghans and 13 American service members",
        "Four militants, including 2 senior commanders",
        "three and four",
        "13 13",
        "dozens or hundreds",
        "2, 3 or 4",
    ],
    "no whole count": ["12.5 thousand", "1.5", "1,20", "1,200.5", "124 000.5", "2½"],
    "beyond thousands": ["2 million", "three million people", "1,000,000,000"],
    "a share": ["20%", "20 percent", "5 per thousand", "two-thirds", "half of them"],
    "an age": ["a 6-year-old girl", "13 years old", "aged 13"],
    "a date": ["August 26", "26 Aug. 2021", "killed in 2021", "10-15-2021"],
    "a name": [
        "AK-47",
        "two AK-47 rifles",
        "No. 5",
        "the 1990s",
        "3rd",
        "twenty-first",
    ],
    "money": ["$150", "€20"],
    "not that number": ["no one", "no-one", "one another", "not 13", "all but 3"],
    "a part of it": ["some of the 13 soldiers", "most of the 13"],
    "contradictory words": ["at least up to 20", "up to several", "between 5"],
    "a comparison elsewhere": ["more than the reported 150", "13 up to now"],
    "no range": ["200 to 100", "rose from 100 to 200", "two to three hundred"],
    "nothing is below": ["fewer than 0"],
}


@pytest.mark.parametrize("text", [text for texts in REFUSED.values() for text in texts])
def test_refuses(text: str) -> None:
    assert bounds_from_words(text) is None


@pytest.mark.parametrize("words", VAGUE)
def test_every_vague_word_is_read_as_the_table_says(words: str) -> None:
    expected = Bounds(VAGUE[words], None, Quantifier.VAGUE)
    assert bounds_from_words(f"{words} people".capitalize()) == expected


def test_the_least_counts_are_those_of_the_curation_format() -> None:
    documented = {"several": 3, "dozens": 24, "scores": 40, "hundreds": 200}
    assert documented.items() <= VAGUE.items()


counts = st.integers(min_value=0, max_value=999_999_999)
SMALL = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
    *("seventeen", "eighteen", "nineteen"),
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(number: int) -> str:
    """The English words of a number below a million."""
    if number < 20:
        return SMALL[number]
    if number < 100:
        ones = f"-{SMALL[number % 10]}" if number % 10 else ""
        return TENS[number // 10 - 2] + ones
    scale, name = (1000, "thousand") if number >= 1000 else (100, "hundred")
    link = " and " if number % scale < 100 else " "
    rest = link + in_words(number % scale) if number % scale else ""
    return f"{in_words(number // scale)} {name}{rest}"


@given(counts)
def test_digits_are_read_however_they_are_grouped(number: int) -> None:
    expected = Bounds(number, number, Quantifier.EXACT)
    grouped = f"{number:,}"
    for written in (str(number), grouped, grouped.replace(",", " ")):
        assert bounds_from_words(f"{written} people") == expected


@given(st.integers(min_value=0, max_value=999_999))
def test_number_words_are_read(number: int) -> None:
    expected = Bounds(number, number, Quantifier.EXACT)
    assert bounds_from_words(f"{in_words(number).capitalize()} people") == expected


WORDINGS = ["more than {}", "{} or more", "up to {}", "under {}", "nearly {}", "{}-odd"]


@given(counts, st.sampled_from([*WORDINGS, "{}", "between {} and 999999999"]))
def test_what_is_read_passes_the_check(number: int, wording: str) -> None:
    bounds = bounds_from_words(wording.format(number))
    if bounds:
        assert check_bounds(bounds.low, bounds.high, bounds.quantifier) == []


@given(st.text() | st.from_regex(r"(more than|one|two|hundred|a|and|\d| |-|,){0,9}"))
def test_any_text_is_read_or_refused_without_an_error(text: str) -> None:
    bounds = bounds_from_words(text)
    assert (
        bounds is None or check_bounds(bounds.low, bounds.high, bounds.quantifier) == []
    )


def test_endless_digits_are_refused() -> None:
    assert bounds_from_words("1" * 5000) is None


WELL_FORMED = [
    (13, 13, "exact"),
    (0, 0, "exact"),
    (101, None, "more_than"),
    (100, None, "at_least"),
    (None, 170, "up_to"),
    (None, 9, "fewer_than"),
    (None, 20, "nearly"),
    (None, None, "about"),
    (90, 110, "about"),
    (100, 200, "between"),
    (40, None, "vague"),
    (164, None, "sum"),
    (None, None, "sum"),
    (17, 17, "sum"),
]


@pytest.mark.parametrize(("low", "high", "quantifier"), WELL_FORMED)
def test_well_formed_bounds(low: int | None, high: int | None, quantifier: str) -> None:
    assert check_bounds(low, high, quantifier) == []


MALFORMED = [
    (13, 14, "exact", "“exact” needs both bounds, and the same number in both."),
    (None, None, "exact", "“exact” needs both bounds, and the same number in both."),
    (None, 13, "exact", "“exact” needs both bounds, and the same number in both."),
    (None, None, "more_than", "“more_than” needs a low bound."),
    (101, 200, "more_than", "“more_than” leaves the high bound open; it is 200."),
    (101, 200, "at_least", "“at_least” leaves the high bound open; it is 200."),
    (40, 80, "vague", "“vague” leaves the high bound open; it is 80."),
    (None, None, "up_to", "“up_to” needs a high bound."),
    (1, 170, "up_to", "“up_to” leaves the low bound open; it is 1."),
    (1, 9, "fewer_than", "“fewer_than” leaves the low bound open; it is 1."),
    (1, 20, "nearly", "“nearly” leaves the low bound open; it is 1."),
    (100, None, "between", "“between” needs a low and a high bound."),
    (None, 200, "between", "“between” needs a low and a high bound."),
    (90, None, "about", "“about” needs either both bounds (a range) or none."),
    (5, 4, "sum", "The low bound 5 is above the high bound 4."),
    (-1, None, "at_least", "The low bound -1 is below zero."),
]


@pytest.mark.parametrize(("low", "high", "quantifier", "problem"), MALFORMED)
def test_malformed_bounds(
    low: int | None, high: int | None, quantifier: str, problem: str
) -> None:
    assert check_bounds(low, high, quantifier) == [problem]


def test_every_problem_is_named() -> None:
    assert check_bounds(None, 5, "at_least") == [
        "“at_least” needs a low bound.",
        "“at_least” leaves the high bound open; it is 5.",
    ]


def test_an_unknown_quantifier_is_named_with_the_known_ones() -> None:
    [problem] = check_bounds(1, 1, "roughly")
    assert "“roughly” is unknown" in problem
    assert "exact, more_than" in problem


@pytest.mark.parametrize(
    ("low", "high", "quantifier", "ends"),
    [
        (None, None, "up_to", ["high"]),
        (None, None, "at_least", ["low"]),
        (5, 5, "more_than", ["high"]),
        (5, 5, "nearly", ["low"]),
        (5, None, "between", ["high"]),
        (None, 5, "exact", ["low"]),
        (-1, None, "at_least", ["low"]),
        (5, 5, "exact", []),
    ],
)
def test_what_is_wrong_is_said_at_the_end_that_is_to_be_mended(
    low, high, quantifier, ends
):
    assert [end for end, _ in wrong_ends(low, high, quantifier)] == ends
