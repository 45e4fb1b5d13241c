from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from publishing.pages.actors import actor, actors
from publishing.pages.articles import article
from publishing.pages.events import event
from publishing.pages.home import home
from publishing.pages.statements import about, claim

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("events/<str:key>/", event, name="event"),
    path("articles/<str:key>/", article, name="article"),
    path("actors/", actors, name="actors"),
    path("actors/<str:key>/", actor, name="actor"),
    path("claims/<str:key>/", claim, name="claim"),
    path("about/", about, name="about"),
]
