"""Words of a typed turn that a facilitator has hidden: only their writer sees them, until they are
shown again. Whoever wrote them keeps the floor, the turn and the place."""

from dataclasses import replace

from community.core.verdict import Verdict
from community.live.rules.guards import when
from community.live.rules.leading import HideWords, ShowWords
from community.live.rules.reasons import WORDS_ARE_HIDDEN, WORDS_ARE_OWN, WORDS_ARE_SHOWN
from community.live.rules.room import Hidden, Person, Room


def is_hidden(room: Room, number: int) -> bool:
    known = room.hidden_words(number)
    return known is not None and not known.shown


def may_hide(room: Room, me: Person, event: HideWords) -> Verdict:
    """That `me` facilitates is known."""
    return when(event.writer != me.id, WORDS_ARE_OWN) and when(
        not is_hidden(room, event.number), WORDS_ARE_HIDDEN
    )


def may_show(room: Room, me: Person, event: ShowWords) -> Verdict:
    """The same of showing them again."""
    known = room.hidden_words(event.number)
    is_own = known is not None and known.writer == me.id
    return when(is_hidden(room, event.number), WORDS_ARE_SHOWN) and when(not is_own, WORDS_ARE_OWN)


def hide(room: Room, event: HideWords) -> Room:
    return _known(room, Hidden(event.number, event.writer, since=room.version + 1))


def show(room: Room, event: ShowWords) -> Room:
    known = room.hidden_words(event.number)
    assert known is not None
    return _known(room, replace(known, since=room.version + 1, shown=True))


def _known(room: Room, now: Hidden) -> Room:
    others = tuple(each for each in room.hidden if each.number != now.number)
    return replace(room, hidden=(*others, now))
