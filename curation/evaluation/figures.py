"""Figures against what people coded.

Seeds. Wanted are the figures of coded claims, except sums, which no words carry. A
Figure is right when its measure, low and high are those of a wanted figure that stands
in the words of the claim and its own words overlap the figure's; each wanted one is
found once.

ISAF press releases. What incidents.incident_count makes of the findings of a release,
against the coded least numbers of killed and captured, exact. "Stated" are the
releases with somebody killed that say it by a number or "several": those in which the
extractor found such a figure of killed, right or wrong, and those in which the coded
number stands in a sentence that speaks of killing.

Gun Violence Archive. Precision only: articles are about one incident each, coded with
how many were killed and injured. A figure of persons killed or injured, not part of
another and exact, in the first 1,200 characters (where a report tells its own incident
and not earlier ones) is right when it is not above the coded number: reports count
early, and count groups apart, but do not count more than there were. Left out are
articles whose first 1,200 characters speak of several incidents ("shootings",
"separate", "homicides"), and figures in a sentence that names an earlier year.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from curation.evaluation.gold import Gold, GoldArticle
from curation.evaluation.held_out import json_lines, looked_at
from curation.evaluation.incidents import incident_count
from curation.evaluation.isaf import release, releases
from curation.evaluation.runner import Runner
from curation.evaluation.scores import Counts, Result, by_rule
from curation.extraction.documents import Document
from curation.extraction.findings import Figure, Finding

TASK = "figures"
GVA_ARTICLES = 400  # of 1,628; chosen by their order, which is that of incident ids
GVA_HEAD = 1200


def seeds(gold: Gold, runner: Runner) -> list[Result]:
    documents: list[Counts] = []
    judged: list[tuple[str, bool]] = []
    for article in gold.articles:
        wanted = _wanted(article)
        found = _figures(runner.findings(article.document))
        open_ = list(wanted)
        for finding, figure in found:
            match = next((each for each in open_ if _same(finding, figure, each)), None)
            if match is not None:
                open_.remove(match)
            judged.append((finding.rule, match is not None))
        right = len(wanted) - len(open_)
        documents.append(Counts(right, len(found), len(wanted)))
    note = "Measure and bounds equal, words overlap; sums are not wanted."
    return [Result(TASK, "seeds", "F1", documents, 0.95, by_rule(judged), note)]


Wanted = tuple[dict[str, Any], int, int]


def _wanted(article: GoldArticle) -> list[Wanted]:
    """Coded figures with the place of their words."""
    found = []
    for claim in article.claims:
        figure = claim.data.get("figure")
        if not figure or figure["quantifier"] == "sum":
            continue
        text = article.document.text
        for start, end in claim.spans:
            at = text.find(figure["text"], start, end)
            if at >= 0:
                found.append((figure, at, at + len(figure["text"])))
                break
    return found


def _figures(findings: list[Finding]) -> list[tuple[Finding, Figure]]:
    return [(f, f.fields) for f in findings if isinstance(f.fields, Figure)]


def _same(finding: Finding, figure: Figure, wanted: Wanted) -> bool:
    coded, start, end = wanted
    if finding.span.start >= end or start >= finding.span.end:
        return False
    told = (coded["measure"], coded.get("low"), coded.get("high"))
    return (figure.measure, figure.low, figure.high) == told


def held_out(data: Path, runner: Runner) -> list[Result]:
    return [*_isaf(data, runner), *_gva(data, runner)]


def _isaf(data: Path, runner: Runner) -> list[Result]:
    records = releases(data)
    if not records:
        return []
    rows: dict[str, dict[bool, list[Counts]]] = {
        name: {True: [], False: []} for name in ("stated", "killed", "captured")
    }
    for record in records:
        document = release(record, year_given=False)
        found = runner.findings(document)
        half, gold = looked_at(record["id"]), record["gold"]
        for measure in ("killed", "captured"):
            told = incident_count(found, document, measure)
            right = Counts(int(told == gold[f"min_{measure}"]), 1, 1)
            rows[measure][half].append(right)
            if measure == "killed" and _is_stated(
                found, document.normal, gold["min_killed"]
            ):
                rows["stated"][half].append(right)
    return [result for name, halves in rows.items() for result in _halves(name, halves)]


def _is_stated(found: list[Finding], text: str, coded: int) -> bool:
    """Whether a release says by a number how many were killed, whom the code counts."""
    if coded < 1:
        return False
    if any(f.measure == "killed" and not f.implicit for _, f in _figures(found)):
        return True
    words = "|".join(_NUMBERS.get(coded, ()) or (str(coded),))
    return any(
        re.search(rf"\b(?:{words}|{coded})\b", sentence)
        for sentence in re.split(r"(?<=[a-z]{2}\.)\s", text.lower())
        if re.search(r"\b(?:kill(?:s|ed|ing)|deaths?|dead|died)\b", sentence)
    )


_NUMBERS = {
    1: ("one",),
    2: ("two", "a couple", "both"),
    3: ("three", "several", "a few"),
    4: ("four",),
    5: ("five",),
    6: ("six", "half a dozen"),
    7: ("seven",),
    8: ("eight",),
    9: ("nine",),
    10: ("ten",),
    12: ("twelve", "dozen"),
    24: ("dozens",),
}


def _halves(name: str, halves: dict[bool, list[Counts]]) -> Iterator[Result]:
    titles = {
        "stated": ("killed, where stated", 0.9),
        "killed": ("killed, all", None),
        "captured": ("captured, all", None),
    }
    task, target = titles[name]
    note = "The least number of the incident, exact."
    whole = halves[True] + halves[False]
    yield Result(task, "ISAF", "accuracy", whole, target, {}, note)
    yield Result(task, "ISAF, unseen half", "accuracy", halves[False], target, {}, note)


def _gva(data: Path, runner: Runner) -> list[Result]:
    folder = data / "gva_incidents"
    if not (folder / "docs.jsonl.gz").exists():
        return []
    incidents = {
        record["incident_id"]: record
        for record in json_lines(folder / "incidents.jsonl")
    }
    halves: dict[bool, list[Counts]] = {True: [], False: []}
    judged: list[tuple[str, bool]] = []
    for record in _gva_articles(folder):
        incident = incidents.get(record["doc_id"].split("/")[0])
        if incident is None:
            continue
        document = Document.of_text(record["doc_id"], record["text"])
        if _SEVERAL.search(record["text"][:GVA_HEAD]):
            continue
        told = [
            (finding.rule, verdict)
            for finding, figure in _figures(runner.findings(document))
            if not _of_earlier(document, finding, incident)
            and (verdict := _judged(finding, figure, incident)) is not None
        ]
        judged += told
        right = sum(good for _, good in told)
        halves[looked_at(record["doc_id"])].append(Counts(right, len(told), len(told)))
    note = "Of figures of killed and injured: how many are not above the coded number."
    whole = halves[True] + halves[False]
    name = f"GVA, {len(whole)} articles"
    return [
        Result(TASK, name, "P", whole, 0.92, by_rule(judged), note),
        Result(TASK, f"{name}, unseen half", "P", halves[False], 0.92, {}, note),
    ]


def _gva_articles(folder: Path) -> Iterator[dict[str, Any]]:
    """The articles of the open clusters, GVA_ARTICLES of them."""
    wanted = {
        record["doc_id"] for record in json_lines(folder / "clusters_open30.jsonl")
    }
    taken = 0
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if record["doc_id"] in wanted and taken < GVA_ARTICLES:
                taken += 1
                yield record


_SEVERAL = re.compile(
    r"\b(?:shootings|homicides|killings|murders|separate|incidents|stabbings)\b",
    re.IGNORECASE,
)


def _of_earlier(document: Document, finding: Finding, incident: dict[str, Any]) -> bool:
    """Whether the words around a figure name a year before the incident's."""
    text = document.text
    around = text[max(0, finding.span.start - 150) : finding.span.end + 100]
    return any(
        year < incident["date"][-4:]
        for year in re.findall(r"\b(?:19|20)\d\d\b", around)
    )


def _judged(finding: Finding, figure: Figure, incident: dict[str, Any]) -> bool | None:
    """Whether a figure can be true of the incident; None where that cannot be said."""
    coded = {
        "killed": incident["num_killed"],
        "injured": incident["num_injured"],
    }.get(figure.measure or "")
    exact = figure.low is not None and figure.low == figure.high
    if coded is None or not exact or finding.span.start >= GVA_HEAD:
        return None
    assert figure.low is not None
    return bool(figure.low <= coded)
