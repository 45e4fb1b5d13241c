"""Findings as rows of proposals, without those that need no decision any more."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from curation.extraction.context import folded
from curation.extraction.findings import ActorMention, Finding, Kind, Structure
from curation.models import Judgement, Proposal, Verdict
from sources.models import Article

# Of a finding's fields: where something stands and how it was worked out, which may
# differ from run to run though the suggestion is the same.
_CLUSTERS = {"cluster", "person", "organisation"}
_INCIDENTAL = {
    *_CLUSTERS,
    *("part_of", "figures", "candidates"),
    *("note", "why", "linked", "how", "other_start", "other_end"),
}


def digest_of(*parts: Any) -> str:
    """One name for all of the parts: SHA-256, the same in every process."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def new_rows(article: Article, findings: Iterable[Finding]) -> dict[str, Proposal]:
    """The findings as rows by key, without those that need no decision any more."""
    findings = list(findings)
    firsts = first_mentions(findings)
    rows = {
        row.key: row
        for finding in findings
        if not _marked_already(article, finding)
        for row in [row_of(article, finding, firsts)]
    }
    rejected = _rejected(rows.values())
    standing = Judgement.objects.standing().filter(proposal__article=article)
    decided = standing.values_list(
        "proposal__key", "proposal__rule", "proposal__start", "proposal__end"
    )
    keys = {key for key, *_ in decided}
    places = {tuple(place) for _, *place in decided}
    return {
        key: row
        for key, row in rows.items()
        if key in keys
        or ((row.rule, row.start, row.end) not in places and row.words not in rejected)
    }


def _marked_already(article: Article, finding: Finding) -> bool:
    """Parts of the text are rows already; quotation marks are no rows at all."""
    if not isinstance(finding.fields, Structure):
        return False
    if finding.fields.part == "quote":
        return True
    span = finding.span
    return any(
        (row.kind, row.start, row.end) == (finding.fields.part, span.start, span.end)
        for row in article.spans.all()
    )


def _rejected(rows: Iterable[Proposal]) -> set[str]:
    """Digests of words that were rejected somewhere and accepted nowhere."""
    standing = Judgement.objects.standing().filter(
        proposal__words__in={row.words for row in rows}
    )
    verdicts = set(standing.values_list("proposal__words", "verdict"))
    accepted = {words for words, verdict in verdicts if verdict != Verdict.REJECTED}
    return {words for words, _ in verdicts} - accepted


def first_mentions(findings: Iterable[Finding]) -> dict[int, int]:
    """Where each cluster is first mentioned: a number that outlives the run."""
    firsts: dict[int, int] = {}
    for finding in findings:
        if isinstance(finding.fields, ActorMention):
            start = firsts.get(finding.fields.cluster, finding.span.start)
            firsts[finding.fields.cluster] = min(start, finding.span.start)
    return firsts


def _with_firsts(value: Any, firsts: Mapping[int, int]) -> Any:
    """Plain fields with every cluster named by its first mention."""
    if isinstance(value, dict):
        return {
            key: firsts.get(each) if key in _CLUSTERS else _with_firsts(each, firsts)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [_with_firsts(each, firsts) for each in value]
    return value


def row_of(article: Article, finding: Finding, firsts: Mapping[int, int]) -> Proposal:
    plain = json.loads(json.dumps(asdict(finding.fields), default=str))
    fields = _with_firsts(plain, firsts)
    span = finding.span
    gist = _gist(fields)
    return Proposal(
        article=article,
        kind=str(Kind(finding.kind)),
        start=span.start,
        end=span.end,
        quote=span.text,
        spans=[asdict(each) for each in finding.spans[1:]],
        fields=fields,
        score=finding.score or 0.0,
        rule=finding.rule,
        reason=finding.reason,
        extractor=finding.extractor,
        key=digest_of(
            finding.extractor, finding.kind, finding.rule, span.start, span.end, gist
        ),
        words=digest_of(finding.kind, finding.rule, folded(span.text), gist),
    )


def _gist(value: Any) -> Any:
    """What is suggested, without what is incidental."""
    if isinstance(value, dict):
        return {k: _gist(v) for k, v in value.items() if k not in _INCIDENTAL}
    if isinstance(value, list):
        return [_gist(each) for each in value]
    return value
