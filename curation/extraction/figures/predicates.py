"""What happened to the people whom a phrase counts: the measure of a figure.

The parse is asked first for the verb that the phrase is subject or object of. Who
does the killing is never counted: the subject of an active verb has no measure.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from curation.extraction.figures.counted import Counted, lemma, state_measure
from curation.extraction.lexicon.figure_verbs import (
    BECOME,
    COST,
    DONE_TO,
    LEAVE,
    LOSSES,
    NO_PHRASES,
    NOUNS,
    PHRASES,
    RAISING,
    STATES,
    UNDERGONE,
)
from curation.extraction.lexicon.wordlist import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = {"nsubj", "nsubjpass"}
_OBJECTS = {"dobj", "obj", "dative"}
_CLIMBING = {"conj", "appos", "nummod", "quantmod", "compound", "nmod", "dep"}
_HARM = {"killed", "injured"}
_SCALES = {"dozen", "score", "hundred", "thousand"}
_COMPLEMENTS = {"acomp", "attr", "oprd", "xcomp", "ccomp", "advmod"}
_TRYING = word_set(
    """
    try attempt fail plan plot want intend threaten refuse seek vow hope aim
    """
)


class Predicate(NamedTuple):
    """What happened, the name of the way it is said, and the word that says it."""

    measure: str
    how: str
    word: Token


def predicates(phrase: Counted) -> list[Predicate]:
    """What is said to have happened to the counted people; nothing where unsure."""
    if phrase.state is not None:
        if phrase.partitive:
            return []  # "five of the murdered priests" says what the five did
        measure = STATES[phrase.state.lower_]
        return [Predicate(measure, "state-before", phrase.state)]
    after = phrase.following
    if after is not None and (told := state_measure(after)):
        how = "state" if after.pos_ == "ADJ" else "headline"
        return [Predicate(told, how, after)]
    head = phrase.head
    if head is not None and lemma(head) in NOUNS:
        return [Predicate(NOUNS[lemma(head)], "nominal", head)]
    node = phrase.last.doc[phrase.first.i : phrase.last.i + 1].root
    found = by_role(node)
    if _is_mixed(found):
        return []
    if not found or node.dep_ == "conj":
        return _next_verb(after) or found
    return found


def _is_mixed(found: list[Predicate]) -> bool:
    """ "killed and injured dozens": how many of them died is not said."""
    if len({each.measure for each in found} & _HARM) > 1:
        return True
    return any(
        DONE_TO.get(lemma(verb), each.measure) != each.measure
        for each in found
        if each.measure in _HARM
        for verb in _sharing(each.word)
    )


def _sharing(verb: Token) -> list[Token]:
    """Verbs of harm that share the object of `verb`: the one it is joined to."""
    first = verb.head
    if verb.dep_ != "conj" or DONE_TO.get(lemma(first)) not in _HARM:
        return []
    return [] if _has_object(first) or verb.i - first.i > 2 else [first]


def _next_verb(auxiliary: Token | None) -> list[Predicate]:
    """ "… were killed" right behind the phrase, where the parse lost its subject."""
    if auxiliary is None or auxiliary.lower_ not in {"was", "were"}:
        return []
    verb = auxiliary.head
    if verb.i <= auxiliary.i or auxiliary.dep_ != "auxpass":
        return []
    subject = any(c.dep_ in _SUBJECTS and c.i > auxiliary.i for c in verb.children)
    return [] if subject else list(_done(verb, "passive-near"))


def by_role(node: Token, depth: int = 0) -> list[Predicate]:
    """What the words that govern `node` say about it."""
    if depth > 4:
        return []
    found = list(_governed(node, depth))
    if not found:
        found = list(_described(node))
    return found


def _governed(node: Token, depth: int) -> Iterator[Predicate]:
    dep, head = node.dep_, node.head
    if head is node:
        return
    if dep in _SUBJECTS:
        yield from _of_subject(head, passive=dep == "nsubjpass")
    elif dep in _OBJECTS or (dep in {"oprd", "attr"} and lemma(head) in DONE_TO):
        yield from _of_object(head, node)
    elif dep == "attr" and head.dep_ == "auxpass" and head.i < node.i:
        yield from _done(head.head, "inverted")  # "Also killed were 13 people"
    elif dep == "pobj" or (dep == "pcomp" and head.pos_ == "ADP"):
        yield from _of_preposition(node)
    elif dep in _CLIMBING:
        for each in by_role(head, depth + 1):
            how = each.how.removesuffix("-joined") + "-joined"
            names = {"conj": how, "appos": "apposition"}
            yield each._replace(how=names.get(dep, each.how))


def _described(node: Token) -> Iterator[Predicate]:
    """ "18 insurgents killed", "policemen who were shot dead"."""
    for child in node.children:
        if child.i <= node.i:
            continue
        if child.dep_ == "acl" and child.tag_ == "VBN":
            yield from _done(child, "described")
        elif child.dep_ == "relcl":
            yield from _relative(child)


def _relative(verb: Token) -> Iterator[Predicate]:
    for child in verb.children:
        if child.dep_ in _SUBJECTS and child.tag_ in {"WP", "WDT"}:
            for each in _of_subject(verb, passive=child.dep_ == "nsubjpass"):
                yield each._replace(how="described")


def _of_subject(verb: Token, *, passive: bool) -> Iterator[Predicate]:
    """What a verb says of its subject, and the verbs joined to it."""
    for each in _with_joined(verb):
        if _is_off(each):
            continue
        if each != verb:
            passive = _is_passive(each, passive)
        yield from _one_subject(each, passive=passive)


def _one_subject(verb: Token, *, passive: bool) -> Iterator[Predicate]:
    word = lemma(verb)
    if passive:
        yield from _done(verb, "passive")
        if word in RAISING:
            yield from _raised(verb)
        return
    if word in UNDERGONE:
        yield Predicate(UNDERGONE[word], "undergone", verb)
    elif word in {"wait", "await"}:
        if any(lemma(child) == "evacuate" for child in verb.subtree):
            yield Predicate("awaiting_evacuation", "waiting", verb)
    elif word in DONE_TO and verb.tag_ in {"VBD", "VBN"} and not _has_object(verb):
        if not any(c.dep_ == "aux" and lemma(c) == "have" for c in verb.children):
            yield Predicate(DONE_TO[word], "headline", verb)
    elif lost := _loss(verb):
        yield Predicate(lost, "loss", verb)
    elif word in BECOME or word in RAISING:
        yield from _raised(verb)


def _raised(verb: Token) -> Iterator[Predicate]:
    """ "were believed killed", "are dead", "are among the dead"."""
    for child in verb.children:
        if _subject_of(child) is not None:
            continue  # "an official said a man was arrested": of another
        if child.lower_ == "among":
            yield from _among(child)
        elif child.dep_ in _COMPLEMENTS:
            if child.lower_ in STATES and child.pos_ != "VERB":
                yield Predicate(STATES[child.lower_], "state", child)
            elif child.pos_ in {"VERB", "AUX"}:
                yield from _complement(child)


def _subject_of(verb: Token) -> Token | None:
    """The subject that a verb has of its own."""
    return next((c for c in verb.children if c.dep_ in _SUBJECTS), None)


def _complement(verb: Token) -> Iterator[Predicate]:
    if lemma(verb) in UNDERGONE:
        yield Predicate(UNDERGONE[lemma(verb)], "undergone", verb)
    elif _is_passive(verb, False) or verb.tag_ == "VBN":
        yield from _done(verb, "passive")
    elif lemma(verb) in BECOME:
        yield from _raised(verb)


def _among(preposition: Token) -> Iterator[Predicate]:
    """ "were among the dead", "are among those arrested"."""
    for dead in preposition.subtree:
        if dead.lower_ in STATES and dead.lower_ != "released":
            yield Predicate(STATES[dead.lower_], "among", dead)
            return


def _of_object(verb: Token, node: Token) -> Iterator[Predicate]:
    """What a verb does to its object."""
    word = lemma(verb)
    if _is_off(verb):
        return
    if word in COST and lemma(node) == "life":
        yield Predicate("killed", "lives", verb)
        return
    if word in LEAVE | {"find", "make"}:
        for child in (*verb.children, *node.children):
            if child.lower_ in STATES and child.i > node.i:
                yield Predicate(STATES[child.lower_], "state", child)
        return
    yield from _done(verb, "object")


def _done(verb: Token, how: str) -> Iterator[Predicate]:
    """What `verb` is to those it is done to: "killed", "gunned down", "shot dead"."""
    if _is_off(verb):
        return
    word = lemma(verb)
    around = {child.lower_: child for child in verb.children}
    if (word, "up") in NO_PHRASES and "up" in around:
        return
    if word in DONE_TO:
        yield Predicate(DONE_TO[word], how, verb)
        return
    for prep in list(around.values()):
        if prep.dep_ == "prep":
            around.update({child.lower_: child for child in prep.children})
    for other in around:
        if (word, other) in PHRASES:
            yield Predicate(PHRASES[word, other], how, verb)
            return
    if word in {"send", "dispatch"} and how != "described":
        yield Predicate("deployed", "sent", verb)


def _of_preposition(node: Token) -> Iterator[Predicate]:
    """ "the deaths of …", "the killing of …"; "by …" is who did it."""
    prep, noun = node.head, node.head.head
    if prep.lower_ == "of" and lemma(noun) in NOUNS and noun.pos_ == "NOUN":
        yield Predicate(NOUNS[lemma(noun)], "nominal-of", noun)
    elif prep.lower_ == "of" and lemma(noun) in {"loss"} and lemma(node) == "life":
        yield Predicate("killed", "lives", noun)
    elif prep.lower_ == "of" and lemma(noun) in _SCALES:
        yield from by_role(noun, 3)
    elif prep.lower_ == "with" and _is_along(prep):
        yield from _beside(noun)


def _is_along(prep: Token) -> bool:
    """ "along with", "together with"."""
    before = prep.doc[prep.i - 1].lower_ if prep.i else ""
    return before in {"along", "together"}


def _beside(word: Token) -> Iterator[Predicate]:
    """What happened to somebody "along with" whom others are counted."""
    head = word.head if word.lower_ in {"along", "together"} else word
    if head.pos_ in {"VERB", "AUX"}:
        passive = any(child.dep_ == "nsubjpass" for child in head.children)
        found = list(_of_subject(head, passive=True) if passive else _done(head, ""))
    else:
        found = by_role(head, 3)
    for each in found:
        yield each._replace(how="along")


def _with_joined(verb: Token) -> Iterator[Token]:
    """The verb, and those joined to it that have no subject of their own."""
    yield verb
    for child in verb.children:
        # "three were missing, nine wounded": a number before the verb is its subject.
        own = _subject_of(child) is not None or any(
            c.dep_ == "npadvmod" and c.tag_ == "CD" and c.i < child.i
            for c in child.children
        )
        if child.dep_ == "conj" and child.pos_ in {"VERB", "AUX"} and not own:
            yield from _with_joined(child)


def _is_passive(verb: Token, inherited: bool) -> bool:
    helpers = [c for c in verb.children if c.dep_ in {"auxpass", "aux"}]
    if any(c.dep_ == "auxpass" for c in helpers):
        return True
    if helpers or _has_object(verb):
        return False
    return inherited and verb.tag_ in {"VBN", "VBD"}


def _has_object(verb: Token) -> bool:
    return any(c.dep_ in _OBJECTS or c.dep_ == "ccomp" for c in verb.children)


def _loss(verb: Token) -> str | None:
    """ "lost their lives", "were forced to leave their homes"."""
    if lemma(verb) not in {"lose", "leave"}:
        return None
    for child in verb.children:
        if child.dep_ in _OBJECTS and lemma(child) in LOSSES:
            return LOSSES[lemma(child)]
    return None


def _is_off(verb: Token) -> bool:
    """Whether it did not happen ("did not kill", "tried to kill"), or is spoken of in
    general ("Killing one leader does not …")."""
    if verb.dep_ in {"csubj", "csubjpass"} or any(
        child.dep_ == "neg" for child in verb.children
    ):
        return True
    if verb.dep_ == "xcomp":
        return lemma(verb.head) in _TRYING
    # A purpose: "an operation to arrest a leader".
    return (
        verb.tag_ == "VB"
        and verb.dep_ in {"acl", "advcl", "relcl"}
        and any(child.lower_ == "to" for child in verb.children)
    )
