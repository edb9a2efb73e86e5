"""Many people in a group at once."""

from uuid import UUID

from community.groups import actions as groups_actions
from tests.make import Make


def crowd(make: Make, invitation_id: UUID, people: int) -> None:
    """So many members come in; two by two they have the same name."""
    for number in range(people):
        person = make.member(f"Member {number // 2}", email=f"member.{number}@example.org")
        make.done(
            lambda person=person: groups_actions.come_in(
                person, invitation_id, now=make.clock.now()
            )
        )
