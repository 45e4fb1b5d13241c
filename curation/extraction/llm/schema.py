"""The shape of an answer: strict for the server, the same without its lists for us.

The server is asked to keep to the codes. What it sends is held against the shape
alone: a single code that is on no list costs one field or one finding, not the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jsonschema import Draft202012Validator

from curation.extraction.llm import codes

_MOST_ITEMS = 400  # of a kind in one answer; a page of news has some dozens
_LONGEST_STRING = 4_000

Shape = dict[str, Any]


def for_server() -> Shape:
    """The schema a strict endpoint takes: every property required, none besides."""
    return _answer(listed=True)


def _answer(*, listed: bool) -> Shape:
    def code(values: Sequence[str], *, nullable: bool = False) -> Shape:
        shape: Shape = {"type": ["string", "null"] if nullable else "string"}
        if listed:
            shape["enum"] = [*values, None] if nullable else list(values)
        return shape

    text: Shape = {"type": "string"}
    words: Shape = {"type": ["string", "null"]}
    quote: Shape = {"paragraph": {"type": "integer"}, "quote": text}
    modes = sorted({mode for modes in codes.MODES.values() for mode in modes})
    participant = _object(role=code(codes.ROLES), words=text)
    return _object(
        actors=_list(
            _object(
                **quote,
                name=text,
                kind=code(codes.ACTOR_KINDS, nullable=True),
            )
        ),
        claims=_list(
            _object(
                **quote,
                attributed={"type": "boolean"},
                speaker=words,
                cue=words,
                quoted=code(codes.QUOTED),
                statement=code(codes.STATEMENTS),
                modality=code(codes.MODALITIES),
                polarity=code(codes.POLARITIES),
            )
        ),
        figures=_list(
            _object(
                **quote,
                counted=words,
                measure=code(codes.MEASURES, nullable=True),
                group=code(codes.GROUPS, nullable=True),
            )
        ),
        events=_list(
            _object(
                **quote,
                type=code(list(codes.MODES), nullable=True),
                mode=code(modes, nullable=True),
                modality=code(codes.EVENT_MODALITIES),
                participants=_list(participant),
                date=words,
                place=words,
            )
        ),
    )


def _object(**properties: Shape) -> Shape:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Shape) -> Shape:
    return {"type": "array", "items": items}


_VALIDATOR = Draft202012Validator(_answer(listed=False))


def wrong_with(answer: Any) -> str:
    """Where an answer leaves the shape, in words of ours; "" where it does not."""
    try:
        error = next(iter(_VALIDATOR.iter_errors(answer)), None)
    except RecursionError:
        return "it is nested too deeply"
    if error is not None:
        # Not the message: it repeats what the model wrote.
        keyword = str(error.validator)
        steps = (str(s) if isinstance(s, int) else s for s in error.absolute_path)
        return f"“{keyword}” does not hold at /{'/'.join(steps)}"
    if any(len(answer[kind]) > _MOST_ITEMS for kind in answer):
        return f"there are more than {_MOST_ITEMS} items of one kind"
    if _longest(answer) > _LONGEST_STRING:
        return f"there is a string of more than {_LONGEST_STRING} characters"
    return ""


def _longest(value: Any) -> int:
    if isinstance(value, dict):
        return max(map(_longest, value.values()), default=0)
    if isinstance(value, list):
        return max(map(_longest, value), default=0)
    return len(value) if isinstance(value, str) else 0
