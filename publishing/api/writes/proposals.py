"""Proposals sent by programs: what an article says, for people to decide on."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema
from rest_framework import serializers as s
from rest_framework.fields import empty
from rest_framework.views import APIView

from curation.extraction.documents import Span
from curation.format.quotes import nearest_span
from curation.tool_proposals import (
    DECIDED,
    KNOWN,
    PROPOSED,
    Suggestion,
    Taken,
    Tool,
    propose_as,
)
from publishing.access.scopes import Door
from publishing.api.auth import acting
from publishing.api.idempotency import Answer, once
from publishing.api.writes.base import (
    LONGEST_WHY,
    Error,
    by_token,
    error,
    escaped,
    object_in,
    refuse_body,
)
from publishing.api.writes.bodies import FEW, passage_of
from publishing.api.writes.described import WRITE_HEADERS, problems
from publishing.api.writes.suggested import (
    FIELDS,
    LONGEST_QUOTE,
    Code,
    Known,
    Strict,
)
from sources.models import Article
from sources.numbers import is_number
from sources.quotes import QuoteError, passage, places_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rest_framework.request import Request
    from rest_framework.response import Response

MOST = 500
_RULE = r"^([a-z0-9][a-z0-9._-]*)?$"


class Rule(s.RegexField):
    """The name of a rule of the program; also nothing, as the pattern says."""

    def run_validation(self, data: Any = empty) -> Any:
        return data if data == "" else super().run_validation(data)


class Words(Strict):
    """Words of the article, exactly as they stand."""

    quote = s.CharField(max_length=LONGEST_QUOTE, trim_whitespace=False)
    start = s.IntegerField(
        min_value=0,
        max_value=2**31 - 1,
        required=False,
        allow_null=True,
        default=None,
        help_text="First code point, from 0; needed where the words stand twice.",
    )


class RoleWords(Words):
    """Further words, and what they are to the proposal."""

    role = s.ChoiceField(["speaker", "cue", "content", "trigger", "date", "place"])


class ProposedWords(Words):
    """One thing that an article says, and the words that say so."""

    reason = s.CharField(max_length=1_000, help_text="Why, in a sentence for people.")
    rule = Rule(_RULE, max_length=30, required=False, default="")
    score = s.FloatField(
        min_value=0,
        max_value=1,
        required=False,
        allow_null=True,
        default=None,
        help_text="How often the rule was right where it was measured.",
    )
    spans = RoleWords(many=True, required=False, default=list)


PROPOSED_KINDS: dict[str, type[ProposedWords]] = {
    kind: type(
        f"Proposed{kind.title()}",
        (ProposedWords,),
        {
            "__doc__": fields.__doc__,
            "kind": s.ChoiceField([kind]),
            "fields": fields(),
        },
    )
    for kind, fields in FIELDS.items()
}


class ProposalsBody(s.Serializer[Any]):
    article = s.CharField(help_text="Its id or sha256.")
    version = s.CharField(max_length=60, help_text="Of your program.")
    replaces = s.BooleanField(
        default=False,
        help_text="True: what this program proposed of the article before, and does "
        "not repeat here, is proposed no longer.",
    )
    why = s.CharField(
        max_length=LONGEST_WHY, required=False, default="", allow_blank=True
    )
    proposals = s.ListField(
        child=PolymorphicProxySerializer(
            component_name="Proposed",
            serializers=dict(PROPOSED_KINDS),
            resource_type_field_name="kind",
        ),
        min_length=1,
        max_length=MOST,
    )


class TakenProposal(s.Serializer[Any]):
    result = s.ChoiceField(
        [PROPOSED, KNOWN, DECIDED],
        help_text="known: it stands already. decided: a person said yes or no to it.",
    )
    id = s.IntegerField(allow_null=True)
    start = s.IntegerField()
    end = s.IntegerField()


class TakenProposals(s.Serializer[Any]):
    article = s.IntegerField()
    proposals = TakenProposal(many=True)


class Proposals(APIView):
    """Propose what articles say. Proposals are never public and never facts: people
    accept, correct or reject them."""

    doors: ClassVar[dict[str, Door]] = {"post": Door.PROPOSE}

    @extend_schema(
        summary="Propose",
        description="A quote must stand in the article as it is; if it does not, the "
        "problem document names the nearest passage.",
        parameters=WRITE_HEADERS,
        request=ProposalsBody,
        responses={
            201: TakenProposals,
            200: TakenProposals,
            **problems(400, 409, 413, 415, 422),
        },
    )
    def post(self, request: Request) -> Response:
        members = ("article", "version", "replaces", "why", "proposals")
        body = object_in(request, members)
        article, values = _read(body)
        suggestions = list(_suggestions(article, values["proposals"]))

        def work() -> Answer:
            user, token = acting(request)
            about = {"token": token.pk, "user": str(user), "why": values["why"]}
            tool = Tool(token.name, values["version"], about)
            with by_token(request, values["why"]):
                taken = propose_as(
                    tool, article, suggestions, replaces=values["replaces"]
                )
            new = any(each.what == PROPOSED for each in taken)
            shown = [_shown(*pair) for pair in zip(suggestions, taken, strict=True)]
            status = HTTPStatus.CREATED if new else HTTPStatus.OK
            return Answer(status, {"article": article.pk, "proposals": shown})

        return once(request, work)


def _shown(suggestion: Suggestion, taken: Taken) -> dict[str, Any]:
    words = suggestion.spans[0]
    return {
        "result": taken.what,
        "id": taken.proposal,
        "start": words.start,
        "end": words.end,
    }


class _Envelope(s.Serializer[Any]):
    """The body but for the proposals, each of which has its own kind."""

    version = s.CharField(max_length=60)
    replaces = s.BooleanField(default=False)
    why = s.CharField(max_length=LONGEST_WHY, default="", allow_blank=True)


def _read(body: dict[str, Any]) -> tuple[Article, dict[str, Any]]:
    """The article and the values of the body. Raises BadBody with all that is wrong."""
    article = _article(body.get("article"))
    errors: list[Error] = []
    if article is None:
        errors.append(error("#/article", "There is no such article: its id or sha256."))
    envelope = _Envelope(data=body)
    if not envelope.is_valid():
        errors += flattened(envelope, envelope.errors, "#")
    given = body.get("proposals")
    if not isinstance(given, list) or not 1 <= len(given) <= MOST:
        errors.append(error("#/proposals", f"Send a list of 1 to {MOST} proposals."))
        given = []
    context = {"known": Known(given)}
    read: list[dict[str, Any]] = []
    for number, each in enumerate(given):
        pointer = f"#/proposals/{number}"
        kind = each.get("kind") if isinstance(each, dict) else None
        if not (isinstance(kind, str) and kind in PROPOSED_KINDS):
            wrong = "Send an object with one of the kinds."
            errors.append(error(f"{pointer}/kind", wrong, PROPOSED_KINDS))
            continue
        serializer = PROPOSED_KINDS[kind](data=each, context=context)
        if serializer.is_valid():
            read.append(serializer.validated_data)
        else:
            errors += flattened(serializer, serializer.errors, pointer)
    refuse_body(errors)
    assert article is not None
    return article, {**envelope.validated_data, "proposals": read}


def _article(named: Any) -> Article | None:
    if isinstance(named, int) and not isinstance(named, bool) and 0 < named < 2**63:
        return Article.objects.filter(pk=named).first()
    if isinstance(named, str):
        if is_number(named):
            return Article.objects.filter(pk=int(named)).first()
        return Article.objects.filter(sha256=named).first()
    return None


def _suggestions(
    article: Article, values: list[dict[str, Any]]
) -> Iterator[Suggestion]:
    """What is proposed, with its words found in the article. Raises BadBody."""
    errors: list[Error] = []
    clusters: dict[str, int] = {}
    found = []
    for number, value in enumerate(values):
        pointer = f"#/proposals/{number}"
        main = _span(article.text, value, pointer, errors)
        others = [
            _span(article.text, each, f"{pointer}/spans/{place}", errors)
            for place, each in enumerate(value["spans"])
        ]
        fields = dict(value["fields"])
        who = str(fields.get("actor") or fields.get("name"))
        cluster = clusters.setdefault(who, len(clusters))
        made = FIELDS[value["kind"]]().made(fields, cluster)
        spans = tuple(span for span in (main, *others) if span is not None)
        found.append((made, spans, value))
    refuse_body(errors)
    for made, spans, value in found:
        yield Suggestion(made, spans, value["reason"], value["rule"], value["score"])


def _span(
    text: str, words: dict[str, Any], pointer: str, errors: list[Error]
) -> Span | None:
    quote, start = words["quote"], words["start"]
    try:
        at = passage(text, quote=quote, start=start)
        if at.quote == quote:
            return Span(at.start, at.end, at.quote, words.get("role", ""))
        raise QuoteError(f"“{quote}” does not stand in the article exactly so.")
    except QuoteError as wrong:
        found = error(f"{pointer}/quote", str(wrong))
        if start is None and (places := places_of(quote, text)):
            found = error(f"{pointer}/start", str(wrong), places[:FEW])
        elif span := nearest_span(text, quote):
            found["nearest"] = passage_of(text, span)
        errors.append(found)
        return None


def flattened(field: Any, errors: Any, pointer: str) -> Iterator[Error]:
    """What a serializer says is wrong, each at its place in the body."""
    if isinstance(errors, dict):
        for name, inside in errors.items():
            if name == "non_field_errors":
                yield from flattened(field, inside, pointer)
                continue
            part = _inside(field, name)
            yield from flattened(part, inside, f"{pointer}/{escaped(name)}")
    elif errors and isinstance(errors[0], dict):
        for number, inside in enumerate(errors):
            yield from flattened(
                getattr(field, "child", None), inside, f"{pointer}/{number}"
            )
    else:
        yield error(pointer, " ".join(map(str, errors)), _choices(field))


def _inside(field: Any, name: str | int) -> Any:
    if isinstance(name, int):
        return getattr(field, "child", None)
    return getattr(field, "fields", {}).get(name)


def _choices(field: Any) -> list[str]:
    if isinstance(field, s.ChoiceField):
        return list(field.choices)
    if isinstance(field, Code):
        codes: list[str] = field.context["known"].codes.get(field.code_list, [])
        return codes if len(codes) <= FEW else []
    return []
