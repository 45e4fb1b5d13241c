"""Dates against what people coded.

Seeds. Wanted are the dates of coded events whose value the words alone give: basis
stated or relative, both ends known, and no words that date one event by another
("after …", "when …"). Each is wanted wherever one of its claims quotes its words. It
is found when a DateMention shares words with them, and right when earliest and latest
are the same days. Articles are read with the date of publication that was coded.

ISAF press releases. The incident's day, as incidents_days.incident_date chooses it,
against the coded one; a release without a day that can be worked out counts as wrong.
Some of the releases (about one in ten of those read) do not say in which year they were
written: the second pair of rows gives the reader the year of the coded date, as a feed
would have told it; the first pair gives nothing. About one coded day in seven is the
day before or after the one that the words give ("yesterday", two days before the
dateline), and one release in twenty has no day at all from which "yesterday" could be
counted: so much cannot be reached.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from curation.evaluation.gold import Gold, GoldArticle, GoldClaim
from curation.evaluation.held_out import looked_at
from curation.evaluation.incidents_days import incident_date, incident_day
from curation.evaluation.isaf import release, releases
from curation.evaluation.runner import Runner
from curation.evaluation.scores import Counts, Result, by_rule
from curation.extraction.documents import Document, Interval
from curation.extraction.findings import DateMention, Finding
from sources.dates import Basis, Precision

TASK = "dates, exact value"
_BY_ANOTHER = re.compile(r"\b(?:after|before|during|when|for|until)\b", re.IGNORECASE)


def seeds(gold: Gold, runner: Runner) -> list[Result]:
    documents, judged = [], []
    for article in gold.articles:
        found = runner.findings(with_publication(article))
        right = 0
        wanted = list(_wanted(gold, article))
        for date, start, end in wanted:
            finding = _finding_at(found, start, end)
            good = finding is not None and _same(finding, date)
            right += good
            if finding is not None:
                judged.append((finding.rule, good))
        documents.append(Counts(right, len(wanted), len(wanted)))
    note = "Dates of events that their words alone give, earliest and latest day."
    return [Result(TASK, "seeds", "accuracy", documents, 0.95, by_rule(judged), note)]


def with_publication(article: GoldArticle) -> Document:
    """The article with the date of publication that was coded for it."""
    coded = article.data.get("published")
    if not coded:
        return article.document
    published = Interval(
        _day(coded["earliest"]),
        _day(coded["latest"]),
        Precision(coded["precision"]),
        Basis(coded["basis"]),
        coded.get("note") or "",
    )
    document = article.document
    return replace(document, id=f"{document.id} with its date", published=published)


def _wanted(
    gold: Gold, article: GoldArticle
) -> Iterator[tuple[dict[str, Any], int, int]]:
    """Coded dates with the places of their words in the article."""
    claims = {claim.key: claim for claim in article.claims}
    for event in gold.events.values():
        date = event.get("date") or {}
        if not (date.get("earliest") and date.get("latest") and date.get("text")):
            continue
        if date["basis"] == "inferred" or _BY_ANOTHER.search(date["text"]):
            continue
        places = {
            place
            for key in date.get("claims") or ()
            if key in claims
            for place in _places(article, claims[key], date["text"])
        }
        for start, end in sorted(places):
            yield date, start, end


def _places(
    article: GoldArticle, claim: GoldClaim, words: str
) -> Iterator[tuple[int, int]]:
    text = article.document.text
    for start, end in claim.spans:
        at = text.find(words, start, end)
        if at >= 0:
            yield at, at + len(words)


def _finding_at(found: list[Finding], start: int, end: int) -> Finding | None:
    """The DateMention that shares most characters with these words."""
    meeting = [
        finding
        for finding in found
        if isinstance(finding.fields, DateMention)
        and finding.span.start < end
        and start < finding.span.end
    ]
    return max(
        meeting,
        key=lambda f: min(end, f.span.end) - max(start, f.span.start),
        default=None,
    )


def _same(finding: Finding, date: dict[str, Any]) -> bool:
    fields = finding.fields
    assert isinstance(fields, DateMention)
    coded = (_day(date["earliest"]), _day(date["latest"]))
    return (fields.earliest, fields.latest) == coded


def _day(coded: str | None) -> dt.date | None:
    return dt.date.fromisoformat(coded) if coded else None


def held_out(data: Path, runner: Runner) -> list[Result]:
    records = releases(data)
    if not records:
        return []
    return [
        *_isaf(records, runner, year_given=False),
        *_isaf(records, runner, year_given=True),
    ]


def _isaf(
    records: list[dict[str, Any]], runner: Runner, *, year_given: bool
) -> list[Result]:
    halves: dict[bool, list[Counts]] = {True: [], False: []}
    judged = []
    for record in records:
        document = release(record, year_given=year_given)
        found = runner.findings(document)
        day = incident_date(found, document)
        right = day == dt.date.fromisoformat(record["gold"]["start_date"])
        halves[looked_at(record["id"])].append(Counts(int(right), 1, 1))
        if chosen := incident_day(found, document):
            judged.append((chosen.rule, right))
    given = " (year given)" if year_given else ""
    target = 0.85 if year_given else None
    note = "The incident's day." + (
        " The reader is told the year of publication." if year_given else ""
    )
    whole = halves[True] + halves[False]
    rules = by_rule(judged) if year_given else {}
    return [
        Result(TASK, f"ISAF{given}", "accuracy", whole, target, rules, note),
        Result(
            TASK,
            f"ISAF{given}, unseen half",
            "accuracy",
            halves[False],
            target,
            {},
            note,
        ),
    ]
