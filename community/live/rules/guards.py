"""The questions that `may` asks of a room and of whoever presses: each is a verdict or a fact."""

from datetime import datetime
from uuid import UUID

from community.calls.rules.call import EndReason
from community.core.verdict import NOT_FOUND, STALE, YES, Reason, Verdict, no
from community.live.rules.doors import not_away, not_out
from community.live.rules.events import Back, Event, Lost, NobodyCame
from community.live.rules.leading import MoveDown, MoveUp, PartPress, WordsPress
from community.live.rules.orders import changes_places, is_arranged
from community.live.rules.presses import (
    ClaimStandby,
    FloorPress,
    Leave,
    MicOn,
    SoundOff,
    SoundOn,
    Sure,
    TakeDevice,
)
from community.live.rules.questions import is_in_turn, is_led, may_be_chosen, unled_since
from community.live.rules.reasons import (
    ALREADY_HERE,
    ALREADY_LATER,
    CLOSES,
    ELSEWHERE,
    FACILITATORS_ONLY,
    FIRST_IN_LINE,
    FLOOR_FREE,
    FOR_MEMBERS,
    HAS_FLOOR,
    HAS_TURN,
    LAST_IN_LINE,
    LEADS_ALONE,
    LISTEN_BY_NAME,
    MIC_ASKS,
    MIC_BY_HAND,
    MIC_BY_SPEAKING,
    MIC_BY_START,
    MIC_INTERPRETS,
    MIC_IS_OFF,
    MIC_WAITS,
    NO_ROUND,
    NO_TURN,
    NOT_A_FACILITATOR,
    NOT_HERE,
    NOT_HOLDING,
    NOT_KNOCKING,
    NOT_OPEN,
    NOT_STARTED,
    NOT_TYPING,
    NOT_WAITING,
    NOT_YOUR_TURN,
    NOTHING_CHANGED,
    NOTHING_TO_GO_BACK_TO,
    NUDGED,
    ON_HOLD,
    STEPPED_AWAY,
    TAKES_NO_TURN,
    TAKING_A_MOMENT,
    TURN_IS_ON,
    WAIT_FOR_FACILITATOR,
    WAIT_FOR_THEM,
    WAITING,
    WAITING_ON,
    WAY_IS_SO,
    WITHOUT_SOUND,
)
from community.live.rules.room import (
    ABSENT_AFTER,
    CLOSING,
    EMPTY_AFTER,
    FACILITATOR_GRACE,
    HERE,
    HOLDER_GRACE,
    INSIDE,
    NOBODY_CAME_AFTER,
    OFFERED_GRACE,
    OPEN,
    ROUNDS,
    TURNS,
    WELCOME,
    WRITTEN,
    AskKind,
    Entry,
    Holding,
    Idle,
    Offered,
    Part,
    Person,
    Phase,
    Presence,
    Room,
    Status,
    Way,
)

BY_HAND = frozenset({EndReason.FINISHED, EndReason.SAFETY, EndReason.CANCELLED_LIVE})
MOST_LINES = 20  # of one person that nobody has opened yet


def when(ok: bool, otherwise: Reason) -> Verdict:
    return YES if ok else no(otherwise)


def inside(me: Person, event: Event) -> Verdict:
    """Whoever knocks can wait on another page, come in when they stand by, or not wait longer, and
    say whether they come with sound."""
    waits = isinstance(event, (Leave, TakeDevice, ClaimStandby, SoundOff, SoundOn))
    return not_away(me) and when(me.presence in INSIDE or waits, WAITING)


def fresh(room: Room, event: Event) -> Verdict:
    """Whoever moves the floor has seen where it is, and whoever hides words that they aren’t."""
    if isinstance(event, FloorPress):
        return when(room.moved <= event.seen <= room.version, STALE)
    if isinstance(event, WordsPress):
        known = room.hidden_words(event.number)
        since = 0 if known is None else known.since
        return when(since <= event.seen <= room.version, STALE)
    return YES


def may_knock(known: Person | None) -> Verdict:
    """Anybody new, and anybody who left; never anybody who was sent out."""
    if known is None:
        return YES
    return not_out(known) and when(known.presence is Presence.GONE, ALREADY_HERE)


def changes_presence(person: Person | None, event: Lost | Back) -> Verdict:
    """A connection that was lost twice was lost once, and only the active page’s counts.

    Nobody is on two pages: whoever is here on one is asked whether to go on on the other.
    """
    if person is None:
        return no(NOT_FOUND)
    is_away, is_same = person.away_since is not None, person.page == event.page
    if not (here := not_away(person)):
        return here
    if isinstance(event, Lost):
        return when(is_same and not is_away, NOTHING_CHANGED)
    if is_away or (person.page is None and event.page is not None):
        return YES
    return no(NOTHING_CHANGED if is_same or event.page is None else ELSEWHERE)


