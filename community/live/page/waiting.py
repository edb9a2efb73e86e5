"""Who waits for the facilitators: at the door, with a hand up, or for an answer; and what whoever
asked is told of it."""

from community.core.sentences import gettext as _
from community.live.rules.room import AskKind, Part, Phase, Status
from community.live.rules.snapshot import SeenAsk, Snapshot


def waiting_words(seen: Snapshot) -> list[str]:
    """To the facilitators: everybody who waits for them, a sentence each."""
    return [*door_words(seen), *hands_words(seen), *asks_words(seen)]


def door_words(seen: Snapshot) -> list[str]:
    """Who knocks."""
    return [
        _("%(name)s stands by, in case there is room.", name=knocker.name)
        if knocker.stands_by
        else _("%(name)s would like to come in.", name=knocker.name)
        for knocker in seen.knocking
    ]


def hands_words(seen: Snapshot) -> list[str]:
    """Whose hand is up while the floor is open. Whose turn comes later has raised none."""
    leads = seen.me is not None and seen.me.part is Part.FACILITATOR
    if not leads or seen.phase is not Phase.OPEN_FLOOR:
        return []
    return [
        _("%(name)s has raised a hand.", name=entry.name)
        for entry in seen.order
        if entry.status is Status.DUE and entry.person != seen.floor.person
    ]


def asks_words(seen: Snapshot) -> list[str]:
    """Who has written to them, or needs one; each is said once."""
    said = (_asks(ask) for ask in seen.asks if not ask.is_mine and not ask.opened)
    return list(dict.fromkeys(said))


def _asks(ask: SeenAsk) -> str:
    match ask.kind:
        case AskKind.HELP:
            return _("%(name)s needs a facilitator.", name=ask.name)
        case AskKind.SLOW:
            return _("%(name)s would like it slower.", name=ask.name)
        case AskKind.LINE:
            return _("%(name)s wrote to you.", name=ask.name)


def asked_words(seen: Snapshot) -> tuple[str, bool]:
    """What became of the newest thing somebody asked of the facilitators; whether in vain."""
    mine = [ask for ask in seen.asks if ask.is_mine]
    waiting = [ask for ask in mine if not ask.opened]
    if any(ask.unanswered for ask in waiting) and seen.me and seen.me.part is Part.FACILITATOR:
        return _("Nobody has opened it yet. If you need somebody now, don’t wait for us."), True
    if any(ask.unanswered for ask in waiting):
        return (
            _("No facilitator has opened it yet. If you need somebody now, don’t wait for us."),
            True,
        )
    if waiting:
        return _("The facilitators have it. Nobody else can see it."), False
    return (_("A facilitator has opened it."), False) if mine else ("", False)
