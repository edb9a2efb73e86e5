"""Who may come in, how long a browser stays signed in, and how the site looks. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime, timedelta
from enum import StrEnum
from string import ascii_lowercase, digits
from typing import Any
from uuid import UUID

from community.accounts.check_in.rules import CheckIn
from community.core.actor import Actor, Staff, Standing
from community.core.verdict import NOT_FOUND, YES, Reason, Verdict, no
from community.core.words import said

LINK_LIFE = timedelta(hours=1)  # ASVS 6.4.1
LINKS_AN_HOUR = 5  # for one address; a sixth is quietly not written
IDLE = timedelta(days=30)  # a member's browser stays signed in this long without a visit
IDLE_STAFF = timedelta(hours=12)
LIFE = timedelta(days=90)  # visited or not
LONGEST_VISIT = timedelta(hours=4)  # the end of a life waits until a call is over
VISIT_NOTED_EVERY = timedelta(hours=1)


class Theme(StrEnum):
    DAY = "day"
    EVENING = "evening"
    LOW = "low"


class Brightness(StrEnum):
    """Of pictures and video, per cent."""

    FULL = "100"
    SOFT = "70"
    LOW = "40"
    HIDDEN = "hidden"  # pictures wait behind a press


class Side(StrEnum):
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


TEXT_SIZES = (100, 125, 150, 200)  # per cent
VOLUMES = (25, 50, 100, 200)  # of sound cues, per cent; 100 peaks at about -18 dBFS
PACES = (75, 100, 125)  # of a voice that reads, per cent
VOICE_VOLUMES = (25, 50, 100)  # of the same; no browser makes it louder
CAPTION_SIZES = (100, 125, 150, 200, 250, 300)  # per cent
KEYS = (*ascii_lowercase, *digits)  # any of these can press one thing in a circle
PRESS_FILTERS = (0, 300, 600, 1000, 1500)  # milliseconds in which a second press is left out
PRESS_FILTER = 600
CUES = (1, 2, 3, 5)  # minutes into one's own turn


CARD_MOST = 600
CARD_PRESETS = (
    said("I speak slowly. Please don’t finish my words."),
    said("My voice may break, or be very quiet."),
    said("My head or face may move. I’m still listening."),
    said("I may look away or close my eyes. I’m still listening."),
    said("I mostly type."),
    said("I may need to step away for a moment."),
)


@dataclass(frozen=True, slots=True)
class Comfort:
    """How the site looks for somebody. No theme means: as their system says."""

    theme: Theme | None = None
    text: int = 100
    side: Side | None = None
    letters: bool = False  # the easier ones
    press_filter: int = PRESS_FILTER  # as in `InCircles`, for every page
    pictures: Brightness = Brightness.FULL  # the same

    @property
    def hides_pictures(self) -> bool:
        return self.pictures is Brightness.HIDDEN


class Level(StrEnum):
    """How much of what happens in a circle is said."""

    OFF = "off"
    SHORT = "short"  # only what is about oneself
    FULL = "full"


class Joins(StrEnum):
    """How somebody usually comes in."""

    VOICE = "voice"
    TEXT = "text"
    LISTEN = "listen"


class Speaks(StrEnum):
    """When in a round somebody likes their turn."""

    EARLY = "early"
    LATE = "late"
    ANY = "any"


class Need(StrEnum):
    """What somebody needs today: each sets several things at once."""

    EYES = "resting-eyes"
    HANDS = "quiet-hands"
    VOICE = "resting-voice"
    ENERGY = "low-energy"
    USUAL = "usual"


@dataclass(frozen=True, slots=True)
class InCircles:
    """What somebody likes in circles. Nobody else sees it, and nothing of it is measured."""

    sounds: bool = True
    volume: int = 100
    told: Level = Level.FULL  # in words, for a screen reader
    spoken: Level = Level.OFF  # the same, by the device’s own voice
    comings: bool = False  # told also who joins and leaves
    aloud: bool = True  # typed shares are read aloud where their writer asks for it
    pace: int = 100
    voice_volume: int = 100
    press_filter: int = PRESS_FILTER
    pictures: Brightness = Brightness.FULL
    fewer_things: bool = False
    eyes_closed: bool = False  # begin in eyes-closed mode
    captions: bool = False
    caption_size: int = 100
    captions_top: bool = False  # above everything else of what goes on
    captions_side: bool = False  # above the order, where that stands beside what goes on
    caption_letters: bool = False  # as they are typed
    single_keys: bool = False  # of these, each presses one thing in a circle; "" is no key
    key_turn: str = "t"
    key_done: str = "f"
    key_passing: str = "p"
    key_mic: str = "m"
    key_help: str = "h"
    cue_minutes: int | None = None  # one private sound in one’s own turn
    joins: Joins = Joins.VOICE
    speaks: Speaks = Speaks.ANY
    quiet_after: bool = False  # no words after their turn: told to whoever listened to it
    without_sound: bool = False  # as it was chosen in a lobby
    need: Need = Need.USUAL


@dataclass(frozen=True, slots=True)
class Today:
    """What one press of "Today I need" sets: the colours, what is liked in circles, and words."""

    words: str
    likes: Mapping[str, Any] = field(default_factory=dict)
    theme: Theme | None = None


TODAY: Mapping[Need, Today] = {
    Need.EYES: Today(
        said(
            "Colours are low light, sounds are on, your device says where we are, and typed "
            "shares are read aloud."
        ),
        {"sounds": True, "spoken": Level.FULL, "aloud": True},
        Theme.LOW,
    ),
    Need.HANDS: Today(
        said(
            "A second press within one and a half seconds is left out, and a circle shows fewer "
            "things."
        ),
        {"press_filter": 1500, "fewer_things": True},
    ),
    Need.VOICE: Today(
        said("The lobby suggests joining by text only. You can still speak."),
        {"joins": Joins.TEXT},
    ),
    Need.ENERGY: Today(
        said(
            "A circle shows fewer things, tells you only what is about you, the lobby suggests "
            "listening only, and pictures wait behind a press."
        ),
        {
            "pictures": Brightness.HIDDEN,
            "fewer_things": True,
            "told": Level.SHORT,
            "joins": Joins.LISTEN,
        },
    ),
    Need.USUAL: Today(said("Everything is as you saved it.")),
}


@dataclass(frozen=True, slots=True)
class Badge:
    """Who a signed-in browser belongs to, as it was when this request began."""

    account_id: UUID
    browser_id: UUID
    name: str
    standing: Standing
    zone: str
    comfort: Comfort
    signed_in_at: datetime
    staff: frozenset[Staff] = frozenset()
    quiet_until: datetime | None = None
    checked_in: CheckIn | None = None  # perhaps on a day that is over


@dataclass(frozen=True, slots=True)
class SignInLinkAsked:
    """The letter that lets somebody in: a link to a page with a button."""

    link_id: UUID
    is_new: bool


LINK_USED = Reason(
    "link-used",
    "This link has been used, or an hour has gone by, or you asked for a newer one.",
    410,
)
ADULTS_ONLY = Reason(
    "adults-only",
    "This place is for people of 18 and over. You’ll find other help under Get help now.",
    422,
)


COME_IN_FIRST = Reason(
    "come-in-first",
    "This asks that you came in within the last quarter of an hour. Sign out, come in again, and "
    "go on here.",
    403,
)
THERE_IS_AN_ADMIN = Reason(
    "there-is-an-admin", "This site has an admin already. They can add others.", 409
)


def may_be_here(is_adult: bool) -> Verdict:
    """Adults only, by their own word."""
    return YES if is_adult else no(ADULTS_ONLY)


def has_just_come_in(actor: Actor, now: datetime) -> Verdict:
    """Whoever says who does what has shown lately that it is them (ASVS 7.5.3)."""
    return YES if actor.came_in_lately(now) else no(COME_IN_FIRST)


def may_be_first_admin(admins: int) -> Verdict:
    """Only where nobody is an admin yet."""
    return no(THERE_IS_AN_ADMIN) if admins else YES


def may_introduce(actor: Actor) -> Verdict:
    """Whoever is on the way in; members change their name under Comfort."""
    return YES if actor.standing is Standing.ARRIVING else no(NOT_FOUND)


def link_is_due(asked_last_hour: int) -> bool:
    """Whether another link goes to an address that had this many within the hour."""
    return asked_last_hour < LINKS_AN_HOUR


def may_stay(signed_in_at: datetime, seen_at: datetime, is_staff: bool, now: datetime) -> bool:
    """A browser stays signed in until it was idle for too long or its life is over.

    Once its life is over visits are noted no more, so it ends when the visit it is in ends.
    """
    if now - signed_in_at > LIFE:
        return now - seen_at <= LONGEST_VISIT
    return now - seen_at <= (IDLE_STAFF if is_staff else IDLE)


def is_worth_noting(signed_in_at: datetime, seen_at: datetime, now: datetime) -> bool:
    """A visit is written down at most once an hour, so that reading a page writes nothing."""
    return now - seen_at >= VISIT_NOTED_EVERY and now - signed_in_at <= LIFE


def card(presets: Sequence[str], own_words: str) -> str:
    """An access card: the sentences that were ticked, one to a line, then one's own words."""
    return "\n".join((*(line for line in CARD_PRESETS if line in presets), own_words)).strip()