def is_empty(room: Room, now: datetime) -> bool:
    """Known, of everybody who ever came in, for the whole time. Unknown is not absent."""
    came = [each for each in room.people if each.presence in INSIDE | {Presence.GONE}]
    if not came or not all(each.is_away_past(EMPTY_AFTER, now) for each in came):
        return False
    if room.phase is not Phase.LOBBY or room.starts_at is None:
        return True
    return now - room.starts_at >= EMPTY_AFTER and not _waits_unled(room, room.starts_at)


def nobody_came(room: Room, event: NobodyCame, now: datetime) -> bool:
    return now - event.starts_at >= NOBODY_CAME_AFTER and _waits_unled(room, event.starts_at)


def _waits_unled(room: Room, starts_at: datetime) -> bool:
    """Has no facilitator been in the lobby at the start or since? Whoever looked in before it and
    went again has not; where nobody else came, nobody waited."""
    lead = [each.away_since for each in room.people if each.facilitates]
    came = any(since is None or since >= starts_at for since in lead)
    nobody_else = bool(lead) and len(lead) == len(room.people)
    return room.phase is Phase.LOBBY and not came and not nobody_else


def chooses(room: Room, now: datetime) -> Verdict:
    """How to go on is for members to say once no facilitator has been there for long."""
    if may_be_chosen(room, now):
        return YES
    return no(FACILITATORS_ONLY if unled_since(room) is None else WAIT_FOR_FACILITATOR)


def not_waiting_on(room: Room, me: Person, now: datetime) -> Verdict:
    choice = room.choice(me.id)
    waits = choice is not None and not choice.ends and now - choice.at < ABSENT_AFTER
    return when(not waits, WAITING_ON)


def started(room: Room) -> Verdict:
    return when(room.phase is not Phase.LOBBY, NOT_STARTED)


def for_members(me: Person) -> Verdict:
    return when(not me.facilitates, FOR_MEMBERS)


def is_read(room: Room, me: Person) -> Verdict:
    """A member’s line waits for whoever comes; a facilitator’s is for another who is in."""
    others = (each for each in room.people if each.facilitates and each.presence in INSIDE)
    return when(not me.facilitates or any(each.id != me.id for each in others), LEADS_ALONE)


def can_lead(person: Person | None, me: Person) -> Verdict:
    leads = person is not None and person.facilitates and person.presence in HERE
    return when(leads and person != me, NOT_A_FACILITATOR)


def lead_is_away(room: Room, now: datetime) -> bool:
    lead = room.find(room.lead)
    is_inside = lead is not None and lead.presence in INSIDE
    return lead is None or not is_inside or lead.is_away_past(FACILITATOR_GRACE, now)


def has_turns(room: Room) -> Verdict:
    return when(room.phase in TURNS, NO_ROUND)


def in_round(room: Room) -> Verdict:
    return when(room.phase in ROUNDS, NO_ROUND)


def not_closing(room: Room) -> Verdict:
    return when(room.phase not in CLOSING, CLOSES)


def goes_on(room: Room, event: PartPress) -> Verdict:
    """Once nobody has the floor; or sooner, by a facilitator who has read what that means."""
    return started(room) and when(room.floor == Idle() or event.sure is Sure.YES, TURN_IS_ON)


def not_on_hold(room: Room) -> Verdict:
    return when(room.hold is None, ON_HOLD)


def is_holding(room: Room, me: Person) -> bool:
    return isinstance(room.floor, Holding) and room.floor.person == me.id


def is_paused(room: Room) -> bool:
    return isinstance(room.floor, Holding) and room.floor.paused


def keeps_floor(room: Room, me: Person) -> Verdict:
    """The holder, or a facilitator while somebody holds the floor."""
    return when(is_holding(room, me) or me.facilitates, NOT_YOUR_TURN) and when(
        isinstance(room.floor, Holding), FLOOR_FREE
    )


def types(room: Room) -> Verdict:
    return when(isinstance(room.floor, Holding) and room.floor.mode in WRITTEN, NOT_TYPING)


def waits(room: Room, me: Person) -> bool:
    entry = room.entry(me.id)
    return entry is not None and entry.status in OPEN


def hands(room: Room, me: Person) -> Verdict:
    """In a gathering whoever listens asks for a turn by raising one."""
    may_ask = me.takes_turns or (room.gathers and me.part is Part.MEMBER)
    return (
        when(room.phase is Phase.OPEN_FLOOR, NOT_OPEN)
        and when(may_ask, NO_TURN)
        and when(not me.resting, STEPPED_AWAY)
    )


def has_hand_up(room: Room, me: Person) -> bool:
    """Raised by themselves: what comes later, or is owed, stays so."""
    return room.entry(me.id) == Entry(me.id) and room.floor.person != me.id


