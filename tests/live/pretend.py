"""A circle in memory: people with fixed ids, and a way to let things happen to it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from community.core.media import Ceilings
from community.core.verdict import Reason, Refused
from community.live.rules.effects import Effect
from community.live.rules.events import Back, Event, Knock, Lost
from community.live.rules.leading import (
    Ban,
    BeginRound,
    Break,
    Hold,
    OpenFloor,
    Remove,
    SayGoodbye,
    Start,
)
from community.live.rules.presses import (
    Accept,
    AskInterpreter,
    Finish,
    Leave,
    ListenOnly,
    MicOn,
    MoveOn,
    Pass,
    Pause,
    RaiseHand,
    StepAway,
)
from community.live.rules.room import Mode, Part, Phase, Presence, Room, Status, Way
from community.live.rules.step import step

NOW = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)
CALL = UUID(int=1)
HANA, KENJI = UUID(int=10), UUID(int=11)
ANA, BEN, NOOR = UUID(int=20), UUID(int=21), UUID(int=22)
LEE = UUID(int=30)
SAM = UUID(int=40)
TOM = UUID(int=41)
STRANGER = UUID(int=50)
OUTSIDER = UUID(int=60)  # has never come
NAMES = {
    HANA: "Hana",
    KENJI: "Kenji",
    ANA: "Ana",
    BEN: "Ben",
    NOOR: "Noor",
    LEE: "Lee",
    SAM: "Sam",
    TOM: "Tom",
    STRANGER: "Stranger",
    OUTSIDER: "Outsider",
}


def knock(
    person: UUID,
    way: Way = Way.VOICE,
    *,
    part: Part | None = None,
    confirmed: bool = True,
    card: str | None = None,
    comes_in_at: datetime | None = None,
) -> Knock:
    parts = {HANA: Part.FACILITATOR, KENJI: Part.FACILITATOR, LEE: Part.INTERPRETER}
    return Knock(
        person,
        NAMES[person],
        part or parts.get(person, Part.MEMBER),
        way,
        place=person.int,
        confirmed=confirmed,
        card=card,
        comes_in_at=comes_in_at,
    )


class Circle:
    """A room, a clock that only we turn, and everything that came out of the machine."""

    def __init__(self) -> None:
        self.room = Room(CALL, ends_at=NOW + timedelta(minutes=45))
        self.now = NOW
        self.effects: tuple[Effect, ...] = ()

    def happen(self, *events: Event) -> "Circle":
        for event in events:
            self.room, self.effects = (done := step(self.room, event, self.now)).room, done.effects
        return self

    def press(self, kind: type, by: UUID, *rest: object) -> "Circle":
        """A press that moves the floor, by somebody who sees the room as it is."""
        return self.happen(kind(by, self.room.version, *rest))

    def refuses(self, event: Event) -> Reason:
        """Why this may not happen; and nothing has changed."""
        before = self.room
        try:
            step(self.room, event, self.now)
        except Refused as refused:
            assert self.room == before
            return refused.reason
        raise AssertionError(f"{event} was allowed")

    def wait(self, **passes: int) -> "Circle":
        self.now += timedelta(**passes)
        return self

    def accept(self, by: UUID, mode: Mode = Mode.VOICE) -> "Circle":
        return self.happen(Accept(by, self.room.version, mode))

    def statuses(self) -> dict[str, Status]:
        return {NAMES[each.person]: each.status for each in self.room.queue}

    def presence(self, person: UUID) -> Presence:
        return self.room.person(person).presence

    def as_phase(self, phase: Phase) -> "Circle":
        self.room = replace(self.room, phase=phase)
        return self


def lobby() -> Circle:
    return Circle().happen(*(knock(each) for each in (HANA, KENJI, ANA, BEN, NOOR, LEE)))


def opening() -> Circle:
    return lobby().happen(Start(HANA))


def a_round() -> Circle:
    """Ana is offered the floor; Ben and Noor come after her."""
    return opening().press(BeginRound, HANA, "Something small that went well.")


def ana_speaks() -> Circle:
    return a_round().accept(ANA)


def lee_speaks_for_ana() -> Circle:
    return ana_speaks().happen(AskInterpreter(ANA, LEE), MicOn(LEE))


def everybody_has_shared() -> Circle:
    circle = a_round()
    for person in (ANA, BEN, NOOR):
        circle.press(Pass, person)
    return circle


def open_floor() -> Circle:
    return everybody_has_shared().press(OpenFloor, HANA)


def a_gathering() -> Circle:
    """Ana has the floor and nobody else takes turns; Ben and Noor listen."""
    circle = Circle()
    circle.room = replace(circle.room, ceilings=Ceilings(gathering=202).of_a_gathering())
    circle.happen(*(knock(each) for each in (HANA, KENJI, ANA, LEE)))
    circle.happen(*(knock(each, Way.LISTEN) for each in (BEN, NOOR)), Start(HANA))
    return circle.press(BeginRound, HANA, "").accept(ANA)


def hands_are_up() -> Circle:
    return open_floor().happen(RaiseHand(BEN), RaiseHand(NOOR))


def with_sam_removed(circle: Circle) -> Circle:
    return circle.happen(knock(SAM), Remove(HANA, SAM, "Gave advice again after two requests."))


def with_tom_banned(circle: Circle) -> Circle:
    return circle.happen(knock(TOM), Ban(HANA, TOM, "Came to shout."))


def nobody_leads(circle: Circle) -> Circle:
    """Both facilitators are away."""
    return circle.happen(Lost(HANA), Leave(KENJI))


def owed_at_goodbye() -> Circle:
    """Ana's line dropped in the middle of her turn, and she is back too late for another."""
    circle = ana_speaks().happen(Lost(ANA)).press(MoveOn, HANA)
    circle.press(Pass, BEN).press(Pass, NOOR).press(MoveOn, HANA)
    return circle.press(SayGoodbye, HANA).happen(Back(ANA))


MOMENTS: dict[str, Callable[[], Circle]] = {
    "lobby": lobby,
    "opening": opening,
    "offered to Ana": a_round,
    "Ana speaks": ana_speaks,
    "Lee speaks for Ana": lee_speaks_for_ana,
    "Ana types": lambda: a_round().accept(ANA, Mode.TYPED),
    "Ana takes a moment": lambda: ana_speaks().happen(Pause(ANA)),
    "on hold": lambda: ana_speaks().happen(Hold(HANA)),
    "on a break": lambda: ana_speaks().happen(Break(HANA)),
    "Ana rests": lambda: a_round().press(StepAway, ANA),
    "Ana listens": lambda: a_round().press(ListenOnly, ANA),
    "Hana moved on from Ana": lambda: a_round().press(MoveOn, HANA),
    "everybody has shared": everybody_has_shared,
    "an open floor": open_floor,
    "hands are up": hands_are_up,
    "long without a facilitator": lambda: nobody_leads(a_round()).wait(minutes=5),
    "goodbye, and Ana is owed a turn": owed_at_goodbye,
    "Ana has shared": lambda: ana_speaks().press(Finish, ANA),
    "goodbye": lambda: opening().press(SayGoodbye, HANA),
}
