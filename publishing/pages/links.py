"""Addresses of public pages and of the passages in them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse


def article_href(article: int, anchor: str = "") -> str:
    page = reverse("article", args=[article])
    return f"{page}#{anchor}" if anchor else page


def claim_anchor(slug: str, nth: int = 1) -> str:
    """The anchor of a claim's nth passage in an article; a dot is never in a slug."""
    return f"claim-{slug}" if nth == 1 else f"claim-{slug}.{nth}"


def mention_anchor(start: int) -> str:
    return f"mention-{start}"


def paragraph_anchor(start: int) -> str:
    return f"at-{start}"


def passage_hrefs(claim: dict[str, Any]) -> list[str]:
    """The addresses of a claim's passages, in the order of its evidence."""
    seen: dict[int, int] = {}
    hrefs = []
    for evidence in claim["evidence"]:
        article = evidence["article"]["id"]
        seen[article] = seen.get(article, 0) + 1
        hrefs.append(article_href(article, claim_anchor(claim["slug"], seen[article])))
    return hrefs
