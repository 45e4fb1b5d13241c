"""What places are called: the noun before or behind a place's name."""

from __future__ import annotations

from curation.extraction.lexicon.wordlist import word_set

PLACE_WORDS = word_set(
    """
    airport province district city town village river street road avenue square
    valley mountain mountains island islands county region bridge mosque sea
    gulf ocean bay port crossing desert lake peninsula strip governorate suburb
    neighbourhood neighborhood municipality dam highway border camp airfield
    airbase outskirts provinces districts cities towns villages suburbs township
    canton prefecture oblast
    """
)
