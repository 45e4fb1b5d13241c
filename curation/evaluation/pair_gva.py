"""Articles of one incident among thousands: the GVA set.

Local news of shootings in the US, each article of one incident. From the texts
alone, with the day that the page gives. Pairs that score 0.5 or more are joined, and so
is what they join in turn; the groups are held against the incidents in two ways:
pairwise (each two articles of one group) and B³ (for each article, the share of its
group that is right and of its incident that is found, averaged). Halves are made by
incident, so that no group is cut in two.

Hard pairs, after the ECB+ test: wanted are all pairs of one incident; the others are,
for each article of an incident with several, the two articles of other incidents that
share most words with it among those of the same state or of the same week. A pair is
proposed at 0.5, and in a second row at 0.9.
"""

from __future__ import annotations

import datetime as dt
import gzip
import heapq
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from curation.evaluation.held_out import json_lines, looked_at
from curation.evaluation.scores import Counts, Result, by_rule
from curation.extraction.documents import Document, Interval
from curation.extraction.pairing.digests import Digest, digest
from curation.extraction.pairing.index import Index, pairs
from curation.extraction.pairing.scores import SAME_EVENT, Profile, compare
from sources.dates import Basis, Precision

SURE = 0.9
NEAREST = 2  # other incidents' articles for each article
WEEK = 7
SHARE = 1000  # B³ shares as whole numbers
TASK = "same-event articles"
NOTE = (
    "Seeds: pairs of articles with one coded origin. GVA: articles of one incident; "
    "groups are what pairs from 0.5 join, texts alone with the day of the page. Hard "
    "pairs: against the two nearest articles of other incidents of the state or week."
)
JOINED = {"same_event", "repost"}

Pair = frozenset[str]


def counts(
    every: Iterable[Pair], found: Iterable[Pair], wanted: Iterable[Pair]
) -> list[Counts]:
    """One for each pair."""
    found, wanted = set(found), set(wanted)
    return [
        Counts(int(pair in found and pair in wanted), pair in found, pair in wanted)
        for pair in every
    ]


def rule_of(relation: str) -> str:
    return f"pair.{relation.replace('_', '-')}"


def held_out(data: Path) -> list[Result]:
    folder = data / "gva_incidents"
    if not (folder / "docs.jsonl.gz").exists():
        return []
    read = list(_articles(folder))
    unseen = [each for each in read if not looked_at(each.incident)]
    return [
        result
        for name, part in (("gva", read), ("gva, unseen half", unseen))
        for result in (*_grouped(name, part), *_hard(name, part))
    ]


@dataclass(frozen=True)
class Article:
    """What is kept of an article, and which incident it is about, where and when."""

    digest: Digest
    incident: str
    state: str
    day: dt.date

    @property
    def id(self) -> str:
        return self.digest.id


def _articles(folder: Path) -> Iterator[Article]:
    incidents = {
        row["incident_id"]: row for row in json_lines(folder / "incidents.jsonl")
    }
    clusters = {
        row["doc_id"]: row["cluster"]
        for row in json_lines(folder / "clusters_open30.jsonl")
    }
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["doc_id"] not in clusters:
                continue
            incident = incidents[clusters[row["doc_id"]]]
            day = dt.date.fromisoformat(row["date"][:10])
            published = Interval(day, day, Precision.DAY, Basis.METADATA)
            document = Document.of_text(
                row["doc_id"], row["text"], published=published, title=row["title"]
            )
            yield Article(
                digest(document), incident["incident_id"], incident["state"], day
            )


def _together(articles: Iterable[Article]) -> dict[str, list[str]]:
    """The articles of each incident."""
    found: dict[str, list[str]] = defaultdict(list)
    for each in articles:
        found[each.incident].append(each.id)
    return found


def _grouped(name: str, articles: list[Article]) -> Iterator[Result]:
    matches = [m for m in pairs(a.digest for a in articles) if m.relation in JOINED]
    groups = joined((a.id for a in articles), ((m.one, m.other) for m in matches))
    truth = {
        member: frozenset(ids) for ids in _together(articles).values() for member in ids
    }
    rules = by_rule((rule_of(m.relation), m.other in truth[m.one]) for m in matches)
    yield Result(
        f"{TASK}, pairwise", name, "F1", list(_pairwise(groups, truth)), 0.8, rules
    )
    yield Result(f"{TASK}, B³", name, "F1", list(_b_cubed(groups, truth)), 0.88)


def joined(
    ids: Iterable[str], found: Iterable[tuple[str, str]]
) -> dict[str, frozenset[str]]:
    """The group of each id when whatever is found together is joined."""
    group = {each: {each} for each in ids}
    for one, other in found:
        if group[one] is not group[other]:
            group[one] |= group[other]
            for each in group[other]:
                group[each] = group[one]
    return {each: frozenset(members) for each, members in group.items()}


Groups = Mapping[str, frozenset[str]]


def _pairwise(groups: Groups, truth: Groups) -> Iterator[Counts]:
    """For each article, its pairs with those of greater ids."""
    for own, group in groups.items():
        found = {other for other in group if other > own}
        wanted = {other for other in truth[own] if other > own}
        yield Counts(len(found & wanted), len(found), len(wanted))


def _b_cubed(groups: Groups, truth: Groups) -> Iterator[Counts]:
    """For each article, thousandths of precision and recall."""
    for own, group in groups.items():
        both = len(group & truth[own])
        precision = round(SHARE * both / len(group))
        recall = round(SHARE * both / len(truth[own]))
        yield Counts(precision, SHARE, SHARE, recall)


def _hard(name: str, articles: list[Article]) -> Iterator[Result]:
    index = Index(each.digest for each in articles)
    profiles = {a.id: Profile.of(a.digest, index.frequencies) for a in articles}
    wanted = {
        frozenset(two)
        for ids in _together(articles).values()
        for two in combinations(ids, 2)
    }
    every = sorted(wanted | set(_near(articles, profiles)), key=sorted)
    scores = {
        pair: compare(*(profiles[each] for each in sorted(pair))).score
        for pair in every
    }
    for least in (SAME_EVENT, SURE):
        found = {pair for pair in every if scores[pair] >= least}
        judged = counts(every, found, wanted)
        task = f"{TASK}, hard pairs"
        if least == SAME_EVENT:
            yield Result(task, name, "F1", judged, 0.8)
        else:
            result = Result(f"{task}, from {SURE}", name, "P", judged, 0.95)
            yield replace(result, note="Aimed at with a recall of .50 or more.")


def _near(articles: list[Article], profiles: Mapping[str, Profile]) -> Iterator[Pair]:
    """Hard negatives; see the module's docstring."""
    together = _together(articles)
    by_word: dict[str, list[int]] = defaultdict(list)
    for at, each in enumerate(articles):
        for word in profiles[each.id].words:
            by_word[word].append(at)
    for each in articles:
        if len(together[each.incident]) == 1:
            continue
        shared: dict[int, float] = defaultdict(float)
        for word, value in profiles[each.id].words.items():
            for at in by_word[word]:
                shared[at] += value * profiles[articles[at].id].words[word]
        near = {at: value for at, value in shared.items() if _alike(each, articles[at])}
        for at in heapq.nlargest(NEAREST, near, key=near.__getitem__):
            yield frozenset((each.id, articles[at].id))


def _alike(one: Article, other: Article) -> bool:
    """Another incident in the same state, or written about in the same week."""
    if one.incident == other.incident:
        return False
    return one.state == other.state or abs((one.day - other.day).days) <= WEEK
