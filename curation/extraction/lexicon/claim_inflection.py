"""All forms of a verb from its dictionary form.

Cues are looked up by form and not by the parser's lemma: the lemma of "hoped" is "hop"
and that of "retweeted" "retweete", and in headlines verbs are taken for nouns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

# Past tense and past participle; the other forms are regular.
_IRREGULAR: Mapping[str, tuple[str, ...]] = {
    "bet": ("bet",),
    "cast": ("cast",),
    "feel": ("felt",),
    "find": ("found",),
    "foresee": ("foresaw", "foreseen"),
    "foretell": ("foretold",),
    "hold": ("held",),
    "keep": ("kept",),
    "know": ("knew", "known"),
    "learn": ("learned", "learnt"),
    "liken": ("likened",),
    "mean": ("meant",),
    "plead": ("pleaded", "pled"),
    "quit": ("quit",),
    "read": ("read",),
    "say": ("said",),
    "see": ("saw", "seen"),
    "seek": ("sought",),
    "show": ("showed", "shown"),
    "speak": ("spoke", "spoken"),
    "swear": ("swore", "sworn"),
    "tell": ("told",),
    "think": ("thought",),
    "throw": ("threw", "thrown"),
    "understand": ("understood",),
    "withdraw": ("withdrew", "withdrawn"),
    "write": ("wrote", "written"),
}
# Two syllables, stressed on the last: doubled all the same. Short ones stressed on the
# first: not doubled.
_DOUBLE = {"prefer", "commit", "confer"}
_SINGLE = {
    "audit", "cover", "edit", "enter", "favor", "honor", "label", "limit", "merit",
    "model", "offer", "order", "posit", "utter", "visit",
}  # fmt: skip
_VOWELS = set("aeiou")


def forms(verb: str) -> set[str]:
    """The verb, its -s, -ing and past forms."""
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
    if _doubles(verb):
        stem = verb + verb[-1]
    past = _IRREGULAR.get(verb) or (_past(verb, stem),)
    gerund = verb if verb.endswith(("ee", "ye")) else stem
    return {verb, _third(verb), f"{gerund}ing", *past}


def lookup(verbs: Iterable[str]) -> dict[str, str]:
    """Each form of each verb with the verb itself."""
    return {form: verb for verb in verbs for form in forms(verb)}


def _third(verb: str) -> str:
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if _consonant_y(verb) else f"{verb}s"


def _past(verb: str, stem: str) -> str:
    if verb.endswith("ee"):
        return f"{verb}d"
    return f"{verb[:-1]}ied" if _consonant_y(verb) else f"{stem}ed"


def _consonant_y(verb: str) -> bool:
    return verb.endswith("y") and verb[-2] not in _VOWELS


def _doubles(verb: str) -> bool:
    """Whether the last letter is doubled: planned, quipped, begged."""
    if verb in _DOUBLE:
        return True
    if verb in _SINGLE or verb in _IRREGULAR and verb not in {"bet", "cast"}:
        return False
    last = verb[-3:]
    return (
        len(last) == 3
        and len(verb) <= 5
        and last[0] not in _VOWELS
        and last[1] in _VOWELS
        and last[2] not in _VOWELS | set("wxy")
    )
