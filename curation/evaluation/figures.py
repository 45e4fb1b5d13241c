"""Figures against what people coded.

Seeds. Wanted are the figures of coded claims, except sums, which no words carry. A
Figure is right when its measure, low and high are those of a wanted figure that stands
in the words of the claim and its own words overlap the figure's; each wanted one is
found once.

ISAF press releases. What incidents.incident_count makes of the findings of a release,
against the coded least numbers of killed and captured, exact. "Stated" are the
releases in which somebody was killed and whose text writes a number or "several" of
people killed (a Figure that is not implicit, or a coded number of two and more).

Gun Violence Archive. Precision only: articles are about one incident each, coded with
how many were killed and injured. A figure of persons killed or injured, not part of
another and exact, in the first 1,200 characters (where a report tells its own incident
and not earlier ones) is right when it is not above the coded number: reports count
early, and count groups apart, but do not count more than there were. Figures of
incidents whose reports speak of several years ("homicides this year") are judged alike.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from curation.evaluation.gold import Gold, GoldArticle
from curation.evaluation.held_out import json_lines, looked_at
from curation.evaluation.incidents import incident_count
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
    path = data / "isaf_press_releases" / "isaf_open_dev.jsonl"
    if not path.exists():
        return []
    rows: dict[str, dict[bool, list[Counts]]] = {
        name: {True: [], False: []} for name in ("stated", "killed", "captured")
    }
    for record in json_lines(path):
        document = Document.of_text(record["id"], record["text"])
        found = runner.findings(document)
        half, gold = looked_at(record["id"]), record["gold"]
        for measure in ("killed", "captured"):
            told = incident_count(found, document, measure)
            right = Counts(int(told == gold[f"min_{measure}"]), 1, 1)
            rows[measure][half].append(right)
            if measure == "killed" and _is_stated(found, gold["min_killed"]):
                rows["stated"][half].append(right)
    return [result for name, halves in rows.items() for result in _halves(name, halves)]


def _is_stated(found: list[Finding], coded: int) -> bool:
    explicit = any(
        figure.measure == "killed" and not figure.implicit
        for _, figure in _figures(found)
    )
    return coded > 0 and (explicit or coded > 1)


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
        told = [
            (finding.rule, verdict)
            for finding, figure in _figures(runner.findings(document))
            if (verdict := _judged(finding, figure, incident)) is not None
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
    return figure.low <= coded
