"""What is said and written down when a facilitator ends somebody’s place in a circle. Pure.

    there ─▶ out ─▶ let back by a facilitator, or by somebody else who looks again
              └──▶ over with the circle

It is a decision like any other, of that one circle: whoever held it made it, so that somebody who
wasn’t there looks at it again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from community.core.words import said

LATELY = timedelta(days=30)

GUIDELINE = "facilitators"
"""Which says that they may, and what they owe whoever it is about."""

WHY_IS_APART = said(
    "Whoever held the circle wrote down why. Those words are kept locked, for half a year."
)
"""What the decision itself says of it, which nobody can change or remove."""

STAYS_OUT, LET_BACK = "stays-out", "let-back"
"""What the audit record says of what a facilitator did about it later."""


@dataclass(frozen=True, slots=True)
class OutOfCircle:
    """To whoever it is about. Why is on the page of the statement only."""

    call_id: UUID
    held_at: datetime  # when that circle began
    appealable_until: datetime
