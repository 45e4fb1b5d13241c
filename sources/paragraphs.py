"""Paragraphs of a plain text, as spans. Pure."""

from __future__ import annotations

# A file is hard-wrapped when most of its line breaks stand inside sentences.
WRAP_WIDTH = 120  # no line of such a file is longer
WRAP_FILLED = 45  # a line this long was broken because it was full
WRAP_LINES = 3  # fewer broken lines prove nothing

FINAL = ".!?…:"
CLOSERS = "\"'”’»)]"

Passage = tuple[int, int]


def paragraphs(text: str) -> list[Passage]:
    """Spans of the paragraphs, in order, without the white space around them.

    A line is a paragraph; in a hard-wrapped file, the lines between blank lines are.
    Together they cover every character that is not white space.
    """
    blocks = _blocks(text)
    if _is_wrapped(text, blocks):
        return [(block[0][0], block[-1][1]) for block in blocks]
    return [line for block in blocks for line in block]


def trimmed(text: str, start: int, end: int) -> Passage:
    """The span without the white space at its ends."""
    passage = text[start:end]
    start += len(passage) - len(passage.lstrip())
    return start, start + len(passage.strip())


def ends_sentence(passage: str) -> bool:
    """Whether the words end as a sentence does: a stop, then closing quotes at most."""
    return passage.rstrip(CLOSERS).endswith(tuple(FINAL))


def _blocks(text: str) -> list[list[Passage]]:
    """The lines that are not blank, those without a blank line between together."""
    blocks: list[list[Passage]] = [[]]
    at = 0
    for line in text.splitlines(keepends=True):
        if line.isspace():
            blocks.append([])
        else:
            blocks[-1].append(trimmed(text, at, at + len(line)))
        at += len(line)
    return [block for block in blocks if block]


def _is_wrapped(text: str, blocks: list[list[Passage]]) -> bool:
    lines = [text[start:end] for block in blocks for start, end in block]
    followed = [text[start:end] for block in blocks for start, end in block[:-1]]
    full = [x for x in followed if len(x) >= WRAP_FILLED and not ends_sentence(x)]
    return (
        len(full) >= WRAP_LINES
        and 2 * len(full) >= len(followed)
        and max(map(len, lines)) <= WRAP_WIDTH
    )
