"""Who may look up what was done, and what each thing is called. Pure."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from community.core.actor import Actor
from community.core.verdict import NOT_FOUND, YES, Verdict, no
from community.core.words import said

PAGE = 50

SAME_LOOK = timedelta(hours=1)
"""For so long a picture that somebody opens belongs to a look that is written down already."""

BY_MEMBERS = frozenset({"taken-back", "asked-again", "agreed"})
"""Done by whoever reported, was reported or was asked: the record doesn’t show their names."""

ACTS: Mapping[str, str] = MappingProxyType(
    {
        "keep": said("Left as it is"),
        "note": said("Put a content note before it"),
        "hide": said("Hid it for now"),
        "remove": said("Removed it"),
        "warn": said("Wrote to whoever it is about"),
        "approve": said("Showed it to the others"),
        "return": said("Gave it back for a change"),
        "care": said("Closed it, seen to by two people"),
        "distance": said("Asked two people whether they’d keep apart"),
        "apology": said("Asked two people about a word of apology"),
        "agreed": said("Both said yes to what they were asked"),
        "circles": said("Sent somebody out of a group’s circles"),
        "out": said("Ended somebody’s place in a circle"),
        "stays-out": said("Said that somebody stays out of a circle"),
        "let-back": said("Let somebody come back to a circle"),
        "mute": said("Muted somebody in a group"),
        "ban": said("Kept somebody away from a group"),
        "limit": said("Let somebody read and not write"),
        "suspend": said("Suspended somebody"),
        "lift": said("Ended what was in force"),
        "proposed": said("Proposed something that needs a second person"),
        "declined": said("Said no to what was proposed"),
        "came-upon": said("Began with something that nobody had reported"),
        "set-aside": said("Set something aside for another moderator to read"),
        "looked": said("Opened words"),
        "read": said("Opened words of their own group"),
        "unmasked": said("Looked up who wrote without a name"),
        "kept-from-name": said("Asked who wrote without a name, and wasn’t told"),
        "named-reporters": said("Looked up who reported"),
        "kept-from-reporters": said("Asked who reported, and wasn’t told"),
        "wrote-about": said("Noted something about a person"),
        "unwrote-about": said("Took away a note about a person"),
        "passed-up": said("Passed it to the site’s moderators"),
        "passed-on": said("Said that it isn’t for them"),
        "asked-opinion": said("Asked what others think"),
        "opinion": said("Said what they think"),
        "taken-back": said("Took a report back"),
        "asked-again": said("Asked for another look"),
        "upheld": said("Looked again: they were right"),
        "partly_upheld": said("Looked again: they were right in part"),
        "rejected": said("Looked again: the decision stands"),
        "pointed": said("Wrote to somebody where help is"),
        "talked": said("Talked it over with a second person"),
        "answered": said("Heard from somebody since"),
        "called": said("Told the emergency services"),
        "handed-emergency": said("Told the emergency services"),
        "handed-line": said("Said that a helpline is with somebody"),
        "handed-close": said("Said that somebody close is with them"),
        "handed-carer": said("Said that a doctor or therapist knows"),
        "saw-to-help": said("Saw to somebody who asked for a moderator"),
        "police-told": said("Told the police"),
        "police-no-duty": said("Found no duty to tell the police"),
        "noted": said("Changed the content notes before a post"),
        "pause": said("Let a thread rest"),
        "slow": said("Let a thread go slowly"),
        "lock": said("Locked a thread"),
        "moved": said("Moved a thread to another topic"),
        "split": said("Made a thread of some replies"),
        "merged": said("Put a thread’s posts into another thread"),
        "pinned": said("Pinned a thread"),
        "unpinned": said("Took a pin away"),
        "summary-changed": said("Changed what somebody wrote of a thread in short"),
        "summary-taken": said("Took away what somebody wrote of a thread in short"),
        "pace-ended": said("Let a thread go on as usual"),
        "promoted": said("Made a topic of a tag"),
        "reworded": said("Changed the words of a topic"),
        "roles-changed": said("Changed what somebody is in a group"),
        "staff-changed": said("Changed what somebody does for the site"),
        "greeting-taken": said("Took a greeter’s words away"),
        "holds-chosen": said("Chose whose posts are read before others see them"),
        "watched": said("Added a phrase to a list of watched words"),
        "left-out": said("Left a phrase out of a list of watched words"),
        "locked-account": said("Locked a taken-over account"),
        "unlocked-account": said("Unlocked an account"),
    }
)


def may_search(actor: Actor) -> Verdict:
    """Admins look up who did what, in codes. They read no content by that."""
    return YES if actor.is_admin else no(NOT_FOUND)
