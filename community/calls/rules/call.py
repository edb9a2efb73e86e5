"""A scheduled call: its states, and who may see, schedule, change and hold it. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from community.core.actor import Actor
from community.core.media import Ceilings
from community.core.verdict import NOT_FOUND, NOT_YOURS, YES, Reason, Verdict, no
from community.core.words import said
from community.groups.rules import may_see_inside
from community.safety.rules import may_take_part

# Twelve voices fit in a room without a media server, and whoever facilitates is one of them.
LEAST_SEATS, USUAL_SEATS = 2, 8
MOST_SEATS, MOST_SEATS_FOR_TWO = 11, 10
MOST_SEATS_IN_A_GATHERING = 200
LEAST_MINUTES, MOST_MINUTES, USUAL_MINUTES = 15, 90, 45
USUAL_LANGUAGE = "en"
LANGUAGES = {
    "ar": said("Arabic"),
    "zh": said("Chinese"),
    "nl": said("Dutch"),
    "en": said("English"),
    "fr": said("French"),
    "de": said("German"),
    "hi": said("Hindi"),
    "it": said("Italian"),
    "ja": said("Japanese"),
    "pl": said("Polish"),
    "pt": said("Portuguese"),
    "es": said("Spanish"),
}


class Format(StrEnum):
    """How people take part, said beforehand. In each circle every way of taking a turn is open;
    in a gathering whoever comes listens, unless they say otherwise."""

    ANY = "any"
    TYPED = "typed"
    BY_EAR = "by-ear"
    GATHERING = "gathering"


FORMATS = {
    Format.ANY: said("Any way of taking a turn"),
    Format.TYPED: said("Typed turns first. Nobody needs to speak"),
    Format.BY_EAR: said("Led by ear. Nothing to look at"),
    Format.GATHERING: said("A gathering. Most people listen; anybody may ask for a turn"),
}
USUAL_GUIDE = said("About two minutes, or less, or pass")


class CallState(StrEnum):
    DRAFT = "draft"  # only whoever holds it knows that it is there
    OPEN = "open"
    LOBBY = "lobby"
    LIVE = "live"
    CLOSING = "closing"  # the last round, and the goodbyes
    ENDED = "ended"
    CANCELLED = "cancelled"


class EndReason(StrEnum):
    """Why a circle is over."""

    FINISHED = "finished"
    FACILITATOR_ABSENT = "facilitator-absent"
    EMPTY = "empty"
    SAFETY = "safety"
    CANCELLED_LIVE = "cancelled-live"


UPCOMING = frozenset({CallState.OPEN, CallState.LOBBY, CallState.LIVE, CallState.CLOSING})
"""What a list of calls shows; the others are over, or not there yet."""

_NEXT = {
    CallState.DRAFT: set[CallState](),
    CallState.OPEN: {CallState.LOBBY, CallState.ENDED},
    CallState.LOBBY: {CallState.LIVE, CallState.ENDED},
    CallState.LIVE: {CallState.CLOSING, CallState.ENDED},
    CallState.CLOSING: {CallState.ENDED},
    CallState.ENDED: set[CallState](),
    CallState.CANCELLED: set[CallState](),
}

CANCELLED = Reason("call-cancelled", "This call was cancelled.", 409)
OVER = Reason("call-over", "This call is over. There will be others.", 409)
NOT_FACILITATOR = Reason("not-facilitator", "Facilitators schedule the calls of a group.", 403)
LOBBY_IS_OPEN = Reason(
    "lobby-is-open", "The lobby is open, so this call can’t be changed any more.", 409
)
HAS_BEGUN = Reason("has-begun", "This call has begun. You can end it in the room.", 409)
WRONG_STEP = Reason("wrong-step", "This call isn’t at that point.", 409)
IS_A_DRAFT = Reason("is-a-draft", "This call is a draft. Publish it first.", 409)
NO_GATHERINGS = Reason(
    "no-gatherings",
    "A gathering needs a media server, and this site has none. Choose another way to take part.",
    422,
)
IS_PUBLISHED = Reason("is-published", "This call is published already.", 409)

FINISHED = {CallState.CANCELLED: CANCELLED, CallState.ENDED: OVER}
"""Why nothing more can be done with a call."""

BEGUN = dict.fromkeys((CallState.LIVE, CallState.CLOSING), HAS_BEGUN)
"""Why a call stays as it is while its circle is on."""


class InGroup(Protocol):
    @property
    def group_id(self) -> UUID: ...


class Led(Protocol):
    """A call, as far as who leads it goes."""

    @property
    def facilitator_id(self) -> UUID | None: ...
    @property
    def co_facilitator_id(self) -> UUID | None: ...


class Held(InGroup, Led, Protocol):
    """A call, as far as who looks after it goes."""

    @property
    def state(self) -> CallState: ...


class Joinable(Held, Protocol):
    """A call, as far as signing up goes."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def opens_days(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Plan:
    """A call as a facilitator wishes it."""

    title: str
    starts_at: datetime
    topic: str | None = None
    about: str = ""
    happens: str = ""
    guide: str = USUAL_GUIDE
    minutes: int = USUAL_MINUTES
    seats: int = USUAL_SEATS
    listeners: bool = True  # are welcome: they take a seat and no turn
    opens_days: int | None = None  # so many before it, people can sign up; else at once
    language: str = USUAL_LANGUAGE
    format: Format = Format.ANY


def leads(call: Led, account_id: UUID) -> bool:
    """Whether this person facilitates the call, alone or together with another."""
    return account_id in (call.facilitator_id, call.co_facilitator_id)


def may_see(actor: Actor, call: Held) -> Verdict:
    """What members of the group know. A draft is there for whoever leads it only."""
    if call.state is CallState.DRAFT and not leads(call, actor.id):
        return no(NOT_FOUND)
    return may_see_inside(actor, call.group_id)


def groups_to_schedule_in(actor: Actor) -> frozenset[UUID]:
    """Where this person may schedule a call, if they have agreed to the guidelines."""
    return frozenset(
        group_id for group_id in actor.groups if actor.facilitates(group_id) or actor.owns(group_id)
    )


def may_schedule_somewhere(actor: Actor) -> Verdict:
    return may_take_part(actor) if groups_to_schedule_in(actor) else no(NOT_FACILITATOR)


def may_schedule(actor: Actor, group_id: UUID) -> Verdict:
    is_theirs = group_id in groups_to_schedule_in(actor)
    return (
        may_see_inside(actor, group_id)
        and (YES if is_theirs else no(NOT_FACILITATOR))
        and may_take_part(actor)
    )


def may_hold(actor: Actor, call: Held) -> Verdict:
    """Look after this call: who comes, its words and time, whether it happens."""
    is_theirs = actor.facilitates(call.group_id) and leads(call, actor.id)
    holds = is_theirs or actor.owns(call.group_id)
    return may_see(actor, call) and (YES if holds else no(NOT_YOURS))


def may_edit(actor: Actor, call: Held) -> Verdict:
    too_late = {**FINISHED, **BEGUN, CallState.LOBBY: LOBBY_IS_OPEN}
    return may_hold(actor, call) and Verdict(too_late.get(call.state))


def may_cancel(actor: Actor, call: Held) -> Verdict:
    """Nobody knows of a draft, so that there is nothing to cancel: it is thrown away."""
    not_now = {**FINISHED, **BEGUN, CallState.DRAFT: IS_A_DRAFT}
    return may_hold(actor, call) and Verdict(not_now.get(call.state))


def may_publish(actor: Actor, call: Held) -> Verdict:
    return _may_with_draft(actor, call) and may_take_part(actor)


def may_throw_away(actor: Actor, call: Held) -> Verdict:
    return _may_with_draft(actor, call)


def _may_with_draft(actor: Actor, call: Held) -> Verdict:
    is_draft = call.state is CallState.DRAFT
    return may_hold(actor, call) and (YES if is_draft else no(IS_PUBLISHED))


def may_keep_as_template(actor: Actor, call: Held) -> Verdict:
    """Whoever may schedule calls in the group keeps its templates, and uses them."""
    return may_see(actor, call) and may_schedule(actor, call.group_id)


def most_seats(format: Format, *, for_two: bool) -> int:
    """As many as leave room for whoever facilitates."""
    if format is Format.GATHERING:
        return MOST_SEATS_IN_A_GATHERING
    return MOST_SEATS_FOR_TWO if for_two else MOST_SEATS


def may_be_carried(format: Format, ceilings: Ceilings) -> Verdict:
    """By the media of this site."""
    return no(NO_GATHERINGS) if format is Format.GATHERING and not ceilings.gathering else YES


def may_move_to(call: Held, state: CallState) -> Verdict:
    """The way of a call, as its room moves it."""
    return YES if state in _NEXT[call.state] else no(WRONG_STEP)
