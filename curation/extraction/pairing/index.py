"""Thousands of digests, searched without comparing everything with everything. Pure."""

from __future__ import annotations

import heapq
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator

from curation.extraction.pairing.digests import Digest
from curation.extraction.pairing.frequencies import Frequencies
from curation.extraction.pairing.scores import Match, Profile, best, compare

CANDIDATES = 40  # compared in full
KEPT = 2000  # profiles at a time; 20 kB each
COMMON = 0.2  # words of more than a fifth of all articles bring no candidates
ALWAYS = 50  # … unless that fifth is fewer articles than this


class Index:
    """Digests by their words. Adding and taking out is cheap; ids are unique."""

    def __init__(self, digests: Iterable[Digest] = ()) -> None:
        self.frequencies = Frequencies()
        self._digests: list[Digest | None] = []
        self._place: dict[str, int] = {}
        self._postings: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self._profiles: dict[str, Profile] = {}  # as long as nothing is added
        for digest in digests:
            self.add(digest)

    def __len__(self) -> int:
        return len(self._place)

    def __contains__(self, id: object) -> bool:  # noqa: A002  # what it is
        return id in self._place

    def add(self, digest: Digest) -> None:
        """Keep a digest; one with the same id is replaced."""
        self.discard(digest.id)
        at = self._place[digest.id] = len(self._digests)
        self._digests.append(digest)
        self._profiles.clear()
        self.frequencies.add(digest)
        for word in digest.words:
            self._postings[word].append(at)

    def discard(self, id: str) -> None:  # noqa: A002
        """Forget the digest with this id, if there is one."""
        at = self._place.pop(id, None)
        if at is not None and (digest := self._digests[at]):
            # Its postings stay and lead nowhere.
            self._digests[at] = None
            self._profiles.clear()
            self.frequencies.remove(digest)

    def matches(self, digest: Digest, *, most: int = 10) -> list[Match]:
        """The articles that belong to this one, the surest first; never itself."""
        profile = Profile.of(digest, self.frequencies)
        candidates = self.candidates(profile)
        return best(compare(profile, self._profile(each)) for each in candidates)[:most]

    def _profile(self, digest: Digest) -> Profile:
        """The profile of a digest of the index, made once for many queries."""
        if digest.id not in self._profiles:
            if len(self._profiles) >= KEPT:
                self._profiles.clear()
            self._profiles[digest.id] = Profile.of(digest, self.frequencies)
        return self._profiles[digest.id]

    def candidates(self, profile: Profile) -> list[Digest]:
        """The articles that share most of its rare words."""
        sums: dict[int, float] = defaultdict(float)
        weight = self.frequencies.weight
        most = max(ALWAYS, int(COMMON * len(self)))
        for word, value in profile.words.items():
            postings = self._postings.get(word)
            if postings and len(postings) <= most:
                shared = value * weight(word)
                for at in postings:
                    sums[at] += shared
        found = []
        for at in heapq.nlargest(2 * CANDIDATES, sums, key=sums.__getitem__):
            digest = self._digests[at]
            if digest is not None and digest.id != profile.digest.id:
                found.append(digest)
        return found[:CANDIDATES]


def pairs(digests: Iterable[Digest]) -> Iterator[Match]:
    """All pairs among these articles that are worth a word, each once."""
    digests = list(digests)
    index = Index(digests)
    seen = set()
    for digest in digests:
        for match in index.matches(digest, most=CANDIDATES):
            key = frozenset((match.one, match.other))
            if key not in seen:
                seen.add(key)
                yield match
