"""One article of PolNeAR held against what was found in it (rule: see claims)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from curation.evaluation.claim_matching import (
    Proposal,
    Words,
    covers,
    f1,
    proposals,
    same_words,
    words_of,
)
from curation.evaluation.runner import Runner
from curation.evaluation.scores import Counts
from curation.extraction.documents import Document

# Cues that report speech or writing; what other attributions rest on is an attitude.
_REPORTING = re.compile(
    r"\b(accord|acknowledg|add(s|ed|ing)?\b|admi[ts]|alleg|announc|argu|ask|assert|assur"
    r"|call|claim|comment|complain|conced|conclud|confirm|contend|continu|declar|den(y|i)"
    r"|describ|emphasi|estimat|explain|find|found|hint|impl(y|i)|indicat|insist|joke"
    r"|maintain|mention|note[sd]?\b|noting|observ|point|predict|promis|question|recall"
    r"|remark|repeat|repl(y|i)|report|respond|reveal|s(ay|aid)|show|speculat|state"
    r"|stating|stress|suggest|t(ell|old)|testif|think|thought|tweet|urg|vow|warn|writ"
    r"|wrote|believ|quot|read)",
    re.IGNORECASE,
)


@dataclass
class Scored:
    """Its counts: against reported speech, against all attributions, speakers."""

    statements: Counts
    everything: Counts
    speakers: Counts
    judged: list[tuple[str, bool]]


def of_record(record: dict[str, Any], runner: Runner) -> Scored:
    text = record["text"]
    document = Document.of_text(record["id"], text)
    found = [
        p for p in proposals(document, runner.findings(document)) if p.claim.attributed
    ]
    gold = [each for each in record["attributions"] if each.get("content")]
    contents = [words_of(text, each["content"]) for each in gold]
    matches = [
        [n for n, words in enumerate(contents) if covers(p.content, words)]
        for p in found
    ]
    hit = {n for numbers in matches for n in numbers}
    reporting = {
        n
        for n, each in enumerate(gold)
        if _REPORTING.search(" ".join(text[s:e] for s, e in each.get("cue", [])))
    }
    right = sum(bool(numbers) for numbers in matches)
    return Scored(
        Counts(right, len(found), len(reporting), len(hit & reporting)),
        Counts(right, len(found), len(gold), len(hit)),
        _sources(text, gold, contents, found, matches),
        [(p.rule, bool(m)) for p, m in zip(found, matches, strict=True)],
    )


def _sources(
    text: str,
    gold: list[dict[str, Any]],
    contents: list[Words],
    found: list[Proposal],
    matches: list[list[int]],
) -> Counts:
    """For each matched content with a source: whether the best proposal names it."""
    right = asked = 0
    for n, each in enumerate(gold):
        source = words_of(text, each.get("source", []))
        candidates = [p for p, m in zip(found, matches, strict=True) if n in m]
        if not source or not candidates:
            continue
        best = max(candidates, key=lambda p: f1(p.content, contents[n]))
        asked += 1
        right += same_words(best.source, source)
    return Counts(right, asked, asked)
