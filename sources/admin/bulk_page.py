"""The page that shows what a change of many rows would do, and asks why.

Whatever an action of a list changes goes through here: the plan with its counts, the
reason, then all rows at once. Nothing is done before the plan was seen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from django.contrib import messages
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError
from django.forms import modelform_factory
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme

from sources.admin.forms import PreparedForm
from sources.admin.refused import told
from sources.admin.ripple import consequences
from sources.bulk import Change, Plan, PlanChangedError, carry_out, plan_of
from sources.models import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django.contrib.admin import ModelAdmin
    from django.contrib.auth.models import AbstractUser
    from django.db.models import Model, QuerySet
    from django.forms import ModelForm
    from django.http import HttpRequest, HttpResponse

NAMED = 20  # rows of a plan that are shown by name
_NAMED_BARRED = 5
CHANGED = (
    "The plan is another one now: the rows, or what you chose for them, have changed "
    "since it was shown. Look at it again; nothing has been changed yet."
)
NO_REASON = (
    "The reason is empty. Say in words why, not with spaces only; nothing has been "
    "changed yet."
)


@dataclass(frozen=True, slots=True)
class Bulk:
    """What an action does to rows, in words and in deed.

    `what` and `done` have the place {rows} for "12 claims". `fields` are asked for on
    the page; `change` makes of their values what is done to `rows`.
    """

    name: str
    what: str
    done: str
    change: Callable[[HttpRequest, QuerySet[Any], dict[str, Any]], Change]
    fields: tuple[str, ...] = ()
    hint: str = ""
    optional: bool = False  # fields may be left empty
    to: Status | None = None  # for a move
    kept: bool = True  # to be undone as one
    # What to know before it is done, one sentence each: its plan is always shown.
    notes: Callable[[QuerySet[Any]], Sequence[str]] | None = None
    then: tuple[str, str] | None = None  # what comes next: words, the page's name
    why: str = ""  # kept as the reason when nobody says one; if empty, one is demanded

    def told(self, rows: str) -> str:
        return self.what.format(rows=rows)


class Keeper(Protocol):
    """What keeps a change of many rows, so that it can be undone as one."""

    def __call__(self, *, by: AbstractUser, what: str, why: str, rows: int) -> str:
        """Told in the transaction of the change; answers the page to undo it on."""


class Telling(Protocol):
    """What there is to say of rows that were moved, beside that they were."""

    def __call__(
        self, request: HttpRequest, rows: QuerySet[Any], to: Status
    ) -> Iterable[tuple[int, str]]:
        """Messages as Django's: the level and the words, which may be HTML."""


_keepers: list[Keeper] = []
_telling: list[Telling] = []


def told_after(tell: Telling) -> Telling:
    """Have `tell` asked after every move of rows. A decorator for rooms above."""
    _telling.append(tell)
    return tell


def kept_by(keeper: Keeper) -> None:
    """Have `keeper` keep every change. Rooms above this one know how to undo one."""
    _keepers.append(keeper)


