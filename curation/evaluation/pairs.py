"""Articles about the same event, and figures that cannot both hold.

Seeds. Wanted is every pair of articles that were coded with the same origin; a pair is
found when it scores 0.5 or more (same_event or repost). The articles are read as they
are, without the date of publication that was coded. Of the coded figures, every two
that count the same measure of the same event are one question: may both hold? All of
them may (docs/coding-decisions.md), so each pair that is called a conflict is wrong.
Two claims of different articles that are said to say the same are right when coded
claims that rest on these words speak of the same event or relation; where nothing that
was coded there has either, they are not judged.

Made-up figures (conflict_cases): right when a conflict is found exactly where there is
one.

The held-out set is in pair_gva.
"""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

from curation.evaluation import pair_gva
from curation.evaluation.conflict_cases import CASES, GROUPS, figures_of
from curation.evaluation.gold import Gold, GoldArticle, GoldClaim
from curation.evaluation.pair_gva import JOINED, NOTE, TASK, counts, rule_of
from curation.evaluation.runner import Runner
from curation.evaluation.scores import Counts, Result, by_rule
from curation.extraction.pairing.claims import compare_claims
from curation.extraction.pairing.conflicts import conflicts
from curation.extraction.pairing.digests import digest
from curation.extraction.pairing.index import Index, pairs
from curation.extraction.pairing.statements import Statement, statements

CONFLICTS = "figures that cannot both hold"


def seeds(gold: Gold, runner: Runner) -> list[Result]:
    return [
        _seed_pairs(gold, runner),
        _seed_claims(gold, runner),
        _seed_conflicts(gold),
        _made_up(),
    ]


def _seed_pairs(gold: Gold, runner: Runner) -> Result:
    read = [digest(a.document, runner.findings(a.document)) for a in gold.articles]
    found = {
        frozenset((match.one, match.other)): match.relation
        for match in pairs(read)
        if match.relation in JOINED
    }
    wanted = {
        frozenset((one.document.id, other.document.id))
        for one, other in combinations(gold.articles, 2)
        if one.data.get("origin") and one.data["origin"] == other.data.get("origin")
    }
    every = [
        frozenset((one.document.id, other.document.id))
        for one, other in combinations(gold.articles, 2)
    ]
    judged = [(rule_of(name), key in wanted) for key, name in found.items()]
    each = counts(every, found.keys(), wanted)
    return Result(TASK, "seeds", "F1", each, 1.0, by_rule(judged), NOTE)


def _seed_claims(gold: Gold, runner: Runner) -> Result:
    read = [(a.document, runner.findings(a.document)) for a in gold.articles]
    frequencies = Index(digest(*each) for each in read).frequencies
    said = [each for article in read for each in statements(*article)]
    by_id = {article.document.id: article for article in gold.articles}
    judged = []
    for match in compare_claims(said, said, frequencies):
        one, other = (
            _topics(by_id[each.document], each) for each in (match.one, match.other)
        )
        if match.one.document != match.other.document and one and other:
            judged.append((f"pair.{match.rule}", not one.isdisjoint(other)))
    counts = [Counts(int(right), 1) for _, right in judged]
    note = "Of coded events or relations: claims of two articles that share one."
    return Result(
        "claims that say the same", "seeds", "P", counts, 0.9, by_rule(judged), note
    )


def _topics(article: GoldArticle, statement: Statement) -> set[str]:
    """The events and relations of the coded claims that rest on a statement's words."""
    found = set()
    for claim in article.claims:
        for start, end in claim.spans:
            common = min(end, statement.end) - max(start, statement.start)
            if 2 * common >= min(end - start, statement.end - statement.start):
                found |= {claim.data.get("event"), claim.data.get("relation")}
    return {topic for topic in found if topic}


def _seed_conflicts(gold: Gold) -> Result:
    coded = [
        statement
        for article in gold.articles
        for claim in article.claims
        if (statement := _statement(gold, article, claim))
    ]
    called = {
        frozenset((match.one.key, match.other.key))
        for match in conflicts(coded, GROUPS)
    }
    questions = [
        frozenset((one.key, other.key))
        for one, other in combinations(coded, 2)
        if (one.event, one.measure) == (other.event, other.measure)
    ]
    right = [Counts(int(pair not in called), 1, 1) for pair in questions]
    note = "Every two coded figures of one event and measure: not called a conflict."
    return Result(CONFLICTS, "seeds", "accuracy", right, 1.0, note=note)


def _statement(gold: Gold, article: GoldArticle, claim: GoldClaim) -> Statement | None:
    figure = claim.data.get("figure")
    if not figure or not claim.data.get("event"):
        return None
    start, end = claim.spans[0]
    total = next(
        (c.spans[0][0] for c in article.claims if c.key == figure.get("part_of")), None
    )
    return Statement(
        document=article.document.id,
        start=start,
        end=end,
        text=figure["text"],
        event=claim.data["event"],
        modality=claim.data["modality"],
        polarity=claim.data.get("polarity") or "positive",
        origin=article.data.get("origin") or article.document.id,
        measure=figure["measure"],
        group=figure.get("group"),
        low=figure.get("low"),
        high=figure.get("high"),
        quantifier=figure["quantifier"],
        part_of=total,
    )


def _made_up() -> Result:
    judged = [
        (case.conflict, bool(conflicts(figures_of(case), GROUPS))) for case in CASES
    ]
    counts = [Counts(int(true == said), 1, 1) for true, said in judged]
    rules = by_rule(("pair.figures", true) for true, said in judged if said)
    note = "Made-up figures: a conflict is found exactly where no number fits all."
    return Result(CONFLICTS, "made up", "accuracy", counts, 1.0, rules, note)


def held_out(data: Path, runner: Runner) -> list[Result]:
    """The GVA set; it is read from the texts alone, so no extractor runs."""
    return pair_gva.held_out(data)
