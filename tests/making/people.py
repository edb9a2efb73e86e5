"""People and groups."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import delete, select

from community.accounts import actions as accounts_actions
from community.core import deeds
from community.core.actor import Actor, Role, Staff
from community.core.db import db
from community.core.letters import OutboxLetter
from community.groups import actions as groups_actions
from community.groups import queries
from community.groups.claims import actor_of
from community.groups.models import Group, Membership
from community.groups.rules import HoldPolicy
from community.notifications.models import Notice
from community.safety import actions as safety_actions
from community.safety.blocks import actions as blocks_actions
from community.safety.rules import GUIDELINES_VERSION
from tests.making.base import Maker


@contextmanager
def unheard() -> Iterator[None]:
    """What is done here belongs to the scene: no record is made of it."""
    listeners = deeds._LISTENERS[:]
    deeds._LISTENERS.clear()
    try:
        yield
    finally:
        deeds._LISTENERS[:] = listeners


class MakePeople(Maker):
    """`make.member("Ana")`, `make.group("Quiet evenings", owner=hana, members=[ana])`."""

    def everyone(self) -> UUID:
        """The built-in group. Nothing is held in it, if a test doesn’t say so."""
        if (found := self.done(queries.everyone)) is not None:
            return found
        made = self.done(lambda: groups_actions.ensure_everyone(now=self.clock.now()))
        self.holds(made, HoldPolicy.OPEN)
        return made

    def holds(self, group_id: UUID, policy: HoldPolicy) -> None:
        """Whose posts are read in this group before others see them."""

        def choose() -> None:
            db.session.get_one(Group, group_id).hold_policy = policy

        self.done(choose)

    def arriving(self, email: str) -> Actor:
        """Somebody who used their first link and has told us nothing yet."""
        return self.actor(self.done(lambda: accounts_actions.arrive(email, now=self.clock.now())))

    def member(
        self, name: str, *, email: str | None = None, zone: str = "UTC", agreed: bool = True
    ) -> Actor:
        """Somebody who is here: consented and, if not said otherwise, agreed to the guidelines."""
        self.everyone()
        now = self.clock.now()
        address = email or f"{name.lower().replace(' ', '.')}@example.org"

        def join() -> UUID:
            account_id = accounts_actions.arrive(address, now=now)
            accounts_actions.introduce(
                actor_of(account_id, now=now), name, zone, is_adult=True, now=now
            )
            safety_actions.consent(actor_of(account_id, now=now), now=now)
            if agreed:
                safety_actions.agree(actor_of(account_id, now=now), GUIDELINES_VERSION, now=now)
            return account_id

        return self.actor(self.done(join))

    def staff(self, name: str, role: Staff) -> Actor:
        """A member who does something for the whole site."""
        person = self.member(name)
        self.done(lambda: accounts_actions.give_role(person.id, role, now=self.clock.now()))
        return self.actor(person)

    def group(
        self,
        name: str,
        *,
        owner: Actor | None = None,
        members: Sequence[Actor] = (),
        facilitators: Sequence[Actor] = (),
        moderators: Sequence[Actor] = (),
        about: str = "A small group.",
        question: str = "",
    ) -> UUID:
        """An open group with these people in it, where nothing is held. The news this took is not
        kept, and the record has none of it."""
        opener = owner or self.member(f"Owner of {name}")
        decider = self.staff(f"Opener of {name}", Staff.PLATFORM_MODERATOR)
        now = self.clock.now()
        group_id = self.done(
            lambda: groups_actions.ask_to_open(opener, name, about, question, now=now)
        )
        self.done(
            lambda: groups_actions.decide_opening(
                decider, group_id, "Welcome.", approve=True, now=now
            )
        )
        facilitating, moderating = ({one.id for one in some} for some in (facilitators, moderators))
        people = {one.id: one for one in (*members, *facilitators, *moderators)}
        self.holds(group_id, HoldPolicy.OPEN)
        opener = self.actor(opener)
        for person in people.values():
            roles = {Role.FACILITATOR} if person.id in facilitating else set()
            roles |= {Role.MODERATOR} if person.id in moderating else set()
            if person.id == opener.id:
                roles.add(Role.OWNER)
            else:
                self.joined(group_id, person, opener)
            if roles:
                with unheard():
                    self.appointed(group_id, opener, person, frozenset(roles))
        self.done(lambda: db.session.execute(delete(OutboxLetter)))
        self.done(lambda: db.session.execute(delete(Notice)))
        return group_id

    def joined(self, group_id: UUID, person: Actor, decider: Actor) -> None:
        """Ask to come in, and be let in."""
        now = self.clock.now()

        def join() -> None:
            groups_actions.ask_to_join(self._fresh(person), group_id, "", now=now)
            request = next(row for row in queries.knocks(group_id) if row.account_id == person.id)
            groups_actions.decide_joining(decider, request.id, "Welcome.", approve=True, now=now)

        self.done(join)

    def appointed(
        self, group_id: UUID, owner: Actor, person: Actor, roles: frozenset[Role]
    ) -> None:
        """Have an owner (or an admin, for the built-in group) give somebody these roles."""
        now = self.clock.now()
        just_in = replace(owner, signed_in_at=now)
        self.done(lambda: groups_actions.appoint(just_in, group_id, person.id, roles, now=now))

    def invitation(self, group_id: UUID, by: Actor, *, uses: int = 1, days: int = 7) -> UUID:
        """A link that lets so many people in."""
        now = self.clock.now()
        return self.done(
            lambda: groups_actions.invite(
                self._fresh(by), group_id, "a friend", uses, days, now=now
            )
        )

    def owner(self, group_id: UUID) -> Actor:
        """Who owns this group."""
        query = select(Membership.account_id).where(
            Membership.group_id == group_id, Membership.owns
        )
        return self.actor(self.done(lambda: db.session.scalars(query).one()))

    def kept_apart(self, person: Actor, other: Actor) -> None:
        """One of them keeps apart from the other, who isn’t told."""
        now = self.clock.now()
        self.done(lambda: blocks_actions.keep_apart(person, other.id, now=now))

    def actor(self, person: Actor | UUID) -> Actor:
        """Somebody as they are now."""
        with self.app.app_context():
            return self._fresh(person)

    def sign_in(self, person: Actor, browser: FlaskClient) -> str:
        """Sign this browser in, through a row like any other; the token."""
        token = self.done(
            lambda: accounts_actions.sign_in(person.id, "A browser in a test", now=self.clock.now())
        )
        with browser.session_transaction() as session:
            session["_user_id"] = token
        return token

    def _fresh(self, person: Actor | UUID) -> Actor:
        account_id = person.id if isinstance(person, Actor) else person
        return actor_of(account_id, now=self.clock.now())
