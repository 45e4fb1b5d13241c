"""What a form showed when it was opened, as a token that comes back with it.

A sheet holds every value of a form and of the lines under it as a browser would send
it: "" is the row itself, "evidence/12" the line of that row. Sheets are compared, so
that two people who edit the same row meet before one of them overwrites the other.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.admin.utils import flatten_fieldsets
from django.core import signing
from django.db import connection, models
from django.forms import CheckboxInput
from django.forms.models import InlineForeignKeyField

from sources.coders import is_tracked
from sources.models import Curated, history_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.contrib.admin import ModelAdmin
    from django.forms import BaseModelForm, BoundField
    from django.http import HttpRequest, QueryDict

Values = dict[str, list[str]]
Sheet = dict[str, Values]

ROW = ""  # the key of the row itself in a sheet
STATE = "status"  # shown in a sheet, never typed
_ASKED_EACH_TIME = {"why", "DELETE"}
_ALL = 100_000  # lines: no page ends before


@dataclass
class Version:
    """A sheet, and how much it knows.

    `whole` are the prefixes whose lines were all on the page; `seen` is by table the
    last state in the history that it knows.
    """

    sheet: Sheet
    whole: list[str] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    def lines(self, prefix: str) -> list[int]:
        """The keys of the rows whose lines stand under this prefix."""
        found = (key.rpartition("/") for key in self.sheet if key != ROW)
        return [int(pk) for of, _, pk in found if of == prefix]

    def token(self) -> str:
        return signing.dumps(vars(self), salt=_SALT, compress=True)


_SALT = "newsdb.version"


def version_from(token: str) -> Version | None:
    """What `token` holds; None where it is not one of ours."""
    try:
        return Version(**signing.loads(token, salt=_SALT))
    except signing.BadSignature:
        return None


class Saved(NamedTuple):
    """One state that somebody wrote."""

    at: dt.datetime
    by: str
    user: int | None
    why: str
    label: str  # insert, update or delete


def stored_forms(
    admin: ModelAdmin[Any], request: HttpRequest, row: Any, base: Version
) -> tuple[Any, list[Any]]:
    """Form and formsets of `row` as it stands, without what was sent.

    They have the lines that `base` has, held until the transaction ends, and where it
    had the whole page all there are. Constant number of queries.
    """
    names = flatten_fieldsets(admin.get_fieldsets(request, row))
    form = admin.get_form(request, row, change=True, fields=names)(instance=row)
    return form, list(_formsets(admin, request, row, base))


def version_in(form: Any, formsets: list[Any], *, whole: list[str]) -> Version:
    """The version that unbound forms show."""
    row = form.instance
    sheet = {ROW: _values(form) | _state(row)}
    for formset in formsets:
        for line in formset.initial_forms:
            key = f"{formset.prefix}/{line.instance.pk}"
            sheet[key] = _values(line) | _state(line.instance)
    parts = [(formset.model, formset.fk.column) for formset in formsets]
    return Version(sheet, whole, _last_states(row, parts))


def token_of_page(request: HttpRequest, context: dict[str, Any]) -> str:
    """The version that a change page shows; what was sent keeps its own."""
    if request.method == "POST":
        return request.POST.get("version", "")
    formsets = [
        inline.formset
        for inline in context["inline_admin_formsets"]
        if inline.has_change_permission
    ]
    form = context["adminform"].form
    return version_in(form, formsets, whole=_whole_pages(formsets)).token()


def sent_lines(sent: QueryDict, prefix: str) -> list[int]:
    """The keys of the stored rows whose lines were sent."""
    count = sent.get(f"{prefix}-INITIAL_FORMS") or ""
    number = int(count) if count.isascii() and count.isdigit() else 0
    keys = (sent.get(f"{prefix}-{i}-id") or "" for i in range(min(number, 1000)))
    return [int(key) for key in keys if key.isascii() and key.isdigit()]


def saved_since(
    admin: ModelAdmin[Any], model: type[models.Model], pk: Any, seen: dict[str, int]
) -> list[Saved]:
    """What was written since to the row and its parts, newest first. One query."""
    tables = _tables(model, _columns(admin, model))
    if not tables:
        return []
    selects = (
        "SELECT pgh_created_at AS at, pgh_context_id AS context, pgh_label, pgh_id"
        f" FROM {table} WHERE {column} = %s AND pgh_id > %s"
        for table, column in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT at, coalesce(c.metadata->>'by', ''), c.metadata->>'user',"
            " coalesce(c.metadata->>'why', ''), pgh_label"
            f" FROM ({' UNION ALL '.join(selects)}) AS states"
            " LEFT JOIN pghistory_context c ON c.id = context"
            " ORDER BY at DESC, pgh_id DESC",
            [value for table, _ in tables for value in (pk, seen.get(table, 0))],
        )
        return [
            Saved(at, by or "a direct write to the database", user and int(user), *rest)
            for at, by, user, *rest in cursor.fetchall()
        ]


def _last_states(row: Any, parts: Iterable[tuple[type[models.Model], str]]) -> Any:
    """By table, the last state in the history. One query."""
    tables = _tables(type(row), parts)
    selects = [
        f"SELECT '{table}', coalesce(max(pgh_id), 0) FROM {table} WHERE {column} = %s"
        for table, column in tables
    ]
    if not selects:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(selects), [row.pk] * len(selects))
        return dict(cursor.fetchall())


def _columns(
    admin: ModelAdmin[Any], model: type[models.Model]
) -> list[tuple[type[models.Model], str]]:
    """The tables of the lines on a row's page, and the columns that name the row."""
    pointers = (
        (inline.model, field.column)
        for inline in admin.inlines
        for field in inline.model._meta.concrete_fields
        if field.related_model is model and inline.fk_name in {None, field.name}
    )
    return list(dict(pointers).items())