def card_parts(card: str) -> tuple[list[str], str]:
    """The sentences of a card that were ticked, and its own words."""
    lines = card.splitlines()
    ticked = [line for line in lines if line in CARD_PRESETS]
    return ticked, "\n".join(line for line in lines if line not in CARD_PRESETS).strip()


_KINDS: Mapping[str, type[StrEnum]] = {
    "pictures": Brightness,
    "told": Level,
    "spoken": Level,
    "joins": Joins,
    "speaks": Speaks,
    "need": Need,
}


def liking(stored: Mapping[str, Any]) -> InCircles:
    """What was stored, and the usual of whatever was not."""
    known = {each.name for each in fields(InCircles)} & stored.keys()
    kept: dict[str, Any] = {name: stored[name] for name in known}
    return InCircles(**kept | {name: _KINDS[name](kept[name]) for name in known & _KINDS.keys()})


def liking_now(stored: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """What to store when somebody saved this: it holds today, and on their usual days."""
    usual = {"usual": {**stored["usual"], **changes}} if "usual" in stored else {}
    return {**stored, **changes, **usual}


def needing(
    stored: Mapping[str, Any], theme: Theme | None, need: Need
) -> tuple[dict[str, Any], Theme | None]:
    """What to store, and the colours, once somebody says what they need today.

    What was saved is kept beside it, so that every need starts from the usual and leads back.
    """
    usual = stored.get("usual") or {**asdict(liking(stored)), "theme": theme}
    saved = usual["theme"]
    usual_theme = Theme(saved) if saved else None
    if need is Need.USUAL:
        return {name: value for name, value in usual.items() if name != "theme"}, usual_theme
    today = TODAY[need]
    likes = {**asdict(liking(usual)), **today.likes, "need": need}
    return {**likes, "usual": usual}, today.theme or usual_theme


def is_local(path: str) -> bool:
    """Whether this leads somewhere on this site. Browsers drop tabs and turn backslashes round."""
    return (
        path.startswith("/")
        and not path.startswith("//")
        and "\\" not in path
        and path.isprintable()
    )


_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def browser_label(user_agent: str) -> str:
    """Firefox on Linux: enough for somebody to tell their own browsers apart."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "A browser")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "an unknown device")
    return f"{browser} on {system}"
