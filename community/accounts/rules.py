"""Who may come in, how long a browser stays signed in, and how the site looks. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

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


class Side(StrEnum):
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


TEXT_SIZES = (100, 125, 150, 200)  # per cent


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


@dataclass(frozen=True, slots=True)
class Badge:
    """Who a signed-in browser belongs to, as it was when this request began."""

    account_id: UUID
    browser_id: UUID
    name: str
    standing: Standing
    zone: str
    comfort: Comfort
    staff: frozenset[Staff] = frozenset()


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


THERE_IS_AN_ADMIN = Reason(
    "there-is-an-admin", "This site has an admin already. They can add others.", 409
)


def may_be_here(is_adult: bool) -> Verdict:
    """Adults only, by their own word."""
    return YES if is_adult else no(ADULTS_ONLY)


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
