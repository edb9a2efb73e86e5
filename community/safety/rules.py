"""Agreement before taking part, and which consent is asked for. Pure."""

from enum import StrEnum

from community.core.actor import Actor
from community.core.verdict import NOT_FOUND, YES, Reason, Verdict, no

GUIDELINES_VERSION = 1
CONSENT_TEXT_VERSION = 1

GUIDELINES_FIRST = Reason(
    "guidelines-first",
    "Please read the guidelines and agree to them first. It takes a few minutes.",
    403,
)


ABOUT_YOU_FIRST = Reason(
    "about-you-first", "Please tell us a name and that you are 18 or over first.", 409
)


class Purpose(StrEnum):
    """What somebody consents to. Health-related data is its own purpose (GDPR art. 9)."""

    HEALTH = "health"


def may_take_part(actor: Actor) -> Verdict:
    """Writing a post and signing up for a call ask for agreement to today's guidelines."""
    return YES if actor.has_agreed else no(GUIDELINES_FIRST)


def may_consent(actor: Actor, has_name: bool, is_adult: bool) -> Verdict:
    """Whoever said who they are may consent, and with that they are here."""
    if actor.is_guest:
        return no(NOT_FOUND)
    return YES if has_name and is_adult else no(ABOUT_YOU_FIRST)


def may_agree(actor: Actor) -> Verdict:
    """Members agree to the guidelines; everybody may read them."""
    return YES if actor.is_active else no(NOT_FOUND)
