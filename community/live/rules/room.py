"""The live circle as a frozen value, and the questions that can be asked of it.

The row holds exactly this. It knows no event: what may happen is in `may`, what follows in `step`.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

# How long somebody may be away before *others may be asked* what to do. None of these moves
# anything by itself: they are only read when somebody presses something.
MEMBER_GRACE = timedelta(seconds=60)
HOLDER_GRACE = timedelta(seconds=90)
OFFERED_GRACE = timedelta(seconds=30)
FACILITATOR_GRACE = timedelta(seconds=20)
EMPTY_AFTER = timedelta(minutes=30)
ABSENT_AFTER = timedelta(minutes=5)  # of a facilitator, until members may choose how to go on
NOBODY_CAME_AFTER = timedelta(minutes=30)  # from the start of the call
UNANSWERED_AFTER = timedelta(seconds=30)
BREAK_AFTER = timedelta(minutes=25)  # an idea for a facilitator; nothing happens

# How long we take it that somebody’s page, or a process, is still there without a word of it.
LEASE = timedelta(seconds=30)
PAGE_THAT_ASKS = timedelta(seconds=90)  # by its script, every few seconds
PAGE_WITHOUT_SCRIPT = timedelta(minutes=15)  # whenever its reader presses something


class Phase(StrEnum):
    LOBBY = "lobby"
    OPENING = "opening"
    ROUND = "round"
    OPEN_FLOOR = "open-floor"
    GOODBYE = "goodbye"
    ENDED = "ended"


TURNS = frozenset({Phase.ROUND, Phase.OPEN_FLOOR})
"""When there are turns: each once and in order, or whoever raised a hand."""


class Part(StrEnum):
    """What somebody is in this circle. A listener takes a seat and no turn."""

    FACILITATOR = "facilitator"
    MEMBER = "member"
    LISTENER = "listener"


class Way(StrEnum):
    """How somebody takes part today."""

    VOICE = "voice"
    TEXT = "text"
    LISTEN = "listen"


class Presence(StrEnum):
    KNOCKING = "knocking"
    IN_LOBBY = "in-lobby"
    CONNECTED = "connected"
    RECONNECTING = "reconnecting"
    GONE = "gone"
    REMOVED = "removed"


HERE = frozenset({Presence.IN_LOBBY, Presence.CONNECTED})
INSIDE = HERE | {Presence.RECONNECTING}


class Mode(StrEnum):
    """How a turn is taken. It may change in the middle."""

    VOICE = "voice"
    TYPED = "typed"
    SILENCE = "silence"


class Wish(StrEnum):
    """What the speaker would like from the others afterwards."""

    JUST_LISTEN = "just-listen"
    REFLECTION = "reflection"
    IDEAS = "ideas"


class Status(StrEnum):
    DUE = "due"
    DONE = "done"
    PASSED = "passed"
    LATER = "later"
    OWED = "owed"
    SKIPPED = "skipped"  # by a facilitator, who may add them again
    WRITTEN = "written"  # an owed turn that was shared in writing at the end


OPEN = frozenset({Status.DUE, Status.LATER, Status.OWED})


class HoldReason(StrEnum):
    FACILITATOR = "facilitator"
    BREAK = "break"
    NO_FACILITATOR = "no-facilitator"


class AskKind(StrEnum):
    """What somebody may ask of the facilitators, and nobody else sees."""

    LINE = "line"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has knocked, with their place in the sign-up order.

    `page` is the one page of theirs that is active, as far as we know one.
    """

    id: UUID
    name: str
    part: Part
    way: Way
    place: int
    card: str | None = None
    presence: Presence = Presence.KNOCKING
    away_since: datetime | None = None
    mic: bool = False
    page: UUID | None = None
    resting: bool = False  # stepped away by their own choice: seat and place are kept
    turns: int = 0  # that they have begun; shown to nobody

    @property
    def facilitates(self) -> bool:
        return self.part is Part.FACILITATOR

    @property
    def takes_turns(self) -> bool:
        return self.part is Part.MEMBER and self.way is not Way.LISTEN

    def is_away_past(self, grace: timedelta, now: datetime) -> bool:
        return self.away_since is not None and now - self.away_since >= grace


@dataclass(frozen=True, slots=True)
class Entry:
    """One person's turn in the round."""

    person: UUID
    status: Status = Status.DUE


@dataclass(frozen=True, slots=True)
class Idle:
    """Nobody has the floor and nobody is asked to take it."""

    person: None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """Asked whether they would like the floor now. An offer has no time limit."""

    person: UUID


@dataclass(frozen=True, slots=True)
class Holding:
    """Their turn, until they say it is over."""

    person: UUID
    mode: Mode
    wish: Wish
    paused: bool = False
    nudged: bool = False  # a facilitator let them know; only they see it


Floor = Idle | Offered | Holding


@dataclass(frozen=True, slots=True)
class Undo:
    """What one person can take back: themselves and their entry as they were before.

    `floor` is what they gave up, while nobody has accepted since.
    """

    person: UUID
    way: Way
    mic: bool
    entry: Entry | None
    position: int
    floor: Offered | Holding | None


@dataclass(frozen=True, slots=True)
class Ask:
    """A line to the facilitators, or a call for help. The words are kept apart, by `number`."""

    number: int
    person: UUID
    kind: AskKind
    at: datetime
    opened: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """What a member chose when no facilitator was there: to end, or to wait from `at` on."""

    person: UUID
    ends: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Room:
    """Everything that is true of the circle at one version.

    `moved` is the version at which the floor last went to somebody else. A press that saw an
    older version than that is stale; one that only missed an arrival or a dropped line is not,
    so nobody has to press twice because of somebody else's network.

    With an open floor the queue is the hands, in the order in which they were raised.
    """

    call_id: UUID
    phase: Phase = Phase.LOBBY
    people: tuple[Person, ...] = ()
    queue: tuple[Entry, ...] = ()
    floor: Floor = Idle()
    hold: HoldReason | None = None
    prompt: str = ""
    thanked: UUID | None = None
    undos: tuple[Undo, ...] = ()
    lead: UUID | None = None  # which of the facilitators leads
    asks: tuple[Ask, ...] = ()
    choices: tuple[Choice, ...] = ()
    rested_at: datetime | None = None  # when it began, or the last break was over
    version: int = 0
    moved: int = 0

    def find(self, person: UUID | None) -> Person | None:
        return next((each for each in self.people if each.id == person), None)

    def person(self, person: UUID) -> Person:
        """Somebody who is known to be in `people`."""
        return next(each for each in self.people if each.id == person)

    def entry(self, person: UUID) -> Entry | None:
        return next((each for each in self.queue if each.person == person), None)

    def choice(self, person: UUID) -> Choice | None:
        return next((each for each in self.choices if each.person == person), None)

    def undo(self, person: UUID) -> Undo | None:
        return next((each for each in self.undos if each.person == person), None)

    def with_person(self, person: Person) -> "Room":
        """The same room with this person as they are now, or with them added."""
        if self.find(person.id) is None:
            return replace(self, people=(*self.people, person))
        return replace(
            self, people=tuple(person if each.id == person.id else each for each in self.people)
        )

    def without(self, person: UUID) -> "Room":
        return replace(self, people=tuple(each for each in self.people if each.id != person))
