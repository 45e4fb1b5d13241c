"""Pages of the admin that belong to no single table: a queue, a list of problems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.urls import path

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

_pages: list[Any] = []


def add_page(
    route: str, view: Callable[..., HttpResponse], *, name: str
) -> Callable[..., HttpResponse]:
    """Serve `view` at /admin/`route` as admin:`name`, for who may enter the admin.

    Its template extends admin/base_site.html with the context of `frame_of`.
    """
    _pages.append(path(route, admin.site.admin_view(view), name=name))
    # unfold's way to more pages: a function of the site, asked when addresses are made.
    admin.site.extra_urls = lambda: _pages  # type: ignore[attr-defined]
    return view


def frame_of(request: HttpRequest, *, title: str) -> dict[str, Any]:
    """What the templates around a page need: menu, header, title."""
    return {**admin.site.each_context(request), "title": title}
