"""The admin's site: the theme's, without the work that no page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.admin.apps import AdminConfig
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.html import format_html_join
from unfold.settings import get_config
from unfold.sites import UnfoldAdminSite

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.safestring import SafeString


class SiteConfig(AdminConfig):
    default_site = "newsdb.site.Site"


class Site(UnfoldAdminSite):  # type: ignore[misc] # unfold has no types
    """The same pages; the list of all tables is made when a page asks for it."""

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        tables = super().get_app_list
        return SimpleLazyObject(lambda: tables(request, app_label))

    @cached_property
    def _settings(self) -> dict[str, Any]:
        """The theme's settings, put together once and not for each that is asked."""
        settings: dict[str, Any] = get_config(self.settings_name)
        return settings

    def _get_config(self, key: str, *args: Any) -> Any:
        value = self._settings.get(key)
        return self._get_value(value, *args) if value else None

    @cached_property
    def _colours(self) -> SafeString:
        """The theme's colours as variables of CSS, written once."""
        return format_html_join(
            "\n",
            "--color-{}-{}: {};",
            (
                (name, weight, value)
                for name, weights in super()._get_colors("COLORS").items()
                for weight, value in weights.items()
            ),
        )

    def _get_colors(self, key: str, *args: Any) -> SafeString:
        return self._colours

    @cached_property
    def _menu(self) -> list[dict[str, Any]]:
        """All groups of the menu, their addresses worked out."""
        return [
            {
                **group,
                "items": [
                    {**line, "link": str(line["link"])} for line in group["items"]
                ],
            }
            for group in self._settings["SIDEBAR"]["navigation"]
        ]

    def get_sidebar_list(self, request: HttpRequest) -> list[dict[str, Any]]:
        """The lines of the menu that this person may follow, each group with some."""
        may = request.user.get_all_permissions()
        shown = [
            {**group, "items": _lines(group, request.path, may)} for group in self._menu
        ]
        return [group for group in shown if group["items"]]


def _lines(group: dict[str, Any], path: str, may: set[str]) -> list[dict[str, Any]]:
    return [
        {**line, "active": line["link"] in path, "has_permission": True}
        for line in group["items"]
        if not line["needs"].isdisjoint(may)
    ]
