"""Articles and claims that say the same; claims that cannot both hold. Pure.

A `Digest` is what is kept of an article. `Index(digests).matches(digest)` gives the
articles that belong to it, `pairs(digests)` all pairs of a set. `statements` reads the
claims off an article's findings; `compare_claims` and `conflicts` hold them against
others. `Pairing` does it all as the last extractor.
"""

from curation.extraction.pairing.claims import ClaimMatch, compare_claims
from curation.extraction.pairing.conflicts import Level, conflicts, level
from curation.extraction.pairing.digests import Digest, digest
from curation.extraction.pairing.extractor import Pairing
from curation.extraction.pairing.frequencies import Frequencies
from curation.extraction.pairing.index import Index, pairs
from curation.extraction.pairing.scores import Match
from curation.extraction.pairing.statements import Statement, statements

__all__ = [
    "ClaimMatch",
    "Digest",
    "Frequencies",
    "Index",
    "Level",
    "Match",
    "Pairing",
    "Statement",
    "compare_claims",
    "conflicts",
    "digest",
    "level",
    "pairs",
    "statements",
]
