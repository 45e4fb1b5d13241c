"""One object as a request asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publishing.api.expanding import asked_expansions, expanded, expanding_problems
from publishing.api.past import as_of, as_of_problems
from publishing.api.problems import malformed
from publishing.api.shaping import field_names, shape_of, shaping_problems

if TYPE_CHECKING:
    from django.http import HttpRequest

    from publishing.models import Kind, Version

PARAMETERS = ("as_of", "expand", "fields", "format", "omit")


def single_problems(request: HttpRequest, kind: Kind) -> list[dict[str, Any]]:
    """Everything that is wrong with the parameters, for BadParameters."""
    given = request.GET
    if not given:  # most requests
        return []
    unknown = [
        {
            "parameter": name,
            "message": f"There is no parameter “{name}” here.",
            "allowed": list(PARAMETERS),
        }
        for name in sorted(set(given) - set(PARAMETERS))
    ]
    return [
        *unknown,
        *malformed(given),
        *shaping_problems(given, field_names(kind)),
        *expanding_problems(given, kind),
        *as_of_problems(given),
    ]


def text_of(request: HttpRequest, kind: Kind, document: Version) -> str:
    """The document as JSON text: as it is stored, unless parts of it are asked for."""
    given = request.GET
    text = document.body
    if paths := asked_expansions(given):
        (text,), _ = expanded([text], kind, paths, as_of(given))
    shape = shape_of(given)
    return shape(text) if shape else text
