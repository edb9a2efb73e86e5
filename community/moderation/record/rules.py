"""In which role somebody did something. Pure."""

from uuid import UUID

from community.core.actor import Actor, Role
from community.moderation.rules.reasons import Scope


def role_of(actor: Actor, group_id: UUID | None, acted_for: Scope) -> str:
    """All that they were at that moment, where they acted: for the site, or in this group."""
    held = actor.roles.get(group_id, frozenset()) if group_id else frozenset()
    roles = held - {Role.MEMBER} if acted_for is Scope.GROUP else actor.staff
    return " ".join(sorted(roles)) or Role.MEMBER


def acted_for(actor: Actor, group_id: UUID | None) -> Scope:
    """Whoever looks after a group acts for it there, and elsewhere for the site."""
    is_theirs = group_id is not None and actor.moderates(group_id)
    return Scope.GROUP if is_theirs else Scope.PLATFORM
