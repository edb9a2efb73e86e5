"""Who may look up what was done, and what each thing is called. Pure."""

from collections.abc import Mapping
from types import MappingProxyType

from community.core.actor import Actor
from community.core.verdict import NOT_FOUND, YES, Verdict, no
from community.core.words import said

PAGE = 50

BY_MEMBERS = frozenset({"taken-back", "asked-again"})
"""Done by whoever reported or was reported: the record doesn’t show their names."""

ACTS: Mapping[str, str] = MappingProxyType(
    {
        "keep": said("Left as it is"),
        "hide": said("Hid it for now"),
        "remove": said("Removed it"),
        "warn": said("Wrote to whoever it is about"),
        "approve": said("Showed it to the others"),
        "return": said("Gave it back for a change"),
        "care": said("Closed it, seen to by two people"),
        "mute": said("Muted somebody in a group"),
        "ban": said("Kept somebody away from a group"),
        "limit": said("Let somebody read and not write"),
        "suspend": said("Suspended somebody"),
        "lift": said("Ended what was in force"),
        "proposed": said("Proposed something that needs a second person"),
        "declined": said("Said no to what was proposed"),
        "looked": said("Opened words"),
        "passed-up": said("Passed it to the site’s moderators"),
        "taken-back": said("Took a report back"),
        "asked-again": said("Asked for another look"),
        "upheld": said("Looked again: they were right"),
        "rejected": said("Looked again: the decision stands"),
        "pointed": said("Wrote to somebody where help is"),
        "talked": said("Talked it over with a second person"),
        "answered": said("Heard from somebody since"),
        "called": said("Told the emergency services"),
        "saw-to-help": said("Saw to a press for help"),
    }
)


def may_search(actor: Actor) -> Verdict:
    """Admins look up who did what, in codes. They read no content by that."""
    return YES if actor.is_admin else no(NOT_FOUND)
