"""What public pages read: current documents, and the names of codes. Nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson
from django.db.models import Func, TextField
from django.http import Http404

from publishing.models import Document, Kind
from sources.models import Term

Body = dict[str, Any]


class RetractedError(Exception):
    """The object was public once, until `since`; its page answers 410.

    `event` is the one that a claim was about, where that is still public.
    """

    def __init__(
        self, kind: Kind, key: str, since: dt.datetime, event: Body | None
    ) -> None:
        super().__init__(f"The {kind} “{key}” was public once and has been retracted.")
        self.kind = kind
        self.key = key
        self.since = since
        self.event = event


class MovedError(Exception):
    """The object was merged into another; its page answers 301 to that one's."""

    def __init__(self, kind: Kind, into: str) -> None:
        super().__init__(f"The {kind} was merged into “{into}”.")
        self.kind = kind
        self.into = into


def find(kind: Kind, key: str) -> Body:
    """The current document of the object with that key, or else with that id.

    Raises Http404 for an object that never was public, MovedError for one that was
    merged into another, RetractedError for one that is not public any more.
    """
    document = Document.objects.last_version(kind, key)
    if document is None:
        raise Http404(f"There is no published {kind} “{key}”.")
    if into := document.merged_into:
        raise MovedError(kind, into["slug"])
    if document.gone:
        raise _retracted(kind, key, document.object_id)
    return _parsed(document.body)


def _retracted(kind: Kind, key: str, object_id: int) -> RetractedError:
    versions = Document.objects.filter(kind=kind, object_id=object_id)
    gone, before = versions.latest("id"), versions.filter(gone=False).latest("id")
    event = _parsed(before.body).get("event") if kind == Kind.CLAIM else None
    events = with_ids(Kind.EVENT, [event["id"]] if event else [], limit=1)
    return RetractedError(kind, key, gone.valid_from, events[0] if events else None)


def with_ids(kind: Kind, ids: Iterable[int], *, limit: int) -> list[Body]:
    """The current documents of these objects, by id; at most `limit`."""
    found = Document.objects.current().of(kind).filter(object_id__in=set(ids))
    return _bodies(found, limit)


def bearing(kind: Kind, tokens: Iterable[str], *, limit: int) -> list[Body]:
    """Current documents with one of these facets (publishing.facets), by id."""
    asked = list(tokens)
    if not asked:
        return []
    found = Document.objects.current().of(kind).filter(facets__overlap=asked)
    return _bodies(found, limit)


def latest_bearing(kind: Kind, token: str, *, limit: int) -> list[Body]:
    """Current documents with that facet, the latest date first, undated ones last."""
    found = Document.objects.current().of(kind).filter(facets__contains=[token])
    ordered = found.order_by("-date_earliest", "-object_id")
    dated = ordered.filter(date_earliest__isnull=False)[:limit]
    undated = ordered.filter(date_earliest__isnull=True)[:limit]
    bodies = [*dated.values_list("body", flat=True)]
    bodies += undated.values_list("body", flat=True)
    return [_parsed(body) for body in bodies[:limit]]


def article_heads(
    *, ids: Iterable[int] = (), token: str = "", limit: int
) -> list[Body]:
    """Article documents without their texts, by ids or by a facet."""
    found = Document.objects.current().of(Kind.ARTICLE)
    if token:
        found = found.filter(facets__contains=[token])
    else:
        found = found.filter(object_id__in=set(ids))
    head = Func(
        "body",
        template="((%(expressions)s)::jsonb - '{text,spans,mentions,claims}'::text[])"
        "::text",
        output_field=TextField(),
    )
    bodies = found.annotate(head=head).order_by("object_id")
    return [_parsed(body) for body in bodies.values_list("head", flat=True)[:limit]]


def _bodies(found: Any, limit: int) -> list[Body]:
    bodies = found.order_by("object_id").values_list("body", flat=True)[:limit]
    return [_parsed(body) for body in bodies]


def _parsed(body: str) -> Body:
    return orjson.loads(body)  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Names:
    """The names and meanings of codes; a code without an entry stands for itself."""

    entries: dict[tuple[str, str], tuple[str, str]]

    def name(self, code_list: str, code: str | None) -> str:
        if not code:
            return ""
        plain = code.replace("_", " ")
        return self.entries.get((code_list, code), (plain, ""))[0]

    def meaning(self, code_list: str, code: str | None) -> str:
        return self.entries.get((code_list, code or ""), ("", ""))[1]

    def of(self, code_list: str) -> list[tuple[str, str, str]]:
        """Code, name and meaning of every entry of one list, in its order."""
        return [
            (code, *entry)
            for (listed, code), entry in self.entries.items()
            if listed == code_list
        ]


def names(*code_lists: str) -> Names:
    """The entries of these code lists, in one query."""
    terms = Term.objects.filter(list__in=code_lists).order_by("list", "position")
    rows = terms.values_list("list", "code", "name", "meaning")
    return Names({(row[0], row[1]): (row[2], row[3]) for row in rows})
