"""How proposed claims are held against coded ones: words and who is in which."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from curation.extraction.documents import Document
from curation.extraction.findings import Claim, Finding

Words = frozenset[int]  # the offsets at which words start
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
HALF, MOST = 0.5, 0.75


def words_of(text: str, spans: Iterable[tuple[int, int]]) -> Words:
    return frozenset(
        found.start()
        for start, end in spans
        for found in WORD.finditer(text, start, end)
    )


def f1(a: Words, b: Words) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def covers(proposal: Words, gold: Words) -> bool:
    """F1 of a half or more, or three of four words of the proposal inside."""
    if not proposal:
        return False
    inside = len(proposal & gold) / len(proposal)
    return inside >= MOST or f1(proposal, gold) >= HALF


@dataclass(frozen=True)
class Proposal:
    """A claim that was found, with the words of its content and of its source."""

    rule: str
    claim: Claim
    content: Words
    source: Words
    cue: Words


def proposals(document: Document, findings: Iterable[Finding]) -> list[Proposal]:
    """The claims among `findings`."""
    found = []
    for finding in findings:
        claim = finding.fields
        if not isinstance(claim, Claim):
            continue
        content = [(s.start, s.end) for s in finding.spans if s.role in {"", "content"}]
        source, cue = (
            [(s.start, s.end) for s in finding.spans if s.role == role]
            for role in ("speaker", "cue")
        )
        found.append(
            Proposal(
                finding.rule,
                claim,
                words_of(document.text, content),
                words_of(document.text, source),
                words_of(document.text, cue),
            )
        )
    return found


def same_words(a: Words, b: Words) -> bool:
    return bool(a and b) and (a <= b or b <= a or f1(a, b) >= HALF)
