"""The public page of a row, asked of the room that has public pages.

That room registers; this one asks it and does not know it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model

    # The address of the page of a row; None where it has none at this moment.
    Teller = Callable[[Model], str | None]

_tellers: list[Teller] = []


def tells(teller: Teller) -> Teller:
    """Register what knows public pages. A decorator."""
    _tellers.append(teller)
    return teller


def public_page(row: Model) -> str | None:
    """The address of its public page, if there is one at this moment."""
    return next(filter(None, (tell(row) for tell in _tellers)), None)
