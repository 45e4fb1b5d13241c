from __future__ import annotations

from django.contrib import admin
from django.urls import include, path, re_path

from publishing.api.views import UnknownAddress

urlpatterns = [
    path("api/v1/", include("publishing.api.urls")),
    path("admin/", admin.site.urls),
    re_path("^api/", UnknownAddress.as_view()),
    path("", include("publishing.urls")),
]

handler400 = "newsdb.errors.refused"
handler500 = "newsdb.errors.server_error"
