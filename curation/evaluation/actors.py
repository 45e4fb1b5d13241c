"""Actors: are the words that name somebody found, and is it said who that is?

**Seeds, mentions.** A proposed mention and a coded one go together one to one where they
share a character. The proposal is right when it names the same actor: by its key where
the actor is in the context's list (the same key, or a full name in common; for a
suggested misspelling the first candidate counts, because a person is asked), otherwise
when most of the coded mentions under its cluster are of that actor. "Named" counts only
mentions that have a capital letter in a word that is no article; "spans" asks only
whether the words are found.

**Seeds, actors per article.** Clusters against the distinct actors coded in the article;
a second cluster for the same actor is false.

**re3d.** Outermost spans of persons and organisations with a capital letter that are no
pronoun, and proposals with a capital letter that act (a country as a mere place is a
Location there), one to one where they share a character.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from curation.evaluation.gold import Gold, GoldArticle, GoldMention
from curation.evaluation.held_out import json_lines, looked_at
from curation.evaluation.runner import Runner
from curation.evaluation.scores import Counts, Result, by_rule
from curation.extraction.context import Context, KnownActor, Name, folded
from curation.extraction.documents import Document
from curation.extraction.findings import ActorMention, Finding
from curation.extraction.lexicon.wordlist import word_set

_RE3D_TYPES = frozenset({"Person", "Organisation"})
_PRONOUNS = word_set(
    """
    i me my mine we us our ours you your he him his she her it its they them
    their who myself himself themselves this these those
    """
)
# Aliases of these kinds are shared by too many to say that two actors are the same.
_SHARED = frozenset({"generic", "short", "metonym", "misspelling"})
Mentioned = tuple[Finding, ActorMention]
Ends = tuple[int, int]


def seeds(gold: Gold, runner: Runner) -> list[Result]:
    """The rows for the coded articles: the runner's list, then leaving one out."""
    results = _rows(gold, {a.key: runner for a in gold.articles}, "seeds")
    wider = {a.key: _knowing_the_others(gold, a, runner) for a in gold.articles}
    for result in _rows(gold, wider, "seeds, list + names coded in the other articles"):
        if result.task in {"actor mentions", "actors per article"}:
            results.append(replace(result, target=None, rules={}))
    return results


def held_out(data: Path, runner: Runner) -> list[Result]:
    """The rows for re3d: the whole set, and the half that nobody looks at."""
    if not (data / "re3d").is_dir():
        return []
    counts: dict[str, Counts] = {}
    judged: list[tuple[str, bool]] = []
    for document, wanted in _re3d(data / "re3d"):
        found = [
            finding
            for finding, fields in _mentions(runner, document)
            if fields.acts and _named(finding.span.text)
        ]
        pairs = _pairs([(f.span.start, f.span.end) for f in found], wanted)
        counts[document.id] = Counts(len(pairs), len(found), len(wanted))
        judged += [(f.rule, i in pairs) for i, f in enumerate(found)]
    unseen = [each for id_, each in counts.items() if not looked_at(id_)]
    note = (
        "lenient one-to-one overlap on outermost spans of Person and Organisation with "
        "a capital letter, pronouns left out; proposals that act"
    )
    return [
        Result(
            "actor mentions", "re3d", "F1", list(counts.values()), 0.78,
            rules=by_rule(judged), note=note,
        ),
        Result("actor mentions", "re3d, unseen half", "F1", unseen, 0.78, note=note),
    ]  # fmt: skip


# --- seeds -------------------------------------------------------------------------


@dataclass
class _Judged:
    """One article: what was proposed, what was coded, what goes with what."""

    article: GoldArticle
    found: list[Mentioned]
    meant: list[str | None]  # the coded actor that each proposal names
    pairs: dict[int, int]  # proposals that are right, with their coded mention
    spans: dict[int, int]  # proposals whose words are right


def _rows(gold: Gold, runners: Mapping[str, Runner], dataset: str) -> list[Result]:
    judged = [_judge(gold, a, runners[a.key]) for a in gold.articles]
    rules = by_rule(
        (finding.rule, i in each.pairs)
        for each in judged
        for i, (finding, _) in enumerate(each.found)
    )
    rows = [
        ("actor mentions", [_count(j, j.pairs) for j in judged], 0.95,
         "all mentions, generic ones (“the group”, “fighters”) too; the words overlap "
         "and the actor is the same"),
        ("actor mentions, named", [_count(j, j.pairs, _named) for j in judged], None,
         "only mentions with a capital letter in a word that is no article"),
        ("actor mentions, spans", [_count(j, j.spans) for j in judged], None,
         "all mentions; only the words, whoever they are said to name"),
        ("actors per article", [_actors(j) for j in judged], 0.93,
         "clusters against distinct actors; duplicates are false"),
        ("actors per article, named", [_actors(j, _named) for j in judged], None,
         "only actors and clusters with a named mention"),
    ]  # fmt: skip
    return [
        Result(
            task, dataset, "F1", counts, target,
            rules=rules if task == "actor mentions" else {}, note=note,
        )
        for task, counts, target, note in rows
    ]  # fmt: skip


