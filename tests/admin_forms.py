"""What a browser would send back for a page of the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.http import HttpResponse


def filled(page: HttpResponse, **changes: Any) -> dict[str, Any]:
    """The form of a change or add page as it stands, with `changes`."""
    context = page.context
    data = _values(context["adminform"].form)
    if version := context.get("version"):
        data["version"] = version
    for inline in context["inline_admin_formsets"]:
        data |= _values(inline.formset.management_form)
        for form in inline.formset.forms:
            data |= _values(form)
    return data | changes


def added_line(page: HttpResponse, prefix: str, **values: Any) -> dict[str, Any]:
    """What is sent for one more line of the formset `prefix`."""
    inlines = page.context["inline_admin_formsets"]
    formsets = {inline.formset.prefix: inline.formset for inline in inlines}
    number = formsets[prefix].total_form_count()
    line = {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    return {f"{prefix}-TOTAL_FORMS": number + 1} | line


def _values(form: Any) -> dict[str, Any]:
    values = {field.html_name: field.value() for field in form}
    return {
        name: "" if value is None else getattr(value, "pk", value)
        for name, value in values.items()
        if value is not False
    }


def errors_of(page: HttpResponse) -> str:
    """All errors that a page shows, of its form and of its formsets."""
    found = [str(page.context["adminform"].form.errors)]
    for inline in page.context["inline_admin_formsets"]:
        found += map(str, inline.formset.errors)
        found.append(str(inline.formset.non_form_errors()))
    return " ".join(found)


def said(page: HttpResponse) -> list[str]:
    """The messages that were shown."""
    return [str(message) for message in page.context["messages"]]
