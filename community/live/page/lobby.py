"""What the lobby says to somebody about their own way in."""

from flask_babel import gettext as _

from community.calls.rules.seats import SeatState
from community.live.rules.entry import Place


def seat_words(place: Place) -> str:
    """Kind words for whoever has no seat. Nothing for whoever is let in at once."""
    if place.is_confirmed:
        return ""
    match place.seat:
        case SeatState.STANDBY:
            return _(
                "You’re standing by. From three minutes after the start you can come in, if there "
                "is room. Whoever has a seat is let in however late. You can leave at any time."
            )
        case SeatState.OFFERED:
            return _("A seat is held for you. Take it on the call’s page, and you come in at once.")
        case SeatState.WAITING:
            return _(
                "You’re in line for a seat. You can come to the door: a facilitator sees that "
                "you’re here, and lets you in if there’s room. Your place in the line is kept."
            )
        case _:
            return _(
                "You have no seat in this call. You can come to the door: a facilitator sees that "
                "you’re here, and lets you in if there’s room. Nobody will ask why."
            )
