"""Who may press what, at which moment, and why not. Pure."""

from collections.abc import Callable
from uuid import UUID

import pytest

from community.core.verdict import NOT_FOUND, STALE, Reason
from community.live.rules import reasons as rules
from community.live.rules.events import Back, Event, Lost
from community.live.rules.leading import (
    AddAgain,
    Admit,
    BeginClosingRound,
    BeginRound,
    Break,
    GoBack,
    HandOver,
    HideWords,
    Hold,
    MoveDown,
    MoveUp,
    Mute,
    Nudge,
    Offer,
    Opened,
    OpenFloor,
    ReadGuidelines,
    Refuse,
    Release,
    Remove,
    SayClosing,
    SayGoodbye,
    SetOrder,
    SetPrompt,
    ShowWords,
    Skip,
    Start,
    TakeOver,
)
from community.live.rules.may import may
from community.live.rules.presses import (
    Accept,
    Acknowledge,
    ComeBack,
    End,
    Finish,
    Help,
    HideCard,
    Later,
    Leave,
    ListenOnly,
    LowerHand,
    MicOff,
    MicOn,
    MoveOn,
    Pass,
    Pause,
    QuietAfter,
    RaiseHand,
    Reply,
    Resume,
    Say,
    SendPrepared,
    SetMode,
    SetSpot,
    SetWish,
    ShowCard,
    Slower,
    SoundOff,
    SoundOn,
    StepAway,
    Sure,
    TakeBack,
    TakeDevice,
    TakeTurns,
    Tell,
    WaitMore,
    WordsAfter,
)
from community.live.rules.room import (
    Ack,
    Mode,
    Order,
    Spot,
    Status,
    Way,
    Wish,
)
from tests.live.pretend import (
    ANA,
    BEN,
    HANA,
    KENJI,
    LEE,
    MOMENTS,
    NOOR,
    SAM,
    STRANGER,
    Circle,
    a_round,
    ana_speaks,
    knock,
    lobby,
    opening,
    with_sam_removed,
)


@pytest.mark.holds("circle:6")
def test_a_second_press_is_stale_once_the_floor_has_moved() -> None:
    circle = ana_speaks()
    seen = circle.room.version
    circle.happen(Finish(ANA, seen))
    assert circle.refuses(Finish(ANA, seen)) == STALE
    assert circle.refuses(Accept(BEN, seen, Mode.VOICE)) == STALE


@pytest.mark.holds("circle:6")
def test_somebody_elses_network_makes_no_press_stale() -> None:
    circle = ana_speaks()
    seen = circle.room.version
    circle.happen(Lost(BEN), Back(BEN), MicOn(HANA, Sure.YES), Pause(ANA), Finish(ANA, seen))
    assert circle.statuses()["Ana"] is Status.DONE


def test_a_version_that_was_never_seen_is_stale() -> None:
    circle = ana_speaks()
    assert circle.refuses(Finish(ANA, circle.room.version + 1)) == STALE


HERE = UUID(int=700)  # a page


