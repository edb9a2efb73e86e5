"""The handbook as one: by reason, and by the words that somebody chose to begin with."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from community.core.words import said
from community.moderation.handbook.about_holds import ABOUT_HOLDS
from community.moderation.handbook.about_people import ABOUT_PEOPLE
from community.moderation.handbook.about_words import ABOUT_WORDS
from community.moderation.handbook.guidance import Guidance, Reply
from community.moderation.holds.rules import HELD_REASONS

AS_IT_IS = Reply(
    "as-it-is",
    said("It stays as it is"),
    "reporting",
    said(
        "Somebody asked us to read this. We did, and it keeps to the guidelines. Nothing changes."
    ),
)

_ALL = (*ABOUT_PEOPLE, *ABOUT_WORDS, *ABOUT_HOLDS)

GUIDANCE: Mapping[str, Guidance] = MappingProxyType({each.reason_id: each for each in _ALL})
REPLIES: Mapping[str, Reply] = MappingProxyType(
    {reply.id: reply for reply in (AS_IT_IS, *(reply for each in _ALL for reply in each.replies))}
)


def replies_for(reason_id: str) -> Sequence[Reply]:
    """Words to begin with for an item that stands under this reason."""
    replies = GUIDANCE[reason_id].replies if reason_id in GUIDANCE else ()
    return replies if reason_id in HELD_REASONS else (*replies, AS_IT_IS)
