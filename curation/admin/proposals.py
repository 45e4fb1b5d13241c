"""Proposals in the admin: the list, and one page per article to decide them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from curation.admin.edit_form import EditForm
from curation.admin.proposed import text_of
from curation.deciding import (
    accept,
    accept_all,
    accept_together,
    precise_rules,
    reject,
    undo,
)
from curation.desk import desk_of, one_item
from curation.models import Judgement, Proposal
from sources.admin.derived import DerivedAdmin
from sources.admin.refused import told
from sources.models import Article

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse


LONGEST_ID = 18  # digits
REFUSED = "curation_refused"  # in the session: what the last button could not do


@admin.register(Proposal)
class ProposalAdmin(DerivedAdmin):
    """What machines suggest. It is decided on the page of its article."""

    list_display = ("quote", "kind", "rule", "score", "verdict", "where")
    list_filter = ("kind", "extractor", "rule")
    list_select_related = ("article",)
    search_fields = ("quote", "rule")
    search_help_text = "The words, or a rule"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.current().with_judgement().defer("article__text")  # type: ignore[attr-defined, no-any-return]

    @admin.display(description="decided", ordering="verdict")
    def verdict(self, row: Any) -> str:
        return row.verdict or "open"

    @admin.display(description="article")
    def where(self, row: Proposal) -> str:
        href = reverse("admin:curation_proposal_article", args=[row.article_id])
        return format_html('<a href="{}#p{}">{}</a>', href, row.pk, row.article)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path(
                "article/<int:article>/",
                view(self.article_view),
                name="curation_proposal_article",
            ),
            path(
                "<int:proposal>/edit/",
                view(self.edit_view),
                name="curation_proposal_edit",
            ),
            *super().get_urls(),
        ]

    def article_view(self, request: HttpRequest, article: int) -> HttpResponse:
        """Everything proposed about one article; its buttons decide."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = get_object_or_404(Article.objects.select_related("outlet"), pk=article)
        if request.method == "POST":
            self._decide(request, row)
            return HttpResponseRedirect(request.get_full_path())
        desk = desk_of(row)
        may_decide_all = request.user.has_perm("curation.decide_all_proposals")
        precise = desk.ids_of_rules(precise_rules()) if may_decide_all else []
        context = self.admin_site.each_context(request) | {
            "title": f"Proposals: {row}",
            "opts": self.opts,
            "article": row,
            "desk": desk,
            "text": text_of(row, desk),
            "read": row.runs.exists(),
            "may_decide": request.user.has_perm("curation.decide_proposal"),
            "refused": request.session.pop(REFUSED, {}),
            "precise": precise,
            "precise_ids": ",".join(map(str, precise)),
        }
        return TemplateResponse(request, "curation/admin/proposals.html", context)

    def edit_view(self, request: HttpRequest, proposal: int) -> HttpResponse:
        """Change what is suggested, then accept it."""
        if not request.user.has_perm("curation.decide_proposal"):
            raise PermissionDenied
        row = get_object_or_404(Proposal.objects.select_related("article"), pk=proposal)
        form = EditForm(row, request.POST or None)
        if request.method == "POST" and form.is_valid():
            why = form.cleaned_data["why"]

            def save() -> str:
                accept(row, by=request.user, why=why, edits=form.edits())  # type: ignore[arg-type]
                return f"“{row.quote[:80]}” is accepted as you changed it."

            if not _told(self, request, save):
                back = reverse("admin:curation_proposal_article", args=[row.article_id])
                return HttpResponseRedirect(back)
        context = self.admin_site.each_context(request) | {
            "title": f"Edit: {row.kind}",
            "opts": self.opts,
            "proposal": row,
            "form": form,
        }
        return TemplateResponse(request, "curation/admin/proposal_edit.html", context)

    def _decide(self, request: HttpRequest, article: Article) -> None:
        """What the button that was pressed asks for."""
        for verb, act in _VERBS.items():
            if ids := request.POST.get(verb):
                wrong = _told(self, request, partial(act, request, article, ids))
                if wrong:  # said again beside the thing itself
                    thing = "judgement" if verb == "undo" else "proposal"
                    first = _id(ids.partition(",")[0])
                    request.session[REFUSED] = {thing: first, "words": wrong}
                return
        messages.warning(request, "Choose a proposal and what becomes of it.")


