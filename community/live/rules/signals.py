"""What two browsers may tell each other through us so that they connect, and who may.

A connection has two ends, one in each page, and each end has an id of its own: a page that was
loaded anew, or another device, is another end. So a signal says which end sent it and which far
end it means (`null` while that is unknown). A signal with neither description nor candidate is a
greeting. Nothing else gets through, and nothing is kept.
"""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from community.core.media import Allowed, Path
from community.core.verdict import NOT_FOUND, YES, Reason, Refused, Verdict, no
from community.live.rules.guards import when
from community.live.rules.may import may_watch
from community.live.rules.questions import heard
from community.live.rules.reasons import WAITING, WITHOUT_SOUND
from community.live.rules.room import Phase, Presence, Room
from community.live.rules.video import visible

LONGEST_DESCRIPTION = 32 * 1024
LONGEST_CANDIDATE = 1024
MOST_AT_ONCE = 40

NOT_A_SIGNAL = Reason(
    "not-a-signal", "Your browser sent something that the circle couldn’t use.", 422
)
RELAY_ONLY = Reason("relay-only", "This circle connects people through its own relay only.", 422)

BY_SERVER = Reason("by-server", "Voices go through our media server here.", 422)

RELAYED = re.compile(r" typ relay( |$)", re.IGNORECASE)
RELATED = re.compile(r" raddr \S+ rport \d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Signal:
    """`data` goes to the person `to` as it stands."""

    to: UUID
    data: dict[str, Any]


def may_signal(room: Room, sender: UUID, to: UUID) -> Verdict:
    """Only between two people who are both connected in this circle, while it is on, and neither
    of them without sound."""
    ends = [room.find(sender), room.find(to)]
    connected = [
        each
        for each in ends
        if each and each.presence is Presence.CONNECTED and not each.without_sound
    ]
    if sender == to or len(connected) < 2 or room.phase is Phase.ENDED:
        return no(NOT_FOUND)
    return YES


def may_connect(room: Room, person: UUID) -> Verdict:
    """Whoever may see the circle is told how to reach the others, once they have been let in."""
    known = room.find(person)
    is_knocking = known is not None and known.presence is Presence.KNOCKING
    is_without = known is not None and known.without_sound
    return (
        may_watch(room, person)
        and when(not is_knocking, WAITING)
        and when(not is_without, WITHOUT_SOUND)
    )


def allowed(room: Room) -> Allowed:
    """What a media server holds everybody’s browser to."""
    return Allowed(room.once(may_be_there), heard(room), visible(room))


def may_be_there(room: Room) -> frozenset[UUID]:
    """Everybody who may be connected."""
    return frozenset(each.id for each in room.people if may_connect(room, each.id))


def may_go_by_itself(path: Path) -> Verdict:
    """Where voices go through a server, no browser is told anything of another’s."""
    return when(path is not Path.SERVER, BY_SERVER)


def said_at_once(signals: object) -> Sequence[object]:
    """What a page says to several others at the same moment, each to be judged by itself."""
    if not isinstance(signals, list) or len(signals) > MOST_AT_ONCE:
        raise Refused(NOT_A_SIGNAL)
    return signals


def checked(payload: object, relay_only: bool) -> Signal:
    """The signal in this payload, or `Refused`.

    With `relay_only` nothing that tells where somebody is gets through: a candidate that is not
    the relay's is refused, and taken out of descriptions.
    """
    fields = _only(payload, {"to", "end", "far"}, {"description", "candidate"})
    if "description" in fields and "candidate" in fields:
        raise Refused(NOT_A_SIGNAL)
    far = fields["far"]
    data: dict[str, Any] = {
        "end": str(_id(fields["end"])),
        "far": None if far is None else str(_id(far)),
    }
    if "description" in fields:
        data["description"] = _description(fields["description"], relay_only)
    if "candidate" in fields:
        data["candidate"] = _candidate(fields["candidate"], relay_only)
    return Signal(_id(fields["to"]), data)


def _description(value: object, relay_only: bool) -> dict[str, Any]:
    fields = _only(value, {"type", "sdp"})
    if fields["type"] not in ("offer", "answer"):
        raise Refused(NOT_A_SIGNAL)
    sdp = _text(fields["sdp"], LONGEST_DESCRIPTION)
    return {"type": fields["type"], "sdp": _without_addresses(sdp) if relay_only else sdp}


def _without_addresses(sdp: str) -> str:
    lines = (
        RELATED.sub(" raddr 0.0.0.0 rport 9", line) if line.startswith("a=candidate:") else line
        for line in sdp.splitlines()
        if not line.startswith("a=candidate:") or RELAYED.search(line)
    )
    return "".join(f"{line}\r\n" for line in lines)


def _candidate(value: object, relay_only: bool) -> dict[str, Any] | None:
    if value is None:
        return None
    fields = _only(value, {"candidate"}, {"sdpMid", "sdpMLineIndex", "usernameFragment"})
    line = _text(fields["candidate"], LONGEST_CANDIDATE)
    if relay_only and line:
        if not RELAYED.search(line):
            raise Refused(RELAY_ONLY)
        line = RELATED.sub(" raddr 0.0.0.0 rport 9", line)
    for name in ("sdpMid", "usernameFragment"):
        if fields.get(name) is not None:
            _text(fields[name], LONGEST_CANDIDATE)
    index = fields.get("sdpMLineIndex")
    if index is not None and (type(index) is not int or not 0 <= index < 256):
        raise Refused(NOT_A_SIGNAL)
    return {**fields, "candidate": line}


def _only(value: object, needed: Set[str], allowed: Set[str] = frozenset()) -> Mapping[str, Any]:
    """A mapping with every needed name and no unknown one."""
    if not isinstance(value, Mapping) or not needed <= value.keys() <= needed | allowed:
        raise Refused(NOT_A_SIGNAL)
    return value


def _text(value: object, longest: int) -> str:
    if not isinstance(value, str) or len(value.encode(errors="replace")) > longest:
        raise Refused(NOT_A_SIGNAL)
    return value


def _id(value: object) -> UUID:
    try:
        return UUID(_text(value, 36))
    except ValueError:
        raise Refused(NOT_A_SIGNAL) from None
