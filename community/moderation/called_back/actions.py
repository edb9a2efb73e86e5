"""Calling letters back that wait for their hour, or for a mail server that answers.

What was decided about somebody always comes: only news goes, and what is for those who moderate.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from community.accounts import queries as accounts_queries
from community.core import letters
from community.core.actor import Role, Staff
from community.core.deeds import ROLES_CHANGED, STAFF_CHANGED, Deed, hears_of_deeds
from community.core.letters import OutboxLetter, kind_of
from community.moderation.called_back import queries
from community.moderation.help.rules import HelpAsked, HelpGoesUp, ModeratorWanted
from community.moderation.rules.letters import CantWait, OpinionAsked, SanctionProposed

FOR_MODERATORS = frozenset(
    map(kind_of, (CantWait, HelpAsked, HelpGoesUp, ModeratorWanted, OpinionAsked, SanctionProposed))
)
LOOK_AFTER_GROUPS = frozenset({Role.MODERATOR, Role.OWNER})
LOOK_AFTER_SITE = frozenset({Staff.PLATFORM_MODERATOR, Staff.SAFETY_LEAD})


def from_group(account_id: UUID, group_id: UUID) -> None:
    """They are kept away from it: nothing of it goes to them any more."""
    waiting = _waiting(account_id)
    name = queries.name_of(group_id)
    in_group = queries.things_of(group_id, [each.facts for each in waiting if each.stops])
    news = [each for each in waiting if each.stops and not in_group.isdisjoint(_stated(each))]
    letters.call_back_these([*news, *_for_moderators(waiting, name)])


def for_moderators(account_id: UUID, group_name: str | None = None) -> None:
    """They moderate it no more; or nothing, without a name."""
    letters.call_back_these(_for_moderators(_waiting(account_id), group_name))


@hears_of_deeds
def when_a_role_ends(deed: Deed) -> None:
    """In the transaction in which it is taken."""
    before, after = set(deed.before.split()), set(deed.after.split())
    if deed.action == ROLES_CHANGED and deed.group_id and _ends(LOOK_AFTER_GROUPS, before, after):
        for_moderators(deed.about, queries.name_of(deed.group_id))
    if deed.action == STAFF_CHANGED and _ends(LOOK_AFTER_SITE, before, after):
        for_moderators(deed.about)


def _ends(looks_after: Collection[str], before: Collection[str], after: Collection[str]) -> bool:
    return not set(looks_after).isdisjoint(before) and set(looks_after).isdisjoint(after)


def _waiting(account_id: UUID) -> Sequence[OutboxLetter]:
    return letters.waiting(accounts_queries.person(account_id).email)


def _for_moderators(waiting: Sequence[OutboxLetter], name: str | None) -> list[OutboxLetter]:
    return [
        each for each in waiting if each.kind in FOR_MODERATORS and name in (None, *_stated(each))
    ]


def _stated(letter: OutboxLetter) -> list[str]:
    return [str(fact) for fact in letter.facts.values()]
