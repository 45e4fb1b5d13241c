"""Public pages and documents that a retraction would change: found by trying it.

The change is made, what it touches is rendered beside what is public, and all of it is
taken back. So the answer is that of publishing itself, not a guess of its own.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.models import Max
from django.urls import reverse

from publishing.dependents import with_dependents
from publishing.estimates import derive_estimates
from publishing.models import Document, Kind, Stale
from publishing.on_site import PAGES
from publishing.rendering import fresh_documents
from sources.admin.ripple import MOST_SHOWN, Consequence, fills, tries
from sources.models import Curated
from sources.refusals import refusal_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from django.db.models import Model

    from sources.models import Status

MOST_TRIED = 3_000  # documents: beyond, they are counted and not rendered
PATIENCE = "2s"  # for rows that somebody else is changing
_CARRIED_ON = (
    "Exports, feeds and copies that others keep take this over with the next version; "
    "earlier versions stay as they were cited."
)
_BUSY = "Somebody is changing these rows at this moment; look again in a minute."


class Touched(NamedTuple):
    """A public document and whether it would be gone."""

    kind: str
    object_id: int
    body: str
    vanishes: bool


@fills(order=2)
def public_documents(
    model: type[Model], keys: Collection[int], to: Status
) -> Iterator[Consequence]:
    """What is public now and would vanish or read differently."""
    if not issubclass(model, Curated):
        return
    rows = model.objects.filter(pk__in=keys)
    yield from _told(lambda: rows.update(status=to))


@tries
def public_documents_of(
    change: Callable[[], object], left: Model
) -> Iterator[Consequence]:
    """What is public now and would read differently with a change."""
    return _told(change, left)


def _told(
    change: Callable[[], object], left: Model | None = None
) -> Iterator[Consequence]:
    """In words what is public and would change, by trying it out.

    `left` is a row whose address would lead to another one instead of vanishing.
    """
    try:
        exact, touched = _tried(change)
    except OperationalError:  # somebody holds a row: it is not worth waiting for
        yield Consequence("Public pages, not known just now", 1, (), _BUSY)
        return
    except DatabaseError as error:
        if refusal_of(error) is None:
            raise
        return  # the move is refused as well, which says why
    if not exact:
        yield _listed("Public pages and documents that may change", touched)
        return
    name = left and (str(left._meta.model_name), left.pk)
    leading = [each for each in touched if (each.kind, each.object_id) == name]
    vanishing = [each for each in touched if each.vanishes and each not in leading]
    changing = [each for each in touched if not each.vanishes]
    yield _listed("Public addresses that would lead to the other one", leading)
    note = "" if leading else _CARRIED_ON  # said once
    yield _listed("Public pages and documents that would vanish", vanishing, note)
    note = "" if vanishing or leading else _CARRIED_ON
    yield _listed("Public pages and documents that would change", changing, note)


def _tried(change: Callable[[], object]) -> tuple[bool, list[Touched]]:
    """What would be rendered anew, and whether that was tried out."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
        noted = Stale.objects.aggregate(last=Max("id"))["last"] or 0
        change()
        stale: dict[str, set[int]] = {}
        for kind, pk in Stale.objects.filter(id__gt=noted).values_list(
            "kind", "object_id"
        ):
            stale.setdefault(kind, set()).add(pk)
        touched = with_dependents(stale)
        exact = sum(map(len, touched.values())) <= MOST_TRIED
        if exact:
            derive_estimates(touched.get(Kind.EVENT, set()))
            found = [each for kind in Kind for each in _compared(kind, touched)]
        else:
            found = _public(touched)
        transaction.set_rollback(True)
    return exact, found


def _compared(kind: Kind, touched: dict[str, set[int]]) -> Iterator[Touched]:
    """The public documents that are not what would be rendered now."""
    ids = sorted(touched.get(kind, ()))
    if not ids:
        return
    fresh, parameters = fresh_documents(kind, ids)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT d.kind, d.object_id, d.body, f.object_id IS NULL
            FROM publishing_document d
            LEFT JOIN ({fresh}) AS f ON f.object_id = d.object_id
            WHERE d.kind = %s AND d.object_id = ANY(%s) AND d.valid_to IS NULL
              AND NOT d.gone AND f.body IS DISTINCT FROM d.body
            ORDER BY d.object_id
            """,
            [*parameters, kind.value, ids],
        )
        for row in cursor.fetchall():
            yield Touched(*row)


def _public(touched: dict[str, set[int]]) -> list[Touched]:
    return [
        Touched(kind, pk, body, vanishes=False)
        for kind in Kind
        for pk, body in Document.objects.current()
        .filter(kind=kind, object_id__in=touched.get(kind, ()))
        .values_list("object_id", "body")
    ]


def _listed(title: str, found: list[Touched], note: str = _CARRIED_ON) -> Consequence:
    shown = [(_name(each), _address(each)) for each in found[:MOST_SHOWN]]
    return Consequence(title, len(found), shown, note)


def _name(document: Touched) -> str:
    body: dict[str, Any] = json.loads(document.body)
    kind = document.kind.capitalize()
    if document.kind == Kind.RELATION:
        ends = (body["subject"]["name"], body["object"]["name"])
        return f"{kind}: {' – '.join(ends)}"
    for name in ("title", "name", "statement"):
        if words := body.get(name):
            return f"{kind}: {words}"
    return f"{kind} {document.object_id}"


def _address(document: Touched) -> str:
    """The public page, or the document in the API where there is no page."""
    if document.kind in PAGES:
        return reverse(document.kind, args=[document.object_id])
    return reverse(f"{document.kind}s-detail", args=[document.object_id])
