"""Who may keep apart from whom. Pure."""

from uuid import UUID

from community.core.actor import Actor
from community.core.verdict import NOT_FOUND, YES, Verdict, no


def may_keep_apart(actor: Actor, account_id: UUID) -> Verdict:
    """Any member, from anybody else, whatever they do here. Nobody is asked why."""
    is_somebody_else = account_id != actor.id
    return YES if actor.is_active and is_somebody_else else no(NOT_FOUND)
