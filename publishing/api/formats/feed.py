"""The newest of what a request asks for, as an Atom feed (RFC 4287)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import orjson
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from publishing.models import Kind
from publishing.pages.documents import names
from publishing.pages.words import bounds, counted, quoted, verdict_in_words

if TYPE_CHECKING:
    from publishing.api.selection import Selection
    from publishing.pages.documents import Names

MEDIA_TYPE = "application/atom+xml"
ENTRIES = 100  # of a feed whose request sets no limit

_PAGES = frozenset({Kind.EVENT, Kind.ACTOR, Kind.CLAIM, Kind.ARTICLE})
_TITLES = ("title", "statement", "name")
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed(selection: Selection, *, limit: int = ENTRIES) -> bytes:
    """The `limit` objects whose documents changed last, newest first."""
    request, kind = selection.request, selection.kind
    here = request.build_absolute_uri()
    atom = Atom1Feed(
        title=f"newsdb: {kind.label.lower()}s",
        link=request.build_absolute_uri("/"),
        description=None,
        subtitle="What was published or changed last.",
        feed_url=here,
        feed_guid=here,
        author_name="newsdb",
        language="en",
    )
    coded = names("measure", "group")
    newest = selection.documents.order_by("-valid_from", "-object_id")
    rows = newest.values_list("object_id", "slug", "valid_from", "body")
    for object_id, slug, changed, body in rows[:limit]:
        document = orjson.loads(body)
        itself = reverse(f"{kind}s-detail", args=[object_id])
        atom.add_item(
            title=_xml(title_of(kind, document)),
            link=request.build_absolute_uri(page_address(kind, object_id, slug)),
            description=escape(_xml(_summary(kind, document, coded))),
            unique_id=request.build_absolute_uri(itself),
            updateddate=changed,
        )
    return bytes(atom.writeString("utf-8").encode())


def page_address(kind: Kind, object_id: int, slug: str) -> str:
    """Where people read it; of a kind without pages, where programs do."""
    if kind in _PAGES:
        return reverse(kind.value, args=[object_id if kind == Kind.ARTICLE else slug])
    return reverse(f"{kind}s-detail", args=[object_id])


def title_of(kind: Kind, document: dict[str, Any]) -> str:
    """What the object is called, in one line."""
    if kind == Kind.RELATION:
        sides = document["subject"]["name"], document["object"]["name"]
        return f" {document['kind'].replace('_', ' ')} ".join(sides)
    found = (document.get(name) for name in _TITLES)
    return next(filter(None, found), f"{kind.label} {document['id']}")


def _summary(kind: Kind, document: dict[str, Any], coded: Names) -> str:
    """A claim's words, an event's summary and figures; else nothing."""
    if kind == Kind.CLAIM:
        return " … ".join(quoted(each["quote"]) for each in document["evidence"])
    if kind == Kind.EVENT:
        figures = [_figure(each, coded) for each in document["estimates"]]
        return " ".join(filter(None, [document["summary"], *figures]))
    return ""


def _figure(estimate: dict[str, Any], coded: Names) -> str:
    verdict = verdict_in_words(estimate)
    return f"{bounds(estimate)} {counted(estimate, coded)}. {verdict}"


def _xml(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return _NOT_IN_XML.sub("", text)
