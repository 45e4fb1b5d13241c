"""Mentions as the format writes them: quotes and occurrences instead of offsets."""

from __future__ import annotations

from actors.models import Mention
from curation.dump.values import DumpError, Values, filled, status
from curation.format.mentions import ALL, free_spans
from curation.format.quotes import NotFoundError, Span
from sources.models import Article
from sources.quotes import places_of

# Actor → its key, its name, and its aliases by primary key.
Names = dict[int, tuple[str, str, dict[int, str]]]


def mention_entries(article: Article, mentions: list[Mention], names: Names) -> Values:
    """Key of the actor → its mentions. Those that differ only in place are one entry.

    Raises DumpError for a mention that begins or ends inside a word.
    """
    spans = list({(row.start, row.end): None for row in mentions})
    groups: dict[tuple[str, str, str, str, str], list[int]] = {}
    for row in mentions:
        own = status(row, article.status) or ""
        actor = names[row.actor_id][0]
        key = actor, row.quote, _alias(row, names) or "", row.note, own
        groups.setdefault(key, []).append(row.start)
    entries: Values = {}
    for (actor, quote, alias, note, own), starts in sorted(
        groups.items(), key=lambda group: (group[0][0], group[1])
    ):
        occurrences = _occurrences(article, quote, starts, spans)
        entry = filled(
            status=own, quote=quote, alias=alias, occurrences=occurrences, note=note
        )
        entries.setdefault(actor, []).append(entry)
    return entries


def _alias(row: Mention, names: Names) -> str | None:
    """The name it stands for, where that is not the one that the quote spells."""
    _slug, name, aliases = names[row.actor_id]
    if row.alias_id:
        alias = aliases[row.alias_id]
        return alias if alias != row.quote else None
    # Without a name, although one is spelt so: the actor's own name means none.
    return name if row.quote in aliases.values() else None


def _occurrences(
    article: Article, quote: str, starts: list[int], spans: list[Span]
) -> list[int] | str | None:
    places = places_of(quote, article.text, whole_words=True)
    if cut := set(starts) - set(places):
        raise DumpError(
            f"The mention “{quote}” at {min(cut)} of article {article.pk} begins or "
            "ends inside a word; the format has no words for that. Correct it first."
        )
    if len(places) == 1:
        return None
    try:
        everywhere = [start for start, _ in free_spans(article.text, quote, spans)]
    except NotFoundError:
        everywhere = []
    if sorted(starts) == everywhere:
        return ALL
    return [places.index(start) + 1 for start in sorted(starts)]
