"""Lists of what was done to many rows, each with a page that shows it and undoes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse

from sources.admin.bulk_page import refused
from sources.admin.derived import DerivedAdmin
from sources.admin.ripple import admin_page

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.http import HttpRequest, HttpResponse

_REFUSALS = (ValidationError, PermissionDenied, DatabaseError)


class UndoableAdmin(DerivedAdmin):
    """What a page of a row shows and how it is undone is said by each."""

    template: ClassVar[str]

    def undo(self, row: Any, *, by: AbstractUser, why: str) -> tuple[Any, str]:
        """Undo it: the row whose page says so, and what to say."""
        raise NotImplementedError

    def shown(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """What the template gets beside the row and its errors."""
        raise NotImplementedError

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """What it did, and a button that undoes it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.get_object(request, object_id)
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[no-any-return]
        wrong: list[str] = []
        why = request.POST.get("why", "")
        if request.method == "POST":
            try:
                done, told = self.undo(row, by=request.user, why=why)  # type: ignore[arg-type]
            except _REFUSALS as error:
                wrong = refused(error)
            else:
                self.message_user(request, f"Undone: {told}", messages.SUCCESS)
                return HttpResponseRedirect(admin_page(done))
        context = self.admin_site.each_context(request) | {
            "title": str(row),
            "opts": self.opts,
            "done": row,
            "wrong": wrong,
            "why": why,
            **self.shown(request, row),
        }
        return TemplateResponse(request, self.template, context)
