"""Whole numbers that come as text, in addresses, forms and requests."""

from __future__ import annotations

ID_DIGITS = 18  # any number of so many is one that a key of the database can be


def is_number(text: str, *, digits: int = ID_DIGITS) -> bool:
    """Whether it is a number without a sign, of at most so many ASCII digits."""
    return text.isascii() and text.isdecimal() and len(text) <= digits


def number_of(text: str, *, digits: int = ID_DIGITS) -> int | None:
    """The number; None for anything else."""
    return int(text) if is_number(text, digits=digits) else None
