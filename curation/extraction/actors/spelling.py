"""Names spelt much like a known one: offered as a misspelling, never merged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from curation.extraction.actors.aliases import AliasTable
from curation.extraction.actors.mentions import Mention
from curation.extraction.actors.namings import Earlier, Namings
from curation.extraction.actors.persons import without_initials
from curation.extraction.context import Context

# Measured on transliterated names of persons (Arabic, Dari, Urdu): looser bounds join
# different people, and strings of fewer letters are alike by chance.
_WHOLE, _FIRST, _LAST, _SHORTEST = 84, 0.75, 80, 5
_ONE_WORD = 84
_FEWEST_WORDS = 3
_LONG = (("ou", "u"), ("oo", "u"), ("ee", "i"), ("ei", "i"), ("ai", "i"), ("aa", "a"))


def suggest(namings: Namings, table: AliasTable) -> None:
    """Offer known actors for unknown names, and full names here for odd surnames."""
    unknown = [m for m in namings.mentions if _stands_alone(m, namings)]
    if not unknown:
        return
    known = full_names(table, namings.context)
    people = Earlier(namings, lambda m: m.kind == "person")
    for mention in unknown:
        own = namings.words_of(mention)
        if len(own) > 1 and mention.kind == "person":
            if not _listed_variant(mention, own, known):
                _offer(mention, " ".join(own), table)
        elif len(own) == 1 and len(own[0]) > _SHORTEST:
            _join(mention, own[0], namings, people)
        elif len(own) >= _FEWEST_WORDS and mention.kind != "person":
            _offer_longer(mention, set(own), table)
    _with_listed(namings)


def _stands_alone(mention: Mention, namings: Namings) -> bool:
    """Whether no other name is known to mean the same."""
    own = "name:" + " ".join(namings.words_of(mention))
    return mention.who == own and not mention.keys and mention.how != "surname"


def full_names(table: AliasTable, context: Context) -> Mapping[str, str]:
    """Names of at least two words of known persons, with their keys."""
    if table.people is None:
        table.people = {
            line: key
            for line, meanings in table.meanings.items()
            if " " in line
            for key in meanings
            if context.by_key[key].kind == "person"
        }
        table.sounds = {name: _sound(name) for name in table.people}
    return table.people


def _listed_variant(
    mention: Mention, own: Sequence[str], known: Mapping[str, str]
) -> bool:
    """ "John J. Smith III": a listed name with an initial or a suffix more."""
    core = without_initials(own)
    key = known.get(" ".join(core)) if len(core) > 1 else None
    if key is None:
        return False
    mention.keys, mention.who = (key,), f"actor:{key}"
    mention.rule = "actor.listed-variant"
    mention.suggested = "official"
    mention.reason = f"“{' '.join(core)}” of the list with initials or a suffix"
    return True


def _offer(mention: Mention, own: str, table: AliasTable) -> None:
    known = table.people or {}
    for _, ratio, name in process.extract(
        _sound(own), table.sounds, scorer=fuzz.ratio, score_cutoff=_WHOLE, limit=3
    ):
        if _alike(own.split(), name.split()):
            mention.keys = (known[name],)
            mention.suggested = "misspelling"
            mention.how = "fuzzy"
            mention.rule = "actor.spelt-alike"
            mention.reason = f"sounds much like “{name}” ({ratio:.0f} of 100)"
            return


def _offer_longer(mention: Mention, own: set[str], table: AliasTable) -> None:
    """An organisation whose listed name has all these words and more."""
    lines = set.intersection(*(set(table.holding.get(word, ())) for word in own))
    longer = {
        key: line
        for line in lines
        if len(line.split()) > len(own)
        for key in table.meanings[line]
    }
    if len(longer) == 1:
        key, line = next(iter(longer.items()))
        mention.keys, mention.suggested = (key,), "short"
        mention.how, mention.rule = "fuzzy", "actor.words-of-listed"
        mention.reason = f"all its words are words of “{line}” of the list"


def _with_listed(namings: Namings) -> None:
    """A name offered as a misspelling stands with sure mentions of that actor."""
    sure = {m.keys[0] for m in namings.mentions if m.keys and not m.suggested}
    for mention in namings.mentions:
        if mention.suggested and mention.keys and mention.keys[0] in sure:
            mention.who = f"actor:{mention.keys[0]}"


def _alike(one: Sequence[str], two: Sequence[str]) -> bool:
    if JaroWinkler.similarity(one[0], two[0]) < _FIRST:
        return False
    last, other = one[-1], two[-1]
    return (
        max(fuzz.ratio(last, other), fuzz.ratio(_sound(last), _sound(other))) >= _LAST
    )


def _sound(word: str) -> str:
    """A word without what transliterations differ in: long vowels, doubled letters."""
    for pair, letter in _LONG:
        word = word.replace(pair, letter)
    return "".join(a for a, b in zip(word, " " + word, strict=False) if a != b)


def _join(mention: Mention, word: str, namings: Namings, people: Earlier) -> None:
    """A single word that is nearly the surname of somebody named in full before."""
    tried: set[str] = set()
    for other in reversed(people.before(mention.start)):
        name = namings.words_of(other)
        if len(name) < 2 or name[-1] in tried:
            continue
        tried.add(name[-1])
        if word[0] == name[-1][0] and fuzz.ratio(word, name[-1]) >= _ONE_WORD:
            mention.who, mention.keys = other.who, other.keys
            mention.kind, mention.how = "person", "fuzzy"
            mention.rule = "actor.surname-spelt-alike"
            mention.suggested = "misspelling"
            mention.reason = f"spelt much like the surname of “{' '.join(name)}”"
            return
