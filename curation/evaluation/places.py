"""Places against what people coded.

Seeds. Counted is the set of places of an article, not each mention. Wanted are the
places of coded events that a claim of the article supports, and every other coded
place one of whose names stands in the body, as whole words, outside the name of an
actor that is no state. A country that is only named as a state that acts is neither
wanted nor wrong, nor is a place that contains another coded place and is named beside
it ("Doha, Qatar"). A proposal is right when it has the key of the coded place, or one
of its names (by its own name or by the words of the article, without the type word)
and a point within the coded radius or 30 km; without a point its name is enough.

LGL, GeoVirus. Detection: a proposal is right when its words overlap those of a gold
toponym, each gold toponym counting once. Resolution: of the gold toponyms that have
coordinates, the share that is met by a proposal within 161 km (100 miles) of them; a
second row counts only the detected ones. LGL is held out; GeoVirus is for development.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from curation.evaluation.gold import Gold, GoldArticle, GoldMention
from curation.evaluation.held_out import json_lines
from curation.evaluation.runner import Runner
from curation.evaluation.scores import Counts, Result, by_rule
from curation.extraction.documents import Document
from curation.extraction.findings import Finding, PlaceMention
from events.place_names import lookup_form

SET, DETECTED, RESOLVED = "places per article", "toponyms", "toponyms resolved"
NEAR_KM = 161
_SLACK_KM = 30
_TYPE = re.compile(r" (?:province|district|city|region|state)$")


def seeds(gold: Gold, runner: Runner) -> list[Result]:
    documents, judged = [], []
    for article in gold.articles:
        found = _mentions(runner, article.document)
        wanted, optional = _wanted(gold, article)
        met: set[str] = set()
        wrong: set[str] = set()
        for finding, fields in found:
            key = _key(gold, finding.span.text, fields)
            if key in wanted:
                met.add(key)
            elif key not in optional:
                wrong.add(fields.place or fields.entry or lookup_form(fields.name))
            judged.append((finding.rule, key in wanted or key in optional))
        documents.append(Counts(len(met), len(met) + len(wrong), len(wanted)))
    note = "Distinct places of each article; the rule is in curation.evaluation.places."
    return [Result(SET, "seeds", "F1", documents, 0.93, by_rule(judged), note)]


def _mentions(runner: Runner, document: Document) -> list[tuple[Finding, PlaceMention]]:
    return [
        (finding, finding.fields)
        for finding in runner.findings(document)
        if isinstance(finding.fields, PlaceMention)
    ]


def _wanted(gold: Gold, article: GoldArticle) -> tuple[set[str], set[str]]:
    """Keys of the places that the article must and those that it may yield."""
    claims = {claim.key for claim in article.claims}
    wanted = {
        place["place"]
        for event in gold.events.values()
        if (place := event.get("place")) and claims & set(place.get("claims") or ())
    }
    named = list(_named(gold, article))
    optional = {key for key, _ in named}
    wanted |= {key for key, meant in named if meant}
    for key in wanted:
        if parent := gold.places[key].get("parent"):
            optional.add(parent)
    return wanted, optional - wanted


def _named(gold: Gold, article: GoldArticle) -> Iterator[tuple[str, bool]]:
    """Keys of the places whose names stand in the text, and whether they are meant."""
    by_name = {
        name: key
        for key, data in gold.places.items()
        for name in (data["name"], *(each["name"] for each in data.get("names") or ()))
    }
    # The longest first: "Kabul airport" does not name Kabul.
    either = "|".join(sorted(map(re.escape, by_name), key=len, reverse=True))
    for found in re.finditer(rf"(?<!\w)(?:{either})(?!\w)", article.document.normal):
        key = by_name[found[0]]
        holding = [
            mention
            for mention in article.mentions
            if mention.start < found.end() and found.start() < mention.end
        ]
        if article.document.kind_at(found.start()) != "body":
            yield key, False
        elif gold.places[key]["kind"] == "country":
            yield key, not holding
        else:
            yield key, not any(_longer(found, mention) for mention in holding)


def _longer(found: re.Match[str], mention: GoldMention) -> bool:
    length: int = mention.end - mention.start
    return length > len(found[0])


def _key(gold: Gold, words: str, fields: PlaceMention) -> str | None:
    """The coded place that a proposal means."""
    if fields.place in gold.places:
        return fields.place
    forms = {_TYPE.sub("", lookup_form(name)) for name in (words, fields.name)}
    for key, data in gold.places.items():
        names = [data["name"], *(name["name"] for name in data.get("names") or ())]
        coded = {_TYPE.sub("", lookup_form(name)) for name in names}
        if forms & coded and _close(fields, data):
            return key
    return None


def _close(fields: PlaceMention, data: dict[str, Any]) -> bool:
    if fields.latitude is None or data.get("latitude") is None:
        return True
    far = _kilometres(
        (fields.latitude, fields.longitude or 0), (data["latitude"], data["longitude"])
    )
    return far <= max(_SLACK_KM, float(data["radius_m"]) / 1000)


def held_out(data: Path, runner: Runner) -> list[Result]:
    results = []
    for name, target in (("lgl", 0.70), ("GeoVirus", None)):
        path = data / "geoparsing" / f"{name}.jsonl"
        if path.exists():
            results += _toponyms(name, json_lines(path), runner, target)
    return results


def _toponyms(
    name: str, records: Iterable[dict[str, Any]], runner: Runner, target: float | None
) -> list[Result]:
    detected, resolved, of_detected, judged = [], [], [], []
    for record in records:
        gold = record["toponyms"]
        document = Document.of_text(f"{name} {record['id']}", record["text"])
        found = _mentions(runner, document)
        pairs = dict(_pairs(gold, found))
        detected.append(Counts(len(pairs), len(found), len(gold)))
        located = [n for n, topo in enumerate(gold) if topo.get("lat") is not None]
        met = [n for n in located if n in pairs]
        near = sum(_within(found[pairs[n]][1], gold[n]) for n in met)
        resolved.append(Counts(near, len(located), len(located)))
        of_detected.append(Counts(near, len(met), len(met)))
        hit = set(pairs.values())
        judged += [(each[0].rule, i in hit) for i, each in enumerate(found)]
    # The rules are scored on what may be looked at; LGL stays unseen.
    rules = by_rule(judged) if name == "GeoVirus" else {}
    note = f"Of all gold toponyms with coordinates, within {NEAR_KM} km."
    part = f"Of those detected, within {NEAR_KM} km."
    return [
        Result(DETECTED, name, "F1", detected, None, rules, "By overlap of words."),
        Result(RESOLVED, name, "accuracy", resolved, target, {}, note),
        Result(
            f"{RESOLVED}, of the detected",
            name,
            "accuracy",
            of_detected,
            None,
            {},
            part,
        ),
    ]


def _pairs(
    toponyms: list[dict[str, Any]], found: list[tuple[Finding, PlaceMention]]
) -> Iterator[tuple[int, int]]:
    """Numbers of gold toponyms and of the proposals that meet them, one to one."""
    free = set(range(len(found)))
    for number, topo in enumerate(toponyms):
        meeting = [
            i
            for i in free
            if found[i][0].span.start < topo["end"]
            and topo["start"] < found[i][0].span.end
        ]
        if meeting:
            best = min(
                meeting,
                key=lambda i: (
                    abs(found[i][0].span.start - topo["start"])
                    + abs(found[i][0].span.end - topo["end"])
                ),
            )
            free.discard(best)
            yield number, best


def _within(fields: PlaceMention, topo: dict[str, Any]) -> bool:
    if fields.latitude is None or fields.longitude is None:
        return False
    point = (fields.latitude, fields.longitude)
    return _kilometres(point, (topo["lat"], topo["lon"])) <= NEAR_KM


def _kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    a, b = math.radians(one[0]), math.radians(other[0])
    across = math.radians(other[1] - one[1]) / 2
    part = math.sin((b - a) / 2) ** 2
    part += math.cos(a) * math.cos(b) * math.sin(across) ** 2
    return 12_742 * math.asin(min(1.0, math.sqrt(part)))
