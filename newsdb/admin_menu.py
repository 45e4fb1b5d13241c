"""The menu at the left of the admin, in the order of the work."""

from __future__ import annotations

from typing import Any

from django.urls import reverse_lazy


def _item(title: str, icon: str, model: str, also: str = "") -> dict[str, Any]:
    """A line of the menu; for who may look at `model`, or has the permission `also`."""
    app, _, name = model.partition(".")
    table = f"{app}_{name}_changelist"
    return _page(title, icon, table, f"{app}.view_{name}", also)


def _page(title: str, icon: str, name: str, *permissions: str) -> dict[str, Any]:
    """A line of the menu that leads to a page, for who has one of `permissions`."""
    return {
        "title": title,
        "icon": icon,
        "link": reverse_lazy(f"admin:{name}"),
        "needs": frozenset(permissions) - {""},
    }


SIDEBAR: dict[str, Any] = {
    "show_search": False,  # it finds lists by name only, and all are in sight
    "show_all_applications": False,
    "navigation": [
        {
            "title": "Read",
            "items": [
                _page("Queue", "inbox", "curation_queue", "sources.view_article"),
                _item("Articles", "article", "sources.article"),
                _item("Outlets", "newspaper", "sources.outlet"),
                _item("Origins", "share", "sources.origin"),
                _item("Proposals", "lightbulb", "curation.proposal"),
                _item("Decisions", "gavel", "curation.judgement"),
                _item("Left without a claim", "block", "curation.omission"),
                _page("Problems", "rule", "curation_problems", "sources.view_article"),
                _item("Changes made at once", "undo", "curation.batch"),
                _item("Merges", "merge", "curation.merge"),
            ],
        },
        {
            "title": "Who",
            "separator": True,
            "items": [
                _item("Actors", "groups", "actors.actor"),
                _item("Aliases", "badge", "actors.alias"),
                _item("Relations", "hub", "actors.relation"),
                _item("Mentions", "alternate_email", "actors.mention"),
            ],
        },
        {
            "title": "What happened, who says so",
            "separator": True,
            "items": [
                _item("Events", "event", "events.event"),
                _item("Claims", "format_quote", "events.claim"),
                _item("Participations", "diversity_3", "events.participation"),
                _item("Places", "location_on", "events.place"),
                _item("Place names", "translate", "events.placename"),
            ],
        },
        {
            "title": "Published",
            "separator": True,
            "collapsible": True,
            "items": [
                _item("Documents", "description", "publishing.document"),
                _item("Estimates", "analytics", "publishing.estimate"),
                _item("Waiting to be rendered", "hourglass_top", "publishing.stale"),
            ],
        },
        {
            "title": "Machine",
            "separator": True,
            "collapsible": True,
            "items": [
                _item("Runs", "auto_stories", "curation.run"),
                _item(
                    "Jobs",
                    "work_history",
                    "procrastinate.procrastinatejob",
                    also="curation.decide_all_proposals",
                ),
            ],
        },
        {
            "title": "Set up",
            "separator": True,
            "collapsible": True,
            "items": [
                _item("Code lists", "list", "sources.term"),
                _item("Users", "person", "auth.user"),
                _item("Groups", "group", "auth.group"),
                _item("API tokens", "key", "publishing.token"),
            ],
        },
    ],
}
