"""The live circle as a frozen value, and the questions that can be asked of it.

The row holds exactly this. It knows no event: what may happen is in `may`, what follows in `step`.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID, uuid5

from community.core.media import MESH, Ceilings

T = TypeVar("T")

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
CLOSES_WITHIN = timedelta(minutes=5)  # of the planned end: another one

# How long we take it that somebody’s page, or a process, is still there without a word of it.
LEASE = timedelta(seconds=30)
PAGE_THAT_ASKS = timedelta(seconds=90)  # by its script, every few seconds
PAGE_WITHOUT_SCRIPT = timedelta(minutes=15)  # whenever its reader presses something


class Phase(StrEnum):
    LOBBY = "lobby"
    OPENING = "opening"
    GUIDELINES = "guidelines"
    ROUND = "round"
    OPEN_FLOOR = "open-floor"
    CLOSING_ROUND = "closing-round"
    GOODBYE = "goodbye"
    ENDED = "ended"


WELCOME = frozenset({Phase.OPENING, Phase.GUIDELINES})
"""When the facilitators speak, before the first turn."""

ROUNDS = frozenset({Phase.ROUND, Phase.CLOSING_ROUND})
"""When everybody has a turn, each once and in order. The closing round is a short one."""

TURNS = ROUNDS | {Phase.OPEN_FLOOR}
"""When there are turns: in order, or for whoever raised a hand."""

CLOSING = frozenset({Phase.CLOSING_ROUND, Phase.GOODBYE})
"""When the circle comes to its end, and no other round begins."""


class Order(StrEnum):
    """How the order of a round is made, unless a facilitator arranges it by hand."""

    SIGN_UP = "sign-up"
    RANDOM = "random"  # told beforehand


class Spot(StrEnum):
    """Where in the order somebody would like their turn today. A voice tires."""

    EARLY = "early"
    ANY = "any"
    LATE = "late"


class Part(StrEnum):
    """What somebody is in this circle. An interpreter takes a seat and no turn."""

    FACILITATOR = "facilitator"
    MEMBER = "member"
    INTERPRETER = "interpreter"


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
    BANNED = "banned"  # for this call


HERE = frozenset({Presence.IN_LOBBY, Presence.CONNECTED})
INSIDE = HERE | {Presence.RECONNECTING}
OUT = frozenset({Presence.REMOVED, Presence.BANNED})


class Mode(StrEnum):
    """How a turn is taken. It may change in the middle."""

    VOICE = "voice"
    TYPED = "typed"
    ALOUD = "aloud"  # typed, and read by each listener’s own device
    SILENCE = "silence"


WRITTEN = frozenset({Mode.TYPED, Mode.ALOUD})
"""The ways that send words."""


class Wish(StrEnum):
    """What the speaker would like from the others afterwards."""

    JUST_LISTEN = "just-listen"
    REFLECTION = "reflection"
    IDEAS = "ideas"


class Ack(StrEnum):
    """What a listener may say to a speaker after their turn, in one press."""

    THANK_YOU = "thank-you"
    HEAR_YOU = "hear-you"
    WITH_YOU = "with-you"
    ME_TOO = "me-too"
    THINKING_OF_YOU = "thinking-of-you"


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
    SLOW = "slow"


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
    camera: bool = False
    page: UUID | None = None
    resting: bool = False  # stepped away by their own choice: seat and place are kept
    turns: int = 0  # that they have begun; shown to nobody
    led_until: datetime | None = None  # when somebody who facilitated was that no more
    must_knock: bool = False  # sent out once, and may come back: a facilitator lets them in
    comes_in_at: datetime | None = None  # from when on somebody who stands by may come in
    spot: Spot = Spot.ANY  # shown to nobody else
    hides_card: bool = False
    quiet_after: bool = False  # no words after a turn of theirs, by their own wish
    interprets_for: UUID | None = None  # by that person’s own word
    without_sound: bool = False  # by their own press: their browser connects to nobody’s

    @property
    def facilitates(self) -> bool:
        return self.part is Part.FACILITATOR

    @property
    def takes_turns(self) -> bool:
        return self.part is Part.MEMBER and self.way is not Way.LISTEN

    @property
    def shown_card(self) -> str | None:
        """How to listen to them, if the others are to know."""
        return None if self.hides_card else self.card

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
    typist: UUID | None = None  # whom the holder asked to type captions


Floor = Idle | Offered | Holding


@dataclass(frozen=True, slots=True)
class After:
    """A turn that has ended, whatever ended it: until the next one has, listeners may answer it.

    `turn` is the version at which it ended.
    """

    turn: int
    person: UUID
    wish: Wish = Wish.JUST_LISTEN


@dataclass(frozen=True, slots=True)
class Echo:
    """What a listener said to a speaker, and to nobody else: an acknowledgement, or one line,
    whose words are kept apart, by `number`."""

    number: int
    turn: int
    to: UUID
    by: UUID
    ack: Ack | None = None
    arrives: bool = True  # or it is known to whoever said it, and to nobody else


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
class MovedOn:
    """A facilitator’s “Move on”, which they can take back: whose turn it was, as it was before,
    and what their entry became. Gone once somebody accepts, or that person chose otherwise."""

    by: UUID
    before: Undo
    entry: Entry


@dataclass(frozen=True, slots=True)
class Ask:
    """A line to the facilitators, or a call for help. The words are kept apart, by `number`."""

    number: int
    person: UUID
    kind: AskKind
    at: datetime
    opened: bool = False


@dataclass(frozen=True, slots=True)
class Hidden:
    """Words of a typed turn that a facilitator has hidden from everybody but their writer, or shows
    again: so since the version `since`. The words are kept apart, by `number`."""

    number: int
    writer: UUID
    since: int
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """What a member chose when no facilitator was there: to end, or to wait from `at` on."""

    person: UUID
    ends: bool
    at: datetime


@dataclass(frozen=True)
class Room:
    """Everything that is true of the circle at one version.

    `moved` is the version at which the floor last went to somebody else, or another part of the
    circle began. A press that saw an
    older version than that is stale; one that only missed an arrival or a dropped line is not,
    so nobody has to press twice because of somebody else's network. `cut` is the version at which
    somebody's place here last ended.

    With an open floor the queue is the hands, in the order in which they were raised.
    """

    call_id: UUID
    phase: Phase = Phase.LOBBY
    people: tuple[Person, ...] = ()
    queue: tuple[Entry, ...] = ()
    floor: Floor = Idle()
    hold: HoldReason | None = None
    prompt: str = ""
    guide: str = ""  # how long a turn is, in words
    round: int = 0  # how many have begun
    ordering: Order = Order.SIGN_UP  # of the rounds to come
    arranged: tuple[UUID, ...] = ()  # who is before whom in the coming round, if set by hand
    thanked: UUID | None = None
    after: After | None = None
    echoes: tuple[Echo, ...] = ()
    undos: tuple[Undo, ...] = ()
    moved_on: MovedOn | None = None
    lead: UUID | None = None  # which of the facilitators leads
    asks: tuple[Ask, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    choices: tuple[Choice, ...] = ()
    rested_at: datetime | None = None  # when it began, or the last break was over
    starts_at: datetime | None = None  # as it was planned: in the lobby nobody is missed before
    ends_at: datetime | None = None  # the same; nothing happens then
    closes_soon: bool = False  # and everybody was told so
    typists: tuple[UUID, ...] = ()  # who offers to type captions
    ceilings: Ceilings = MESH
    seed: str = ""  # of its keys; known to nobody, and gone with the room
    version: int = 0
    moved: int = 0
    cut: int = 0
    cuts: tuple[int, ...] = ()  # those before it

    @property
    def media_id(self) -> UUID:
        """Where its voices meet: elsewhere as soon as somebody is sent out, so that no ticket
        of theirs leads there, however long it is good for."""
        return uuid5(self.call_id, str(self.cut))

    @property
    def media_before(self) -> tuple[UUID, ...]:
        """Where they met before, each until somebody was sent out. Nobody has a place there."""
        return tuple(uuid5(self.call_id, str(cut)) for cut in self.cuts)

    @property
    def gathers(self) -> bool:
        """Do most people listen, so that not everybody is named on each page?"""
        return self.ceilings.voices == self.ceilings.gathering

    @cached_property
    def _by_id(self) -> dict[UUID | None, Person]:
        """Asked a thousand times for each press, so it is no search."""
        return {person.id: person for person in self.people}

    def find(self, person: UUID | None) -> Person | None:
        return self._by_id.get(person)

    def person(self, person: UUID) -> Person:
        """Somebody who is known to be in `people`."""
        return self._by_id[person]

    @cached_property
    def _known(self) -> dict[Hashable, Any]:
        return {}

    def once(self, ask: Callable[["Room"], T]) -> T:
        """What follows from the room alone: worked out once, however often it is asked."""
        if ask not in self._known:
            self._known[ask] = ask(self)
        found: T = self._known[ask]
        return found

    def once_at(self, now: datetime, ask: Callable[["Room", datetime], T]) -> T:
        """The same, from the room and the moment."""
        if (ask, now) not in self._known:
            self._known[ask, now] = ask(self, now)
        found: T = self._known[ask, now]
        return found

    @cached_property
    def _entries(self) -> dict[UUID, Entry]:
        return {each.person: each for each in self.queue}

    def entry(self, person: UUID) -> Entry | None:
        return self._entries.get(person)

    def choice(self, person: UUID) -> Choice | None:
        return next((each for each in self.choices if each.person == person), None)

    def hidden_words(self, number: int) -> Hidden | None:
        return next((each for each in self.hidden if each.number == number), None)

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
