"""Which of several known actors a name means, mention by mention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from curation.extraction.actors.aliases import Hit
from curation.extraction.actors.mentions import Mention
from curation.extraction.actors.words import Word, plain
from curation.extraction.context import Context, KnownActor

# How far a name may be trusted to mean the actor whose alias it is.
_TRUST: Mapping[str, int] = {
    "official": 5,
    "common": 5,
    "acronym": 4,
    "transliteration": 4,
    "former": 3,
    "machine_translation": 3,
    "misspelling": 3,
    "short": 2,
    "metonym": 1,
}
_RULES: Mapping[str, tuple[str, str]] = {
    "short": ("alias-short", "a short form of the name"),
    "metonym": ("alias-metonym", "a place or a people said for the actor"),
    "acronym": ("alias-acronym", "an acronym of the actor"),
    "variant": ("alias-other-noun", "the same name with another noun"),
    "misspelling": ("alias-misspelt", "a known misspelling of the name"),
    "machine_translation": ("alias-misspelt", "a known mistranslation of the name"),
}
_NAME = ("alias", "a name of the actor")


def of_hit(hit: Hit, found: Sequence[Word], context: Context) -> Mention:
    """A mention from a known name; its meanings the most trusted first."""
    meanings = sorted(hit.meanings, key=lambda m: (-_TRUST.get(m.alias_kind, 3), m.key))
    actor = context.by_key[meanings[0].key]
    rule, reason = _RULES.get(meanings[0].alias_kind, _NAME)
    one_word = hit.first == hit.last
    if actor.kind == "person" and one_word and rule in {"alias", "alias-short"}:
        rule = "alias-surname"
    return Mention(
        found[hit.first].start,
        found[hit.last].end,
        f"actor.{rule}",
        "alias",
        f"in the list as {reason}: {actor.name}",
        keys=tuple(meaning.key for meaning in meanings),
        kind=actor.kind,
        country=actor.country,
        rank=3 if not one_word else 2,
    )


def resolve(mentions: Sequence[Mention], context: Context, normal: str) -> None:
    """Put the likeliest meaning of each ambiguous mention first, and say how sure.

    A longer name of one candidate elsewhere in the article decides; otherwise the
    candidates' countries, then how often each is meant elsewhere, then the trust in
    the alias.
    """
    sure = Counter(m.keys[0] for m in mentions if len(m.keys) == 1)
    countries = Counter(m.country for m in mentions if m.country)
    longer = _longer_names(mentions, normal)
    for mention in mentions:
        if len(mention.keys) < 2:
            continue
        words = plain(normal[mention.start : mention.end])
        scores = [
            (
                _has_longer(words, longer.get(key, ())),
                sure[key],
                countries[context.by_key[key].country or ""],
                -place,
            )
            for place, key in enumerate(mention.keys)
        ]
        order = sorted(range(len(scores)), key=lambda i: scores[i], reverse=True)
        settled = scores[order[0]][:2] > scores[order[1]][:2]
        mention.keys = tuple(mention.keys[i] for i in order)
        _rename(mention, context.by_key[mention.keys[0]], settled=settled)


def _rename(mention: Mention, actor: KnownActor, *, settled: bool) -> None:
    mention.kind, mention.country = actor.kind, actor.country
    others = len(mention.keys) - 1
    if settled:
        mention.rule = "actor.alias-by-context"
        mention.reason = (
            f"names {others + 1} actors of the list; {actor.name} is also named in "
            "other words here"
        )
    else:
        mention.rule = "actor.alias-ambiguous"
        mention.reason = f"names {others + 1} actors of the list: perhaps {actor.name}"


def _longer_names(
    mentions: Sequence[Mention], normal: str
) -> dict[str, tuple[str, ...]]:
    """The words of unambiguous mentions, by actor."""
    names: dict[str, set[str]] = {}
    for mention in mentions:
        if len(mention.keys) == 1:
            words = plain(normal[mention.start : mention.end])
            names.setdefault(mention.keys[0], set()).add(words)
    return {key: tuple(words) for key, words in names.items()}


def _has_longer(words: str, names: Sequence[str]) -> bool:
    """Whether one of the names is longer, or spells out these words."""
    initials = words.replace(" ", "")
    return any(
        len(name) > len(words) or "".join(w[0] for w in name.split()) == initials
        for name in names
    )
