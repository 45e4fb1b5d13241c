"""Nouns that name organisations and forces, with the actor-kind they point to."""

from __future__ import annotations

from collections.abc import Mapping


def _kinds(words: str, kind: str | None) -> dict[str, str | None]:
    return dict.fromkeys(words.split(), kind)


# The last word of an organisation's name: "Norway Fisheries Council".
HEADS: Mapping[str, str | None] = {
    **_kinds(
        """
        ministry department directorate agency bureau parliament senate congress
        assembly court police secretariat treasury embassy consulate judiciary
        legislature knesset duma majlis cabinet government administration
        authority authorities intelligence service
        """,
        "government_body",
    ),
    **_kinds(
        """
        army navy corps command battalion regiment division squadron brigade brigades
        fleet infantry forces force guard guards marines militia militias
        """,
        "military",
    ),
    **_kinds("front movement party alliance coalition bloc", "political_movement"),
    **_kinds("university institute institution center centre college", "think_tank"),
    **_kinds("times post journal news tribune herald gazette television tv", "outlet"),
    **_kinds("bank company corporation corp inc ltd plc airlines holdings", "company"),
    **_kinds(
        """
        council committee commission union organisation organization association
        network group fund foundation observatory office league federation society
        taskforce initiative programme program mission board trust campaign
        """,
        None,
    ),
}

# What stands after a country's name or adjective and makes it a body of that state.
# The value: what they are one actor of, and its actor-kind.
OF_STATE: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(
        """
        military|armed forces|military forces|troops|soldiers|forces|army troops
        |army soldiers|service members|servicemen|servicewomen|service personnel
        |military personnel|defence forces|defense forces|ground forces|special forces
        |ground troops
        """.replace("\n", "")
        .replace("  ", "")
        .strip()
        .split("|"),
        ("military", "military"),
    ),
    "army": ("army", "military"),
    "navy": ("navy", "military"),
    "air force": ("air force", "military"),
    "marines": ("marines", "military"),
    "coast guard": ("coast guard", "military"),
    **dict.fromkeys(
        ("security forces", "security force", "security services", "government forces"),
        ("security forces", "military"),
    ),
    **dict.fromkeys(
        ("police", "police force", "police forces"), ("police", "government_body")
    ),
    **dict.fromkeys(
        ("government", "administration", "regime", "authorities", "state"),
        ("government", "government_body"),
    ),
    **dict.fromkeys(
        (
            "intelligence",
            "intelligence agency",
            "intelligence agencies",
            "intelligence service",
            "intelligence services",
            "spy agency",
            "secret service",
        ),
        ("intelligence", "government_body"),
    ),
    **dict.fromkeys(
        ("security agencies", "security agency"),
        ("security agencies", "government_body"),
    ),
    "parliament": ("parliament", "government_body"),
    "embassy": ("embassy", "government_body"),
    "people": ("people", "population_group"),
    "opposition": ("opposition", "political_movement"),
    "resistance": ("resistance", "armed_group"),
}
