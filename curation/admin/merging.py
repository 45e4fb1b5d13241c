"""“Merge into…”: the other record is chosen, the plan shown, the reason asked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError
from django.forms import modelform_factory
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

import events.admin  # noqa: F401  # registers what gets the action below
from curation.merging import MAY_MERGE, Plan, may_merge, merge, plan
from curation.merging.references import KINDS
from curation.merging.services import carry_out
from curation.models import Merge
from curation.queue import GONE
from sources.admin.bulk_page import refused, shown
from sources.admin.forms import PreparedForm
from sources.admin.offers import Offer, offering
from sources.admin.pages import add_page, frame_of
from sources.admin.ripple import Consequence, consequences_of
from sources.numbers import is_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from django.contrib.admin import ModelAdmin
    from django.db.models import Field, Model, QuerySet
    from django.forms import ModelForm
    from django.http import HttpRequest, HttpResponse

CHANGED = (
    "The plan is another one now: something has changed since it was shown. Look at it "
    "again; nothing has been merged yet."
)
NO_REASON = "Say in words why they are one and the same; nothing has been merged yet."
MOST_TRIED = 5_000  # rows: to move more takes longer than one waits for a page
TOO_MANY = (
    "So many move that it is not tried out here: every public page that names the one "
    "that is merged will name the other, within minutes."
)
NOT_TWO = "Choose exactly two {names} to merge: you chose {number}."


@dataclass(frozen=True, slots=True)
class Beside:
    """One field of both records, as people read it."""

    label: str
    loser: str
    into: str

    @property
    def differs(self) -> bool:
        return self.loser != self.into


@offering
def offer_merge(request: HttpRequest, row: Any) -> Iterator[Offer]:
    """On the page of a record: to merge it, or where it went."""
    kind = str(row._meta.model_name)
    if type(row) not in KINDS.values():
        return
    merges = Merge.objects.standing()
    for done in merges.of(row).select_related(f"{kind}_into"):
        page = reverse("admin:curation_merge_change", args=[done.pk])
        note = f"It was merged into “{done.into}”, which its public address leads to."
        yield Offer("See the merge, or undo it", page, note)
        return
    if any(
        state == row.status and request.user.has_perm(f"sources.{verb}")
        for (state, _), verb in MAY_MERGE.items()
    ):
        yield Offer(
            "Merge into…", reverse("admin:curation_merging", args=[kind, row.pk])
        )


@admin.action(description="Merge the two chosen", permissions=["change"])
def merge_two(
    model_admin: ModelAdmin[Any], request: HttpRequest, queryset: QuerySet[Any]
) -> HttpResponse | None:
    """To the plan of merging the later one of two into the earlier one."""
    chosen = list(queryset.order_by("pk")[:3])
    if len(chosen) != 2:
        meta = model_admin.model._meta
        words = NOT_TWO.format(names=meta.verbose_name_plural, number=queryset.count())
        model_admin.message_user(request, words, messages.ERROR)
        return None
    into, loser = chosen
    return HttpResponseRedirect(_address(loser, into))


def _merged_into(kind: str) -> Callable[[Sequence[Any]], dict[int, str]]:
    """In words, of rows that were merged: into which ones."""
    name = f"{kind}_into__{'title' if kind == 'event' else 'name'}"

    def in_words(rows: Sequence[Any]) -> dict[int, str]:
        # What is merged is withdrawn: most pages need not ask.
        withdrawn = [row.pk for row in rows if row.status in GONE]
        if not withdrawn:
            return {}
        found = Merge.objects.standing().filter(**{f"{kind}__in": withdrawn})
        return {pk: f"merged into {into}" for pk, into in found.values_list(kind, name)}

    return in_words


for kind, model in KINDS.items():
    registered: Any = admin.site.get_model_admin(model)
    registered.actions = (*(registered.actions or ()), merge_two)
    registered.states_in_words = _merged_into(kind)


def _address(loser: Any, into: Any | None = None) -> str:
    page = reverse("admin:curation_merging", args=[loser._meta.model_name, loser.pk])
    return f"{page}?into={into.pk}" if into is not None else page


def merging(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The page: which other one, the plan, the reason; done when all is there."""
    model = KINDS.get(kind)
    if model is None:
        raise Http404(f"Merged are {', '.join(KINDS)}, not {kind}.")
    registered = admin.site.get_model_admin(model)
    if not registered.has_view_permission(request):
        raise PermissionDenied
    loser = _row(model, str(pk))
    if loser is None:
        raise Http404(f"There is no {kind} {pk}.")
    into = _row(model, request.GET.get(f"{kind}_into") or request.GET.get("into", ""))
    form = _form(request, kind, into)
    planned = plan(loser, into) if into is not None else None
    wrong: list[str] = []
    if planned is not None and request.method == "POST":
        answer = _merge(request, planned)
        if not isinstance(answer, list):
            return answer
        wrong, planned = answer, plan(_row(model, str(pk)), into)
    return _page(request, loser, planned, form, wrong)


