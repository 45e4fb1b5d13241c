"""Articles sent by programs: as import_articles takes them in, each text once."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers as s

from publishing.access.scopes import Door
from publishing.api.answers import sent
from publishing.api.idempotency import Answer, once
from publishing.api.writes.base import (
    LONGEST_WHY,
    by_token,
    error,
    object_in,
    refuse_body,
    text_in,
)
from publishing.api.writes.described import STATES, WRITE_HEADERS, problems
from sources.importing import take_in
from sources.readers import MAX_LENGTH, Reading, UnreadableError, decode

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.response import Response

    from sources.models import Article

LONGEST_NAME = 300


class SubmittedArticle(s.Serializer[object]):
    text = s.CharField(
        max_length=MAX_LENGTH, help_text="The text, exactly as it was received."
    )
    name = s.CharField(
        max_length=LONGEST_NAME,
        required=False,
        help_text="What it came from: a file, an address, an entry of a feed.",
    )
    why = s.CharField(
        max_length=LONGEST_WHY, required=False, help_text="Kept in the history."
    )


class TakenIn(s.Serializer[object]):
    id = s.IntegerField()
    sha256 = s.CharField(help_text="Of the text in UTF-8.")
    status = s.ChoiceField(STATES)
    title = s.CharField(allow_blank=True, help_text="Read off the text.")


class SubmitsArticles:
    """POST …/articles/: for tools that collect texts."""

    doors: ClassVar[dict[str, Door]] = {"create": Door.SUBMIT}

    @extend_schema(
        summary="Submit an article",
        description="The text is kept exactly as it is sent, as a draft. A text that "
        "is there already (by its SHA-256) is left as it is and answered with 200.",
        parameters=[*WRITE_HEADERS, sent("Location", 200, 201)],
        request=SubmittedArticle,
        responses={201: TakenIn, 200: TakenIn, **problems(400, 409, 413, 415, 422)},
    )
    def create(self, request: Request) -> Response:
        body = object_in(request, ("text", "name", "why"))
        reading, why = _reading(body)

        def work() -> Answer:
            with by_token(request, why or "submitted") as author:
                article, new = take_in(reading, by=author.by, why=author.why)
            status = HTTPStatus.CREATED if new else HTTPStatus.OK
            place = request.build_absolute_uri(f"/api/v1/drafts/articles/{article.pk}/")
            return Answer(status, _shown(article), {"Location": place})

        return once(request, work)


def _reading(body: dict[str, Any]) -> tuple[Reading, str]:
    """The text to take in, and why. Raises BadBody."""
    errors: list[dict[str, Any]] = []
    text = body.get("text")
    if not isinstance(text, str):
        errors.append(error("#/text", "Send a text here."))
        text = ""
    else:
        try:
            decode(text.encode())
        except UnreadableError as unreadable:
            errors.append(error("#/text", f"The text {unreadable.args[0]}"))
    name = text_in(body, "name", errors, longest=LONGEST_NAME)
    why = text_in(body, "why", errors, longest=LONGEST_WHY)
    refuse_body(errors)
    return Reading(name, text), why


def _shown(article: Article) -> dict[str, Any]:
    return {
        "id": article.pk,
        "sha256": article.sha256,
        "status": article.status,
        "title": article.title,
    }
