"""The OpenAPI document at an address: made once for each process and form."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView

if TYPE_CHECKING:
    from rest_framework.request import Request

# Each has two media types.
RENDERERS: dict[str, Any] = {"json": OpenApiJsonRenderer, "yaml": OpenApiYamlRenderer}


class SchemaView(SpectacularAPIView):
    """As YAML or JSON, by the Accept header."""

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        renderer, media_type = request.accepted_renderer, request.accepted_media_type
        charset = f"; charset={renderer.charset}" if renderer.charset else ""
        name = f"newsdb.{renderer.format}"
        return HttpResponse(
            _document(str(renderer.format)),
            content_type=f"{media_type}{charset}",
            headers={"Content-Disposition": f'inline; filename="{name}"'},
        )


@cache
def _document(form: str) -> bytes:
    """Nothing in it hangs on who asks: everybody is shown every address."""
    renderer = RENDERERS[form]()
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    document = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    rendered = renderer.render(document)
    return rendered.encode() if isinstance(rendered, str) else bytes(rendered)
