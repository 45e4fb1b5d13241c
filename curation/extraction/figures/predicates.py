"""What happened to the people whom a phrase counts: the measure of a figure.

The parse is asked first for the verb that the phrase is subject or object of. Who
does the killing is never counted: the subject of an active verb has no measure.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from curation.extraction.figures.counted import Counted, lemma, state_measure
from curation.extraction.figures.verbs import (
    OBJECTS,
    SUBJECTS,
    has_object,
    is_off,
    is_passive,
    loss,
    subject_of,
    with_joined,
)
from curation.extraction.lexicon.figure_verbs import (
    BECOME,
    COST,
    DONE_TO,
    LEAVE,
    NO_PHRASES,
    NOUNS,
    PHRASES,
    RAISING,
    STATES,
    UNDERGONE,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLIMBING = {"conj", "appos", "nummod", "quantmod", "compound", "nmod", "dep"}
_HARM = {"killed", "injured"}
_SCALES = {"dozen", "score", "hundred", "thousand"}
_COMPLEMENTS = {"acomp", "attr", "oprd", "xcomp", "ccomp", "advmod"}


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
        if phrase.partitive and _says_more(after):
            return []  # "two of the people killed were children" tells of the two
        how = "state" if after.pos_ == "ADJ" else "headline"
        return [Predicate(told, how, after)]
    head = phrase.head
    if head is not None and lemma(head) in NOUNS:
        return [Predicate(NOUNS[lemma(head)], "nominal", head)]
    node = phrase.last.doc[phrase.first.i : phrase.last.i + 1].root
    found = by_role(node) or list(_then(node))
    if _is_mixed(found):
        return []
    if _is_whole(node):
        return found
    if not found or node.dep_ == "conj":
        return _next_verb(after) or _next_verb(_behind(node)) or found
    return found


def _says_more(state: Token) -> bool:
    """Whether a finite verb follows, of which the counted people are the subject."""
    at = state.i + 1
    return at < len(state.doc) and state.doc[at].tag_ in {"VBD", "VBP", "VBZ", "MD"}


def _is_whole(node: Token) -> bool:
    """The four in "two of the four attackers were killed"."""
    part = node.head.head
    return node.dep_ == "pobj" and node.head.lower_ == "of" and part.pos_ == "NUM"


def _behind(node: Token) -> Token | None:
    """The token behind the noun and what describes it: "one person of interest was"."""
    at = node.right_edge.i + 1
    doc = node.doc
    return doc[at] if at < len(doc) and not doc[at].is_sent_start else None


def _then(node: Token) -> Iterator[Predicate]:
    """What a verb does to "them" next: "engaged three insurgents and killed them"."""
    verb = node.head.head if node.dep_ == "pobj" else node.head
    if node.dep_ not in {*OBJECTS, "pobj"} or verb.pos_ != "VERB":
        return
    for child in verb.children:
        if child.i > node.i and child.dep_ in {"conj", "advcl"}:
            if _on_them(child):
                yield from _done(child, "then")
            elif death := _their_death(child):
                yield Predicate("killed", "then", death)


def _on_them(verb: Token) -> bool:
    """Whether the verb's object is "them", "all of them" or "both of them"."""
    for child in verb.children:
        if child.dep_ in OBJECTS and child.lower_ in {"them", "all", "both"}:
            return child.i - verb.i == 1
    return False


def _their_death(verb: Token) -> Token | None:
    """ "resulting in their deaths"."""
    if lemma(verb) not in {"result", "cause", "lead"}:
        return None
    for word in verb.subtree:
        if word.lower_ in {"death", "deaths"}:
            own = any(child.lower_ == "their" for child in word.children)
            return word if own else None
    return None


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
    return [] if has_object(first) or verb.i - first.i > 2 else [first]


def _next_verb(auxiliary: Token | None) -> list[Predicate]:
    """ "… were killed" right behind the phrase, where the parse lost its subject."""
    if auxiliary is None or auxiliary.lower_ not in {"was", "were"}:
        return []
    verb = auxiliary.head
    if verb.i <= auxiliary.i or auxiliary.dep_ != "auxpass":
        return []
    subject = any(c.dep_ in SUBJECTS and c.i > auxiliary.i for c in verb.children)
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
    if dep in SUBJECTS:
        yield from _of_subject(head, passive=dep == "nsubjpass")
    elif dep in OBJECTS or (dep in {"oprd", "attr"} and lemma(head) in DONE_TO):
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
        if child.dep_ in SUBJECTS and child.tag_ in {"WP", "WDT"}:
            for each in _of_subject(verb, passive=child.dep_ == "nsubjpass"):
                yield each._replace(how="described")


def _of_subject(verb: Token, *, passive: bool) -> Iterator[Predicate]:
    """What a verb says of its subject, and the verbs joined to it."""
    for each in with_joined(verb):
        if is_off(each):
            continue
        if each != verb:
            passive = is_passive(each, passive)
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
    elif word in DONE_TO and verb.tag_ in {"VBD", "VBN"} and not has_object(verb):
        if not any(c.dep_ == "aux" and lemma(c) == "have" for c in verb.children):
            yield Predicate(DONE_TO[word], "headline", verb)
    elif lost := loss(verb):
        yield Predicate(lost, "loss", verb)
    elif word in BECOME or word in RAISING:
        yield from _raised(verb)


def _raised(verb: Token) -> Iterator[Predicate]:
    """ "were believed killed", "are dead", "are among the dead"."""
    for child in verb.children:
        if subject_of(child) is not None:
            continue  # "an official said a man was arrested": of another
        if child.lower_ == "among":
            yield from _among(child)
        elif child.dep_ in _COMPLEMENTS:
            if child.lower_ in STATES and child.pos_ != "VERB":
                yield Predicate(STATES[child.lower_], "state", child)
            elif child.pos_ in {"VERB", "AUX"}:
                yield from _complement(child)


def _complement(verb: Token) -> Iterator[Predicate]:
    if lemma(verb) in UNDERGONE:
        yield Predicate(UNDERGONE[lemma(verb)], "undergone", verb)
    elif is_passive(verb, False) or verb.tag_ == "VBN":
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
    if is_off(verb):
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
    if is_off(verb):
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
    if verb.i + 1 < len(verb.doc):  # "shot dead two": the parse may give it to "two"
        around.setdefault(verb.nbor().lower_, verb.nbor())
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
