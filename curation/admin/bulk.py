"""Changes of many articles at once."""

from __future__ import annotations

from sources.admin.actions import change_action

TO_OUTLET = change_action(
    "to_outlet",
    "Give another outlet",
    what="Give {rows} another outlet",
    done="given the other outlet",
    fields=("outlet",),
)
TO_ORIGIN = change_action(
    "to_origin",
    "Give another origin",
    what="Give {rows} another origin",
    done="given the other origin",
    fields=("origin",),
    hint="Articles of one origin repeat each other: none corroborates another.",
)
