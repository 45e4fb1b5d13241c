"""Users and groups in the look of the other pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from unfold.widgets import UnfoldAdminRadioSelectWidget

from newsdb.roles import ROLES, role_of

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

admin.site.unregister([User, Group])
admin.site.index_title = "What to do"

ENTERS = "May enter the admin"


class _WithRole(forms.ModelForm):  # type: ignore[type-arg] # no subscript at run time
    """The role in place of its group; other groups stay as they are chosen."""

    role = forms.ChoiceField(
        choices=[
            *((role, f"{role}: {may}") for role, may in ROLES.items()),
            ("", "None of these: only what is ticked in detail"),
        ],
        required=False,
        widget=UnfoldAdminRadioSelectWidget,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["role"] = role_of(self.instance)
        if entering := self.fields.get("is_staff"):
            entering.label = ENTERS
            entering.help_text = "Without this, the account serves for API tokens only."
        if groups := self.fields.get("groups"):
            groups.queryset = groups.queryset.exclude(name__in=ROLES)  # type: ignore[attr-defined]
            groups.help_text = "Groups of your own, beside the role."

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc] # the stubs do not know it
        groups = self.instance.groups
        role = self.cleaned_data["role"]
        groups.remove(*Group.objects.filter(name__in=ROLES.keys() - {role}))
        if role:
            groups.add(Group.objects.get(name=role))


class _NewPerson(_WithRole, UserCreationForm):  # type: ignore[misc] # unfold has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("role", "Curator")
        self.initial.setdefault("is_staff", True)


class _Person(_WithRole, UserChangeForm):  # type: ignore[misc] # unfold has no types
    pass


@admin.register(User)
class PersonAdmin(UserAdmin, ModelAdmin):  # type: ignore[misc, type-arg] # unfold has no types
    form = _Person
    add_form = _NewPerson
    add_form_template = (
        None  # Django's tells of a second page, of which there is no need
    )
    change_password_form = AdminPasswordChangeForm
    list_display = ("username", "role", "is_staff", "is_active", "email", "last_login")
    add_fieldsets = (
        (None, {"fields": ("username", "password1", "password2", "role", "is_staff")}),
    )
    fieldsets = (
        (None, {"fields": ("username", "password", "role", "is_staff", "is_active")}),
        ("About them", {"fields": ("first_name", "last_name", "email")}),
        (
            "In detail",
            {
                "classes": ["collapse"],
                "fields": (
                    *("is_superuser", "groups", "user_permissions"),
                    *("last_login", "date_joined"),
                ),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="role")
    def role(self, user: User) -> str:
        return role_of(user)

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        """Say so when somebody has groups and cannot enter to make use of them."""
        super().save_related(request, form, formsets, change)
        user = form.instance
        if user.is_active and not user.is_staff and user.groups.exists():
            told = (
                f"“{user}” is in a group, but may not enter the admin yet: tick "
                f"“{ENTERS}” here for that."
            )
            self.message_user(request, told, messages.WARNING)


@admin.register(Group)
class TeamAdmin(GroupAdmin, ModelAdmin):  # type: ignore[misc] # unfold has no types
    """Django's own, drawn by unfold."""