def _told(
    model_admin: ProposalAdmin, request: HttpRequest, act: Callable[[], str]
) -> list[str]:
    """Do it and say what was done, or say why not; answers why not."""
    try:
        model_admin.message_user(request, act(), messages.SUCCESS)
        return []
    except ValidationError as error:
        wrong = list(error.messages)
    except PermissionDenied as error:
        wrong = [str(error)]
    except DatabaseError as error:
        if (refusal := told(error)) is None:
            raise
        wrong = [refusal]
    for message in wrong:
        model_admin.message_user(request, message, messages.ERROR)
    return wrong


def _rows(article: Article, ids: str) -> list[Any]:
    """The article's proposals with these ids, "3,4,5". Raises ValidationError."""
    keys = [key for each in ids.split(",") if (key := _id(each))]
    rows = list(article.proposals.filter(pk__in=keys).select_related("article"))
    if not rows:
        raise ValidationError("Nothing of this article was chosen.")
    return rows


def _id(words: str) -> int | None:
    """An id that the database can hold; None for anything else."""
    plain = words.isascii() and words.isdecimal() and len(words) <= LONGEST_ID
    return int(words) if plain else None


def _accept(request: HttpRequest, article: Article, ids: str) -> str:
    rows = _rows(article, ids)
    if not one_item(rows):
        raise ValidationError(
            "These are several things: accept one proposal at a time, or all the "
            "mentions of one actor."
        )
    if len(rows) == 1:
        accept(rows[0], by=request.user)  # type: ignore[arg-type]
    else:
        why = f"accepted on the page of {article}"
        accept_together(rows, by=request.user, why=why)  # type: ignore[arg-type]
    return f"Accepted: {_listed(rows)}."


def _reject(request: HttpRequest, article: Article, ids: str) -> str:
    rows = _rows(article, ids)
    reject(rows, by=request.user, why=request.POST.get("why", ""))  # type: ignore[arg-type]
    return f"Rejected: {_listed(rows)}. It will not be proposed again."


def _accept_all(request: HttpRequest, article: Article, ids: str) -> str:
    rows = _rows(article, ids)
    accept_all(rows, by=request.user)  # type: ignore[arg-type]
    return f"Accepted {len(rows)} proposals of precise rules."


def _undo(request: HttpRequest, article: Article, ids: str) -> str:
    judgement = (
        Judgement.objects.select_related("proposal__article")
        .filter(pk=_id(ids), proposal__article=article)
        .first()
    )
    if judgement is None:
        raise ValidationError("No decision about this article was chosen.")
    undo(judgement, by=request.user)  # type: ignore[arg-type]
    return f"Undone: {judgement}."


_VERBS: dict[str, Callable[[HttpRequest, Article, str], str]] = {
    "accept": _accept,
    "reject": _reject,
    "accept_all": _accept_all,
    "undo": _undo,
}


def _listed(rows: list[Any]) -> str:
    words = "; ".join(f"“{row.quote[:60]}”" for row in rows[:3])
    return words + (f" and {len(rows) - 3} more" if len(rows) > 3 else "")


@admin.register(Judgement)
class JudgementAdmin(DerivedAdmin):
    """What people decided. Undone on the page of the article."""

    list_display = ("proposal", "verdict", "by", "at", "why")
    list_filter = ("verdict", "by", "proposal__kind")
    list_select_related = ("proposal", "by")
    search_fields = ("proposal__quote", "why", "proposal__rule")
