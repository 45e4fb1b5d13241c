"""What can be done on the desk: each verb a field of the posted form."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.urls import reverse

from actors.models import Mention
from curation.admin.desk_forms import FORMS
from curation.admin.edit_form import EditForm
from curation.deciding import accept, accept_all, accept_together, reject, undo
from curation.desk import one_item
from curation.done import finish, reopen
from curation.leases import release, take, take_over
from curation.models import Judgement, Proposal, Step
from curation.steps import take_step, undo_last
from events.models import Event
from sources.admin.ripple import admin_page
from sources.numbers import number_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from sources.models import Article

TWIN = "Such a claim by this speaker rests on these words already."


class Link(NamedTuple):
    """The way to what comes next."""

    href: str
    words: str


class Said(NamedTuple):
    """What was done, in words, and where one goes on with it.

    `undo`: whether a button to take it back stands beside the words.
    """

    words: str
    link: Link | None = None
    undo: bool = False


Verb = Callable[["HttpRequest", "Article", UUID], Said]


class FormError(Exception):
    """A form that must be corrected: what is wrong, by field, and at large."""

    def __init__(self, form: Any) -> None:
        told = {name: list(errors) for name, errors in form.errors.items()}
        self.messages: list[str] = told.pop("__all__", [])
        hidden = [name for name in told if form.fields[name].widget.is_hidden]
        for name in hidden:  # nobody could see these beside their field
            self.messages += told.pop(name)
        self.fields = told
        if told:
            self.messages.append("Correct what is marked, then save again.")
        super().__init__(self.messages)


def _accept(request: HttpRequest, article: Article, token: UUID) -> Said:
    rows = rows_of(article, request.POST["accept"])
    if not one_item(rows):
        raise ValidationError(
            "These are several things: accept one proposal at a time, or all the "
            "mentions of one actor."
        )
    by: Any = request.user

    def act() -> list[Any]:
        if len(rows) == 1:
            return [accept(rows[0], by=by)]
        return accept_together(rows, by=by, why=f"accepted on the desk of {article}")

    return _step(article, act, token, f"Accepted: {_listed(rows)}.", by=by)


def _edit(request: HttpRequest, article: Article, token: UUID) -> Said:
    (row,) = rows_of(article, request.POST["edit"])[:1]
    form = EditForm(row, request.POST)
    if not form.is_valid():
        raise FormError(form)
    by: Any = request.user
    why, edits = form.cleaned_data["why"], form.edits()

    def act() -> list[Any]:
        return [accept(row, by=by, why=why, edits=edits)]

    said = f"Accepted as you changed it: {_listed([row])}."
    return _step(article, act, token, said, by=by)


def _reject(request: HttpRequest, article: Article, token: UUID) -> Said:
    rows = rows_of(article, request.POST["reject"])
    why = request.POST.get("why", "").strip()
    by: Any = request.user

    def act() -> list[Any]:
        return reject(rows, by=by, why=why)

    said = f"Rejected: {_listed(rows)}" + (f" ({why})." if why else ".")
    done = _step(article, act, token, said, by=by)
    return done._replace(words=f"{said} It will not be proposed again.")


def _accept_all(request: HttpRequest, article: Article, token: UUID) -> Said:
    rows = rows_of(article, request.POST["accept_all"])
    by: Any = request.user

    def act() -> list[Any]:
        return accept_all(rows, by=by)

    said = f"Accepted {len(rows)} proposals of precise rules."
    return _step(article, act, token, said, by=by)


def _undo(request: HttpRequest, article: Article, token: UUID) -> Said:
    judgement = (
        Judgement.objects.select_related("proposal__article")
        .filter(pk=number_of(request.POST["undo"]), proposal__article=article)
        .first()
    )
    if judgement is None:
        raise ValidationError("No decision about this article was chosen.")
    undo(judgement, by=request.user)  # type: ignore[arg-type]
    return Said(f"Undone: {judgement}.")


def _undo_last(request: HttpRequest, article: Article, token: UUID) -> Said:
    step = undo_last(article, by=request.user)  # type: ignore[arg-type]
    return Said(f"Undone: {step}")


def _code(name: str, request: HttpRequest, article: Article, token: UUID) -> Said:
    form = FORMS[name](article, request.POST)
    if not form.is_valid():
        raise FormError(form)
    by: Any = request.user
    before = Step.objects.filter(token=token).first()  # a lost connection asks twice
    twin = form.twin(before.made if before else [])
    if isinstance(twin, Mention):
        words = f"“{twin}” stands here already ({twin.status}): nothing was added."
        return Said(words, _page_of(twin))
    said = _step(article, lambda: form.code(by=by), token, form.step, by=by)
    if twin is None:
        return said
    words = f"{said.words} {TWIN}"
    return Said(words, _page_of(twin), undo=True)


def _page_of(row: Any) -> Link:
    return Link(admin_page(row), f"Look at that {row._meta.verbose_name}")


def _step(
    article: Article, act: Callable[[], Any], token: UUID, said: str, *, by: Any
) -> Said:
    """Do it as a step of `by`, on whose desk the article then is."""

    def on_the_desk() -> Any:
        made = act()
        take(article, by=by)
        return made

    step = take_step(article, on_the_desk, token=token, what=said, by=by)
    return Said(said, new_event(step))


def new_event(step: Step) -> Link | None:
    """The way to the event that a step added, to complete it."""
    added = [pk for label, pk in step.made if label == Event._meta.label]
    if not added:
        return None
    href = reverse("admin:events_event_change", args=added[:1])
    return Link(href, "The new event: add what is missing")


def _finish(request: HttpRequest, article: Article, token: UUID) -> Said:
    finish(article, by=request.user)  # type: ignore[arg-type]
    link = Link(reverse("admin:curation_queue"), "To the queue")
    return Said("Marked as coded. What next: take the next one.", link)


def _reopen(request: HttpRequest, article: Article, token: UUID) -> Said:
    reopen(article, by=request.user)  # type: ignore[arg-type]
    return Said("It is a draft again, and on your desk.")


def _take(request: HttpRequest, article: Article, token: UUID) -> Said:
    take(article, by=request.user)  # type: ignore[arg-type]
    return Said("The article is on your desk.")


def _take_over(request: HttpRequest, article: Article, token: UUID) -> Said:
    why = request.POST.get("why", "")
    take_over(article, by=request.user, why=why)  # type: ignore[arg-type]
    return Said("The article is on your desk now; the other one is told why.")


def _release(request: HttpRequest, article: Article, token: UUID) -> Said:
    release(article, by=request.user)  # type: ignore[arg-type]
    return Said("Given back: others may take the article.")


def rows_of(article: Article, ids: str) -> list[Any]:
    """The article's proposals with these ids, "3,4,5". Raises ValidationError."""
    keys = [key for each in ids.split(",") if (key := number_of(each))]
    rows = list(article.proposals.filter(pk__in=keys).select_related("article"))
    if not rows:
        raise ValidationError("Nothing of this article was chosen.")
    return rows


def _listed(rows: list[Proposal]) -> str:
    words = "; ".join(f"{row.kind} “{row.quote[:60]}”" for row in rows[:3])
    return words + (f" and {len(rows) - 3} more" if len(rows) > 3 else "")


VERBS: dict[str, Verb] = {
    **{name: partial(_code, name) for name in FORMS},
    "accept": _accept,
    "edit": _edit,
    "reject": _reject,
    "accept_all": _accept_all,
    "undo": _undo,
    "undo_last": _undo_last,
    "take": _take,
    "take_over": _take_over,
    "release": _release,
    "finish": _finish,
    "reopen": _reopen,
}
