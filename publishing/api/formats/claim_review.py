"""Claims as schema.org ClaimReview, in JSON-LD.

newsdb keeps who said what; it does not say what is true. So the rating bears no number:
it says in words how the claim is put, and the passage stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson

MEDIA_TYPE = "application/ld+json"

PageOf = Callable[[str], str]  # key of a claim → address of its page; "": the site

_POLARITY = {"positive": "as so", "negative": "as not so"}


def review(body: str, page_of: PageOf) -> dict[str, Any]:
    """The review that one claim document amounts to."""
    claim = orjson.loads(body)
    page = page_of(claim["slug"])
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": page,
        "url": page,
        "claimReviewed": claim["statement"],
        "author": {"@type": "Organization", "name": "newsdb", "url": page_of("")},
        "itemReviewed": _filled(
            {
                "@type": "Claim",
                "text": claim["statement"],
                "author": _speaker(claim),
                "appearance": [_quotation(each) for each in claim["evidence"]],
            }
        ),
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "Not rated",
            "ratingExplanation": (
                f"The source puts it {_POLARITY[claim['polarity']]}"
                f" ({claim['modality']}). newsdb says who said it and where, not"
                " whether it is true."
            ),
        },
    }


def _speaker(claim: dict[str, Any]) -> dict[str, Any] | None:
    name = claim["speaker"]["name"] if claim["speaker"] else claim["speaker_text"]
    return {"@type": "Thing", "name": name} if name else None


def _quotation(evidence: dict[str, Any]) -> dict[str, Any]:
    article = evidence["article"]
    return {
        "@type": "Quotation",
        "text": evidence["quote"],
        "isPartOf": _filled(
            {
                "@type": "NewsArticle",
                "headline": article["title"],
                "identifier": f"sha256:{article['sha256']}",
            }
        ),
    }


def _filled(thing: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in thing.items() if value not in (None, [])}
