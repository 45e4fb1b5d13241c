from __future__ import annotations

from django.urls import path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import DefaultRouter

from publishing.api.views import VIEWS, UnknownAddress

router = DefaultRouter()
router.include_format_suffixes = False
for name, view in VIEWS.items():
    router.register(name, view, basename=name)

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path(
        "docs/",
        SpectacularSwaggerSplitView.as_view(url_name="api-schema"),
        name="api-docs",
    ),
    *router.urls,
    re_path("", UnknownAddress.as_view()),
]
