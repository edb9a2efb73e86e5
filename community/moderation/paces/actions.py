"""The pace of a thread, set by whoever decides about an item in it: the site’s moderators too, who
read a group they aren’t in only through what is open there."""

from datetime import datetime
from uuid import UUID

from community.core.actor import Actor
from community.core.verdict import NOT_FOUND, Refused
from community.moderation.actions import locked_item
from community.moderation.cases import case_of
from community.moderation.rules.case import IN_OTHER_HANDS, actions_for, may_open_case
from community.threads.acts.rules import Because
from community.threads.pace import actions as pace_actions
from community.threads.pace.actions import Plan
from community.threads.pace.rules import PaceKind


def set_pace(actor: Actor, item_id: UUID, plan: Plan, because: Because, *, now: datetime) -> UUID:
    """Let the thread rest, or go slowly; its id. The item stays open."""
    thread_id = _thread_to_decide_about(actor, item_id, now)
    pace_actions.settle(actor, thread_id, plan, because, now=now)
    return thread_id


def end(actor: Actor, item_id: UUID, kind: PaceKind, seen: UUID | None, *, now: datetime) -> UUID:
    """As usual again; the thread’s id."""
    thread_id = _thread_to_decide_about(actor, item_id, now)
    pace_actions.release(actor, thread_id, kind, seen, now=now)
    return thread_id


def _thread_to_decide_about(actor: Actor, item_id: UUID, now: datetime) -> UUID:
    item, post = locked_item(item_id)
    case = case_of(item, now)
    may_open_case(actor, case, now).require()
    if post is None or not actions_for(case, actor, now):
        raise Refused(NOT_FOUND)
    if case.is_in_other_hands(actor, now):
        raise Refused(IN_OTHER_HANDS)
    return post.thread_id
