"""Tokens of the API in the admin: shown once, then looked at, or revoked."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from unfold.decorators import display
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
)

from publishing.access.scopes import OPENS, Door
from publishing.access.tokens import (
    DAYS,
    check_scopes,
    make_token,
    may_manage,
    revoke_token,
)
from publishing.models import Scope, Token
from sources.admin.derived import DerivedAdmin

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    Form = forms.ModelForm[Token]
else:
    Form = forms.ModelForm

_STATES = {"live": "success", "expired": "warning", "revoked": "danger"}


def _meaning(scope: Scope) -> str:
    doors = [door for door in Door if door in OPENS[scope] and door is not Door.MOVE]
    return f"{scope}: {'; '.join(doors)}"


class TokenForm(Form):
    """A new token. The user is the one who makes it, unless they manage others'."""

    user = forms.ModelChoiceField(
        get_user_model()._default_manager.none(),
        help_text="The token can never do more than this user may.",
        widget=UnfoldAdminSelectWidget,
    )
    scopes = forms.MultipleChoiceField(
        choices=[(scope.value, _meaning(scope)) for scope in Scope],
        initial=[Scope.READ.value],
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.IntegerField(
        label="Days until it expires",
        required=False,
        min_value=1,
        max_value=100_000,
        initial=DAYS,
        help_text="Empty: it never expires.",
        widget=UnfoldAdminIntegerFieldWidget,
    )

    class Meta:
        model = Token
        fields = ("user", "name", "scopes", "per_minute")
        widgets = {"name": UnfoldAdminTextInputWidget}  # noqa: RUF012

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if Token.objects.filter(name=name, revoked_at=None).exists():
            raise ValidationError(
                "Another token that is not revoked has that name: choose another name, "
                "or revoke that one."
            )
        return name

    def clean(self) -> None:
        super().clean()
        values = self.cleaned_data
        if "user" in values and "scopes" in values:
            check_scopes(values["scopes"], values["user"])

    @property
    def expires_at(self) -> dt.datetime | None:
        days = self.cleaned_data["days"]
        return timezone.now() + dt.timedelta(days=days) if days else None


@admin.register(Token)
class TokenAdmin(DerivedAdmin):
    """Whoever may make tokens sees their own; who manages them sees all."""

    form = TokenForm
    list_display = (
        "name",
        "user",
        "may",
        "start",
        "state",
        "expires_at",
        "last_used_at",
    )
    list_filter = ("user",)
    list_select_related = ("user",)
    search_fields = ("name", "start", "user__username")
    search_help_text = "A name, a user, or how the token begins"
    fields = (
        *("name", "owner", "may", "start", "digest", "per_minute"),
        *("made_at", "made_by", "expires_at", "last_used_at"),
        *("revoked_at", "revoked_by", "revoked_why"),
    )
    change_form_outer_after_template = "publishing/admin/token_revoke.html"

    class Media:
        css = {"all": ("sources/admin.css", "publishing/tokens.css")}  # noqa: RUF012

    @display(  # type: ignore[untyped-decorator] # unfold has no types
        description="state", label=_STATES
    )
    def state(self, row: Token) -> str:
        if row.revoked_at:
            return "revoked"
        over = row.expires_at is not None and row.expires_at <= timezone.now()
        return "expired" if over else "live"

    @admin.display(description="user")
    def owner(self, row: Token) -> str:
        return row.user.get_username()

    @admin.display(description="scopes")
    def may(self, row: Token) -> str:
        return ", ".join(row.scopes)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        tokens: QuerySet[Any] = super().get_queryset(request)
        if request.user.has_perm("publishing.manage_token"):
            return tokens
        return tokens.filter(user=request.user)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields if obj else ()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = self.fields if obj else [*TokenForm.Meta.fields, "days"]
        return [(None, {"fields": fields})]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and may_manage(request.user, request.user)

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        if obj is not None:
            return super().get_form(request, obj, **kwargs)
        users = get_user_model()._default_manager.filter(is_active=True)
        if not request.user.has_perm("publishing.manage_token"):
            users = users.filter(username=request.user.get_username())
        form = super().get_form(request, obj, **kwargs)
        form.base_fields["user"].queryset = users.order_by("username")
        form.base_fields["user"].initial = request.user.pk
        return form

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        values = form.cleaned_data
        token, secret = make_token(
            user=values["user"],
            name=values["name"],
            scopes=values["scopes"],
            per_minute=values["per_minute"],
            expires_at=form.expires_at,
            by=request.user,  # type: ignore[arg-type]
        )
        obj.__dict__.update(token.__dict__)
        request.secret = secret  # type: ignore[attr-defined]  # of this request only

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """The page with the secret: in no message, no cookie and no cache."""
        context = self.admin_site.each_context(request) | {
            "title": f"The token “{obj}”",
            "opts": self.opts,
            "token": obj,
            "secret": request.secret,  # type: ignore[attr-defined]
        }
        answer = TemplateResponse(request, "publishing/admin/token_made.html", context)
        answer["Cache-Control"] = "no-store"
        return answer

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        one_way = {"show_save_and_add_another": False, "show_save_and_continue": False}
        context = {**(extra_context or {}), **one_way}
        return super().add_view(request, form_url, context)  # type: ignore[no-any-return]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method == "POST" and "revoke" in request.POST:
            token = self.get_object(request, object_id)
            if token is not None:
                self._revoke(request, token)
                return HttpResponseRedirect(request.path)
        token = self.get_object(request, object_id) if request.method == "GET" else None
        revocable = (
            token is not None
            and token.revoked_at is None
            and may_manage(request.user, token.user)  # type: ignore[arg-type]
        )
        context = {**(extra_context or {}), "revocable": revocable}
        return super().change_view(request, object_id, form_url, context)  # type: ignore[no-any-return]

    def _revoke(self, request: HttpRequest, token: Token) -> None:
        why = request.POST.get("why", "")
        try:
            revoke_token(token, by=request.user, why=why)  # type: ignore[arg-type]
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
        else:
            self.message_user(request, f"“{token}” opens nothing any more.")
