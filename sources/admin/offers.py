"""What else may be done with a row: upper rooms offer it beside its state.

This room asks all of them and knows none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpRequest

    Offering = Callable[[HttpRequest, Any], Iterable["Offer"]]


@dataclass(frozen=True, slots=True)
class Offer:
    """A page to go to from the row's own; with `note`, a sentence that stands there."""

    words: str
    href: str
    note: str = ""


_offering: list[Offering] = []


def offering(offer: Offering) -> Offering:
    """Have `offer` asked for every row that is shown. A decorator."""
    _offering.append(offer)
    return offer


def offers(request: HttpRequest, row: Any) -> list[Offer]:
    """What all rooms offer of the row."""
    return [each for offer in _offering for each in offer(request, row)]
