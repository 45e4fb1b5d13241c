"""What becomes public together: an article, event or claim, and all they rest on."""

from curation.belonging.hindrances import Seen, seen
from curation.belonging.moving import (
    KindPlan,
    MoveChangedError,
    MovePlan,
    carry_out,
    plan_of,
)
from curation.belonging.rows import ROOTS, Belonging, belonging

__all__ = [
    "ROOTS",
    "Belonging",
    "KindPlan",
    "MoveChangedError",
    "MovePlan",
    "Seen",
    "belonging",
    "carry_out",
    "plan_of",
    "seen",
]
