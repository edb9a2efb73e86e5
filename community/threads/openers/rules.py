"""Words to begin with, and when an answer reads like advice. Pure.

Where somebody asked only to be listened to, whoever writes what reads like advice is asked once
whether they mean to send it. It is a question about some common words, never a judgement: it stops
nothing, nobody else learns of it, and nothing is kept of it but that it was asked, with the draft.
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from community.core.words import said
from community.threads.rules.posts import Wish

OPENERS: Mapping[Wish, Sequence[str]] = MappingProxyType(
    {
        Wish.JUST_LISTENING: (
            said("I hear you."),
            said("Thinking of you."),
            said("Thank you for telling us."),
            said("No reply needed."),
        ),
        Wish.ME_TOO: (
            said("Me too."),
            said("For me it’s like this:"),
            said("I know this from my own days."),
            said("No reply needed."),
        ),
        Wish.IDEAS: (
            said("Something I tried:"),
            said("For me this made a difference:"),
            said("One thought, in case it’s of use:"),
            said("No reply needed."),
        ),
        Wish.FACTS: (
            said("I read this, and here is where:"),
            said("As far as I know:"),
            said("I’m not sure, but I think:"),
            said("No reply needed."),
        ),
    }
)

ADVICE = (
    "you should",
    "you shouldn't",
    "you ought to",
    "you need to",
    "you have to",
    "you'd better",
    "you had better",
    "you could try",
    "you can try",
    "you might try",
    "you might want to",
    "you may want to",
    "you just need",
    "why don't you",
    "why not try",
    "have you tried",
    "have you considered",
    "have you thought of",
    "have you thought about",
    "did you try",
    "if i were you",
    "my advice",
    "my tip",
    "i'd advise",
    "i would advise",
    "i'd suggest",
    "i would suggest",
    "i suggest",
    "i'd recommend",
    "i would recommend",
    "i recommend",
    "make sure you",
    "what you need is",
    "the best thing is to",
)
"""Each as it is after `_plainly`. A page’s script is given the same list, so that it can ask before
anything is sent."""


def reads_like_advice(text: str) -> bool:
    """Whether one of these stands in it, whatever its capitals, blanks and apostrophes."""
    return _ADVICE.search(_plainly(text)) is not None


def asks_in(wish: Wish) -> bool:
    """Whether the question is asked in a thread: where somebody wants nothing but listening."""
    return wish is Wish.JUST_LISTENING


def _plainly(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())


_ADVICE = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ADVICE))})(?!\w)")
