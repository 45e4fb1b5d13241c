"""The admin's site: the theme's, without the work that no page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.admin.apps import AdminConfig
from django.utils.functional import SimpleLazyObject
from unfold.sites import UnfoldAdminSite

if TYPE_CHECKING:
    from django.http import HttpRequest


class SiteConfig(AdminConfig):
    default_site = "newsdb.site.Site"


class Site(UnfoldAdminSite):  # type: ignore[misc] # unfold has no types
    """The same pages; the list of all tables is made when a page asks for it."""

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        tables = super().get_app_list
        return SimpleLazyObject(lambda: tables(request, app_label))

    def get_sidebar_list(self, request: HttpRequest) -> list[dict[str, Any]]:
        """The lines of the menu that this person may follow, each group with some."""
        groups = self._get_config("SIDEBAR")["navigation"]
        shown = [{**group, "items": _lines(group, request)} for group in groups]
        return [group for group in shown if group["items"]]


def _lines(group: dict[str, Any], request: HttpRequest) -> list[dict[str, Any]]:
    allowed = [line for line in group["items"] if line["permission"](request)]
    links = [str(line["link"]) for line in allowed]
    return [
        {**line, "link": link, "active": link in request.path, "has_permission": True}
        for line, link in zip(allowed, links, strict=True)
    ]
