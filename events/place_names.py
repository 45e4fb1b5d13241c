"""The form in which names of places are compared."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Letters that no decomposition turns into plain ones, and marks that spellings differ
# in: "Qal‘ah" and "Qalah", "Dasht-e Qala" and "Dashte Qala" are not told apart by them.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´ʻʼʽʾʿˈ'\"“”.", ""),
        **dict.fromkeys("‐‑‒–—-_/,", " "),
        **{"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D"},
        **{"æ": "ae", "Æ": "AE", "œ": "oe", "ð": "d", "þ": "th", "Þ": "Th"},
    }
)


@lru_cache(maxsize=50_000)
def lookup_form(name: str) -> str:
    """Lower case, no accents, dots or apostrophes, a space for every hyphen.

    "St. John’s" is "st johns", "Dasht-e Qal‘ah" is "dasht e qalah".
    """
    plain = unicodedata.normalize("NFKD", name).translate(_PLAIN)
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(kept.casefold().split())