add_page("merging/<str:kind>/<int:pk>/", merging, name="curation_merging")


def _row(model: type[Model], key: str) -> Any:
    """The record with that id; None where there is none, or it is no id."""
    if not is_number(key):
        return None
    joined = [f.name for f in model._meta.concrete_fields if f.is_relation]
    return model._default_manager.select_related(*joined).filter(pk=key).first()


def _form(request: HttpRequest, kind: str, into: Any | None) -> ModelForm[Any]:
    """The field for the other record, found by its names."""
    own = admin.site.get_model_admin(Merge)
    prepare = partial(own.formfield_for_dbfield, request=request)
    factory = modelform_factory(
        Merge,
        form=PreparedForm,
        fields=[f"{kind}_into"],
        labels={f"{kind}_into": f"The {kind} that stays"},
        formfield_callback=lambda column, **options: prepare(column, **options),
    )
    form = factory(initial={f"{kind}_into": into})
    for each in form.fields.values():
        each.required = True
        # Without the buttons that add and change what may be chosen.
        each.widget = getattr(each.widget, "widget", each.widget)
    return form


def _merge(request: HttpRequest, planned: Plan) -> HttpResponse | list[str]:
    """Where to go when it is done, or why it is not."""
    why = request.POST.get("why", "").strip()
    if not why:
        return [NO_REASON]
    if planned.problems or request.POST.get("plan") != planned.fingerprint:
        return [CHANGED]
    try:
        done = merge(
            loser=planned.loser,
            into=planned.into,
            by=request.user,  # type: ignore[arg-type]
            why=why,
        )
    except (ValidationError, PermissionDenied, DatabaseError) as error:
        return refused(error)
    text = format_html(
        '“{}” is merged into “{}”. <a class="nd-undo" href="{}">See what moved, or '
        "undo it</a>",
        *(planned.loser, planned.into),
        reverse("admin:curation_merge_change", args=[done.pk]),
    )
    messages.success(request, text)
    return HttpResponseRedirect(_page_of(planned.into))


def _page_of(row: Any) -> str:
    meta = row._meta
    name = f"admin:{meta.app_label}_{meta.model_name}_change"
    return reverse(name, args=[quote(row.pk)])


def _page(
    request: HttpRequest,
    loser: Any,
    planned: Plan | None,
    form: ModelForm[Any],
    wrong: list[str],
) -> HttpResponse:
    title = f"Merge “{loser}” into another {loser._meta.verbose_name}"
    into = planned.into if planned else None
    if planned is not None:
        title = f"Merge “{loser}” into “{into}”?"
    own = admin.site.get_model_admin(Merge)
    context = frame_of(request, title=title) | {
        "loser": loser,
        "into": into,
        "form": form,
        "media": own.media + form.media,
        "planned": planned,
        "wrong": wrong,
        "why": request.POST.get("why", ""),
        "back": _page_of(loser),
    }
    if planned is not None and not planned.problems:
        context |= _drawn(request, planned)
    return TemplateResponse(request, "curation/admin/merging.html", context)


def _drawn(request: HttpRequest, planned: Plan) -> dict[str, Any]:
    """What the plan says, and what the public would see of it."""
    loser, into = planned.loser, planned.into
    user: Any = request.user
    return {
        "counted": planned.counted(),
        "staying": planned.staying(),
        "beside": [_beside(column, loser, into) for column in _columns(type(loser))],
        "may": may_merge(user, loser, into),
        "fingerprint": planned.fingerprint,
        "other_way": _address(into, loser),
        "consequences": _consequences(planned, user),
    }


def _consequences(planned: Plan, user: Any) -> list[Consequence]:
    """What the public would see: tried out, unless so much moves that it takes long."""
    loser, into = planned.loser, planned.into
    if planned.changed > MOST_TRIED:
        return [Consequence("Rows that move", planned.changed, (), TOO_MANY)]
    return consequences_of(
        lambda: carry_out(loser, into, by=user, why="tried"), left=loser
    )


def _columns(model: type[Model]) -> list[Field[Any, Any]]:
    hidden = {"id"}
    columns = model._meta.concrete_fields
    return [each for each in columns if each.name not in hidden and not each.generated]


def _beside(column: Field[Any, Any], loser: Any, into: Any) -> Beside:
    values = [shown(getattr(row, column.name)) for row in (loser, into)]
    return Beside(str(column.verbose_name).capitalize(), *values)
