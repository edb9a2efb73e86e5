"""Deciding about a person, through the house's own actions."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from community.accounts.sanctions.models import Sanction
from community.accounts.sanctions.rules import SanctionKind
from community.core.actor import Actor
from community.core.db import db
from community.groups.claims import actor_of
from community.moderation.models import ReviewItem
from community.moderation.sanctions import actions as sanction_actions
from community.moderation.sanctions.actions import StepChoice
from community.moderation.sanctions.models import SanctionProposal
from community.moderation.sanctions.rules import Step
from tests.making.base import Maker


class MakeSanctions(Maker):
    def sanction(
        self,
        item_id: UUID,
        decider: Actor,
        kind: SanctionKind,
        days: int,
        *,
        version: int = 1,
        why: str = "It came again after we wrote to you.",
    ) -> UUID | None:
        """Somebody decides about a person; who that is, if it is in force."""
        choice = StepChoice(Step(kind, days), "experience", why, "", version)
        return self.done(
            lambda: sanction_actions.decide(
                self._just_in(decider), item_id, choice, now=self.clock.now()
            )
        )

    def held_back(
        self, person: Actor, kind: SanctionKind = SanctionKind.LIMIT, group_id: UUID | None = None
    ) -> None:
        """Something is in force for somebody, past every rule: in this group, if it is of one."""
        now = self.clock.now()
        self.done(
            lambda: db.session.add(
                Sanction(
                    account_id=person.id,
                    kind=kind,
                    group_id=group_id if kind.is_of_group else None,
                    decision_id=uuid4(),
                    begins_at=now,
                    ends_at=now + timedelta(days=7),
                )
            )
        )

    def answered(self, proposal_id: UUID, by: Actor, *, agree: bool = True) -> UUID | None:
        """Somebody agrees to what another proposed, or not, about the item as it is."""

        def answer() -> UUID | None:
            item_id = db.session.get_one(SanctionProposal, proposal_id).item_id
            what = (proposal_id, "", db.session.get_one(ReviewItem, item_id).version)
            now = self.clock.now()
            return sanction_actions.answer(self._just_in(by), *what, agree=agree, now=now)

        return self.done(answer)

    def lifted(self, item_id: UUID, sanction_id: UUID, by: Actor) -> None:
        """Somebody ends it before its time."""

        def lift() -> None:
            version = db.session.get_one(ReviewItem, item_id).version
            what = (item_id, sanction_id, "You wrote to us.", version)
            sanction_actions.lift(self._just_in(by), *what, now=self.clock.now())

        self.done(lift)

    def _just_in(self, person: Actor) -> Actor:
        """As they are now, in a browser in which they have just signed in."""
        now = self.clock.now()
        return replace(actor_of(person.id, now=now), signed_in_at=now)