@dataclass
class PlanPage:
    """One request for one change of the rows chosen in a list."""

    bulk: Bulk
    model_admin: ModelAdmin[Any]
    request: HttpRequest
    rows: QuerySet[Any]
    undo: list[str] = field(default_factory=list)

    def answer(self) -> HttpResponse | None:
        """The page; None (back to the list) or an address once it is done."""
        form = self._form()
        if form is not None and not form.is_valid():
            return self._page(form=form)
        values = form.cleaned_data if form is not None else {}
        change = self.bulk.change(self.request, self.rows, values)
        try:
            if "plan" in self.request.POST and self.why and not self._asked_anew():
                return self._carry_out(form, change)
            return self._page(form=form, plan=plan_of(self.rows, change))
        except ValidationError as error:  # too many rows for a plan
            for message in error.messages:
                self.model_admin.message_user(self.request, message, messages.ERROR)
            return self.back()

    @property
    def why(self) -> str:
        """The reason to keep; empty while one is still to be said."""
        return self._said() or self.bulk.why

    def _said(self) -> str:
        return self.request.POST.get("why", "").strip()

    def _asked_anew(self) -> bool:
        return "replan" in self.request.POST

    def _form(self) -> ModelForm[Any] | None:
        """What the rows are to become, asked with the fields of their own page."""
        if not self.bulk.fields:
            return None
        own = partial(self.model_admin.formfield_for_dbfield, request=self.request)
        factory = modelform_factory(
            self.rows.model,
            form=PreparedForm,
            fields=self.bulk.fields,
            formfield_callback=lambda column, **options: own(column, **options),
        )
        asked = "asked" in self.request.POST
        form = factory(self.request.POST if asked else None, prefix="set")
        for each in form.fields.values():
            each.required = each.required or not self.bulk.optional
            # Without the buttons that add and change what may be chosen.
            each.widget = getattr(each.widget, "widget", each.widget)
        return form

    def _carry_out(
        self, form: ModelForm[Any] | None, change: Change
    ) -> HttpResponse | None:
        try:
            plan = carry_out(
                self.rows,
                change,
                seen=self.request.POST["plan"],
                by=self.request.user,  # type: ignore[arg-type]
                why=self.why,
                keep=self._keep if self.bulk.kept else None,
            )
        except PlanChangedError as error:
            return self._page(form=form, plan=error.plan, wrong=[CHANGED])
        except (ValidationError, PermissionDenied, DatabaseError) as error:
            wrong = refused(error)
            return self._page(form=form, plan=plan_of(self.rows, change), wrong=wrong)
        self.tell(plan.changing)
        return self.back()

    def _keep(self, plan: Plan) -> None:
        what = self.bulk.told(self.counted(len(plan.changing)))
        self.undo = [
            keep(
                by=self.request.user,  # type: ignore[arg-type]
                what=what,
                why=self.why,
                rows=len(plan.changing),
            )
            for keep in _keepers
        ]

    def tell(self, keys: Sequence[int]) -> None:
        """Say what was done with the rows, where it is undone, and what follows."""
        number = len(keys)
        verb = "is" if number == 1 else "are"
        text = f"{self.counted(number)} {verb} {self.bulk.done}."
        if self.undo:
            text = format_html(
                '{} <a class="nd-undo" href="{}">See what changed, or undo it</a>',
                *(text, self.undo[0]),
            )
        if self.bulk.then:
            words, page = self.bulk.then
            way = '{} <a class="nd-undo" href="{}">{}</a>'
            text = format_html(way, text, reverse(page), words)
        self.model_admin.message_user(self.request, text, messages.SUCCESS)
        if self.bulk.to is None:
            return
        moved = self.rows.model._default_manager.filter(pk__in=keys)
        for tell in _telling:
            for level, words in tell(self.request, moved, self.bulk.to):
                self.model_admin.message_user(self.request, words, level)

    def counted(self, number: int) -> str:
        """ "1 claim", "12 claims"."""
        names = self.rows.model._meta
        name = names.verbose_name if number == 1 else names.verbose_name_plural
        return f"{number:,} {name}"

    def back(self) -> HttpResponse | None:
        """To the page that the action was started from, if it said so."""
        target = self.request.POST.get("next", "")
        if target and url_has_allowed_host_and_scheme(
            target, {self.request.get_host()}
        ):
            return HttpResponseRedirect(target)
        return None

    def _page(
        self,
        *,
        form: ModelForm[Any] | None = None,
        plan: Plan | None = None,
        wrong: Sequence[str] = (),
    ) -> HttpResponse:
        chosen = plan.selected if plan else self.rows.count()
        back = self.request.POST.get("next") or self.request.get_full_path()
        if not wrong and "why" in self.request.POST and not self.why:
            wrong = [] if self._asked_anew() else [NO_REASON]
        context = self.model_admin.admin_site.each_context(self.request) | {
            "title": f"{self.bulk.told(self.counted(chosen))}?",
            "opts": self.rows.model._meta,
            "bulk": self.bulk,
            "form": form,
            "media": self.model_admin.media + form.media if form else "",
            "plan": plan and self._drawn(plan),
            "notes": self.bulk.notes(self.rows) if self.bulk.notes else (),
            "wrong": wrong,
            **self._ripple(plan),
            "why": self._said(),
            "selected": self.request.POST.getlist("_selected_action"),
            "select_across": self.request.POST.get("select_across", "0"),
            "next": self.request.POST.get("next", ""),
            "back": back,
        }
        return TemplateResponse(self.request, "sources/admin/plan.html", context)

    def _ripple(self, plan: Plan | None) -> dict[str, Any]:
        """What else would change, before something is taken out of the count."""
        if plan is None or self.bulk.to not in {Status.REJECTED, Status.RETRACTED}:
            return {}
        found = consequences(plan.model, plan.changing, self.bulk.to)
        return {"asked_for_ripple": bool(plan.changing), "consequences": found}

    def _drawn(self, plan: Plan) -> dict[str, Any]:
        """The plan as the page shows it. One query more, for the names."""
        shown = plan.changing[:NAMED]
        barred = [key for _, keys in plan.barred for key in keys[:_NAMED_BARRED]]
        rows = self._named([*shown, *barred], plan.change)
        number = len(plan.changing)
        return {
            "fingerprint": plan.fingerprint,
            "chosen": self.counted(plan.selected),
            "changing": self.counted(number),
            "some": number > 0,
            "already": plan.already,
            "public": plan.public,
            "unsettled": plan.unsettled,
            "kept": plan.kept,
            "barred": [_in_words(why, keys, rows) for why, keys in plan.barred],
            "button": self.bulk.told(self.counted(number)),
            "rows": [self._row(rows[key], plan.change) for key in shown],
            "more": number - len(shown),
        }

    def _named(self, keys: list[int], change: Change) -> dict[int, Any]:
        """The rows with what their names and their old values need."""
        joined = self.model_admin.list_select_related
        joined = list(joined) if isinstance(joined, (list, tuple)) else []
        model = self.rows.model
        joined += [name for name in change.values if _points(model, name)]
        rows = self.model_admin.get_queryset(self.request).select_related(*joined)
        return {row.pk: row for row in rows.filter(pk__in=keys)}

    def _row(self, row: Any, change: Change) -> dict[str, Any]:
        meta = row._meta
        href = reverse(
            f"admin:{meta.app_label}_{meta.model_name}_change", args=[quote(row.pk)]
        )
        changes = [
            (_label(meta.model, name), shown(getattr(row, name)), shown(value))
            for name, value in change.values.items()
            if getattr(row, name) != value
        ]
        return {"name": str(row), "href": href, "changes": changes}


def refused(error: Exception) -> list[str]:
    """In words why a write was refused. Raises what is no refusal."""
    if isinstance(error, ValidationError):
        return list(error.messages)
    if isinstance(error, DatabaseError):
        if (refusal := told(error)) is None:
            raise error
        return [refusal]
    return [str(error)]


def shown(value: Any) -> str:
    """A value of a column as people read it."""
    return "—" if value is None or value in ("", []) else str(value)


def _in_words(why: str, keys: list[int], rows: dict[int, Any]) -> str:
    """ "“A”, “B” and 3 more: each is draft; it cannot become published."""
    names = [f"“{rows[key]}”" for key in keys[:_NAMED_BARRED]]
    if len(keys) == 1:
        return f"{names[0]} {why}."
    if more := len(keys) - len(names):
        names.append(f"{more:,} more")
    return f"{', '.join(names[:-1])} and {names[-1]}: each {why}."


def _points(model: type[Model], name: str) -> bool:
    return bool(model._meta.get_field(name).is_relation)


def _label(model: type[Model], name: str) -> str:
    return str(getattr(model._meta.get_field(name), "verbose_name", name))
