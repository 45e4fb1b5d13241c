"""The rows of the admin's lists in templates."""

from __future__ import annotations

from typing import Any

from django.template import Library

from newsdb.list_rows import heads_of, rows_of

register = Library()


@register.inclusion_tag("admin/list_rows.html", takes_context=True)
def list_rows(context: dict[str, Any], cl: Any) -> dict[str, Any]:
    """The table of a changelist, or what to do when it is empty."""
    heads = heads_of(cl)
    return {
        "cl": cl,
        "result_headers": heads,
        "num_sorted_fields": sum(bool(head.get("sorted")) for head in heads),
        "rows": list(rows_of(cl, heads)),
        "has_add_permission": cl.model_admin.has_add_permission(context["request"]),
    }
