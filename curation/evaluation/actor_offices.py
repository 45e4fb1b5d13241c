"""Offices of persons against the coded relations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from curation.evaluation.actor_matching import judge
from curation.evaluation.gold import Gold, GoldArticle
from curation.evaluation.runner import Runner
from curation.evaluation.scores import Counts, Result, by_rule
from curation.extraction.findings import Office

_OFFICES = frozenset({"leads", "holds_office_in", "works_for", "member_of", "founded"})


def offices(gold: Gold, runner: Runner) -> Result:
    """Proposed offices against the coded relations that claims of the article tell.

    Right: the same person, relation-kind and organisation; an office whose
    organisation is not named needs only the first two. Each relation counts once.
    """
    counts, rules = [], []
    for article in gold.articles:
        judged = judge(gold, article, runner)
        who = {
            fields.cluster: meant
            for (_, fields), meant in zip(judged.found, judged.meant, strict=True)
        }
        wanted = _coded_offices(gold, article)
        right: set[int] = set()
        wrong = 0
        found = [
            (finding.rule, finding.fields)
            for finding in runner.findings(article.document)
            if isinstance(finding.fields, Office)
        ]
        for rule, office in found:
            same = _same_office(office, who, wanted)
            rules.append((rule, same is not None))
            if same is None:
                wrong += 1
            else:
                right.add(same)
        counts.append(Counts(len(right), len(right) + wrong, len(wanted)))
    note = "person, relation and (where named) organisation are those of a relation"
    return Result(
        "offices of persons", "seeds", "F1", counts, rules=by_rule(rules), note=note
    )


def _coded_offices(gold: Gold, article: GoldArticle) -> list[tuple[str, str, str]]:
    keys = {claim.data.get("relation") for claim in article.claims} - {None}
    relations = (gold.relations[key] for key in sorted(map(str, keys)))
    return [
        (relation["subject"], relation["kind"], relation["object"])
        for relation in relations
        if relation["kind"] in _OFFICES
        and gold.actors[relation["subject"]].kind == "person"
    ]


def _same_office(
    office: Office,
    who: Mapping[int, str | None],
    wanted: Sequence[tuple[str, str, str]],
) -> int | None:
    person = who.get(office.person)
    body = None if office.organisation is None else who.get(office.organisation)
    for index, (subject, kind, of) in enumerate(wanted):
        same = (subject, kind) == (person, office.relation)
        if same and (office.organisation is None or of == body):
            return index
    return None
