"""Who hears of what moderators do in threads, and who may say no to it. Threads know nothing of
moderation: it asks to be told, and writes it into its record in the same transaction; and to be
asked before, because it knows who has a part in what."""

from collections.abc import Callable
from datetime import datetime

from community.core.actor import Actor
from community.core.verdict import YES, Verdict
from community.threads.acts.rules import Act
from community.threads.rules.rows import PostRow

Listener = Callable[[Act], None]
Asked = Callable[[Actor, PostRow, datetime], Verdict]
_LISTENERS: list[Listener] = []
_ASKED: list[Asked] = []


def asked_of_acts(asked: Asked) -> Asked:
    """Ask this from now on before a moderator does something to a post, or to the thread that
    begins with it."""
    _ASKED.append(asked)
    return asked


def may_act(actor: Actor, post: PostRow, now: datetime) -> Verdict:
    """What whoever asked to be asked says, beside what threads know themselves."""
    answers = (asked(actor, post, now) for asked in _ASKED)
    return next((answer for answer in answers if not answer), YES)


def hears_of_acts(listener: Listener) -> Listener:
    """Call this with whatever moderators do from now on."""
    _LISTENERS.append(listener)
    return listener


def say(act: Act) -> None:
    """This was done."""
    for listener in _LISTENERS:
        listener(act)
