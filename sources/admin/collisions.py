"""Two people with the same form open: the second save stops and shows both.

Every form brings back what it showed when it was opened (sources.admin.versions). That
is compared with what is stored, under a lock that lasts until the save is done. What
was typed travels with the page that is shown then, so nothing of it is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.admin.utils import unquote
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse

from sources.admin.merging import (
    MINE,
    THEIRS,
    as_new,
    differences,
    merged,
    typed_sheet,
)
from sources.admin.side_by_side import rows_to_show, typed_to_show
from sources.admin.versions import (
    Version,
    saved_since,
    stored_forms,
    version_from,
    version_in,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.contrib.admin import ModelAdmin
    from django.http import HttpRequest, HttpResponse

_SALT = "newsdb.collision"
_EDIT = "edit"
_MOST_SHOWN = 5
_NO_VERSION = (
    "Not saved: what was sent does not say which version of this you had before you. "
    "Compare what you typed with the history, then save again."
)
_BACK = "Not saved yet: this is your text with what you chose. Go on, then save."


class Pending(NamedTuple):
    """A save that stopped: what was typed, over which version, what came between."""

    typed: QueryDict
    base: Version
    shown: Version

    def token(self) -> str:
        typed = [
            pair for pair in self.typed.lists() if pair[0] != "csrfmiddlewaretoken"
        ]
        return signing.dumps(
            [typed, vars(self.base), vars(self.shown)], salt=_SALT, compress=True
        )

    def is_open(self, choices: Mapping[str, str]) -> bool:
        """Whether something that both changed is not decided yet."""
        typed = typed_sheet(self.typed, self.base.sheet)
        found = differences(self.base.sheet, self.shown.sheet, typed)
        return any(each.chosen is None and each.id not in choices for each in found)


def stop(
    admin: ModelAdmin[Any], request: HttpRequest, object_id: str
) -> HttpResponse | None:
    """The page to show instead of saving; None where nothing stands in the way.

    Call it inside the transaction that saves: it holds the row and its lines. It makes
    request.POST what is to be saved.
    """
    pk = _held(admin, object_id)
    pending, choices = _pending(request), _choices(request)
    over = request.POST.get("settle") == MINE  # knowingly, wherever both changed
    unsettled = pending is not None and pending.is_open(choices) and not over
    base = _base(request, pending, choices, unsettled=unsettled)
    row = admin.get_object(request, str(pk)) if pk is not None else None
    if row is None or not admin.has_change_permission(request, row):
        # Django's own answer, unless something typed would be lost by it.
        wrote = base is not None and admin.has_change_permission(request)
        return _not_saved(admin, request, pk, row, base) if base and wrote else None
    form, formsets = stored_forms(admin, request, row, base or Version({}))
    now = version_in(form, formsets, whole=base.whole if base else [])
    if base is None:
        say_instead(request, _NO_VERSION, now)
        return None
    typed = typed_sheet(request.POST, base.sheet)
    found = differences(base.sheet, now.sheet, typed)
    if all(each.chosen == MINE for each in found):
        return None
    stopped = Pending(request.POST, base, now)
    saves = saved_since(admin, admin.model, pk, base.seen)
    context = {
        "title": f"Not saved yet: “{row}” was changed meanwhile",
        "rows": rows_to_show(
            found,
            form,
            formsets,
            (base, now, typed),
            choices if unsettled else {},  # else they were made of another version
        ),
        "saves": saves[:_MOST_SHOWN],
        "by": _names(request, saves),
        "collision": stopped.token(),
        "undecided": unsettled,
        "original": row,
    }
    return _page(admin, request, "collision.html", context)


def say_instead(request: HttpRequest, words: str, now: Version) -> None:
    """Have the form shown again, as typed, with `words` as its error."""
    _send(request, request.POST, now)
    request.refusal = words  # type: ignore[attr-defined]


def _held(admin: ModelAdmin[Any], object_id: str) -> Any:
    """The key of the row, held until the transaction ends; None where there is none."""
    try:
        pk = admin.model._meta.pk.to_python(unquote(object_id))
    except ValidationError:
        return None
    rows = admin.model._base_manager.select_for_update(of=("self",))
    list(rows.filter(pk=pk).values_list("pk"))
    return pk


def _pending(request: HttpRequest) -> Pending | None:
    """What the page of a collision brings back."""
    try:
        typed, base, shown = signing.loads(
            request.POST.get("collision", ""), salt=_SALT
        )
    except signing.BadSignature:
        return None
    sent = QueryDict(mutable=True)
    for name, values in typed:
        sent.setlist(name, values)
    return Pending(sent, Version(**base), Version(**shown))


def _choices(request: HttpRequest) -> dict[str, str]:
    """Whose value stands, by the difference's id; "mine" or "theirs"."""
    return {
        name: value
        for name, value in request.POST.items()
        if name.startswith("keep:") and value in {MINE, THEIRS}
    }


def _base(
    request: HttpRequest,
    pending: Pending | None,
    choices: dict[str, str],
    *,
    unsettled: bool,
) -> Version | None:
    """The version that request.POST, from now on what was typed, is a change of."""
    if pending is None:
        return version_from(request.POST.get("version", ""))
    back = request.POST.get("settle") == _EDIT
    if unsettled and not back:
        request.POST = pending.typed  # type: ignore[assignment]
        return pending.base
    typed = merged(pending.typed, pending.base.sheet, pending.shown.sheet, choices)
    if back:
        request.POST = typed  # type: ignore[assignment]
        say_instead(request, _BACK, pending.shown)
    else:
        _send(request, typed, pending.shown)
    return pending.shown


def _send(request: HttpRequest, typed: QueryDict, version: Version) -> None:
    sent = typed.copy()
    sent["version"] = version.token()
    request.POST = sent  # type: ignore[assignment]


def _not_saved(
    admin: ModelAdmin[Any], request: HttpRequest, pk: Any, row: Any, base: Version
) -> HttpResponse:
    """What was typed, where it can be saved no more: deleted, or public by now."""
    saves = saved_since(admin, admin.model, pk, base.seen)
    lines = [made for made, _ in admin.get_formsets_with_inlines(request, None)]
    owners = {made.get_default_prefix(): made.fk.name for made in lines}
    name = admin.opts.verbose_name
    what = "is deleted" if row is None else f"is {row.status} by now"
    context = {
        "title": f"Not saved: this {name} {what}",
        "gone": row is None,
        "original": row,
        "saves": saves[:_MOST_SHOWN],
        "by": _names(request, saves),
        "typed": typed_to_show(admin, request, request.POST),
        "anew": list(as_new(request.POST, owners).lists()),
        "add": _add_address(admin, request) if row is None else "",
    }
    return _page(admin, request, "not_saved.html", context)


def _add_address(admin: ModelAdmin[Any], request: HttpRequest) -> str:
    if not admin.has_add_permission(request):
        return ""
    opts = admin.opts
    try:
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_add")
    except NoReverseMatch:
        return ""


def _names(request: HttpRequest, saves: list[Any]) -> str:
    """Who saved, in words; nobody that the history knows is "somebody"."""
    own = request.user.pk
    names = dict.fromkeys(
        f"{each.by} (you, in another window)" if each.user == own else each.by
        for each in saves
    )
    return " and ".join(names) or "somebody"


def _page(
    admin: ModelAdmin[Any],
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    shared = admin.admin_site.each_context(request) | {"opts": admin.opts}
    return TemplateResponse(request, f"sources/admin/{template}", shared | context)