def presses(by: UUID, seen: int) -> dict[str, Event]:
    return {
        "leave": Leave(by),
        "start": Start(by),
        "read-guidelines": ReadGuidelines(by, seen),
        "begin-round": BeginRound(by, seen),
        "open-floor": OpenFloor(by, seen),
        "raise-hand": RaiseHand(by),
        "lower-hand": LowerHand(by),
        "begin-closing-round": BeginClosingRound(by, seen),
        "say-goodbye": SayGoodbye(by, seen),
        "say-closing": SayClosing(by),
        "set-prompt": SetPrompt(by, "What helps you rest?"),
        "set-order": SetOrder(by, Order.RANDOM),
        "end": End(by),
        "wait-more": WaitMore(by),
        "admit": Admit(by, STRANGER),
        "refuse": Refuse(by, STRANGER),
        "offer": Offer(by, seen, NOOR),
        "accept": Accept(by, seen, Mode.VOICE),
        "pass": Pass(by, seen),
        "later": Later(by, seen),
        "listen-only": ListenOnly(by, seen),
        "take-turns": TakeTurns(by, Way.TEXT),
        "finish": Finish(by, seen),
        "take-back": TakeBack(by, seen),
        "move-on": MoveOn(by, seen),
        "go-back": GoBack(by, seen),
        "nudge": Nudge(by, ANA),
        "move-up": MoveUp(by, NOOR),
        "move-down": MoveDown(by, BEN),
        "skip": Skip(by, NOOR),
        "add-again": AddAgain(by, ANA),
        "step-away": StepAway(by, seen),
        "come-back": ComeBack(by),
        "take-device": TakeDevice(by, HERE),
        "set-mode": SetMode(by, Mode.TYPED),
        "set-spot": SetSpot(by, Spot.EARLY),
        "set-wish": SetWish(by, Wish.IDEAS),
        "send-prepared": SendPrepared(by, seen),
        "acknowledge": Acknowledge(by, ANA, Ack.WITH_YOU),
        "reply": Reply(by, ANA),
        "show-card": ShowCard(by),
        "hide-card": HideCard(by),
        "quiet-after": QuietAfter(by),
        "words-after": WordsAfter(by),
        "pause": Pause(by),
        "resume": Resume(by),
        "say": Say(by),
        "tell": Tell(by),
        "help": Help(by),
        "slower": Slower(by),
        "opened": Opened(by, 7),
        "hide-words": HideWords(by, seen, 7, writer=ANA),
        "show-words": ShowWords(by, seen, 7),
        "sound-off": SoundOff(by),
        "sound-on": SoundOn(by),
        "mic-on": MicOn(by, Sure.YES),
        "mic-off": MicOff(by),
        "hold": Hold(by),
        "break": Break(by),
        "release": Release(by),
        "hand-over": HandOver(by, KENJI),
        "take-over": TakeOver(by),
        "mute": Mute(by, KENJI),
        "remove": Remove(by, NOOR, "Why."),
    }


ALWAYS = {"leave", "mic-off", "take-device", "sound-off"}
WAITING_TOO = {"leave", "take-device", "sound-off", "sound-on"}
MEMBER = ALWAYS | {"tell", "help", "slower", "step-away"}
LEADS = ALWAYS | {
    "set-order",
    "hold",
    "break",
    "end",
    "remove",
    "hand-over",
    "say-closing",
    "hide-words",
    "tell",
    "help",
}
PLACES = {"move-up", "move-down"}
LINE = PLACES | {"skip"}
STEP = {"begin-round", "begin-closing-round", "say-goodbye", "set-prompt"}
CHOOSES = {"listen-only", "take-turns", "quiet-after"}
TAKES_TURNS = MEMBER | CHOOSES | {"set-spot"}
WAITS = TAKES_TURNS | {"pass", "later"}
HOLDS = WAITS | {"finish", "set-mode", "set-wish"}
ALLOWED: dict[tuple[str, str], set[str]] = {
    ("lobby", "Hana"): PLACES
    | {"set-order", "set-prompt", "start", "end", "remove", "hand-over", "hide-words"}
    | {"tell", "help"}
    | ALWAYS,
    ("lobby", "Ana"): TAKES_TURNS,
    ("lobby", "Lee"): MEMBER,
    ("opening", "Hana"): LEADS | STEP | PLACES | {"read-guidelines", "mic-on"},
    ("opening", "Kenji"): (LEADS - {"hand-over"}) | STEP | PLACES | {"read-guidelines", "mic-on"},
    ("opening", "Ana"): TAKES_TURNS,
    ("opening", "Lee"): MEMBER,
    ("offered to Ana", "Hana"): LEADS | LINE | {"offer", "move-on", "mic-on"},
    ("offered to Ana", "Ana"): WAITS | {"accept", "send-prepared"},
    ("offered to Ana", "Ben"): WAITS,
    ("offered to Ana", "Lee"): MEMBER,
    ("Ana speaks", "Hana"): LEADS | LINE | {"move-on", "pause", "mic-on", "nudge"},
    ("Ana speaks", "Ana"): HOLDS | {"send-prepared", "pause", "mic-on"},
    ("Ana speaks", "Ben"): WAITS,
    ("Ana types", "Ana"): HOLDS | {"send-prepared", "pause", "say"},
    ("Ana takes a moment", "Hana"): LEADS | LINE | {"move-on", "resume", "mic-on", "nudge"},
    ("Ana takes a moment", "Ana"): HOLDS | {"send-prepared", "resume"},
    ("on hold", "Hana"): LEADS | LINE | {"release", "move-on", "pause", "mic-on", "nudge"},
    ("on hold", "Ana"): HOLDS | {"pause"},
    ("on a break", "Hana"): (LEADS - {"break"})
    | LINE
    | {"release", "move-on", "pause", "mic-on", "nudge"},
    ("on a break", "Ana"): HOLDS | {"pause"},
    ("Ana rests", "Ana"): (MEMBER - {"step-away"})
    | CHOOSES
    | {"come-back", "set-spot", "pass", "take-back"},
    ("Ana listens", "Hana"): LEADS | {"acknowledge", "skip", "offer", "move-on", "mic-on"},
    ("Ana listens", "Ana"): MEMBER | {"take-turns", "take-back"},
    ("Ana has shared", "Hana"): LEADS
    | {"acknowledge", "move-on", "mic-on", "offer", "skip", "add-again"},
    ("Ana has shared", "Ana"): TAKES_TURNS | {"take-back"},
    ("Ana has shared", "Ben"): WAITS | {"acknowledge", "accept", "send-prepared"},
    ("Hana moved on from Ana", "Hana"): LEADS
    | {"acknowledge", "skip", "offer", "move-on", "go-back", "mic-on"},
    ("Hana moved on from Ana", "Kenji"): (LEADS - {"hand-over"})
    | {"acknowledge", "skip", "offer", "move-on", "mic-on"},
    ("Hana moved on from Ana", "Ana"): TAKES_TURNS | {"pass"},
    ("everybody has shared", "Hana"): LEADS | STEP | PLACES | {"open-floor", "mic-on", "add-again"},
    ("an open floor", "Hana"): LEADS | STEP | {"mic-on"},
    ("an open floor", "Ana"): TAKES_TURNS | {"raise-hand"},
    ("an open floor", "Lee"): MEMBER,
    ("hands are up", "Hana"): LEADS | STEP | PLACES | {"mic-on", "offer"},
    ("hands are up", "Ben"): WAITS | {"lower-hand"},
    ("long without a facilitator", "Ben"): WAITS | {"end", "wait-more"},
    ("long without a facilitator", "Lee"): MEMBER | {"end", "wait-more"},
    ("goodbye", "Hana"): (LEADS - {"set-order", "say-closing"}) | {"mic-on"},
    ("goodbye", "Ana"): MEMBER | CHOOSES,
    ("goodbye, and Ana is owed a turn", "Ana"): MEMBER | CHOOSES | {"say", "send-prepared"},
}
WHO = {"Hana": HANA, "Kenji": KENJI, "Ana": ANA, "Ben": BEN, "Lee": LEE}


