"""Who hears that something is held. Threads know nothing of moderation: it asks to be told, and
is told in the transaction that holds it."""

from collections.abc import Callable

from community.threads.holds.rules import Held

Listener = Callable[[Held], None]
_LISTENERS: list[Listener] = []


def hears_of_holds(listener: Listener) -> Listener:
    """Call this with whatever is held from now on."""
    _LISTENERS.append(listener)
    return listener


def say(held: Held) -> None:
    """This is held."""
    for listener in _LISTENERS:
        listener(held)
