from __future__ import annotations

from django.urls import path, re_path
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.routers import DefaultRouter

from publishing.api.changes import ChangesView
from publishing.api.served_schema import SchemaView
from publishing.api.status import StatusView
from publishing.api.views import VIEWS, UnknownAddress
from publishing.api.writes.views import (
    ROW_VIEWS,
    BulkView,
    DraftView,
    ProposalsView,
    writable,
)

router = DefaultRouter()
router.include_format_suffixes = False
for name, view in VIEWS.items():
    router.register(name, writable(name, view), basename=name)
for name, view in ROW_VIEWS.items():
    router.register(name, view, basename=name)

urlpatterns = [
    *router.urls,
    path("schema/", SchemaView.as_view(), name="api-schema"),
    path(
        "docs/",
        SpectacularSwaggerSplitView.as_view(url_name="api-schema"),
        name="api-docs",
    ),
    path("changes/", ChangesView.as_view(), name="api-changes"),
    path("status/", StatusView.as_view(), name="api-status"),
    path("proposals/", ProposalsView.as_view(), name="api-proposals"),
    path("drafts/<str:kind>/<str:id>/", DraftView.as_view(), name="api-draft"),
    path("bulk/<str:kind>/", BulkView.as_view(), name="api-bulk"),
    re_path("", UnknownAddress.as_view()),
]
