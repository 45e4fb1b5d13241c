"""Joins quotes with their cues: direct and mixed quotes, and quotes that go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curation.extraction.claims.cues import ALL
from curation.extraction.claims.indirect import cue_words
from curation.extraction.claims.pieces import Attribution, Page, Range
from curation.extraction.claims.quotes import cue_after, cue_before, stands_alone
from curation.extraction.lexicon.claim_verbs import SAY

if TYPE_CHECKING:
    from spacy.tokens import Token


def with_cues(page: Page, indirect: list[Attribution]) -> list[Attribution]:
    """Direct quotes of the paragraph. Takes over the cues of `indirect` that they use.

    A quote that follows another without a cue of its own belongs to the same speaker;
    one with nobody before it in the paragraph is left to the caller (`inferred`).
    """
    by_cue: dict[int, Attribution] = {}
    found: list[Attribution] = []
    last: Attribution | None = None
    for quote in page.quotes:
        covered = _covering(indirect, quote)
        after = cue_after(page, quote)
        before = None if after is not None else cue_before(page, quote)
        verb = after if after is not None else before
        if covered is not None and (verb is None or not _whole(covered, quote)):
            last = covered
            continue
        if verb is not None:
            if verb.i in by_cue:
                by_cue[verb.i].content.append(quote)
            else:
                by_cue[verb.i] = _direct(page, verb, quote, after is not None)
                found.append(by_cue[verb.i])
            last = by_cue[verb.i]
        elif stands_alone(page, quote) and quote.size > 4:
            if last is not None and last.direct and _next(page, last, quote):
                last.content.append(quote)
            else:
                found.append(_alone(page, quote, last))
    return found


def _covering(indirect: list[Attribution], quote: Range) -> Attribution | None:
    """The attribution in other words that the quote is a part of."""
    return next((a for a in indirect if any(r.holds(quote) for r in a.content)), None)


def _whole(covering: Attribution, quote: Range) -> bool:
    """Whether the content is little more than the quote."""
    return any(r.holds(quote) and r.size <= quote.size + 3 for r in covering.content)


def _direct(page: Page, verb: Token, quote: Range, after: bool) -> Attribution:
    words = cue_words(verb)
    text = page.doc[words.first : words.last + 1].text
    return Attribution(
        page.paragraph,
        words,
        [quote],
        "claim.quote-final-cue" if after else "claim.quote-initial-cue",
        f"“{text}” {'after' if after else 'before'} a quote",
        modality=SAY.get(ALL.get(verb.lower_, ""), "asserted"),
        verb=verb,
        direct=True,
    )


def _next(page: Page, last: Attribution, quote: Range) -> bool:
    """Whether nothing but one sentence's cue stands between the two."""
    end = max(r.last for r in last.content)
    if last.cue:
        end = max(end, last.cue.last)
    return quote.first - end <= 40


def _alone(page: Page, quote: Range, last: Attribution | None) -> Attribution:
    return Attribution(
        page.paragraph,
        None,
        [quote],
        "claim.quote-goes-on" if last else "claim.quote-alone",
        "a quote without a cue: the speaker is the one who spoke before",
        source=last.source if last else None,
        verb=last.verb if last else None,
        direct=True,
        inferred=True,
    )
