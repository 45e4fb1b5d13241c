"""What every public page has in common: methods, caching, what is gone or moved."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from publishing.pages.documents import MovedError, RetractedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """GET and HEAD only; the same for everybody; 304 while nothing changed."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except MovedError as error:
            address = reverse(error.kind, args=[error.into])
            asked = request.META["QUERY_STRING"]
            return HttpResponsePermanentRedirect(f"{address}{asked and f'?{asked}'}")
        except RetractedError as error:
            return render(request, "410.html", {"gone": error}, status=410)

    cached = cache_control(public=True, max_age=0, must_revalidate=True)
    return require_safe(conditional_page(cached(page)))
