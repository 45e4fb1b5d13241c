"""Cues that follow what was said or interrupt it: "…, X said", "…, X said, …"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curation.extraction.claims.pieces import MARKS, Page, Range, trimmed
from curation.extraction.claims.quotes import QUOTING

if TYPE_CHECKING:
    from spacy.tokens import Token

_OFF = frozenset({",", "-", "--", "–", "—"}) | MARKS
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_GOVERNED = frozenset(["dobj", "ccomp", "xcomp", "acomp", "attr", "oprd"])
_REACH = 10  # tokens of a subject that the parse hung too much on


def around(page: Page, verb: Token, complement: Range | None) -> list[Range]:
    """What stands before the cue's clause, or on both sides of it; longest first.

    Where another cue stands before it in the sentence, only `complement`.
    """
    sentence = verb.sent
    start = clause_start(page, verb, strict=complement is None)
    if start is None or (complement is None and not _ends_there(verb)):
        return []
    before_it = any(_is_cue(t) for t in page.doc[sentence.start : start - 1])
    if before_it and complement is not None:
        if complement.last >= start:
            return []
        content = trimmed(page, complement.first, complement.last)
        return [content] if content else []
    before = trimmed(page, sentence.start, start - 1)
    if before is None:
        return []
    if any(t.tag_ in FINITE for t in page.doc[before.first : before.last + 1]):
        return [before] if before.size > 2 else []
    end = _clause_end(page, verb)
    after = trimmed(page, end + 1, sentence.end - 1) if end else None
    if after is None or after.size < 2:
        return [before] if before.size > 4 else []
    return sorted((before, after), key=lambda half: -half.size)


def clause_start(page: Page, verb: Token, *, strict: bool) -> int | None:
    """Where "X said" begins, if a comma, a dash or a quote sets it off.

    Unless `strict`, the nearest comma counts where the parse makes the subject longer.
    """
    subject = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
    if subject is None and verb.dep_ == "acl":
        subject = verb.head  # "…, the agency reported on Monday" read as "reported on"
    start = verb.i if subject is None else min(verb.i, subject.left_edge.i)
    first = verb.sent.start
    if start > first and page.doc[start - 1].text in _OFF:
        return int(start)
    if strict:
        return None
    for i in range(verb.i - 1, max(verb.i - _REACH, first), -1):
        if page.doc[i].text in _OFF:
            return i + 1
    return None


def _ends_there(verb: Token) -> bool:
    """Whether the cue governs nothing and ends the sentence or is set off again."""
    if any(c.dep_ in _GOVERNED for c in verb.rights):
        return False
    last = verb.i
    for child in verb.rights:
        if child.dep_ in {"npadvmod", "advmod", "prep", "nsubj", "dative"}:
            last = max(last, child.right_edge.i)
    rest = verb.doc[last + 1 : last + 2]
    return last + 1 >= verb.sent.end or rest.text in _OFF | {".", ";"}


def _clause_end(page: Page, verb: Token) -> int | None:
    """The comma after "…, X said," if one follows soon."""
    for token in page.doc[verb.i + 1 : min(verb.i + _REACH, verb.sent.end)]:
        if token.text == ",":
            return int(token.i)
    return None


def _is_cue(token: Token) -> bool:
    return (
        token.lower_ in QUOTING
        and token.pos_ == "VERB"
        and any(c.dep_ == "nsubj" for c in token.children)
    )
