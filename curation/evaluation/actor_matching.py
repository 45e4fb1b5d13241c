"""Which proposed mention goes with which coded one, and whom it names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from curation.evaluation.gold import Gold, GoldArticle, GoldMention
from curation.evaluation.runner import Runner
from curation.extraction.context import Context, KnownActor, folded
from curation.extraction.documents import Document
from curation.extraction.findings import ActorMention, Finding

# Aliases of these kinds are shared by too many to say that two actors are the same.
_SHARED = frozenset({"generic", "short", "metonym", "misspelling"})
# Judged by themselves: claims have words for unnamed speakers, mentions do not.
UNNAMED = "actor.unnamed-speaker"
Mentioned = tuple[Finding, ActorMention]
Ends = tuple[int, int]


@dataclass
class Judged:
    """One article: what was proposed, what was coded, what goes with what."""

    article: GoldArticle
    found: list[Mentioned]
    meant: list[str | None]  # the coded actor that each proposal names
    pairs: dict[int, int]  # proposals that are right, with their coded mention
    spans: dict[int, int]  # proposals whose words are right


def judge(gold: Gold, article: GoldArticle, runner: Runner) -> Judged:
    found = mentions_in(runner, article.document)
    coded = article.mentions
    ends = [(f.span.start, f.span.end) for f, _ in found]
    spans = pairs_of(ends, [(m.start, m.end) for m in coded])
    same = same_actors(gold, runner.context)
    clusters = _majorities(found, spans, coded)
    meant = [_meant(fields, clusters, same) for _, fields in found]
    by_actor: dict[str, list[int]] = defaultdict(list)
    for j, mention in enumerate(coded):
        by_actor[mention.actor].append(j)
    pairs: dict[int, int] = {}
    for actor, theirs in by_actor.items():
        mine = [i for i, each in enumerate(meant) if each == actor]
        matched = pairs_of(
            [ends[i] for i in mine], [(coded[j].start, coded[j].end) for j in theirs]
        )
        pairs |= {mine[i]: theirs[j] for i, j in matched.items()}
    return Judged(article, found, meant, pairs, spans)


def same_actors(gold: Gold, context: Context) -> dict[str, str]:
    """Which coded actor a listed one is: the same key, or a full name in common."""
    by_name: dict[str, str] = {}
    for actor in gold.actors.values():
        for name in _full_names(actor):
            by_name.setdefault(name, actor.key)
    same: dict[str, str] = {}
    for actor in context.actors:
        if actor.key in gold.actors:
            same[actor.key] = actor.key
        elif key := next(
            (by_name[n] for n in _full_names(actor) if n in by_name), None
        ):
            same[actor.key] = key
    return same


def _full_names(actor: KnownActor) -> list[str]:
    return [folded(name.text) for name in actor.names if name.kind not in _SHARED]


def _majorities(
    found: Sequence[Mentioned], spans: Mapping[int, int], coded: Sequence[GoldMention]
) -> dict[int, str]:
    """The coded actor of most mentions under each cluster."""
    votes: dict[int, Counter[str]] = defaultdict(Counter)
    for i, j in spans.items():
        votes[found[i][1].cluster][coded[j].actor] += 1
    return {cluster: count.most_common(1)[0][0] for cluster, count in votes.items()}


def _meant(
    fields: ActorMention, clusters: Mapping[int, str], same: Mapping[str, str]
) -> str | None:
    """The coded actor that a proposal names; None where it names another or nobody."""
    if fields.actor is not None:
        return same.get(fields.actor)
    if fields.suggested_alias and fields.candidates:
        return same.get(fields.candidates[0])
    actor = clusters.get(fields.cluster)
    return None if actor in same.values() else actor


def mentions_in(runner: Runner, document: Document) -> list[Mentioned]:
    return [
        (finding, finding.fields)
        for finding in runner.findings(document)
        if isinstance(finding.fields, ActorMention)
        and finding.fields.how != "pronoun"
        and finding.rule != UNNAMED
    ]


def pairs_of(mine: Sequence[Ends], theirs: Sequence[Ends]) -> dict[int, int]:
    """One to one, where they share characters: those that share the most first."""
    shared = sorted(
        (
            (max(a, c) - min(b, d), abs(a - c) + abs(b - d), i, j)
            for i, (a, b) in enumerate(mine)
            for j, (c, d) in enumerate(theirs)
            if a < d and c < b
        ),
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in shared:
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs
