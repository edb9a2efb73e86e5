"""Agreement before taking part, and which consent is asked for. Pure."""

from enum import StrEnum
from uuid import UUID

from community.core.actor import Actor
from community.core.verdict import NOT_FOUND, STALE, YES, Reason, Verdict, no

GUIDELINES_VERSION = 3
CONSENT_TEXT_VERSION = 1

GUIDELINES_FIRST = Reason(
    "guidelines-first",
    "Please read the guidelines and agree to them first. It takes a few minutes.",
    403,
)


ABOUT_YOU_FIRST = Reason(
    "about-you-first", "Please tell us a name and that you are 18 or over first.", 409
)


LIMITED = Reason(
    "limited",
    "You can read here, and not write, for now. Under “What is in force for me” you see until "
    "when, why, and how to answer it.",
    403,
)
MUTED = Reason(
    "muted",
    "You can read and listen in this group, and not write or speak, for now. Under “What is in "
    "force for me” you see until when, why, and how to answer it.",
    403,
)


class Purpose(StrEnum):
    """What somebody consents to. Health-related data is its own purpose (GDPR art. 9)."""

    HEALTH = "health"


def may_check_lines(actor: Actor) -> Verdict:
    """Admins say that somebody has looked whether a helpline is still what we say it is."""
    return YES if actor.is_admin else no(NOT_FOUND)


def may_take_part(actor: Actor) -> Verdict:
    """Writing a post and signing up for a call ask for agreement to today's guidelines."""
    return YES if actor.has_agreed else no(GUIDELINES_FIRST)


def not_limited(actor: Actor) -> Verdict:
    """Whether moderators have limited somebody to reading."""
    return no(LIMITED) if actor.bounds.is_limited else YES


def not_muted(actor: Actor, group_id: UUID) -> Verdict:
    """Whether they have, in this group."""
    return not_limited(actor) and (YES if actor.writes_in(group_id) else no(MUTED))


def may_write_at_all(actor: Actor) -> Verdict:
    """Words for others, somewhere."""
    return not_limited(actor) and may_take_part(actor)


def may_write_in(actor: Actor, group_id: UUID) -> Verdict:
    """Words for others in this group, typed or spoken."""
    return not_muted(actor, group_id) and may_take_part(actor)


def may_consent(actor: Actor, has_name: bool, is_adult: bool) -> Verdict:
    """Whoever said who they are may consent, and with that they are here."""
    if actor.is_guest:
        return no(NOT_FOUND)
    return YES if has_name and is_adult else no(ABOUT_YOU_FIRST)


def may_agree(actor: Actor, version: int) -> Verdict:
    """Members agree to the guidelines that they read, if those are still what we ask."""
    if not actor.is_active:
        return no(NOT_FOUND)
    return YES if version == GUIDELINES_VERSION else no(STALE)
