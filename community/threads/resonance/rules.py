"""Answering in a word: which words there are, where, and who may. Pure.

Nobody reads who gave a word, and nobody but the author of a post how many there are: nothing is
ranked by them, and no bell rings. A thread that rests takes them too, since nobody has to read them
through.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from community.core.actor import Actor
from community.core.verdict import NOT_FOUND, YES, Reason, Verdict, no
from community.core.words import said
from community.groups.rules import may_see_inside
from community.safety.rules import may_write_in
from community.threads.rules.posts import Wish, Written

OWN_WORDS = Reason(
    "own-words", "This is for what somebody else wrote. What you wrote, others can answer.", 403
)


class Word(StrEnum):
    """What one press says to whoever wrote a post."""

    WITH_YOU = "with_you"
    SAME_HERE = "same_here"
    HELPED_ME = "helped_me"
    THANK_YOU = "thank_you"
    THINKING_OF_YOU = "thinking_of_you"

    @property
    def words(self) -> str:
        """As it stands on its button."""
        return _WORDS[self]


_WORDS: Mapping[Word, str] = MappingProxyType(
    {
        Word.WITH_YOU: said("With you"),
        Word.SAME_HERE: said("Same here"),
        Word.HELPED_ME: said("Helped me"),
        Word.THANK_YOU: said("Thank you for sharing"),
        Word.THINKING_OF_YOU: said("Thinking of you"),
    }
)

OFFERED: Mapping[Wish, Sequence[Word]] = MappingProxyType(
    {
        Wish.JUST_LISTENING: (Word.WITH_YOU, Word.SAME_HERE, Word.THANK_YOU),
        Wish.ME_TOO: (Word.SAME_HERE, Word.THINKING_OF_YOU, Word.THANK_YOU),
        Wish.IDEAS: (Word.HELPED_ME, Word.SAME_HERE, Word.THINKING_OF_YOU),
        Wish.FACTS: (Word.HELPED_ME, Word.WITH_YOU, Word.THANK_YOU),
    }
)
"""Three under each post, by what its thread asks for, so that a page of them stays calm."""


def may_give_word(actor: Actor, post: Written, now: datetime) -> Verdict:
    """Whoever may write there, to what somebody else wrote and is shown."""
    is_there = may_see_inside(actor, post.group_id) and (
        YES if post.is_shown(now) else no(NOT_FOUND)
    )
    is_somebody_elses = no(OWN_WORDS) if post.is_by(actor) else YES
    return is_there and is_somebody_elses and may_write_in(actor, post.group_id)