@pytest.mark.parametrize(("moment", "who"), ALLOWED)
def test_what_each_person_may_press_at_each_moment(moment: str, who: str) -> None:
    circle = MOMENTS[moment]()
    allowed = {
        name
        for name, event in presses(WHO[who], circle.room.version).items()
        if may(circle.room, event, circle.now)
    }
    assert allowed == ALLOWED[moment, who]


@pytest.mark.holds("asvs:4")
@pytest.mark.parametrize("moment", MOMENTS)
def test_strangers_the_removed_the_gone_and_those_who_wait_press_in_vain(moment: str) -> None:
    circle = with_sam_removed(MOMENTS[moment]())
    circle.happen(Leave(NOOR), knock(STRANGER, confirmed=False))
    nobody = UUID(int=99)
    why: dict[UUID, Reason] = {
        nobody: NOT_FOUND,
        SAM: rules.REMOVED,
        NOOR: rules.LEFT,
        STRANGER: rules.WAITING,
    }
    for person, reason in why.items():
        for name, event in presses(person, circle.room.version).items():
            if person != STRANGER or name not in WAITING_TOO:
                assert may(circle.room, event, circle.now).reason == reason


@pytest.mark.parametrize(
    ("moment", "event", "reason"),
    [
        (lobby, knock(ANA), rules.ALREADY_HERE),
        (lobby, Back(ANA), rules.NOTHING_CHANGED),
        (lobby, Lost(STRANGER), NOT_FOUND),
        (lobby, MicOn(HANA), rules.NOT_STARTED),
        (lobby, Hold(HANA), rules.NOT_STARTED),
        (lobby, SayClosing(HANA), rules.NOT_STARTED),
        (opening, SayClosing(ANA), rules.FACILITATORS_ONLY),
        (lambda: opening().happen(SayClosing(HANA)), SayClosing(KENJI), rules.CLOSING_IS_TOLD),
        (lobby, Admit(HANA, ANA), rules.NOT_KNOCKING),
        (lobby, Refuse(HANA, STRANGER), rules.NOT_KNOCKING),
        (opening, Start(HANA), rules.ALREADY_STARTED),
        (opening, ListenOnly(LEE, 7), rules.NO_TURN),
        (opening, ListenOnly(HANA, 7), rules.NO_TURN),
        (opening, Pass(ANA, 7), rules.NO_ROUND),
        (opening, Pause(HANA), rules.FLOOR_FREE),
        (opening, Release(HANA), rules.NOT_ON_HOLD),
        (opening, Mute(HANA, STRANGER), rules.MIC_IS_OFF),
        (opening, Mute(HANA, KENJI), rules.MIC_IS_OFF),
        (opening, Remove(HANA, HANA, "Why."), rules.A_FACILITATOR),
        (opening, Remove(HANA, KENJI, "Why."), rules.A_FACILITATOR),
        (opening, Remove(HANA, STRANGER, "Why."), rules.NOT_HERE),
        (opening, Remove(HANA, ANA, "  "), rules.WHY_FIRST),
        (opening, Remove(ANA, BEN, "Why."), rules.FACILITATORS_ONLY),
        (opening, HideWords(ANA, 7, 7, writer=BEN), rules.FACILITATORS_ONLY),
        (opening, HideWords(HANA, 7, 7, writer=HANA), rules.WORDS_ARE_OWN),
        (opening, HideWords(HANA, 8, 7, writer=ANA), STALE),
        (opening, ShowWords(ANA, 7, 7), rules.FACILITATORS_ONLY),
        (opening, ShowWords(HANA, 7, 7), rules.WORDS_ARE_SHOWN),
        (a_round, BeginRound(HANA, 8), rules.TURN_IS_ON),
        (a_round, Offer(HANA, 8, ANA), rules.NOT_OFFERABLE),
        (a_round, Accept(BEN, 8, Mode.VOICE), rules.NOT_YOUR_TURN),
        (a_round, Pass(LEE, 8), rules.NO_TURN),
        (a_round, MicOn(BEN), rules.MIC_WAITS),
        (ana_speaks, Offer(HANA, 9, BEN), rules.FLOOR_TAKEN),
        (ana_speaks, Say(ANA), rules.NOT_TYPING),
        (ana_speaks, Say(BEN), rules.NOT_YOUR_TURN),
        (ana_speaks, Resume(ANA), rules.NOT_PAUSED),
        (ana_speaks, Pause(BEN), rules.NOT_YOUR_TURN),
        (ana_speaks, MoveOn(BEN, 9), rules.WAIT_FOR_THEM),
        (lambda: opening().press(ListenOnly, ANA), ListenOnly(ANA, 8), rules.ALREADY_LISTENING),
        (a_round, GoBack(HANA, 8), rules.NOTHING_TO_GO_BACK_TO),
        (a_round, GoBack(ANA, 8), rules.FACILITATORS_ONLY),
        (opening, QuietAfter(LEE), rules.NO_TURN),
        (opening, WordsAfter(ANA), rules.AFTER_IS_SO),
        (lambda: opening().happen(QuietAfter(ANA)), QuietAfter(ANA), rules.AFTER_IS_SO),
        (opening, TakeTurns(LEE, Way.VOICE), rules.NO_TURN),
        (opening, TakeTurns(HANA, Way.VOICE), rules.NO_TURN),
        (opening, TakeTurns(ANA, Way.VOICE), rules.WAY_IS_SO),
        (opening, TakeTurns(ANA, Way.LISTEN), rules.LISTEN_BY_NAME),
        (lambda: ana_speaks().happen(Pause(ANA)), Pause(HANA), rules.TAKING_A_MOMENT),
        (lambda: ana_speaks().happen(Hold(HANA)), MicOn(ANA), rules.ON_HOLD),
        (lambda: a_round().happen(Hold(HANA)), Accept(ANA, 9, Mode.VOICE), rules.ON_HOLD),
        (lambda: with_sam_removed(lobby()), Remove(HANA, SAM, "Why."), rules.NOT_HERE),
    ],
)
def test_every_no_has_its_own_reason(
    moment: Callable[[], Circle], event: Event, reason: Reason
) -> None:
    assert moment().refuses(event) == reason
