"""Joins quotes with their cues: direct and mixed quotes, and quotes that go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curation.extraction.claims.asides import FINITE
from curation.extraction.claims.cues import ALL
from curation.extraction.claims.indirect import cue_words
from curation.extraction.claims.introductions import introduction
from curation.extraction.claims.pieces import Attribution, Page, Range, trimmed
from curation.extraction.claims.quotes import (
    cue_after,
    cue_before,
    is_title,
    stands_alone,
)
from curation.extraction.lexicon.claim_verbs import SAY

if TYPE_CHECKING:
    from spacy.tokens import Token


def with_cues(
    page: Page, indirect: list[Attribution], before: Page | None
) -> list[Attribution]:
    """Direct quotes of the paragraph. Takes over the cues of `indirect` that they use.

    A quote that follows another without a cue of its own belongs to the same speaker;
    one with nobody before it in the paragraph is left to the caller (`inferred`).
    """
    joined = _Joined(page, before)
    for quote in page.quotes:
        if is_title(page, quote):
            continue
        covered = _covering(indirect, quote)
        after = cue_after(page, quote)
        initial = cue_before(page, quote)
        if after is not None and not _begins(page, quote):
            joined.whole(after, quote)
            if initial is not None and initial.i == quote.first - 1:
                joined.take(initial, quote, after=False)
        elif covered is not None and not _whole(covered, quote):
            joined.last = covered
        elif after is not None or initial is not None:
            verb = after if after is not None else initial
            assert verb is not None
            joined.take(verb, quote, after=after is not None)
        elif stands_alone(page, quote) and quote.size > 4:
            joined.alone(quote)
    return joined.found


class _Joined:
    """The direct quotes of a paragraph while they are being joined with cues."""

    def __init__(self, page: Page, before: Page | None) -> None:
        self.page = page
        self.before = before
        self.found: list[Attribution] = []
        self.last: Attribution | None = None
        self._by_cue: dict[int, Attribution] = {}

    def take(self, verb: Token, quote: Range, *, after: bool) -> None:
        """The quote is what `verb` says, or more of it."""
        if verb.i in self._by_cue:
            self._by_cue[verb.i].content.append(quote)
        else:
            rule = "claim.quote-final-cue" if after else "claim.quote-initial-cue"
            self._new(verb, quote, rule, f"{'after' if after else 'before'} a quote")
        self.last = self._by_cue[verb.i]

    def whole(self, verb: Token, quote: Range) -> None:
        """The quote is the end of a sentence that is all what `verb` says."""
        content = trimmed(self.page, _from(self.page, verb, quote), quote.last)
        if content is None or verb.i in self._by_cue:
            self.take(verb, quote, after=True)
            return
        self._new(verb, content, "claim.final-say", "ends a sentence with a quote")
        self.last = self._by_cue[verb.i]
        self.last.direct = False

    def alone(self, quote: Range) -> None:
        """Nobody is named: it goes on what was said before, or begins anew."""
        last = self.last
        if last is not None and last.direct and _next(last, quote):
            last.content.append(quote)
        elif introduced := introduction(self.page, quote, self.before):
            self.found.append(introduced)
            self.last = introduced
        else:
            self.found.append(self._inferred(quote, last))

    def _inferred(self, quote: Range, last: Attribution | None) -> Attribution:
        open_before = self.before is not None and self.before.unclosed
        first = quote.first == 0
        return _alone(self.page, quote, last, open_before=open_before and first)

    def _new(self, verb: Token, content: Range, rule: str, place: str) -> None:
        words = cue_words(verb)
        text = self.page.doc[words.first : words.last + 1].text
        self._by_cue[verb.i] = Attribution(
            self.page.paragraph,
            words,
            [content],
            rule,
            f"“{text}” {place}",
            modality=SAY.get(ALL.get(verb.lower_, ""), "asserted"),
            verb=verb,
            direct=True,
        )
        self.found.append(self._by_cue[verb.i])


def _begins(page: Page, quote: Range) -> bool:
    """Whether the quote begins what is said, but for a connecting word or two."""
    return stands_alone(page, quote) or quote.first - _start(page, quote) <= 2


def _start(page: Page, quote: Range) -> int:
    """Where the sentence of the quote begins, or what follows an earlier quote."""
    start = int(page.doc[quote.first].sent.start)
    for i in range(quote.first - 1, start, -1):
        if page.quoted[i] >= 0:
            return i + 1
    return start


def _from(page: Page, verb: Token, quote: Range) -> int:
    """Where the sentence begins whose end is quoted, or the quote itself."""
    start = _start(page, quote)
    finite = any(t.tag_ in FINITE for t in page.doc[start : quote.first])
    return start if finite and verb.tag_ not in {"VBG", "VB"} else quote.first


def _covering(indirect: list[Attribution], quote: Range) -> Attribution | None:
    """The attribution in other words that the quote is a part of."""
    return next((a for a in indirect if any(r.holds(quote) for r in a.content)), None)


def _whole(covering: Attribution, quote: Range) -> bool:
    """Whether the content is little more than the quote."""
    return any(r.holds(quote) and r.size <= quote.size + 3 for r in covering.content)


def _next(last: Attribution, quote: Range) -> bool:
    """Whether nothing but one sentence's cue stands between the two."""
    end = max(r.last for r in last.content)
    if last.cue:
        end = max(end, last.cue.last)
    return quote.first - end <= 40


def _alone(
    page: Page, quote: Range, last: Attribution | None, *, open_before: bool
) -> Attribution:
    return Attribution(
        page.paragraph,
        None,
        [quote],
        "claim.quote-goes-on" if last or open_before else "claim.quote-alone",
        "a quote without a cue: the speaker is the one who spoke before",
        source=last.source if last else None,
        verb=last.verb if last else None,
        direct=True,
        inferred=True,
    )
