"""What moderation can do, as its rules have it: reasons, decisions, and the ladder by role."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from uuid import UUID

from community.core.actor import Actor, Role, Staff, Standing
from community.moderation.appeals.rules import ANSWER_WITHIN
from community.moderation.rules.case import APPEAL, HIDING, Case, Target, actions_for
from community.moderation.rules.claims import LEASE
from community.moderation.rules.reasons import (
    REASON_GROUPS,
    ReportReason,
    Scope,
    Severity,
    risen,
)
from community.moderation.sanctions.rules import LADDER, Subject, may_sanction, second, steps_for
from tools.docs.table import table

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
GROUP, AUTHOR, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)
_IN_GROUP = {
    "member": (Role.MEMBER,),
    "facilitator": (Role.MEMBER, Role.FACILITATOR),
    "group moderator": (Role.MEMBER, Role.MODERATOR),
    "group owner": (Role.MEMBER, Role.OWNER),
}
_ON_SITE = {
    "site moderator": Staff.PLATFORM_MODERATOR,
    "safety lead": Staff.SAFETY_LEAD,
    "admin": Staff.ADMIN,
}


def reasons() -> str:
    """The two presses, how grave each reason is, whose queue it opens in, and when it is read."""
    return table(
        ("First press", "Second press", "Id", "How grave", "Queue", "First look within"),
        (
            (
                group.label,
                reason.label,
                f"`{reason.id}`",
                _or_when_it_rises(reason, lambda each: each.severity.words),
                "safety leads"
                if reason.for_leads
                else _or_when_it_rises(reason, lambda each: each.scope.value),
                f"{reason.severity.first_look.total_seconds() / 3600:.0f} hours",
            )
            for group in REASON_GROUPS
            for reason in group.reasons
        ),
    )


def _or_when_it_rises(reason: ReportReason, words: Callable[[ReportReason], str]) -> str:
    if reason.rise is None or words(reason) == words(risen(reason, {reason.rise.when})):
        return words(reason)
    then = words(risen(reason, {reason.rise.when})).lower()
    return f"{words(reason)}; {then} if {reason.rise.when.value}"


def decisions() -> str:
    """What can be decided, by what it is about and how grave the gravest reason is."""
    rows = []
    for about in Target:
        for severity in Severity:
            item = _case(about, severity, Scope.GROUP)
            actor = _people()["group moderator"]
            can: list[str] = sorted(actions_for(item, actor, NOW))
            if about is Target.PERSON and steps_for(actor, item, Subject(AUTHOR, ""), NOW):
                can.append("or a step of the ladder")
            rows.append((about.value, severity.words, ", ".join(can)))
    return table(("About", "How grave", "Can be decided"), rows)


def ladder() -> str:
    """Who may take which step about a person: alone, or only with a second one."""
    item = _case(Target.POST, Severity.HARM, Scope.BOTH)
    people = _people()

    def may(actor: Actor, step: object) -> str:
        subject = Subject(AUTHOR, "Somebody")
        if not may_sanction(actor, item, subject, step, NOW):  # type: ignore[arg-type]
            return "–"
        return "with a second" if second(actor, item, step, NOW) else "yes"  # type: ignore[arg-type]

    return table(
        ("Step", *people),
        (
            (f"{step.kind.value}, {step.days} days", *(may(each, step) for each in people.values()))
            for step in LADDER
        ),
    )


def clocks() -> str:
    """How long each thing takes or lasts."""
    return table(
        ("What", "How long"),
        (
            ("Somebody is looking at an item", f"{LEASE.seconds // 60} minutes"),
            ("Something is hidden for now", f"{HIDING.total_seconds() / 3600:.0f} hours"),
            ("Another look can be asked for", f"{APPEAL.days} days"),
            ("It is answered, as a target", f"{ANSWER_WITHIN.days} days"),
        ),
    )


def _people() -> dict[str, Actor]:
    def person(roles: frozenset[Role], staff: frozenset[Staff] = frozenset()) -> Actor:
        return Actor(
            id=OTHER,
            name="",
            standing=Standing.ACTIVE,
            roles=MappingProxyType({GROUP: roles}),
            staff=staff,
            has_agreed=True,
            signed_in_at=NOW,
        )

    member = frozenset({Role.MEMBER})
    return {name: person(frozenset(roles)) for name, roles in _IN_GROUP.items()} | {
        name: person(member, frozenset({role})) for name, role in _ON_SITE.items()
    }


def _case(about: Target, severity: Severity, scope: Scope) -> Case:
    return Case(
        group_id=GROUP,
        scope=scope,
        severity=severity,
        author_id=AUTHOR,
        reporters=frozenset({UUID(int=4)}),
        reports=1,
        moderators=frozenset({OTHER, UUID(int=5)}),
        about=about,
        was_there=frozenset(),
        hidden_at=None,
        is_open=True,
        version=1,
    )


PARTS: Mapping[str, Callable[[], str]] = {
    "report-reasons": reasons,
    "decisions": decisions,
    "ladder": ladder,
    "moderation-clocks": clocks,
}
