"""Dates as intervals: Python and the database hold the same rules."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sources.dates import LENGTHS, Basis, Precision, date_problems
from sources.models import Article
from tests.factories.sources import ArticleFactory

DAY = dt.date(2021, 8, 26)


def problems(
    days: int = 1, precision: str = "day", basis: str = "stated", note: str = ""
) -> list[str]:
    latest = DAY + dt.timedelta(days=days - 1)
    return date_problems(DAY, latest, precision, basis, note)


@pytest.mark.parametrize(("precision", "lengths"), LENGTHS.items())
def test_lengths_at_their_edges(
    precision: str, lengths: tuple[int, int | None]
) -> None:
    least, most = lengths
    assert problems(least, precision) == []
    assert problems(least - 1, precision) != []
    if most is None:
        assert problems(10_000, precision) == []
    else:
        assert problems(most, precision) == []
        assert problems(most + 1, precision) != []


def test_named_precisions_do_not_overlap() -> None:
    for days in range(1, 1000):
        fitting = [p for p in LENGTHS if not problems(days, p)]
        assert len(fitting) <= 1
        assert fitting or 187 <= days <= 299


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ((DAY, DAY - dt.timedelta(1), "unknown", "stated", ""), "is after latest"),
        (
            (DAY, DAY, "week", "stated", ""),
            "1 days do not fit precision week (7 to 13)",
        ),
        ((DAY, None, "day", "stated", ""), "precision day needs both"),
        ((None, DAY, "unknown", "", ""), "a date needs its basis"),
        ((DAY, DAY, "day", "inferred", ""), "an inferred date needs a note"),
    ],
)
def test_messages(wrong: tuple[object, ...], message: str) -> None:
    assert any(message in each for each in date_problems(*wrong))  # type: ignore[arg-type]


def test_unknown_needs_nothing() -> None:
    assert date_problems(None, None, "unknown", "", "") == []
    assert date_problems(None, DAY, "unknown", "stated", "") == []


DAYS = st.integers(0, 400).map(lambda n: DAY + dt.timedelta(days=n))


@pytest.mark.django_db
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    max_examples=300,
)
@given(
    earliest=st.none() | st.just(DAY),
    latest=st.none() | DAYS | st.just(DAY - dt.timedelta(days=1)),
    precision=st.sampled_from(Precision),
    basis=st.sampled_from(["", *Basis]),
    note=st.sampled_from(["", "from its place in the text"]),
)
@example(DAY, DAY, "day", "stated", "")
@example(DAY, DAY + dt.timedelta(days=57), "month", "stated", "")
@example(DAY, DAY + dt.timedelta(days=58), "month", "stated", "")
@example(DAY, None, "day", "stated", "")
@example(None, None, "unknown", "inferred", "")
def test_python_and_database_agree(
    stored_article: Article,
    earliest: dt.date | None,
    latest: dt.date | None,
    precision: str,
    basis: str,
    note: str,
) -> None:
    stored = True
    try:
        with transaction.atomic():
            Article.objects.filter(pk=stored_article.pk).update(
                published_earliest=earliest,
                published_latest=latest,
                published_precision=precision,
                published_basis=basis,
                published_note=note,
            )
    except IntegrityError:
        stored = False
    found = date_problems(earliest, latest, precision, basis, note)
    assert stored == (not found), found


@pytest.fixture
def stored_article(db: None) -> Article:
    return ArticleFactory()