def _judge(gold: Gold, article: GoldArticle, runner: Runner) -> _Judged:
    found = _mentions(runner, article.document)
    coded = article.mentions
    ends = [(f.span.start, f.span.end) for f, _ in found]
    spans = _pairs(ends, [(m.start, m.end) for m in coded])
    same = _same_actors(gold, runner.context)
    clusters = _majorities(found, spans, coded)
    meant = [_meant(fields, clusters, same) for _, fields in found]
    by_actor: dict[str, list[int]] = defaultdict(list)
    for j, mention in enumerate(coded):
        by_actor[mention.actor].append(j)
    pairs: dict[int, int] = {}
    for actor, theirs in by_actor.items():
        mine = [i for i, each in enumerate(meant) if each == actor]
        matched = _pairs(
            [ends[i] for i in mine], [(coded[j].start, coded[j].end) for j in theirs]
        )
        pairs |= {mine[i]: theirs[j] for i, j in matched.items()}
    return _Judged(article, found, meant, pairs, spans)


def _same_actors(gold: Gold, context: Context) -> dict[str, str]:
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


def _count(
    judged: _Judged,
    pairs: Mapping[int, int],
    among: Callable[[str], bool] = lambda _: True,
) -> Counts:
    text = judged.article.document.text
    wanted = {
        j for j, m in enumerate(judged.article.mentions) if among(text[m.start : m.end])
    }
    # A proposal that names a wanted mention counts with it, however it is written.
    mine = {
        i
        for i, (finding, _) in enumerate(judged.found)
        if pairs.get(i, -1) in wanted or (i not in pairs and among(finding.span.text))
    }
    return Counts(sum(i in pairs for i in mine), len(mine), len(wanted))


def _actors(judged: _Judged, among: Callable[[str], bool] = lambda _: True) -> Counts:
    text = judged.article.document.text
    wanted = {m.actor for m in judged.article.mentions if among(text[m.start : m.end])}
    everybody = {m.actor for m in judged.article.mentions}
    clusters: dict[int, str | None] = {}
    for (finding, fields), meant in zip(judged.found, judged.meant, strict=True):
        if among(finding.span.text):
            clusters.setdefault(fields.cluster, meant)
    right = {actor for actor in clusters.values() if actor in wanted}
    aside = [a for a in clusters.values() if a in everybody and a not in wanted]
    return Counts(len(right), len(clusters) - len(aside), len(wanted))


def _knowing_the_others(gold: Gold, article: GoldArticle, runner: Runner) -> Runner:
    """The same runner, with the names that other articles have for their actors."""
    names: dict[str, dict[str, Name]] = defaultdict(dict)
    for other in gold.articles:
        for mention in other.mentions if other is not article else ():
            words = other.document.text[mention.start : mention.end]
            names[mention.actor][words] = _coded_name(gold.actors[mention.actor], words)
    listed = {actor: key for key, actor in _same_actors(gold, runner.context).items()}
    actors = {actor.key: actor for actor in runner.context.actors}
    for key, more in names.items():
        coded = gold.actors[key]
        known = actors.get(listed.get(key, ""), replace(coded, names=()))
        known = replace(known, names=(*known.names, *more.values()))
        actors[known.key] = known
    context = replace(runner.context, actors=tuple(actors.values()))
    return Runner(runner.extractors, context, runner.parser)


def _coded_name(actor: KnownActor, words: str) -> Name:
    kinds = {name.text: name.kind for name in actor.names}
    return Name(words, kinds.get(words, "generic"))


# --- re3d --------------------------------------------------------------------------


def _re3d(folder: Path) -> Iterator[tuple[Document, list[Ends]]]:
    for part in sorted(each for each in folder.iterdir() if each.is_dir()):
        spans: dict[str, list[Ends]] = defaultdict(list)
        for entity in json_lines(part / "entities.json"):
            if entity["type"] in _RE3D_TYPES:
                spans[entity["documentId"]].append((entity["begin"], entity["end"]))
        for row in json_lines(part / "documents.json"):
            document = Document.of_text(row["_id"], row["text"])
            yield document, _wanted(document.text, spans[row["_id"]])


def _wanted(text: str, spans: Iterable[Ends]) -> list[Ends]:
    outermost: list[Ends] = []
    for start, end in sorted(set(spans), key=lambda s: (s[0] - s[1], s)):
        if not any(a <= start and end <= b for a, b in outermost):
            outermost.append((start, end))
    return sorted(span for span in outermost if _named(text[span[0] : span[1]]))


# --- both --------------------------------------------------------------------------


def _mentions(runner: Runner, document: Document) -> list[Mentioned]:
    return [
        (finding, finding.fields)
        for finding in runner.findings(document)
        if isinstance(finding.fields, ActorMention) and finding.fields.how != "pronoun"
    ]


def _named(words: str) -> bool:
    """Whether a word other than an article or a pronoun has a capital letter."""
    return any(
        any(map(str.isupper, word))
        for word in words.split()
        if word.casefold() not in {"the", "a", "an"} | _PRONOUNS
        or (len(word) > 1 and word.isupper())
    )


def _pairs(mine: Sequence[Ends], theirs: Sequence[Ends]) -> dict[int, int]:
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
