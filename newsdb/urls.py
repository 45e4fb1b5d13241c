from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/", include("publishing.api.urls")),
    path("", include("publishing.urls")),
]

handler500 = "newsdb.errors.server_error"
