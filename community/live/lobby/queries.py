"""Who comes to a circle, as its lobby says it to one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from community.accounts.models import Account
from community.calls.models import Seat
from community.calls.rules.seats import SeatState
from community.core.actor import Actor
from community.core.db import db
from community.live.rules.entry import Place
from community.live.rules.room import INSIDE, Part, Person, Room


@dataclass(frozen=True, slots=True)
class Coming:
    """Who is here and who isn’t yet. `unnamed` are so many more who aren’t named to this person."""

    here: Sequence[Person]
    later: Sequence[tuple[UUID, str]]
    unnamed: int


def who_comes(actor: Actor, place: Place, room: Room | None) -> Coming:
    """Whoever is in the circle or its lobby; and for whoever is in this circle too, who has a seat
    and isn’t here. Whoever leads sees all of them, and is named to everybody. Of a gathering only
    whoever leads or takes turns is named."""
    inside = [person for person in room.people if person.presence in INSIDE] if room else []
    later = _still_to_come(place, inside)
    leads = place.part is Part.FACILITATOR
    here = [
        each
        for each in inside
        if each.facilitates
        or ((leads or actor.meets(each.id)) and (each.takes_turns or not place.gathers))
    ]
    named = [
        (who, name) for who, name in later if (leads or actor.meets(who)) and not place.gathers
    ]
    return Coming(here, named, len(inside) + len(later) - len(here) - len(named))


def _still_to_come(place: Place, here: Sequence[Person]) -> Sequence[tuple[UUID, str]]:
    if not place.is_confirmed:
        return []
    rows = db.session.execute(
        select(Seat.account_id, Account.name)
        .join(Account, Account.id == Seat.account_id)
        .where(
            Seat.call_id == place.call_id,
            Seat.state == SeatState.CONFIRMED,
            Seat.account_id.not_in([person.id for person in here]),
        )
        .order_by(Seat.place)
    )
    return [(row.account_id, row.name) for row in rows]
