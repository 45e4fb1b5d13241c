"""What the environment says about the language model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from curation.extraction.plugins import PluginMissingError

URL = "NEWSDB_LLM_URL"
MODEL = "NEWSDB_LLM_MODEL"
KEY = "NEWSDB_LLM_KEY"
TIMEOUT = "NEWSDB_LLM_TIMEOUT"
MAX_CHARS = "NEWSDB_LLM_MAX_CHARS"
MAX_TOKENS = "NEWSDB_LLM_MAX_TOKENS"
PRICE = "NEWSDB_LLM_PRICE"
MAX_COST = "NEWSDB_LLM_MAX_COST"
CACHE = "NEWSDB_LLM_CACHE"

_SMALLEST_PART = 500  # characters; below, the instructions outweigh the text
_THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})


class UnconfiguredError(PluginMissingError):
    """The model is half switched on, or wrongly; the message names the variable."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the model is and what a reading may take.

    `url` is the base, to which /chat/completions is added. `timeout` in seconds, for
    one request. `max_chars` of article text in one request, `max_tokens` of one
    article in and out. `max_cost` of one day (UTC), in the currency of the prices of
    a million tokens in and out; None for no cap. The key is never shown.
    """

    url: str
    model: str
    cache: Path
    key: str = field(default="", repr=False)
    timeout: float = 60.0
    max_chars: int = 12_000
    max_tokens: int = 60_000
    prices: tuple[float, float] = (0.0, 0.0)
    max_cost: float | None = None


def settings_from(environment: Mapping[str, str], *, folder: Path) -> Settings | None:
    """What the environment asks for; None without any of URL, model and key.

    `folder` holds the answers kept, unless the environment names another. Raises
    UnconfiguredError; the message names the variable and never shows its value.
    """
    given = {name: environment.get(name, "").strip() for name in (URL, MODEL, KEY)}
    if not any(given.values()):
        return None
    for name in (URL, MODEL):
        if not given[name]:
            raise UnconfiguredError(
                f"{name} is not set, and the language model needs it"
            )
    max_cost = environment.get(MAX_COST)
    prices = _prices(environment.get(PRICE, ""))
    if max_cost and not any(prices):
        raise UnconfiguredError(
            f"{MAX_COST} needs {PRICE}, the price of a million tokens"
        )
    return Settings(
        url=_url(given[URL], with_key=bool(given[KEY])),
        model=given[MODEL],
        key=_key(given[KEY]),
        cache=Path(environment.get(CACHE) or folder),
        timeout=_number(environment, TIMEOUT, 60.0),
        max_chars=int(_number(environment, MAX_CHARS, 12_000, least=_SMALLEST_PART)),
        max_tokens=int(_number(environment, MAX_TOKENS, 60_000)),
        prices=prices,
        max_cost=_number(environment, MAX_COST, 0.0) if max_cost else None,
    )


def _url(text: str, *, with_key: bool) -> str:
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        host = None
    if not host or parts.scheme not in {"http", "https"}:
        raise UnconfiguredError(f"{URL} is not an http or https address")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise UnconfiguredError(
            f"{URL} carries more than an address; the key goes in {KEY}"
        )
    if with_key and parts.scheme == "http" and host not in _THIS_MACHINE:
        raise UnconfiguredError(f"{URL} is plain http: {KEY} is only sent over https")
    return text.rstrip("/")


def _key(text: str) -> str:
    if not text.isascii() or not text.isprintable() or " " in text:
        raise UnconfiguredError(f"{KEY} holds characters that no key has")
    return text


def _number(
    environment: Mapping[str, str], name: str, usual: float, *, least: float = 0.0
) -> float:
    """A finite number above 0, and of `least` at least."""
    try:
        value = float(environment.get(name) or usual)
    except ValueError:
        value = -1.0
    if not max(least, 1e-9) <= value < float("inf"):
        raise UnconfiguredError(f"{name} is not a number from {least:g} up, above 0")
    return value


def _prices(text: str) -> tuple[float, float]:
    """“0.15/0.60”: a million tokens in, a million tokens out."""
    if not text:
        return 0.0, 0.0
    try:
        first, _, second = text.partition("/")
        prices = float(first), float(second or first)
    except ValueError:
        prices = -1.0, -1.0
    if not all(0 <= price < float("inf") for price in prices):
        raise UnconfiguredError(
            f"{PRICE} is not like 0.15/0.60, a million tokens in/out"
        )
    return prices
