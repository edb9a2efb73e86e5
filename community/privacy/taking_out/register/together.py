"""Of groups, calls and circles."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, case, or_, select

from community.calls.models import (
    Attendance,
    Call,
    DaysOff,
    FirstPlace,
    HoldingAsk,
    Reminder,
    Seat,
    Series,
    SeriesAsk,
)
from community.core.actor import Actor
from community.core.db import alias_of
from community.core.words import said
from community.groups.guidelines.models import GroupGuideline
from community.groups.models import Group, Invitation, JoinRequest, Membership, RoleChange
from community.live.models import AfterLine, HelpPress, PreparedShare
from community.privacy.taking_out.register.entry import Beside, Entry, Mine, NotMine, by
from community.privacy.taking_out.register.people import group_named
from community.threads.greeting.models import Greeter

IN_A_CIRCLE = NotMine("It is there only while a circle is on, and is erased with it.")
A_KEY = NotMine(
    "It opens a page without signing in, and a file that goes elsewhere holds no key. The address "
    "is made on its own page."
)

_Theirs = alias_of(Call, "theirs")


def _of_group(group_id: Any) -> Beside:
    return lambda actor: {"group": group_named(group_id)}


def _of_call(call_id: Any) -> Beside:
    found = select(_Theirs).where(_Theirs.id == call_id)
    columns = {"call": _Theirs.title, "starts_at": _Theirs.starts_at}
    return lambda actor: {
        name: found.with_only_columns(column).scalar_subquery() for name, column in columns.items()
    }


def _holds(actor: Actor) -> ColumnElement[bool]:
    return or_(Call.facilitator_id == actor.id, Call.co_facilitator_id == actor.id)


def _own_words(actor: Actor) -> Mapping[str, ColumnElement[Any]]:
    """What they wrote about it; of a call that another leads it is the other’s."""
    leads = Call.facilitator_id == actor.id
    words = {name: getattr(Call, name) for name in ("about", "happens", "guide")}
    return {
        "group": group_named(Call.group_id),
        **{name: case((leads, column)) for name, column in words.items()},
    }


REGISTER: Mapping[str, Entry] = {
    "group": Mine(
        said("Groups that you asked to open"),
        Group,
        by(Group.asked_by),
        "id name about question state asked_at decided_at decision_words weekly_seats hold_policy",
        "is_built_in asked_by decided_by",
    ),
    "membership": Mine(
        said("Your groups, and what you do in them"),
        Membership,
        by(Membership.account_id),
        "group_id facilitates moderates owns since",
        "account_id",
        _of_group(Membership.group_id),
    ),
    "join_request": Mine(
        said("Groups that you asked to come into"),
        JoinRequest,
        by(JoinRequest.account_id),
        "answer state asked_at decided_at words",
        "id group_id account_id decided_by",
        _of_group(JoinRequest.group_id),
    ),
    "invitation": Mine(
        said("Invitations that you made"),
        Invitation,
        by(Invitation.made_by),
        "is_for made_at ends_at uses_left",
        "id group_id made_by",
        _of_group(Invitation.group_id),
    ),
    "role_change": Mine(
        said("Changes of what you do in groups"),
        RoleChange,
        by(RoleChange.account_id),
        "before after changed_at",
        "id group_id account_id changed_by",
        _of_group(RoleChange.group_id),
    ),
    "group_guideline": Mine(
        said("Guidelines that you wrote for groups"),
        GroupGuideline,
        by(GroupGuideline.written_by),
        "title words since until",
        "id group_id place written_by",
        _of_group(GroupGuideline.group_id),
    ),
    "greeter": Mine(
        said("Groups in which you greet, or are asked to"),
        Greeter,
        by(Greeter.account_id),
        "asked_at since words hears told_at",
        "group_id account_id thread_id",
        _of_group(Greeter.group_id),
    ),
    "promoted_topic": NotMine("A topic is everybody’s."),
    "call": Mine(
        said("Calls that you hold or held"),
        Call,
        _holds,
        "id title topic starts_at zone minutes seats listeners opens_days language format state "
        "ended_reason",
        "group_id facilitator_id co_facilitator_id series_id slot is_own moved_at taken line_end "
        "sequence timed_at about happens guide",
        _own_words,
    ),
    "series": Mine(
        said("Calls that come again, and that you keep"),
        Series,
        by(Series.facilitator_id),
        "id every first last hour zone title about happens guide topic minutes seats listeners "
        "opens_days language format",
        "group_id facilitator_id",
        _of_group(Series.group_id),
    ),
    "call_template": NotMine("It is the group’s, and nobody’s name is on it."),
    "holding_ask": Mine(
        said("Calls that you’re asked to hold"),
        HoldingAsk,
        by(HoldingAsk.account_id),
        "ask asked_at",
        "call_id account_id",
        _of_call(HoldingAsk.call_id),
    ),
    "series_ask": Mine(
        said("Series that you’re asked to keep"),
        SeriesAsk,
        by(SeriesAsk.account_id),
        "series_id asked_at",
        "account_id asked_by_id",
    ),
    "seat": Mine(
        said("Your seats, and places in line"),
        Seat,
        by(Seat.account_id),
        "call_id state place listens shows_card is_first changed_at offered_until kept_longer",
        "id account_id",
        _of_call(Seat.call_id),
    ),
    "attendance": Mine(
        said("Calls that you were in"),
        Attendance,
        by(Attendance.account_id),
        "was follow_up_at erase_at",
        "call_id account_id",
        _of_call(Attendance.call_id),
    ),
    "first_place": Mine(
        said("Groups in which you’re first in line next time"),
        FirstPlace,
        by(FirstPlace.account_id),
        "",
        "account_id group_id",
        _of_group(FirstPlace.group_id),
    ),
    "reminder": Mine(
        said("Reminders that wait"),
        Reminder,
        by(Reminder.account_id),
        "kind due_at",
        "id call_id account_id armed_at",
        _of_call(Reminder.call_id),
    ),
    "days_off": Mine(
        said("Days on which you hold no call"),
        DaysOff,
        by(DaysOff.account_id),
        "first last",
        "id account_id",
    ),
    "calendar_feed": A_KEY,
    "prepared_share": Mine(
        said("Shares that you prepared"),
        PreparedShare,
        by(PreparedShare.account_id),
        "words aloud saved_at",
        "call_id account_id",
        _of_call(PreparedShare.call_id),
    ),
    "after_line": Mine(
        said("Lines to facilitators after a circle"),
        AfterLine,
        by(AfterLine.account_id),
        "words written_at opened_at erase_at",
        "id call_id account_id",
        _of_call(AfterLine.call_id),
    ),
    "help_press": Mine(
        said("When you pressed for help"),
        HelpPress,
        by(HelpPress.account_id),
        "pressed_at",
        "id call_id number account_id",
        _of_call(HelpPress.call_id),
    ),
    "live_room": IN_A_CIRCLE,
    "live_line": IN_A_CIRCLE,
    "room_event": IN_A_CIRCLE,
    "room_text": IN_A_CIRCLE,
    "private_line": IN_A_CIRCLE,
}
