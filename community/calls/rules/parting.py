"""Whether somebody who holds calls can go for good. Pure."""

from community.core.verdict import YES, Reason, Verdict, no

HOLDS_A_CIRCLE = Reason(
    "holds-a-circle",
    "You’re holding a circle right now. When it’s over, you can go on here.",
    409,
)


def may_part_from(holds_a_circle: bool) -> Verdict:
    """Not while people are in a room that they lead."""
    return no(HOLDS_A_CIRCLE) if holds_a_circle else YES
