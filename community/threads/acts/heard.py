"""Who hears of what moderators do in threads. Threads know nothing of moderation: it asks to be
told, and writes it into its record in the same transaction."""

from collections.abc import Callable

from community.threads.acts.rules import Act

Listener = Callable[[Act], None]
_LISTENERS: list[Listener] = []


def hears_of_acts(listener: Listener) -> Listener:
    """Call this with whatever moderators do from now on."""
    _LISTENERS.append(listener)
    return listener


def say(act: Act) -> None:
    """This was done."""
    for listener in _LISTENERS:
        listener(act)
