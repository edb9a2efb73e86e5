"""The room of a circle while it is held: until the transaction ends nobody else changes it, or the
call that it is of.

The lock of the call guards both: a press may move the call too, and two who locked the two rows in
a different order would wait for each other. The rows are read as columns; to find objects in them
takes longer than all the rest.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Uuid, bindparam, delete, select, update

from community.calls.models import Call
from community.calls.rules.call import Held
from community.core.asking import columns
from community.core.db import db, locked, locking
from community.live.models import LiveRoom
from community.live.rules.room import Room
from community.live.rules.stored import from_text, to_text


@dataclass(slots=True)
class HeldRoom:
    """The room as its row says, with who looks after its call by now."""

    call: Held
    room: Room

    @property
    def call_id(self) -> UUID:
        return self.room.call_id

    def keep(self, room: Room) -> None:
        """Write the room at once: it is this from now on."""
        self.room = room
        columns(_KEEP, {"which": room.call_id, "kept": to_text(room), "number": room.version})

    def erase(self) -> None:
        """Take the row away, and with it, by the database, every press, word and line."""
        db.session.execute(delete(LiveRoom).where(LiveRoom.call_id == self.call_id))


def held(call_id: UUID) -> tuple[Held, HeldRoom | None]:
    """The call and the room of its circle, if one is on, in one statement: whoever had to wait is
    shown what came of it. `Refused(NOT_FOUND)` if there is no such call."""
    found = columns(_BOTH, {"which": call_id}).one_or_none()
    if found is not None:
        return found, HeldRoom(found, from_text(found.room))
    call = locked(Call, call_id)
    state = db.session.scalar(select(LiveRoom.state).where(LiveRoom.call_id == call_id))
    return call, None if state is None else HeldRoom(call, from_text(state))


def opened(call: Held, room: Room) -> HeldRoom:
    """A room for this call, which has none so far and is locked."""
    db.session.add(LiveRoom(call_id=room.call_id, state=to_text(room), version=room.version))
    db.session.flush()
    return HeldRoom(call, room)


_WHICH = bindparam("which", type_=Uuid())
_BOTH = locking(
    select(
        Call.state,
        Call.group_id,
        Call.facilitator_id,
        Call.co_facilitator_id,
        LiveRoom.state.label("room"),
    )
    .join(LiveRoom, LiveRoom.call_id == Call.id)
    .where(Call.id == _WHICH)
)
_KEEP = (
    update(LiveRoom)
    .where(LiveRoom.call_id == _WHICH)
    .values(state=bindparam("kept"), version=bindparam("number"))
)