def _tables(
    model: type[models.Model], parts: Iterable[tuple[type[models.Model], str]]
) -> list[tuple[str, str]]:
    """The tables of history that tell of a row, and by which column."""
    return [
        (history_table(table), column)
        for table, column in [(model, "pgh_obj_id"), *parts]
        if is_tracked(table)
    ]


def _formsets(
    admin: ModelAdmin[Any], request: HttpRequest, row: Any, base: Version
) -> Iterator[Any]:
    """The formsets that may be edited, in the order of the page."""
    prefixes: dict[str, int] = {}
    for made, inline in admin.get_formsets_with_inlines(request, row):
        prefix = made.get_default_prefix()
        prefixes[prefix] = prefixes.get(prefix, 0) + 1
        if prefixes[prefix] > 1:
            prefix = f"{prefix}-{prefixes[prefix]}"
        if not inline.has_change_permission(request, row):
            continue
        rows = inline.get_queryset(request)
        lines = inline.model._base_manager.filter(pk__in=base.lines(prefix))
        list(lines.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
        if prefix not in base.whole:
            rows = rows.filter(pk__in=base.lines(prefix))
        yield made(
            instance=row, prefix=prefix, queryset=rows, request=request, per_page=_ALL
        )


def _whole_pages(formsets: Iterable[Any]) -> list[str]:
    """The prefixes of formsets that show all their lines on one page."""
    return [
        formset.prefix
        for formset in formsets
        if getattr(formset, "paginator", None) is None
        or formset.paginator.num_pages == 1
    ]


def _values(form: BaseModelForm[Any]) -> Values:
    skipped = {*_ASKED_EACH_TIME, form._meta.model._meta.pk.name}
    return {
        bound.name: as_sent(bound)
        for bound in form
        if bound.name not in skipped
        and not bound.field.disabled
        and not isinstance(bound.field, InlineForeignKeyField)
    }


def as_sent(bound: BoundField) -> list[str]:
    """What a browser sends for an untouched field; nothing for an empty one."""
    widget: Any = getattr(bound.field.widget, "widget", bound.field.widget)
    value = bound.value()
    if isinstance(widget, CheckboxInput):
        return ["on"] if value else []
    return tidy(widget.format_value(value))


def tidy(values: Any) -> list[str]:
    """Values to compare: no empty ones, line ends as they are stored."""
    several = values if isinstance(values, list | tuple) else [values]
    texts = ("" if each is None else str(each) for each in several)
    return [text.replace("\r\n", "\n") for text in texts if text]


def _state(row: Any) -> Values:
    return {STATE: [str(row.status)]} if isinstance(row, Curated) else {}
