"""The rows of an admin's list, worked out by column first and then by row.

The theme asks for each cell anew what is the same in its whole column: its head, its
classes, how a value is shown, whether it leads to the row's page. That took ten times
as long as the database. The HTML is the theme's, but for `scope` on a row's head.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote as in_address

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import lookup_field, quote
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.db.models import Field, ForeignKey
from django.urls import NoReverseMatch
from django.utils.hashable import make_hashable
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from unfold.admin import checkbox
from unfold.templatetags.unfold_list import (
    CHECKBOX_CLASSES,
    LINK_CLASSES,
    ROW_CLASSES,
    result_headers,
)
from unfold.utils import display_for_field, display_for_label, display_for_value

BOX = "action_checkbox"
_KEY = "key of the row"
_ANY = "-any-key-"  # the same in an address
_KEPT = "!$&'()*+,;=/~:@"  # in an address as it is, as Django has it
_LINKED = " ".join(LINK_CLASSES)

Show = Callable[[Any], Any]  # what a column says of a row: text, or HTML marked as safe


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its cells' HTML before and after what is shown, and whether that
    leads to the row's page."""

    begin: str
    end: str
    show: Show
    leads: bool


def rows_of(cl: Any, heads: list[dict[str, Any]]) -> Iterator[SafeString]:
    """The cells of each row of a changelist, under these heads."""
    columns = list(_columns(cl, heads))
    link = _links(cl)
    for row in cl.result_list:
        yield mark_safe("".join(_cells(columns, row, link(row))))


def _cells(columns: list[Column], row: Any, link: str) -> Iterator[str]:
    for column in columns:
        shown: str = conditional_escape(column.show(row))
        if column.leads and link:
            shown = f"{link}{shown}</a>"
        yield f"{column.begin}{shown}{column.end}"


def _columns(cl: Any, heads: list[dict[str, Any]]) -> Iterator[Column]:
    leading = set(cl.list_display_links or ())
    headed = False
    for name, head in zip(cl.list_display, heads, strict=True):
        leads = name in leading
        tag = "th" if leads and not headed else "td"
        headed = headed or leads
        box = name == BOX
        classes = CHECKBOX_CLASSES if box else [f"field-{_plain(name)}", *ROW_CLASSES]
        begin = format_html(
            '<{}{} class="{}" data-label="{}">',
            tag,
            mark_safe(' scope="row"' if tag == "th" else ""),
            " ".join(classes),
            "Select record" if box else head["text"],
        )
        yield Column(begin, f"</{tag}>", _shower(cl.model_admin, name), leads)


def _plain(name: Any) -> str:
    return name if isinstance(name, str) else name.__name__


def _shower(model_admin: Any, name: Any) -> Show:
    """How the column `name` says what it says of a row."""
    if name == BOX:
        return _box
    empty = model_admin.get_empty_value_display()
    field = _field(model_admin.model, name)
    if field is None:
        return _told(model_admin, name, empty)
    if isinstance(field, ForeignKey):
        return lambda row: empty if (to := getattr(row, name)) is None else to
    if field.flatchoices:
        words = dict(make_hashable(field.flatchoices))
        return lambda row: words.get(getattr(row, name), empty)
    return lambda row: display_for_field(getattr(row, name), field, empty)


def _field(model: Any, name: Any) -> Field[Any, Any] | None:
    try:
        found = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, Field) else None


def _told(model_admin: Any, name: Any, empty: str) -> Show:
    """Of a method or an attribute: the admin's, or the row's own."""
    drawn: dict[Any, SafeString] = {}  # words on a colour, each of them once

    def show(row: Any) -> Any:
        try:
            _, attr, value = lookup_field(name, row, model_admin)
        except ObjectDoesNotExist:
            return empty
        blank = getattr(attr, "empty_value_display", empty)
        if label := getattr(attr, "label", False):
            words = make_hashable(value)
            if words not in drawn:
                drawn[words] = display_for_label(value, blank, label)
            return drawn[words]
        return display_for_value(value, blank, getattr(attr, "boolean", False))

    return show


def _box(row: Any) -> SafeString:
    return mark_safe(_any_box().replace(_KEY, conditional_escape(str(row.pk))))


@lru_cache(maxsize=1)
def _any_box() -> str:
    return str(checkbox.render(ACTION_CHECKBOX_NAME, _KEY))


def _links(cl: Any) -> Callable[[Any], str]:
    """The opening tag of the link to a row's page.

    Before the row's key and after it, with the way back to this list, the address is
    that of all rows.
    """
    try:
        own = cl.url_for_result(SimpleNamespace(**{cl.pk_attname: _ANY}))
    except NoReverseMatch:
        return lambda row: ""
    kept = {"preserved_filters": cl.preserved_filters, "opts": cl.opts}
    back = add_preserved_filters(kept, own).removeprefix(own)
    before, _, after = escape(own + back).partition(_ANY)
    opens = cl.to_field or cl.lookup_opts.pk.attname

    def link(row: Any) -> str:
        key = str(quote(getattr(row, cl.pk_attname)))
        key = escape(in_address(key, safe=_KEPT))
        address = f"{before}{key}{after}"
        opener = ""
        if cl.is_popup:
            key = row.serializable_value(opens)
            opener = format_html(' data-popup-opener="{}"', key)
        return f'<a href="{address}" class="{_LINKED}"{opener}>'

    return link


def heads_of(cl: Any) -> list[dict[str, Any]]:
    """The heads of a changelist's columns, as the theme has them."""
    return list(result_headers(cl))
