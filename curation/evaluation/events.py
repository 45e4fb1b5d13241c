"""Events against coded events (the seeds) and incident templates (MUC-4).

Seeds. A proposal and a coded event fit when their PLOVER types are the same or of one
family (events.linking.same_family; without a type: the same ACLED sub-event) and the
proposal's sentences share words with a passage of one of the event's claims in this
article. Proposals and coded events are paired one to one, as many as possible; a second
proposal of one event is wrong. An event is *main* in an article when its modality is
occurred or ongoing and at least three of the article's claims are about it: R is the
share of main events that were found, P the share of proposals that fit any coded event.

MUC-4. A template is one incident with all its slots. A proposal and a template fit when
they are of the same incident type and at least half of the template's filled slots
(perpetrators, organisations, targets, victims, weapons) hold a filler that the proposal
has (curation.evaluation.muc). Pairs are one to one. A second line asks for one filler
only. Filler F1 counts the fillers of paired proposals and templates (paired by fillers
in common, whatever the type), has-event F1 the documents. Rules are judged by the type
alone: they say how surely there is an event, not who took part; and in documents with
a template only, because the others are full of events that MUC-4 does not count.

Only findings that are shown (score >= SHOWN) count; rules are judged by all, so that
one that is not shown now can come back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from curation.evaluation import incidents_fields
from curation.evaluation.gold import Gold, GoldArticle
from curation.evaluation.held_out import json_lines
from curation.evaluation.muc import (
    Incident,
    incident,
    same_type,
    shares_filler,
    template_fits,
)
from curation.evaluation.runner import Runner
from curation.evaluation.scores import Counts, Result, by_rule
from curation.extraction.documents import Document
from curation.extraction.events.linking import same_family
from curation.extraction.findings import Event, Finding

SHOWN = 0.4
MAIN_CLAIMS = 3
_EVERY = 4  # of the training documents, one in so many measures the rules
SLOTS = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")

A = TypeVar("A")
B = TypeVar("B")
Found = tuple[Finding, Event]


def proposed(findings: Iterable[Finding]) -> list[Found]:
    """The event proposals, whatever their score."""
    return [
        (finding, finding.fields)
        for finding in findings
        if isinstance(finding.fields, Event)
    ]


def shown(findings: Iterable[Finding]) -> list[Found]:
    """The event proposals that a curator sees."""
    return [found for found in proposed(findings) if _seen(found[0])]


def _seen(finding: Finding) -> bool:
    return (finding.score or 0) >= SHOWN


def paired(
    ones: Sequence[A], others: Sequence[B], fit: Callable[[A, B], bool]
) -> dict[int, int]:
    """As many one-to-one pairs of fitting members as there can be, by index."""
    edges = [[j for j, b in enumerate(others) if fit(a, b)] for a in ones]
    taken: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j in edges[i]:
            if j in seen:
                continue
            seen.add(j)
            if j not in taken or place(taken[j], seen):
                taken[j] = i
                return True
        return False

    for i in range(len(ones)):
        place(i, set())
    return {i: j for j, i in taken.items()}


def seeds(gold: Gold, runner: Runner) -> list[Result]:
    """Main events found, and proposals that were right."""
    counts, judged = [], []
    for article in gold.articles:
        found = proposed(runner.findings(article.document))
        _, right = _article(article, gold.events, found)
        judged += [(finding.rule, i in right) for i, (finding, _) in enumerate(found)]
        seen = [each for each in found if _seen(each[0])]
        counts.append(_article(article, gold.events, seen)[0])
    rules = by_rule(judged)
    note = f"main: occurred or ongoing, at least {MAIN_CLAIMS} claims of the article"
    return [
        Result("main events", "seeds", "R", counts, 0.75, rules, note),
        Result("events", "seeds", "P", counts, 0.90, note="any coded event is right"),
    ]


def _article(
    article: GoldArticle, events: Mapping[str, Any], found: Sequence[Found]
) -> tuple[Counts, set[int]]:
    about: dict[str, list[tuple[int, int]]] = {}
    claims: dict[str, int] = {}
    for claim in article.claims:
        key = claim.data.get("event")
        if key:
            about.setdefault(key, []).extend(claim.spans)
            claims[key] = claims.get(key, 0) + 1
    keys = sorted(about, key=lambda key: -claims[key])
    main = {
        key
        for key in keys
        if claims[key] >= MAIN_CLAIMS
        and events[key]["modality"] in {"occurred", "ongoing"}
    }

    def fit(proposal: Found, key: str) -> bool:
        return coded_fits(proposal, events[key], about[key])

    pairs = paired(found, keys, fit)
    hit = {keys[j] for j in pairs.values()}
    return Counts(len(pairs), len(found), len(main), len(main & hit)), set(pairs)


def coded_fits(
    proposal: Found, event: Mapping[str, Any], passages: Sequence[tuple[int, int]]
) -> bool:
    """Whether a proposal may be this coded event."""
    finding, fields = proposal
    if fields.type is None or event.get("type") is None:
        if fields.type != event.get("type"):
            return False
        if fields.acled != event.get("acled_sub_event"):
            return False
    elif not same_family(fields.type, event["type"]):
        return False
    spans = [span for span in finding.spans if span.role in {"", "trigger"}]
    return any(
        span.start < end and start < span.end
        for span in spans
        for start, end in passages
    )


def held_out(data: Path, runner: Runner) -> list[Result]:
    """MUC-4 dev: templates, fillers, documents with an incident; ISAF: six fields."""
    dev, train = data / "muc4" / "dev.json", data / "muc4" / "train.json"
    found: list[Result] = []
    if dev.exists():
        found = [
            replace(result, rules={})
            for result in muc_results(json_lines(dev), runner, "MUC-4 dev")
        ]
    if train.exists():
        # Rules are measured here, so that dev tells how good unseen texts are read.
        sample = islice(json_lines(train), 0, None, _EVERY)
        measured = muc_results(sample, runner, "MUC-4 train, sample")[0]
        found.append(replace(measured, target=None))
    return [*found, *incidents_fields.results(data, runner)]


def muc_results(
    records: Iterable[Mapping[str, Any]], runner: Runner, name: str
) -> list[Result]:
    """The figures for MUC-4 documents; rules stand with the first."""
    whole, loose, slots, has, judged = [], [], [], [], []
    for record in records:
        document = Document.of_text(record["docid"], record["doctext"])
        made_of = [
            (finding, made)
            for finding, event in proposed(runner.findings(document))
            if (made := incident(finding, event)) is not None
        ]
        incidents = [made for finding, made in made_of if _seen(finding)]
        templates = record["templates"]
        pairs = paired(incidents, templates, template_fits)
        whole.append(Counts(len(pairs), len(incidents), len(templates)))
        near = paired(incidents, templates, shares_filler)
        loose.append(Counts(len(near), len(incidents), len(templates)))
        slots.append(fillers(incidents, templates))
        has.append(_has(incidents, templates))
        if templates:
            alike = paired([made for _, made in made_of], templates, same_type)
            judged += [(f.rule, i in alike) for i, (f, _) in enumerate(made_of)]
    return [
        Result("event templates", name, "F1", whole, 0.45, by_rule(judged)),
        Result("event templates, type and one filler", name, "F1", loose),
        Result("event fillers", name, "F1", slots),
        Result("documents with an incident", name, "F1", has),
    ]


def _has(incidents: Sequence[Incident], templates: Sequence[Any]) -> Counts:
    both = bool(incidents) and bool(templates)
    return Counts(int(both), int(bool(incidents)), int(bool(templates)))


def fillers(incidents: Sequence[Incident], templates: Sequence[Any]) -> Counts:
    """Right, proposed and wanted fillers, over the best pairs of a document."""
    scored = sorted(
        (
            (-sum(i.met(t, slot) for slot in SLOTS), x, y)
            for x, i in enumerate(incidents)
            for y, t in enumerate(templates)
        ),
    )
    right, used_x, used_y = 0, set(), set()
    for score, x, y in scored:
        if score and x not in used_x and y not in used_y:
            used_x.add(x)
            used_y.add(y)
            right -= score
    proposed = sum(len(i.slots.get(slot, ())) for i in incidents for slot in SLOTS)
    wanted = sum(len(t[slot]) for t in templates for slot in SLOTS)
    return Counts(right, proposed, wanted)
