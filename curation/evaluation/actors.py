"""Actors: are the words that name somebody found, and is it said who that is?

**Seeds, mentions.** A proposed mention and a coded one go together one to one where
they share a character. The proposal is right when it names the same actor: by its key
where the actor is in the context's list (the same key, or a full name in common; for a
suggested misspelling the first candidate counts, because a person is asked), otherwise
when most of the coded mentions under its cluster are of that actor. "Named" counts only
mentions that have a capital letter in a word that is no article; "spans" asks only
whether the words are found.

**Seeds, actors per article.** Clusters against the distinct actors coded in the
article; a second cluster for the same actor is false.

**re3d.** Outermost spans of persons and organisations with a capital letter that are no
pronoun, and proposals with a capital letter that act (a country as a mere place is a
Location there), one to one where they share a character. The table of rules leaves out
states that re3d holds to be locations: newsdb codes every naming of a state.

Mentions leave out speakers without a name ("sources"): the curation format has them as
words of claims. They have a row of their own, and so have offices of persons.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from curation.evaluation.actor_matching import (
    UNNAMED,
    Ends,
    Judged,
    judge,
    mentions_in,
    pairs_of,
    same_actors,
)
from curation.evaluation.actor_offices import offices
from curation.evaluation.gold import Gold, GoldArticle
from curation.evaluation.held_out import json_lines, looked_at
from curation.evaluation.runner import Runner
from curation.evaluation.scores import Counts, Result, by_rule
from curation.extraction.context import KnownActor, Name
from curation.extraction.documents import Document
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
_ALL = (
    "all mentions, generic ones (“the group”, “fighters”) too; the words overlap and "
    "the actor is the same"
)


def seeds(gold: Gold, runner: Runner) -> list[Result]:
    """The rows for the coded articles: the runner's list, then leaving one out."""
    results = _rows(gold, {a.key: runner for a in gold.articles}, "seeds")
    wider = {a.key: _knowing_the_others(gold, a, runner) for a in gold.articles}
    for result in _rows(gold, wider, "seeds, list + names coded in the other articles"):
        if result.task in {"actor mentions", "actors per article"}:
            results.append(replace(result, target=None, rules={}))
    return [*results, _unnamed(gold, runner), offices(gold, runner)]


def held_out(data: Path, runner: Runner) -> list[Result]:
    """The rows for re3d: the whole set, and the half that nobody looks at."""
    if not (data / "re3d").is_dir():
        return []
    counts: dict[str, Counts] = {}
    judged: list[tuple[str, bool]] = []
    for document, wanted, places in _re3d(data / "re3d"):
        found = [
            (finding, fields)
            for finding, fields in mentions_in(runner, document)
            if fields.acts and _named(finding.span.text)
        ]
        ends = [(f.span.start, f.span.end) for f, _ in found]
        pairs = pairs_of(ends, wanted)
        counts[document.id] = Counts(len(pairs), len(found), len(wanted))
        placed = pairs_of(ends, places)
        judged += [
            (finding.rule, i in pairs)
            for i, (finding, fields) in enumerate(found)
            if i in pairs or fields.actor_kind != "state" or i not in placed
        ]
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


def _rows(gold: Gold, runners: Mapping[str, Runner], dataset: str) -> list[Result]:
    judged = [judge(gold, a, runners[a.key]) for a in gold.articles]
    rules = by_rule(
        (finding.rule, i in each.pairs)
        for each in judged
        for i, (finding, _) in enumerate(each.found)
    )
    rows = [
        ("actor mentions", [_count(j, j.pairs) for j in judged], 0.95,
         _ALL),
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


def _count(
    judged: Judged,
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


def _actors(judged: Judged, among: Callable[[str], bool] = lambda _: True) -> Counts:
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
        for mention in other.mentions if other.key != article.key else ():
            words = other.document.text[mention.start : mention.end]
            names[mention.actor][words] = _coded_name(gold.actors[mention.actor], words)
    listed = {actor: key for key, actor in same_actors(gold, runner.context).items()}
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


def _unnamed(gold: Gold, runner: Runner) -> Result:
    """Speakers without a name against the words that claims have for them."""
    counts, rules = [], []
    for article in gold.articles:
        wanted = _unnamed_speakers(article)
        found = [
            (each.span.start, each.span.end)
            for each in runner.findings(article.document)
            if each.rule == UNNAMED
        ]
        pairs = pairs_of(found, wanted)
        counts.append(Counts(len(pairs), len(found), len(wanted)))
        rules += [(UNNAMED, i in pairs) for i in range(len(found))]
    note = "against the words for speakers of claims that no actor is coded for"
    return Result(
        "unnamed speakers", "seeds", "F1", counts, rules=by_rule(rules), note=note
    )


def _unnamed_speakers(article: GoldArticle) -> list[Ends]:
    """Where the words for an unnamed speaker stand, nearest to the claim's words."""
    text, found = article.document.text, set()
    for claim in article.claims:
        words = claim.data.get("speaker_text")
        if words and not claim.data.get("speaker") and claim.spans:
            at = claim.spans[0][0]
            starts = [m.start() for m in re.finditer(re.escape(words), text)]
            if starts:
                start = min(starts, key=lambda s: abs(s - at))
                found.add((start, start + len(words)))
    return sorted(found)


# --- re3d --------------------------------------------------------------------------


def _re3d(folder: Path) -> Iterator[tuple[Document, list[Ends], list[Ends]]]:
    """Each document, its actors and its locations."""
    for part in sorted(each for each in folder.iterdir() if each.is_dir()):
        actors: dict[str, list[Ends]] = defaultdict(list)
        places: dict[str, list[Ends]] = defaultdict(list)
        for entity in json_lines(part / "entities.json"):
            ends = (entity["begin"], entity["end"])
            if entity["type"] in _RE3D_TYPES:
                actors[entity["documentId"]].append(ends)
            elif entity["type"] == "Location":
                places[entity["documentId"]].append(ends)
        for row in json_lines(part / "documents.json"):
            document = Document.of_text(row["_id"], row["text"])
            yield (
                document,
                _wanted(document.text, actors[document.id]),
                places[document.id],
            )


def _wanted(text: str, spans: Iterable[Ends]) -> list[Ends]:
    outermost: list[Ends] = []
    for start, end in sorted(set(spans), key=lambda s: (s[0] - s[1], s)):
        if not any(a <= start and end <= b for a, b in outermost):
            outermost.append((start, end))
    return sorted(span for span in outermost if _named(text[span[0] : span[1]]))


# --- both --------------------------------------------------------------------------


def _named(words: str) -> bool:
    """Whether a word other than an article or a pronoun has a capital letter."""
    return any(
        any(map(str.isupper, word))
        for word in words.split()
        if word.casefold() not in {"the", "a", "an"} | _PRONOUNS
        or (len(word) > 1 and word.isupper())
    )
