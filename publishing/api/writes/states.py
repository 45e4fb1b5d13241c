"""A row as programs see it, its ETag, and the conditions that writes come with."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.utils.http import parse_etags, quote_etag
from rest_framework.exceptions import NotFound

from curation.dump.values import DumpError
from curation.merging.following import stays
from curation.storing import MOVED, Sent, as_sent, version_of
from publishing.api.problems import Refused
from publishing.models import Document, Kind
from sources.models import Status
from sources.numbers import is_number

if TYPE_CHECKING:
    from rest_framework.request import Request

# Kinds of documents by the names of their lists.
KINDS = {f"{kind.value}s": kind for kind in Kind}


class State:
    """One row as it stands now; hold it to compare and write."""

    def __init__(self, kind: str, row: Any) -> None:
        self.kind, self.row = kind, row
        try:
            self.sent: Sent = as_sent(kind, row)
        except DumpError as error:
            raise Refused(HTTPStatus.CONFLICT, str(error)) from error
        self.etag = quote_etag(version_of(row, self.sent))

    def shown(self) -> dict[str, Any]:
        """The row for a program: what it would send to write it, and its state."""
        shown: dict[str, Any] = {"id": self.row.pk, "status": self.row.status}
        if self.sent.key:
            shown["key"] = self.sent.key
        if self.sent.article:
            shown["article"] = self.sent.article
        fields = {k: v for k, v in self.sent.fields.items() if k != "status"}
        return {**shown, "etag": self.etag, "row": fields}

    def headers(self, request: Request) -> dict[str, str]:
        place = f"/api/v1/drafts/{self.kind}/{self.row.pk}/"
        return {
            "ETag": self.etag,
            "Content-Location": request.build_absolute_uri(place),
        }

    def check_match(self, request: Request, *, needed: bool) -> None:
        """Raise Refused: 428 without If-Match, 412 where the row is another by now."""
        asked = request.headers.get("If-Match")
        if asked is None:
            if needed:
                raise _required()
            return
        # Who compresses answers weakens their tags. Ours name rows, not bytes.
        tags = [tag.removeprefix("W/") for tag in parse_etags(asked)]
        if "*" in tags or self.etag in tags or self._document_tag() in tags:
            return
        raise Refused(
            HTTPStatus.PRECONDITION_FAILED,
            "The row has changed since you read it: look at “current”, then send your "
            "change again with its ETag.",
            errors=[{"header": "If-Match", "message": f"It is {self.etag} now."}],
            members={"current": self.shown()},
            headers={"ETag": self.etag},
        )

    def _document_tag(self) -> str | None:
        """The ETag of the published document of this row, if it is published."""
        if self.kind not in KINDS or self.row.status != Status.PUBLISHED:
            return None
        current = Document.objects.current().of(KINDS[self.kind])
        sha256 = current.filter(object_id=self.row.pk).values_list("sha256", flat=True)
        return quote_etag(sha256[0]) if sha256 else None


def find_row(kind: str, name: str, *, held: bool = False) -> Any:
    """The row with this key or else this id, whatever its state; held to be written.

    Raises NotFound.
    """
    model = MOVED[kind]
    rows: Any = model._default_manager.all()
    if held:
        rows = rows.select_for_update(of=("self",))
    row = None
    column = {"articles": "sha256"}.get(kind, "slug")
    if any(field.name == column for field in model._meta.fields) and "\0" not in name:
        row = rows.filter(**{column: name}).first()
    if row is None and is_number(name):
        row = rows.filter(pk=int(name)).first()
    if row is None:
        raise NotFound(f"There is no {model._meta.verbose_name} “{name}”.")
    return row


def refuse_merged(request: Request, kind: str, row: Any) -> None:
    """Raise Refused (409) for a row that was merged: the one that stays is written."""
    into = stays(row)
    if into == row:
        return
    url = request.build_absolute_uri(f"/api/v1/{kind}/{into.pk}/")
    raise Refused(
        HTTPStatus.CONFLICT,
        f"“{row}” was merged into “{into}”: send it to {url}.",
        members={"merged_into": {"id": into.pk, "url": url}},
    )


def _required() -> Refused:
    return Refused(
        HTTPStatus.PRECONDITION_REQUIRED,
        "Send If-Match with the ETag of the row as you know it, so that you do not "
        "write over what somebody else changed. GET …/drafts/… has it.",
        errors=[{"header": "If-Match", "message": "It is missing."}],
    )
