"""Who may report what, for which reasons, and take that back. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from community.core.actor import Actor
from community.core.verdict import NOT_FOUND, YES, Reason, Verdict, no
from community.groups.rules import may_see_inside
from community.live.rules.room import Person
from community.moderation.rules.case import Case, Target
from community.moderation.rules.reasons import REASON_GROUPS, ReasonGroup, ReportReason
from community.moderation.sanctions.rules import PROPOSED
from community.threads.rules.posts import Written
from community.threads.search.rules import as_words

OWN_WORDS = Reason("own-words", "These are your own words. You can take them back instead.", 403)
OWN_SHARE = Reason("own-words", "These are your own words.", 403)
ONESELF = Reason(
    "oneself", "That’s you. If something weighs on you, “Get help now” is open to you.", 403
)
OWN_CALL = Reason("own-call", "You hold this call. You can change it, or cancel it.", 403)
ERASED = Reason(
    "erased",
    "This circle has ended, and what was typed in it is erased. You can still write to its "
    "facilitators, or to us.",
    409,
)
DECIDED = Reason("decided", "Somebody has decided about it already.", 409)
DECLINED = timedelta(days=30)
HIDES = Reason(
    "hides", "These words are hidden, so somebody reads them. Show them again first.", 409
)
LOOKED_AT = Reason("looked-at", "A moderator is looking at it already, so it goes on.", 409)
WORRIED = Reason(
    "worried", "Somebody may be in danger, so two people see to it first. Thank you for both.", 409
)

NOT_WHOLE = Reason(
    "notice-not-whole", "Say which law it is against and why, so that somebody can act on it.", 422
)

NAMED_MOST = 12  # besides those whom everybody heard: as many as stand on a page without looking

NOT_ABOUT: Mapping[Target, frozenset[str]] = MappingProxyType(
    {
        Target.PERSON: frozenset({"graphic", "flashing"}),  # they are about what is shown
        Target.CALL: frozenset({"crisis_self", "graphic", "flashing"}),
    }
)
"""Reasons that nothing of this kind can be reported for."""


def reason_groups(about: Target) -> tuple[ReasonGroup, ...]:
    """The two presses, with the reasons that fit."""
    left_out = NOT_ABOUT.get(about, frozenset())
    return tuple(
        replace(group, reasons=tuple(each for each in group.reasons if each.id not in left_out))
        for group in REASON_GROUPS
    )


def reason_group(about: Target, slug: str) -> ReasonGroup | None:
    return next((group for group in reason_groups(about) if group.slug == slug), None)


def reason_for(about: Target, reason_id: str) -> ReportReason | None:
    """One of the reasons that fit."""
    offered = (reason for group in reason_groups(about) for reason in group.reasons)
    return next((reason for reason in offered if reason.id == reason_id), None)


def is_whole(reason: ReportReason, words: str, law: str) -> Verdict:
    """A notice under the law says which law, and why. No other report has to say anything."""
    return no(NOT_WHOLE) if reason.asks_for_law and not (words and law) else YES


def may_report(actor: Actor, post: Written, now: datetime) -> Verdict:
    """Whoever may read a post may report it, except the one who wrote it."""
    if not (may_see_inside(actor, post.group_id) and post.is_shown(now)):
        return no(NOT_FOUND)
    return no(OWN_WORDS) if post.is_by(actor) else YES


def may_report_share(actor: Actor, by: UUID) -> Verdict:
    """Whoever may read what was typed in a circle may report it, except the one who typed it."""
    return no(OWN_SHARE) if by == actor.id else YES


def may_report_person(actor: Actor, account_id: UUID, *, has_met: bool) -> Verdict:
    """Whoever met somebody in a group of theirs, by its list of members or in a call, whatever
    either of them does there."""
    if account_id == actor.id:
        return no(ONESELF)
    return YES if has_met else no(NOT_FOUND)


def may_report_call(actor: Actor, held_by: Collection[UUID | None]) -> Verdict:
    """Whoever may see a call may report it, except those who hold it."""
    return no(OWN_CALL) if actor.id in held_by else YES


@dataclass(frozen=True, slots=True)
class There:
    """Everybody else in a circle, for whoever looks for one of them."""

    first: Sequence[Person]  # whom everybody heard or read
    others: Sequence[Person]  # by name; where they are many, those who were looked for
    letters: Sequence[str]  # with which the names of the others begin, where they are many


def there(people: Sequence[Person], typed: Collection[UUID], sought: str) -> There:
    """Facilitators and whoever had a turn or typed come first. Of many others, only those are named
    of whose name a word begins as what was typed."""
    first = [each for each in people if each.facilitates or each.turns or each.id in typed]
    first.sort(key=lambda each: not each.facilitates)
    named = {each.id for each in first}
    others = sorted((each for each in people if each.id not in named), key=_begins)
    if len(others) <= NAMED_MOST:
        return There(first, others, ())
    letters = dict.fromkeys(_begins(each)[:1].upper() for each in others)
    found = [each for each in others if _is_called(each, sought)] if sought.strip() else []
    return There(first, found, tuple(letters))


def _begins(person: Person) -> str:
    return " ".join(as_words(person.name)) or person.name


def _is_called(person: Person, sought: str) -> bool:
    """By letters without case and accents; what is none is looked for as it is."""
    looked_for = " ".join(as_words(sought))
    if not looked_for:
        return person.name.startswith(sought.strip())
    return f" {looked_for}" in f" {_begins(person)}"


def holds_at_once(reason: ReportReason, *, was_left: bool, was_declined: bool) -> bool:
    """What may say who somebody is waits from the first report on: it can’t be unread. Not if a
    person has left these very words, nor for somebody who was lately told that such words stay."""
    return reason.holds and not was_left and not was_declined


@dataclass(frozen=True, slots=True)
class Hanging:
    """What hangs on a report."""

    is_only_worry: bool = False  # no other says that somebody may hurt themselves
    is_proposed: bool = False  # something about a person waits for an answer
    was_looked_at: bool = False  # somebody has opened locked words for it
    hides: bool = False  # words of a circle that is on are hidden


def may_take_back(case: Case, hanging: Hanging) -> Verdict:
    """Until somebody decides. Worry about somebody in danger is closed by care alone; and the last
    report stays while something is proposed or words are hidden, or once somebody has opened locked
    words for it."""
    if not case.is_open or case.hidden_at:
        return no(DECIDED)
    if hanging.is_only_worry:
        return no(WORRIED)
    if case.reports > 1:
        return YES
    if hanging.is_proposed:
        return no(PROPOSED)
    if hanging.hides:
        return no(HIDES)
    return no(LOOKED_AT) if hanging.was_looked_at else YES
