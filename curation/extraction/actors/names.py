"""Names that no list knows: what the entity tagger found, cleaned, and titles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from curation.extraction.actors.heads import capital_heads, headed, titled
from curation.extraction.actors.mentions import Mention
from curation.extraction.actors.naming import naming
from curation.extraction.actors.roles import is_subject, says
from curation.extraction.actors.tokens import cleaned, is_nobody
from curation.extraction.lexicon.bodies import HEADS, OF_STATE
from curation.extraction.lexicon.demonyms import ADJECTIVES, PEOPLES
from curation.extraction.lexicon.people import PEOPLE
from curation.extraction.parsing import Paragraph

if TYPE_CHECKING:
    from spacy.tokens import Token


def named(paragraph: Paragraph) -> list[Mention]:
    """Persons and organisations of one paragraph; they may overlap one another."""
    return [
        *_entities(paragraph),
        *titled(paragraph),
        *headed(paragraph),
        *capital_heads(paragraph),
        *_speaking(paragraph),
    ]


def _entities(paragraph: Paragraph) -> Iterator[Mention]:
    doc = paragraph.doc
    for entity in doc.ents:
        if entity.label_ not in {"PERSON", "ORG", "NORP"}:
            continue
        run = cleaned(list(entity), person=entity.label_ == "PERSON")
        if not run or is_nobody(doc, run):
            continue
        rule, kind = _sort(run, entity.label_)
        if rule:
            rank = 1 if len(run) == 1 else 2
            found = naming(
                paragraph, run[0].i, run[-1].i, rule=rule, kind=kind, rank=rank
            )
            found.weak = rule.endswith("one-word") and not _acts(run[0])
            yield found


def _sort(run: list[Token], label: str) -> tuple[str, str | None]:
    """The rule and the kind of actor for a cleaned entity; "" for none."""
    last = run[-1]
    if len(run) > 1 and last.lower_ in HEADS:
        return "headed-organisation", HEADS[last.lower_]
    if label == "PERSON":
        return ("person" if len(run) > 1 else "person-one-word"), "person"
    if label == "NORP":
        plain = all(t.text in ADJECTIVES or t.text in PEOPLES for t in run)
        adjective = last.dep_ in {"amod", "compound", "nmod"} and last.head.i > last.i
        return ("" if plain or adjective else "movement"), None
    if len(run) == 1 and last.text.isupper():
        return "acronym", None
    return ("organisation" if len(run) > 1 else "organisation-one-word"), None


def _acts(token: Token) -> bool:
    """Whether a single word does what persons and organisations do."""
    if is_subject(token):
        return True
    after = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
    return after in OF_STATE or after in PEOPLE


def _speaking(paragraph: Paragraph) -> Iterator[Mention]:
    """A capitalised word that says something, whatever the tagger made of it."""
    for token in paragraph.doc:
        if token.pos_ == "PROPN" and len(token) > 2 and says(token):
            run = [*(t for t in token.lefts if t.dep_ == "compound"), token]
            run = cleaned(run, person=True)
            whole = run and run[-1].i - run[0].i + 1 == len(run)
            if whole and run[0].text.istitle() and not is_nobody(token.doc, run):
                kind = "person" if token.ent_type_ not in {"ORG", "NORP"} else None
                yield naming(
                    paragraph,
                    run[0].i,
                    token.i,
                    rule="speaking-name",
                    kind=kind,
                    rank=0,
                )
