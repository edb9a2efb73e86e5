"""One way to say no.

    Verdict            yes, or no with a Reason; truthy in templates
    Refused(reason)    what a "no" becomes when an action enforces it

Refused is a page (its status), an ack `{ok: false, reason}` or a sentence beside a button,
never a second decision. Reason texts are gettext message ids; the edge translates them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """Why not, in words a tired person can read.

    `status` is 404 when the person may not even know the thing exists, 403 when they may not
    do this, 409 when the moment is wrong, 422 when what was typed can't be taken.
    """

    code: str
    text: str
    status: int = 403


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes (`reason is None`), or no with its reason."""

    reason: Reason | None = None

    def __bool__(self) -> bool:
        return self.reason is None

    def require(self) -> None:
        """Raise `Refused` if the answer is no."""
        if self.reason is not None:
            raise Refused(self.reason)


class Refused(Exception):
    """A rule said no."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


YES = Verdict()


def no(reason: Reason) -> Verdict:
    """The verdict that says no for this reason."""
    return Verdict(reason)


NOT_FOUND = Reason("not-found", "We couldn’t find that.", 404)
NOT_YOURS = Reason("not-yours", "Only the people who look after this can do that.", 403)
STALE = Reason("stale", "Something changed while this page was open. Here is how it is now.", 409)
