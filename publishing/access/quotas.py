"""How many requests a minute: of a token across all processes, of an address in one.

A token's count is a row that every process writes, in one statement. Readers without a
token are counted where they are served, in memory: no read of theirs ever writes to the
database, so their limit holds for each process by itself.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection

if TYPE_CHECKING:
    from publishing.models import Token

WINDOW = 60  # seconds
MOST_ADDRESSES = 50_000  # counted at once; beyond, a flood of addresses begins anew


@dataclass(frozen=True, slots=True)
class Charge:
    """What one request found: `left` of `limit`, until `seconds` from now.

    `left` is -1 where nothing was left.
    """

    policy: str
    key: str | int
    window: int
    limit: int
    left: int
    seconds: int

    @property
    def allowed(self) -> bool:
        return self.left >= 0


class Addresses:
    """Counts of one process: requests of each address in this minute."""

    def __init__(self) -> None:
        self.window, self.used = 0, dict[str, int]()
        self.lock = Lock()

    def add(self, address: str, window: int, amount: int, limit: int) -> int:
        """How many are used now; `limit` + 1 when there were none left."""
        with self.lock:
            if window < self.window:
                return 0  # given back too late: that minute is over
            if window > self.window or len(self.used) > MOST_ADDRESSES:
                self.window, self.used = window, {}
            used = self.used.get(address, 0) + amount
            if used > limit:
                return limit + 1
            self.used[address] = max(used, 0)
            return used


_addresses = Addresses()


def charge_address(address: str) -> Charge | None:
    """Count one request of a reader without a token; None where there is no limit."""
    limit = settings.ADDRESS_RATE
    if not limit:
        return None
    now = time.time()
    window = int(now // WINDOW)
    used = _addresses.add(address, window, 1, limit)
    return Charge("address", address, window, limit, limit - used, _left(now))


def charge_token(token: Token) -> Charge:
    """Count one request of a token, in whichever process: one statement."""
    limit = token.per_minute or settings.TOKEN_RATE
    now = time.time()
    window = int(now // WINDOW)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO publishing_quota AS q (token_id, minute, used)
            VALUES (%(token)s, %(window)s, 1)
            ON CONFLICT (token_id) DO UPDATE SET
                used = CASE WHEN q.minute < %(window)s THEN 1 ELSE q.used + 1 END,
                minute = GREATEST(q.minute, %(window)s)
            WHERE q.minute < %(window)s OR q.used < %(limit)s
            RETURNING used
            """,
            {"token": token.pk, "window": window, "limit": limit},
        )
        row = cursor.fetchone()
    used = row[0] if row else limit + 1
    return Charge("token", token.pk, window, limit, limit - used, _left(now))


def give_back(charge: Charge) -> None:
    """A request that was answered with an error costs nothing."""
    if charge.policy == "address":
        _addresses.add(str(charge.key), charge.window, -1, charge.limit)
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE publishing_quota SET used = used - 1"
            " WHERE token_id = %s AND minute = %s AND used > 0",
            [charge.key, charge.window],
        )


def _left(now: float) -> int:
    """Whole seconds until the next window begins, at least one."""
    return max(1, WINDOW - int(now) % WINDOW)
