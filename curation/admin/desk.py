"""The desk: an article's text on the left, what it says and proposes on the right.

Everything works by plain forms; scripts ask for JSON instead, so that nothing is
loaded anew: what was said, the pane, and the paragraphs whose markup changed.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from curation.admin.desk_forms import FORMS
from curation.admin.desk_passage import Entries, PassageForm, entries_for, offer
from curation.admin.desk_verbs import VERBS, FormError, Said, new_event
from curation.admin.edit_form import EditForm
from curation.admin.later import layout_of
from curation.admin.reading import Paragraph, marks_of, paragraphs_of, proposed_marks
from curation.deciding import precise_rules
from curation.desk import Desk, desk_of
from curation.done import left_of
from curation.finding import find
from curation.leases import LeaseHeldError, LeaseState, lease_state
from curation.models import Proposal, Step
from curation.suggesting import suggest_claim, suggest_mention
from events.admin.drawing import allowed, counted
from events.estimates import estimate
from events.estimating import figures_of, group_parents
from events.models import Claim, ClaimKind, Event
from sources.admin.pages import add_page
from sources.admin.refused import told
from sources.models import Article, Status
from sources.numbers import number_of
from sources.services import may_move

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

REFUSED = "curation_refused"  # in the session: what the last button could not do
STEPS = 20  # of one's own, shown with their way back
SUGGEST = {"claim": suggest_claim, "mention": suggest_mention}


class Estimated(NamedTuple):
    """What is counted, the range, and how the claims stand to each other."""

    title: str
    bounds: str
    verdict: str


def desk_view(request: HttpRequest, article: int) -> HttpResponse:
    """The page of one article. GET shows it, or answers a question of its scripts."""
    if not request.user.has_perm("curation.view_proposal"):
        raise PermissionDenied
    row = get_object_or_404(Article.objects.select_related("outlet"), pk=article)
    if request.method == "POST":
        return _acted(request, row)
    for question, answer in _QUESTIONS.items():
        if question in request.GET and "json" in request.headers.get("Accept", ""):
            return answer(request, row)
    context = {"title": f"Desk: {row}", **_page(request, row)}
    if "edit" in request.GET:  # without scripts
        context |= _editing(request, row)
    return TemplateResponse(request, "curation/admin/desk/page.html", context)


def _page(request: HttpRequest, article: Article) -> dict[str, Any]:
    """What the page shows. Looking takes nothing: opening a form or deciding does."""
    desk = desk_of(article)
    return {
        **_pane(request, article, desk),
        "text": layout_of(_paragraphs(article, desk), whole="whole" in request.GET),
        "forms": _empty_forms(entries_for(FORMS.values())),
    }


@lru_cache(maxsize=1)
def _empty_forms(entries: Entries) -> SafeString:
    """The forms as they open; drawn anew only when a list of codes has changed."""
    forms = {name: form(Article()) for name, form in FORMS.items()}
    for each in forms.values():
        offer(each, entries)
    return render_to_string("curation/admin/desk/forms.html", {"forms": forms})


def _pane(request: HttpRequest, article: Article, desk: Desk) -> dict[str, Any]:
    user: Any = request.user
    precise = []
    if user.has_perm("curation.decide_all_proposals"):
        precise = desk.ids_of_rules(precise_rules(desk.live))
    lease: LeaseState = lease_state(article, user)
    steps = Step.objects.standing().filter(article=article, by=user)
    return {
        "article": article,
        "desk": desk,
        "read": article.runs.exists(),
        "lease": lease,
        "may_decide": user.has_perm("curation.decide_proposal") and not lease.theirs,
        "may_code": user.has_perm("sources.code") and not lease.theirs,
        "may_take_over": user.has_perm("sources.review"),
        "may_reopen": may_move(user, article, Status.DRAFT),
        "left": left_of(article, desk),
        "queue_url": reverse("admin:curation_queue"),
        "steps": [(step, new_event(step)) for step in steps[:STEPS]],
        "estimates": _estimates(article),
        "refused": request.session.pop(REFUSED, {}),
        "precise": precise,
        "precise_ids": ",".join(map(str, precise)),
        "token": uuid4(),
    }


def _estimates(article: Article) -> list[tuple[Event, list[Estimated]]]:
    """Of the events that figures of this article are about: what all figures allow."""
    here = Claim.objects.accepted().filter(
        kind=ClaimKind.FIGURE, event__isnull=False, evidence__article=article
    )
    events = Event.objects.filter(pk__in=here.values("event")).only("title").in_bulk()
    claims = Claim.objects.accepted().filter(event__in=events)
    parents = group_parents()
    return [
        (
            events[event],
            [
                Estimated(
                    counted(e).capitalize(), allowed(e), e.verdict.replace("_", " ")
                )
                for e in estimate(figures, parents)
            ],
        )
        for event, figures in figures_of(claims).items()
    ]


def _paragraphs(article: Article, desk: Desk) -> list[Paragraph]:
    return paragraphs_of(article, [*marks_of(article), *proposed_marks(desk)])


def _acted(request: HttpRequest, article: Article) -> HttpResponse:
    """Do what the button or the key asks for, and say so."""
    wants_json = "application/json" in request.headers.get("Accept", "")
    verb = next((name for name in VERBS if name in request.POST), None)
    said, wrong, status = Said(""), [], 200
    fields: dict[str, Any] = {}
    try:
        if verb is None:
            raise ValidationError("Choose a proposal and what becomes of it.")
        said = VERBS[verb](request, article, _token(request))
    except LeaseHeldError as error:
        wrong, status = list(error.messages), 409
    except FormError as error:
        wrong, status, fields = error.messages, 422, error.fields
    except ValidationError as error:
        wrong, status = list(error.messages), 422
    except PermissionDenied as error:
        wrong, status = [str(error)], 403
    except DatabaseError as error:
        if (refusal := told(error)) is None:
            raise
        wrong, status = [refusal], 422
    if wants_json:
        link = said.link and said.link._asdict()
        told_of: dict[str, Any] = {"said": said.words, "link": link, "undo": said.undo}
        told_of |= {"wrong": wrong, "fields": fields}
        return _answer(request, article, told_of, status=status)
    return _redirected(request, verb, said, wrong)


def _answer(
    request: HttpRequest, article: Article, told_of: dict[str, Any], *, status: int
) -> JsonResponse:
    """What a script needs to bring its page up to date."""
    if told_of["fields"]:  # a form to correct: nothing else has changed
        return JsonResponse(told_of, status=status)
    desk = desk_of(article)
    context = _pane(request, article, desk)
    known = request.POST.get("versions", "").split(",")
    changed = {
        paragraph.index: {"html": paragraph.html, "version": paragraph.version}
        for paragraph in _paragraphs(article, desk)
        if paragraph.index >= len(known) or known[paragraph.index] != paragraph.version
    }
    pane = render_to_string("curation/admin/desk/pane.html", context, request)
    answer = {**told_of, "pane": pane, "paragraphs": changed}
    return JsonResponse(answer, status=status)


def _redirected(
    request: HttpRequest, verb: str | None, said: Said, wrong: list[str]
) -> HttpResponseRedirect:
    if said.link:
        way = '{} <a href="{}">{}</a>'
        messages.success(request, format_html(way, said.words, *said.link))
    elif said.words:
        messages.success(request, said.words)
    for message in wrong:
        messages.error(request, message)
    if wrong and verb:  # said again beside the thing itself
        first = request.POST[verb].partition(",")[0]
        thing = "judgement" if verb == "undo" else "proposal"
        key = int(first) if first.isdecimal() and len(first) < 19 else None
        request.session[REFUSED] = {thing: key, "words": wrong}
    return HttpResponseRedirect(request.get_full_path())


def _token(request: HttpRequest) -> UUID:
    """The name that the page gave to what it asks for; a new one without a script."""
    try:
        return UUID(request.POST.get("token", ""))
    except ValueError:
        return uuid4()


def _suggested(request: HttpRequest, article: Article) -> HttpResponse:
    """How a form about a passage is filled in."""
    suggest = SUGGEST.get(request.GET["suggest"])
    form = PassageForm(article, request.GET)
    if suggest is None or not form.is_valid():
        wrong = ["The words are no passage of this article: choose them again."]
        return JsonResponse({"wrong": wrong}, status=422)
    return JsonResponse({"fields": suggest(article, *form.passage)})


def _found(request: HttpRequest, article: Article) -> HttpResponse:
    """What has such a name."""
    words = request.GET.get("q", "")[:100].replace("\0", "")
    at = (_offset(request, "start"), _offset(request, "end"))
    try:
        options = find(request.GET["find"], words, article=article, at=at)
    except KeyError:
        return JsonResponse({"wrong": ["There is no such list."]}, status=404)
    return JsonResponse({"options": [option._asdict() for option in options]})


def _offset(request: HttpRequest, name: str) -> int:
    """Of the passage whose form is open; 0 where none is said."""
    return number_of(request.GET.get(name, ""), digits=8) or 0


def _edited(request: HttpRequest, article: Article) -> HttpResponse:
    """The form in which a proposal is changed, as it opens in the pane."""
    context = _editing(request, article)
    return TemplateResponse(request, "curation/admin/desk/edit.html", context)


def _editing(request: HttpRequest, article: Article) -> dict[str, Any]:
    if not request.user.has_perm("curation.decide_proposal"):
        raise PermissionDenied
    key = request.GET["edit"]
    rows = Proposal.objects.filter(article=article)
    row = get_object_or_404(rows, pk=int(key) if key.isdecimal() else 0)
    return {"form": EditForm(row), "proposal": row, "article": article}


_QUESTIONS = {"suggest": _suggested, "find": _found, "edit": _edited}

add_page("curation/desk/<int:article>/", desk_view, name="curation_desk")
