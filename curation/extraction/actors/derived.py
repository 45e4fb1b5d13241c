"""Words made from a name: "Kremlins" for "Kremlin's", "anti-Birch forces"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from curation.extraction.actors.aliases import AliasTable
from curation.extraction.actors.mentions import Mention
from curation.extraction.actors.words import Word
from curation.extraction.lexicon.people import PEOPLE
from curation.extraction.parsing import Paragraph

_SHORTEST = 6
_SIDE = re.compile(
    r"\b(?:[Aa]nti|[Pp]ro)-[A-Z][\w-]*(?: [A-Z][\w-]*)? (?:[a-z]+ )??(?P<noun>[a-z]+)\b"
)


def with_s(
    paragraph: Paragraph,
    spelt: Sequence[Word],
    table: AliasTable,
    known: Sequence[Mention],
) -> Iterator[Mention]:
    """A known name of one word with an "s" too many: an apostrophe was lost."""
    taken = {m.start for m in known}
    for word in spelt:
        start = paragraph.start + word.start
        if len(word.text) <= _SHORTEST or not word.text.istitle() or start in taken:
            continue
        meanings = table.meanings.get(word.plain[:-1], {})
        if word.plain.endswith("s") and len(meanings) == 1:
            key = next(iter(meanings))
            yield Mention(
                start,
                paragraph.start + word.end,
                "actor.alias-with-s",
                "fuzzy",
                f"a name of “{key}” of the list with an “s” behind it",
                keys=(key,),
                suggested="misspelling",
                rank=2,
            )


def sides(paragraph: Paragraph) -> Iterator[Mention]:
    """ "anti-Birch forces": people who are told by whom they are for or against."""
    for found in _SIDE.finditer(paragraph.text):
        if found["noun"] in PEOPLE:
            yield Mention(
                paragraph.start + found.start(),
                paragraph.start + found.end(),
                "actor.for-or-against",
                "description",
                "people, by whom they are for or against",
                kind="population_group",
                who="people:" + found[0].lower(),
                rank=5,
            )