def said_later(room: Room, me: Person) -> bool:
    """By their own word: so they may raise a hand after all."""
    return room.entry(me.id) == Entry(me.id, Status.LATER) and room.floor.person != me.id


def was_owed(room: Room, me: Person) -> bool:
    entry = room.entry(me.id)
    return entry is not None and entry.status in (Status.OWED, Status.WRITTEN)


def nudgeable(room: Room, person: UUID) -> Verdict:
    holds = isinstance(room.floor, Holding) and room.floor.person == person
    nudged = isinstance(room.floor, Holding) and room.floor.nudged
    return when(holds, NOT_HOLDING) and when(not nudged, NUDGED)


def movable(room: Room, event: MoveUp | MoveDown, now: datetime) -> Verdict:
    """Among those who wait in the same way: whoever is due stays before whoever comes later."""
    if not (room.phase in TURNS or is_arranged(room, now)):
        return no(NO_ROUND)
    line = changes_places(room, event.person, now)
    if not line:
        return no(NOT_WAITING)
    if isinstance(event, MoveUp):
        return when(line[0] != event.person, FIRST_IN_LINE)
    return when(line[-1] != event.person, LAST_IN_LINE)


def addable(room: Room, person: Person | None) -> Verdict:
    if person is None or person.presence not in INSIDE:
        return no(NOT_HERE)
    return when(not waits(room, person), HAS_TURN) and when(person.takes_turns, TAKES_NO_TURN)


def takes_turns(me: Person, way: Way) -> Verdict:
    """By voice or in writing, whoever is a member here; whatever they chose before."""
    return (
        when(me.part is Part.MEMBER, NO_TURN)
        and when(way is not Way.LISTEN, LISTEN_BY_NAME)
        and when(way is not me.way, WAY_IS_SO)
    )


def unopened(room: Room, me: Person) -> int:
    return len([each for each in room.asks if each.person == me.id and not each.opened])


def has_asked(room: Room, me: Person, kind: AskKind) -> bool:
    """Once is enough, until it was opened."""
    mine = (each for each in room.asks if each.person == me.id and not each.opened)
    return any(each.kind is kind for each in mine)


def has_turn(room: Room, me: Person) -> Verdict:
    return when(waits(room, me), NO_TURN)


def not_later_yet(room: Room, me: Person) -> Verdict:
    entry = room.entry(me.id)
    comes_later = entry is not None and entry.status in (Status.LATER, Status.OWED)
    return when(not comes_later or room.floor.person == me.id, ALREADY_LATER)


def moves_on(room: Room, me: Person, now: datetime) -> Verdict:
    """A facilitator at any time; the members for somebody long away, when nobody leads."""
    if me.facilitates:
        return YES
    grace = HOLDER_GRACE if isinstance(room.floor, Holding) else OFFERED_GRACE
    waited = room.floor.person is not None and room.person(room.floor.person).is_away_past(
        grace, now
    )
    return when(
        waited and not is_led(room, now) and me.presence is Presence.CONNECTED, WAIT_FOR_THEM
    )


def goes_back(room: Room, me: Person) -> Verdict:
    """Whoever pressed “Move on”, and nobody else; not to somebody who rests by now."""
    back = room.moved_on
    if back is None or back.by != me.id:
        return no(NOTHING_TO_GO_BACK_TO)
    return when(not room.person(back.before.person).resting, NOTHING_TO_GO_BACK_TO)


def asked_first(room: Room, me: Person, event: MicOn) -> Verdict:
    """Whoever leads can speak while somebody has the floor, once they have read that."""
    speaks_over = isinstance(room.floor, Holding) and room.hold is None and not is_in_turn(room, me)
    return when(event.sure is Sure.YES or not speaks_over, HAS_FLOOR)


def why_silent(room: Room, me: Person) -> Reason:
    """Why a member’s microphone stays off, and what they can do instead."""
    if me.without_sound:
        return WITHOUT_SOUND
    if room.hold is not None:
        return ON_HOLD
    if me.part is Part.INTERPRETER:
        return MIC_INTERPRETS
    if is_holding(room, me):
        return TAKING_A_MOMENT if is_paused(room) else MIC_BY_SPEAKING
    if room.floor == Offered(me.id):
        return MIC_BY_START
    if room.phase is Phase.OPEN_FLOOR and hands(room, me) and not waits(room, me):
        return MIC_BY_HAND
    comes = waits(room, me) or (room.phase in WELCOME and me.takes_turns)
    return MIC_WAITS if comes else MIC_ASKS


def knocks(person: Person | None) -> Verdict:
    return when(person is not None and person.presence is Presence.KNOCKING, NOT_KNOCKING)


def mic_is_on(person: Person | None) -> Verdict:
    return when(person is not None and person.mic, MIC_IS_OFF)
