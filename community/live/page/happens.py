"""What happens now, and what comes after: a few plain words for everybody, in every part."""

from collections.abc import Sequence
from uuid import UUID

from community.core.sentences import gettext as _
from community.live.rules.room import Order, Phase
from community.live.rules.snapshot import SeenEntry, Snapshot


def happens(seen: Snapshot) -> list[str]:
    """In the order in which it happens. Nothing of it has a time."""
    match seen.phase:
        case Phase.LOBBY:
            return [
                _("Everybody arrives. The facilitator begins when it’s time."),
                _("Then there’s a welcome, and nobody has to say anything."),
            ]
        case Phase.OPENING:
            return [
                _("The facilitator welcomes everybody."),
                _("Then we hear what we ask of each other, and the first round begins."),
            ]
        case Phase.GUIDELINES:
            return [
                _("The facilitator says what we ask of each other."),
                _("Then whoever takes turns has one, in the order that you see here.")
                if seen.listening
                else _("Then everybody has a turn, in the order that you see here."),
            ]
        case Phase.ROUND:
            return [
                _("Whoever takes turns has one, in the order that you see here.")
                if seen.listening
                else _("Everybody has a turn, in the order that you see here."),
                _guide(seen),
                _("Then there may be another round, an open floor, or a last short round."),
            ]
        case Phase.OPEN_FLOOR:
            return [
                _("Whoever would like to say more raises a hand, and the facilitator says who."),
                _("Then there may be another round, or a last short one."),
            ]
        case Phase.CLOSING_ROUND:
            return [
                _("The last round, a short one: a word or two from whoever takes turns, or none.")
                if seen.listening
                else _("The last round, a short one: a word or two from everybody, or none."),
                _("Then we say goodbye."),
            ]
        case Phase.GOODBYE:
            return [
                _("We say goodbye. You can leave whenever you like."),
                _("When the circle ends, everything that was typed is erased."),
            ]
        case _:
            return []


def _guide(seen: Snapshot) -> str:
    if not seen.guide:
        return _("A turn is as long as it is. Passing is one, too.")
    return _("A turn: %(guide)s. Nothing counts down.", guide=seen.guide.rstrip("."))


def coming_words(coming: Sequence[SeenEntry], viewer_id: UUID) -> str:
    """The order of another round, told beforehand."""
    if not coming:
        return ""
    names = ", ".join(_("You") if each.person == viewer_id else each.name for each in coming)
    return _("If there’s another round: %(names)s.", names=names)


def ordering_words(seen: Snapshot) -> str:
    """How the order of the round to come is made."""
    if seen.is_by_hand:
        return _("The order of the next round: as you arranged it.")
    return {
        Order.SIGN_UP: _("The order of the next round: as people signed up."),
        Order.RANDOM: _("The order of the next round: drawn by chance, and told beforehand."),
    }[seen.ordering]
