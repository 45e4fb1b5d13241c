"""What every picture is made of beside its drawing: its frame, and its table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def figure(
    drawing: SafeString,
    table: SafeString,
    *,
    key: str,
    title: str,
    kind: str,
    size: SafeString,
    zoom: bool = False,
) -> SafeString:
    """A picture with its table.

    `key` must be unique on the page: the title's id is built on it. `kind` is the
    class of the figure, `kind`-picture that of the svg; `size` its other attributes.
    With `zoom` what is in its .nd-stage can be moved and enlarged. A drawing with
    links is a group of them: an image would hide them from those who do not see it.
    """
    role = "group" if "<a " in drawing else "img"
    return format_html(
        '<figure class="pic {0}"><svg {1} role="{2}" aria-labelledby="{3}-title"'
        ' class="{0}-picture{4}"><title id="{3}-title">{5}</title>{6}</svg>'
        "{7}</figure>",
        *(kind, size, role, key, " nd-zoom" if zoom else ""),
        f"{title}. The table below has the same content.",
        *(drawing, table),
    )


def table(
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    caption: str,
    summary: str = "As a table",
) -> SafeString:
    """The content of a picture as a table, folded away; a row's first cell names it."""
    head = format_html_join("", '<th scope="col">{}</th>', ((c,) for c in columns))
    body = format_html_join(
        "",
        '<tr><th scope="row">{}</th>{}</tr>',
        (
            (first, format_html_join("", "<td>{}</td>", ((c,) for c in rest)))
            for first, *rest in rows
        ),
    )
    return format_html(
        '<details class="pic-table"><summary>{}</summary>'
        '<div class="pic-scroll" role="group" aria-label="{}" tabindex="0">'
        "<table><caption>{}</caption><thead><tr>{}</tr></thead>"
        "<tbody>{}</tbody></table></div></details>",
        *(summary, caption, caption, head, body),
    )


def linked(text: str, href: str) -> SafeString:
    """The text, as a link where there is an address."""
    if not href:
        return format_html("{}", text)
    return format_html('<a href="{}">{}</a>', href, text)


def opens(inner: SafeString, href: str) -> SafeString:
    """A part of a drawing as a link; those who tab through have it in the table."""
    if not href:
        return inner
    return format_html('<a href="{}" tabindex="-1">{}</a>', href, inner)


def joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def cut(text: str, longest: int) -> str:
    """The text, or its beginning with an ellipsis: never more than `longest`."""
    if len(text) <= longest:
        return text
    return f"{text[: longest - 1].rstrip()}…"
