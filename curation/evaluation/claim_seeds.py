"""One coded article held against the claims that were found in it (see claims)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from curation.evaluation.claim_matching import (
    HALF,
    MOST,
    WORD,
    Proposal,
    Words,
    covers,
    f1,
    proposals,
    words_of,
)
from curation.evaluation.gold import Gold, GoldArticle, GoldClaim
from curation.evaluation.runner import Runner
from curation.evaluation.scores import Counts
from curation.extraction.context import folded_all
from curation.extraction.findings import ActorMention, Speaker
from sources.paragraphs import Passage
from sources.sentences import sentences


@dataclass(frozen=True)
class Attribution:
    """What one speaker is said to say in one sentence of a seed."""

    speaker: tuple[str | None, str]
    words: Words
    claims: tuple[GoldClaim, ...]


class Seed:
    """One coded article held against what was found in it."""

    def __init__(self, article: GoldArticle, gold: Gold, runner: Runner) -> None:
        self.article, self.gold, self.runner = article, gold, runner
        document = article.document
        self.findings = runner.findings(document)
        every = proposals(document, self.findings)
        self.found = [p for p in every if p.claim.attributed]
        self.outlets = [p for p in every if not p.claim.attributed]
        self.said = list(attributions(article, "attributed"))
        self.hearsay = [
            each
            for each in attributions(article, "narrator")
            if any(c.data["modality"] == "reported" for c in each.claims)
        ]
        self.matched = [self._match(p) for p in self.found]
        self.judged = [
            (p.rule, bool(m)) for p, m in zip(self.found, self.matched, strict=True)
        ]
        self.passages = [
            (claim, words_of(document.text, [span]))
            for claim in article.claims
            if claim.data["voice"] == "narrator"
            for span in claim.spans
        ]
        self.judged_own = [(p.rule, self._own_right(p)) for p in self.outlets]

    def _match(self, proposal: Proposal) -> list[Attribution]:
        """The attributions that the proposal is right about, the likest first."""
        pool = list(self.said)
        if proposal.claim.speaker.how == "unknown":
            pool += self.hearsay
        by_speaker: dict[tuple[str | None, str], list[Attribution]] = {}
        for each in pool:
            if each.words & proposal.content:
                by_speaker.setdefault(each.speaker, []).append(each)
        for group in by_speaker.values():
            group.sort(key=lambda each: -f1(each.words, proposal.content))
        matched: list[Attribution] = []
        for group in sorted(
            by_speaker.values(), key=lambda g: -f1(g[0].words, proposal.content)
        ):
            whole: Words = frozenset().union(*(each.words for each in group))
            if covers(proposal.content, group[0].words) or covers(
                proposal.content, whole
            ):
                matched += group
        return matched

    def attributed(self) -> Counts:
        good = [p for p, m in zip(self.found, self.matched, strict=True) if m]
        held: Words = frozenset().union(*(p.content for p in good))
        around: Words = frozenset().union(*(p.cue | p.source for p in good)) - held
        found = sum(
            len(each.words & held) >= max(1, HALF * len(each.words - around))
            for each in self.said
        )
        right = sum(bool(m) for m in self.matched)
        return Counts(right, len(self.found), len(self.said), found)

    def speakers(self) -> Counts:
        asked = [
            (p, m)
            for p, m in zip(self.found, self.matched, strict=True)
            if m and p.claim.speaker.how != "unknown"
        ]
        right = sum(self._speaker_right(p, m) for p, m in asked)
        return Counts(right, len(asked), len(asked))

    def _speaker_right(self, proposal: Proposal, matched: list[Attribution]) -> bool:
        speaker = proposal.claim.speaker
        chain = (speaker, *proposal.claim.via)
        for each in matched:
            for claim in each.claims:
                wanted = [claim.data.get("speaker")]
                wanted += [link.get("actor") for link in claim.data.get("via") or ()]
                if any(key and self._same(who, key) for key in wanted for who in chain):
                    return True
                text = claim.data.get("speaker_text") or ""
                if wanted[0] is None and _overlap(speaker.words, text):
                    return True
        return False

    def _same(self, speaker: Speaker, key: str) -> bool:
        """Whether the speaker is this coded actor, whatever its key is in the run."""
        if speaker.actor == key:
            return True
        coded = folded_all(name.text for name in self.gold.actors[key].names)
        if speaker.actor is not None:
            known = self.runner.context.by_key.get(speaker.actor)
            return bool(known and coded & folded_all(name.text for name in known.names))
        if speaker.cluster is None:
            return bool(folded_all([speaker.words]) & coded)
        names = [
            fields.name
            for finding in self.findings
            if isinstance(fields := finding.fields, ActorMention)
            and fields.cluster == speaker.cluster
        ]
        return bool(folded_all(names) & coded)

    def having(self, field: str) -> Counts:
        asked = right = 0
        for proposal, matched in zip(self.found, self.matched, strict=True):
            values = {
                claim.data[field]
                for each in matched
                if each.words & proposal.content
                for claim in each.claims
            }
            if values:
                asked += 1
                said = proposal.claim
                value = said.statement if field == "kind" else said.modality
                right += value in values
        return Counts(right, asked, asked)

    def own(self) -> Counts:
        found = {
            claim.key
            for claim, words in self.passages
            if any(len(words & p.content) >= MOST * len(words) for p in self.outlets)
        }
        return Counts(
            sum(right for _, right in self.judged_own),
            len(self.outlets),
            len({claim.key for claim, _ in self.passages}),
            len(found),
        )

    def _own_right(self, proposal: Proposal) -> bool:
        return any(
            len(words & proposal.content)
            >= HALF * min(len(words), len(proposal.content))
            for _, words in self.passages
            if words & proposal.content
        )


def attributions(article: GoldArticle, voice: str) -> Iterator[Attribution]:
    """The coded claims of this voice by speaker and sentence."""
    text = article.document.text
    groups: dict[tuple[str | None, str, int], list[tuple[GoldClaim, int, int]]] = {}
    passages = [
        passage
        for part in article.document.parts()
        for passage in sentences(text, part.start, part.end)
    ]
    for claim in article.claims:
        if claim.data["voice"] != voice:
            continue
        speaker = claim.data.get("speaker")
        name = "" if speaker else claim.data.get("speaker_text") or ""
        for start, end in claim.spans[:1]:
            place = _sentence(passages, start)
            groups.setdefault((speaker, name, place), []).append((claim, start, end))
    for (speaker, name, _), parts in groups.items():
        start = min(first for _, first, _ in parts)
        end = max(last for _, _, last in parts)
        yield Attribution(
            (speaker, name),
            words_of(text, [(start, end)]),
            tuple(claim for claim, _, _ in parts),
        )


def _sentence(passages: Sequence[Passage], offset: int) -> int:
    return next((n for n, (s, e) in enumerate(passages) if s <= offset < e), -1)


def _overlap(a: str, b: str) -> bool:
    """Whether two names share a word other than an article."""
    plain = [
        {w.casefold() for w in WORD.findall(text)} - {"the", "a", "an", "of"}
        for text in (a, b)
    ]
    return bool(plain[0] & plain[1])
