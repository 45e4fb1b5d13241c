"""Examples that run as they stand, in curl, Python and R, for the docs page."""

from __future__ import annotations

from urllib.parse import urlencode

from publishing.models import Kind

SITE = "http://localhost:8000"

# What a reader of the docs might ask first, by kind: words, parameters.
ASKED: dict[Kind, tuple[str, dict[str, str]]] = {
    Kind.OUTLET: ("Outlets of a country", {"country": "USA"}),
    Kind.ARTICLE: ("Articles that mention an actor", {"alias": "ISIS-K"}),
    Kind.ACTOR: ("An actor by any of its names", {"alias": "Daesh-K"}),
    Kind.RELATION: ("Relations that are disputed", {"disputed": "true"}),
    Kind.PLACE: ("Cities of a country", {"kind": "city", "country": "AFG"}),
    Kind.EVENT: (
        "Events in Afghanistan whose figures can all be right",
        {"country": "AFG", "verdict": "compatible"},
    ),
    Kind.CLAIM: (
        "Who counted the dead of an attack",
        {"event": "kabul-airport-attack", "measure": "killed"},
    ),
}


def examples(kind: Kind) -> str:
    """One question in three languages, in Markdown."""
    title, asked = ASKED[kind]
    address = f"{SITE}/api/v1/{kind}s/"
    full = f"{address}?{urlencode(asked)}"
    return f"""**{title}**

```sh
curl "{full}"
```
```python
import requests

answer = requests.get("{address}", params={asked})
answer.raise_for_status()
print(len(answer.json()["results"]))
```
```r
library(jsonlite)
{kind}s <- fromJSON("{full}")$results
```"""
